//! What was entered has the id of a contact that is here already, or is of one
//! that somebody changed since: nothing was changed, and one of the two stands.

use api::{ContactComparison, ContactFields, ContactStage, SaveContact};
use dom::prelude::*;

use super::differences::{Compared, Heads};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, RelativeTime, Toasts, Tone},
};

#[component]
pub fn ExistsAlready(
    comparison: ContactComparison,
    /// What was entered.
    fields: ContactFields,
    /// Whether it was entered as a new contact.
    is_new: bool,
    /// The dialog that it is in.
    open: RwSignal<bool>,
    /// Called with the contact's id when one of the two stands.
    on_done: Callback<String>,
    /// Emptied to go back to what was entered.
    back: RwSignal<Option<(ContactComparison, ContactFields)>>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let said = if is_new {
        registered(&comparison, &fields)
    } else {
        changed(&comparison, &fields)
    };
    let is_same = comparison.differences.is_empty();
    let is_sent = comparison.stage != ContactStage::Registering;
    let id = StoredValue::new(comparison.id.clone());
    let save = StoredValue::new(SaveContact {
        version: comparison.version.clone(),
        contact: fields,
    });
    let leave = move |_| {
        open.set(false);
        on_done.run(id.get_value());
    };
    let update = move |_| {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let id = id.get_value();
            let answer = client.save_contact(&id, &save.get_value()).await;
            if answer
                .as_ref()
                .is_err_and(|failure| failure.is_kind("changed-since"))
            {
                // Once more: what stands by now is compared in its place.
                let fields = save.get_value().contact;
                if let Ok(found) = client.compare_changes(&id, &fields).await {
                    back.try_set(Some((found, fields)));
                    return;
                }
            }
            busy.try_set(false);
            match answer {
                Ok(contact) => {
                    open.try_set(false);
                    if contact.notice.is_none() {
                        toasts.success("Genesys has the contact as you entered it.");
                    }
                    on_done.run(contact.id);
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused
            .get()
            .filter(|failure| *failure != Failure::SessionEnded)?;
        Some(view! { <Banner tone=Tone::Danger>{failure.in_words()}</Banner> })
    };
    let what = if is_same {
        view! { <p>"It is here just as you entered it."</p> }.into_any()
    } else {
        let heads = Heads {
            ours: "Here",
            theirs: "Entered",
        };
        view! { <Compared differences=comparison.differences heads /> }.into_any()
    };
    view! {
        <div class="dialog__body" data-panel="contact-exists">
            {banner}
            {said}
            {what}
        </div>
        <footer class="dialog__foot">
            <span class="dialog__foot-start">
                <Button disabled=busy on_click=move |_| back.set(None)>
                    "Back"
                </Button>
            </span>
            {if is_same {
                view! {
                    <Button kind=ButtonKind::Primary attr:autofocus=true on_click=leave>
                        {if is_new { "Open it" } else { "Close" }}
                    </Button>
                }
                    .into_any()
            } else {
                view! {
                    <Button disabled=busy attr:autofocus=true on_click=leave>
                        "Leave it as it is"
                    </Button>
                    <Show when=move || is_sent>
                        <Button kind=ButtonKind::Primary icon="upload" busy on_click=update>
                            "Update it"
                        </Button>
                    </Show>
                }
                    .into_any()
            }}
        </footer>
    }
}

/// That the contact is here already.
fn registered(comparison: &ContactComparison, fields: &ContactFields) -> View {
    let title = format!("{} exists already", fields.external_contact_id);
    let at = comparison.registered_at.clone();
    let by = comparison.registered_by.clone();
    view! {
        <Banner tone=Tone::Warning title=title>
            "It was registered " <RelativeTime at in_sentence=true /> " by " {by}
            ". Nothing was changed."
        </Banner>
    }
    .into_any()
}

/// That somebody changed the contact since it was opened.
fn changed(comparison: &ContactComparison, fields: &ContactFields) -> View {
    let id = &fields.external_contact_id;
    let title = format!("{id} was changed since you opened it");
    let by = comparison.changed_by.clone();
    let by = by.unwrap_or_else(|| "Somebody".to_owned());
    let when = comparison.changed_at.clone().map(|at| {
        view! { " "<RelativeTime at in_sentence=true /> }
    });
    view! {
        <Banner tone=Tone::Warning title=title>
            {by} " changed it" {when} ". Nothing was overwritten."
        </Banner>
    }
    .into_any()
}
