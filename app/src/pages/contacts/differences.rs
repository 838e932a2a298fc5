//! What differs between here and Genesys, and the two ways out.

use api::{ContactDifference, ContactProposal};
use dom::prelude::*;

use super::{contact::Shown, form::Seen};
use crate::{
    client::{Client, Failure},
    components::{Button, ButtonKind, Toasts},
};

#[component]
pub fn Differences(
    differences: Vec<ContactDifference>,
    /// The contact as it is shown.
    seen: Seen,
    /// Loaded again when it is done, and when somebody changed it meanwhile.
    shown: Shown,
    may_handle: bool,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let seen = StoredValue::new(seen);
    let ended = move |answer: Result<api::Contact, Failure>, done: &str| {
        busy.try_set(false);
        match answer {
            Ok(_) => {
                toasts.success(done);
                shown.refetch();
            }
            Err(failure) => unchanged(&failure, toasts, shown),
        }
    };
    let update = move |_| {
        busy.set(true);
        spawn_local(async move {
            let Seen { id, save } = seen.get_value();
            let answer = client.save_contact(&id, &save).await;
            ended(answer, "Genesys has the contact as it is here.");
        });
    };
    let adopt = move |_| {
        busy.set(true);
        spawn_local(async move {
            let Seen { id, save } = seen.get_value();
            let answer = client.adopt_contact(&id, save.version).await;
            ended(answer, "The contact is here as Genesys has it.");
        });
    };
    view! {
        <section class="card" aria-label="Differences">
            <header class="card__head">
                <h2 class="card__title">"Differs from what Genesys has"</h2>
            </header>
            <Compared
                differences
                heads=Heads {
                    ours: "Here",
                    theirs: "In Genesys",
                }
            />
            {may_handle
                .then(|| {
                    view! {
                        <footer class="card__foot">
                            <Button kind=ButtonKind::Primary icon="upload" busy on_click=update>
                                "Update in Genesys"
                            </Button>
                            <Button busy on_click=adopt>
                                "Take over what Genesys has"
                            </Button>
                        </footer>
                    }
                })}
        </section>
    }
}

/// Says why nothing was changed. Where somebody else changed the contact
/// meanwhile, the page shows what stands by now, to be decided over anew.
fn unchanged(failure: &Failure, toasts: Toasts, shown: Shown) {
    if *failure == Failure::SessionEnded {
        return;
    }
    toasts.danger(format!("Nothing was changed. {failure}"));
    if failure.is_kind("changed-since") || failure.is_kind("nothing-differs") {
        shown.refetch();
    }
}

/// The two sides of a comparison, in words.
#[derive(Clone, Copy)]
pub struct Heads {
    /// What `ours` is.
    pub ours: &'static str,
    /// What `theirs` is.
    pub theirs: &'static str,
}

/// What differs, side by side.
#[component]
pub fn Compared(differences: Vec<ContactDifference>, heads: Heads) -> impl IntoView {
    let row = |difference: ContactDifference| {
        view! {
            <tr>
                <th scope="row">{difference.part}</th>
                <td>{shown_or_none(difference.ours)}</td>
                <td>{shown_or_none(difference.theirs)}</td>
            </tr>
        }
    };
    view! {
        <table class="differences">
            <thead>
                <tr>
                    <th scope="col">"Part"</th>
                    <th scope="col">{heads.ours}</th>
                    <th scope="col">{heads.theirs}</th>
                </tr>
            </thead>
            <tbody>{differences.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// What an import brought or a change that failed wanted, and the two ways out.
#[component]
pub fn Proposed(
    proposal: ContactProposal,
    /// The contact beside which it is shown.
    seen: Seen,
    /// Loaded again when it is done, and when somebody changed it meanwhile.
    shown: Shown,
    may_handle: bool,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let seen = StoredValue::new(seen);
    let fields = StoredValue::new(proposal.contact);
    let settle = move |update: bool| {
        busy.set(true);
        spawn_local(async move {
            let Seen { id, mut save } = seen.get_value();
            let answer = if update {
                save.contact = fields.get_value();
                client.save_contact(&id, &save).await.map(drop)
            } else {
                client.drop_proposal(&id, &save.version).await
            };
            busy.try_set(false);
            match answer {
                Ok(()) => shown.refetch(),
                Err(failure) => unchanged(&failure, toasts, shown),
            }
        });
    };
    view! {
        <section class="card" aria-label="Other data">
            <header class="card__head">
                <h2 class="card__title">"Other data waits for a decision"</h2>
            </header>
            <Compared
                differences=proposal.differences
                heads=Heads {
                    ours: "Here",
                    theirs: "Waiting",
                }
            />
            {may_handle
                .then(|| {
                    view! {
                        <footer class="card__foot">
                            <Button
                                kind=ButtonKind::Primary
                                icon="upload"
                                busy
                                on_click=move |_| settle(true)
                            >
                                "Update with it"
                            </Button>
                            <Button busy on_click=move |_| settle(false)>
                                "Leave it as it is"
                            </Button>
                        </footer>
                    }
                })}
        </section>
    }
}

fn shown_or_none(text: String) -> View {
    if text.is_empty() {
        view! { <span class="text-muted">"Nothing"</span> }
    } else {
        view! { <span>{text}</span> }
    }
}
