//! Making and changing a webhook.

use api::{WEBHOOK_EVENTS, Webhook, WebhookDraft};
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
    // None named means all, those too that there will be.
    let events = RwSignal::new(
        webhook
            .as_ref()
            .map(|webhook| webhook.events.clone())
            .unwrap_or_default(),
    );
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
    let events_refused =
        move || refused.with(|refused| refused.as_ref()?.about_or_within("/events"));
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
            events: events.get_untracked(),
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
                <fieldset class="field events">
                    <legend class="field__label">"Events"</legend>
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || events.with(Vec::is_empty)
                            on:change=move |event| {
                                events.set(match event_target_checked(&event) {
                                    true => Vec::new(),
                                    false => names(),
                                });
                            }
                        />
                        "All events, those of later versions too"
                    </label>
                    {WEBHOOK_EVENTS
                        .map(|(name, words)| view! { <EventBox name words events /> })
                        .into_iter()
                        .collect_view()}
                    {move || {
                        events_refused()
                            .map(|words| view! { <p class="field__error">{words}</p> })
                    }}
                </fieldset>
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

/// One event that can be chosen.
#[component]
fn EventBox(
    name: &'static str,
    words: &'static str,
    events: RwSignal<Vec<String>>,
) -> impl IntoView {
    let is_chosen =
        move || events.with(|events| events.is_empty() || events.iter().any(|one| one == name));
    let choose = move |event| {
        let chosen = event_target_checked(&event);
        events.update(|events| {
            events.retain(|one| one != name && names().contains(one));
            if chosen {
                events.push(name.to_owned());
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=is_chosen
                disabled=move || events.with(Vec::is_empty)
                on:change=choose
            />
            <span>
                {words} " " <code class="text-muted">{name}</code>
            </span>
        </label>
    }
}

/// The names of all events that there are.
fn names() -> Vec<String> {
    WEBHOOK_EVENTS.map(|(name, _)| name.to_owned()).to_vec()
}
