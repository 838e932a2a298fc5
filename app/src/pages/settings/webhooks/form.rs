//! Making and changing a webhook.

use api::{Webhook, WebhookDraft};
use dom::{ev::SubmitEvent, prelude::*};

use super::{Webhooks, secret::ShownSecret};
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ButtonKind, Field, TextInput, Toasts, Tone},
};

#[component]
pub(super) fn WebhookForm(
    /// The dialog that the form is in; closed when it is done.
    open: RwSignal<bool>,
    /// Loaded again when it is done.
    webhooks: Webhooks,
    /// Shows the secret of one that was made.
    secret: ShownSecret,
    /// The webhook to change; without one, one is made.
    #[prop(optional)]
    webhook: Option<Webhook>,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let existing = webhook.as_ref().map(|webhook| webhook.id.clone());
    let text = |read: fn(&Webhook) -> String| {
        RwSignal::new(webhook.as_ref().map(read).unwrap_or_default())
    };
    let name = text(|webhook| webhook.name.clone());
    let url = text(|webhook| webhook.url.clone());
    let events = text(|webhook| webhook.events.join(", "));
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let missing = move |value: RwSignal<String>, words: &str| {
        value
            .with(|value| value.trim().is_empty())
            .then(|| words.to_owned())
    };
    let name_problem = move || missing(name, "Give the webhook a name.");
    let url_problem = move || missing(url, "Enter the address of the receiver.");
    let shown = move |own: Option<String>, pointer: &str| {
        let refused = refused.with(|refused| refused.as_ref()?.about(pointer));
        refused.or_else(|| own.filter(|_| tried.get()))
    };
    // The server names the event that it does not take by its number.
    let events_refused = move || {
        let named = untrack(|| named_events(&events.get()));
        std::iter::once("/events".to_owned())
            .chain((0..named.len()).map(|index| format!("/events/{index}")))
            .find_map(|pointer| shown(None, &pointer))
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        refused.set(None);
        let complete = untrack(|| name_problem().is_none() && url_problem().is_none());
        if !complete || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let draft = WebhookDraft {
            name: name.get_untracked().trim().to_owned(),
            url: url.get_untracked().trim().to_owned(),
            events: named_events(&events.get_untracked()),
        };
        let existing = existing.clone();
        spawn_local(async move {
            let answer = match &existing {
                Some(id) => client.change_webhook(id, &draft).await.map(|_| None),
                None => client.add_webhook(&draft).await.map(Some),
            };
            busy.try_set(false);
            match answer {
                Ok(made) => {
                    open.try_set(false);
                    match made {
                        Some(made) => secret.show(made),
                        None => toasts.success(format!("“{}” was saved.", draft.name)),
                    }
                    webhooks.refetch();
                }
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    };
    let banner = move || {
        let failure = refused.get()?;
        let in_field = shown(None, "/name").is_some()
            || shown(None, "/url").is_some()
            || events_refused().is_some();
        (failure != Failure::SessionEnded && !in_field).then(|| {
            view! { <Banner tone=Tone::Danger>{failure.to_string()}</Banner> }
        })
    };
    view! {
        <form novalidate on:submit=submit>
            <div class="dialog__body">
                {banner}
                <Field label="Name" error=Signal::derive(move || shown(name_problem(), "/name"))>
                    <TextInput value=name on_input=move |text| name.set(text) autofocus=true />
                </Field>
                <Field
                    label="Address"
                    hint="Where messages are sent, for example https://crm.example.com/hook. Encrypted, on the internet, port 443 or 8443."
                    error=Signal::derive(move || shown(url_problem(), "/url"))
                >
                    <TextInput value=url on_input=move |text| url.set(text) kind="url" code=true />
                </Field>
                <Field
                    label="Events"
                    hint="Names with commas between, such as contact_interaction_created. All events when empty."
                    optional=true
                    error=Signal::derive(events_refused)
                >
                    <TextInput value=events on_input=move |text| events.set(text) code=true />
                </Field>
            </div>
            <footer class="dialog__foot">
                <Button disabled=busy on_click=move |_| open.set(false)>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Primary submit=true busy>
                    "Save webhook"
                </Button>
            </footer>
        </form>
    }
}

/// The names in a text with commas or spaces between.
fn named_events(text: &str) -> Vec<String> {
    text.split([',', ' '])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}
