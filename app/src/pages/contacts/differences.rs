//! What differs between here and Genesys, and the two ways out.

use api::{ContactDifference, ContactFields, ContactProposal};
use dom::prelude::*;

use super::contact::Shown;
use crate::{
    client::{Client, Failure},
    components::{Button, ButtonKind, Toasts},
};

#[component]
pub fn Differences(
    differences: Vec<ContactDifference>,
    /// The contact's id, and what is to be there.
    contact: (String, ContactFields),
    /// Loaded again when it is done.
    shown: Shown,
    may_handle: bool,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let contact = StoredValue::new(contact);
    let ended = move |answer: Result<api::Contact, Failure>, done: &str| {
        busy.try_set(false);
        match answer {
            Ok(_) => {
                toasts.success(done);
                shown.refetch();
            }
            Err(Failure::SessionEnded) => {}
            Err(failure) => toasts.danger(format!("Nothing was changed. {failure}")),
        }
    };
    let update = move |_| {
        busy.set(true);
        spawn_local(async move {
            let (id, fields) = contact.get_value();
            let answer = client.save_contact(&id, &fields).await;
            ended(answer, "Genesys has the contact as it is here.");
        });
    };
    let adopt = move |_| {
        busy.set(true);
        spawn_local(async move {
            let (id, _) = contact.get_value();
            let answer = client.adopt_contact(&id).await;
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
    /// The contact's id.
    id: String,
    /// Loaded again when it is done.
    shown: Shown,
    may_handle: bool,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let id = StoredValue::new(id);
    let fields = StoredValue::new(proposal.contact);
    let settle = move |update: bool| {
        busy.set(true);
        spawn_local(async move {
            let id = id.get_value();
            let answer = match update {
                true => client
                    .save_contact(&id, &fields.get_value())
                    .await
                    .map(drop),
                false => client.drop_proposal(&id).await,
            };
            busy.try_set(false);
            match answer {
                Ok(()) => shown.refetch(),
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("Nothing was changed. {failure}")),
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
