//! One webhook: what it is, how it does, changing it.

use api::{DisabledReason, Webhook};
use dom::prelude::*;

use super::{Webhooks, deliveries::Deliveries, form::WebhookForm, secret::ShownSecret};
use crate::{
    client::{Client, Failure},
    components::{Badge, Banner, Button, ButtonKind, Confirm, Dialog, RelativeTime, Toasts, Tone},
};

#[component]
pub(super) fn WebhookCard(
    webhook: Webhook,
    webhooks: Webhooks,
    secret: ShownSecret,
) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let editing = RwSignal::new(false);
    let rotating = RwSignal::new(false);
    let removing = RwSignal::new(false);
    let looking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let id = StoredValue::new(webhook.id.clone());
    let name = StoredValue::new(webhook.name.clone());
    let kept = StoredValue::new(webhook.clone());
    let enabled = webhook.disabled.is_none();

    // Every action ends in a word on it; `doing` says what was not done.
    let told = move |failure: Failure, doing: &str| {
        toasts.failed(
            &format!("“{}” was not {doing}.", name.get_value()),
            &failure,
        );
    };
    let test = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.test_webhook(&id.get_value()).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    looking.try_set(true);
                }
                Err(failure) => told(failure, "tested"),
            }
        });
    };
    let switch = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.switch_webhook(&id.get_value(), !enabled).await;
            busy.try_set(false);
            let word = if enabled { "disabled" } else { "enabled" };
            match answer {
                Ok(_) => {
                    toasts.success(format!("“{}” was {word}.", name.get_value()));
                    webhooks.refetch();
                }
                Err(failure) => told(failure, word),
            }
        });
    };
    let rotate = move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.rotate_webhook_secret(&id.get_value()).await;
            busy.try_set(false);
            rotating.try_set(false);
            match answer {
                Ok(made) => {
                    secret.show(made);
                    webhooks.refetch();
                }
                Err(failure) => told(failure, "given a new secret"),
            }
        });
    };
    let remove = move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.remove_webhook(&id.get_value()).await;
            busy.try_set(false);
            removing.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("“{}” was deleted.", name.get_value()));
                    webhooks.refetch();
                }
                Err(failure) => told(failure, "deleted"),
            }
        });
    };
    let (tone, state) = match (&webhook.disabled, &webhook.failing_since) {
        (Some(_), _) => (Tone::Neutral, "Disabled"),
        (None, Some(_)) => (Tone::Warning, "Failing"),
        (None, None) => (Tone::Success, "Enabled"),
    };
    let events = if webhook.events.is_empty() {
        "All".to_owned()
    } else {
        webhook.events.join(", ")
    };
    view! {
        <section class="card" aria-label=webhook.name.clone()>
            <header class="card__head">
                <h3 class="card__title">{webhook.name.clone()}</h3>
                <Badge tone dot=true>{state}</Badge>
            </header>
            <dl class="facts">
                <dt>"Address"</dt>
                <dd class="mono">{webhook.url.clone()}</dd>
                <dt>"Events"</dt>
                <dd class:mono=!webhook.events.is_empty()>{events}</dd>
                <dt>"Signing secret"</dt>
                <dd>
                    "Made " <RelativeTime at=webhook.secret_set_at.clone() in_sentence=true />
                    {webhook
                        .previous_secret_until
                        .is_some()
                        .then_some("; the one before signs too, for a day")}
                </dd>
                <dt>"Deliveries"</dt>
                <dd>{counted(webhook.waiting, webhook.failed)}</dd>
            </dl>
            {notice(&webhook)
                .map(|(tone, text)| {
                    view! {
                        <div class="card__foot">
                            <Banner tone>{text}</Banner>
                        </div>
                    }
                })}
            <footer class="card__foot">
                {enabled
                    .then(|| {
                        view! {
                            <Button icon="send" busy on_click=test>
                                "Send test event"
                            </Button>
                        }
                    })}
                <Button icon="history" on_click=move |_| looking.set(true)>
                    "Deliveries"
                </Button>
                <Button icon="pencil" on_click=move |_| editing.set(true)>
                    "Edit"
                </Button>
                <Button icon="key" on_click=move |_| rotating.set(true)>
                    "Rotate secret"
                </Button>
                <Button icon="power" disabled=busy on_click=switch>
                    {if enabled { "Disable" } else { "Enable" }}
                </Button>
                <Button kind=ButtonKind::Ghost on_click=move |_| removing.set(true)>
                    "Delete"
                </Button>
            </footer>
            <Dialog open=editing title="Edit the webhook">
                <WebhookForm open=editing webhooks secret webhook=kept.get_value() />
            </Dialog>
            <Dialog
                open=looking
                title=format!("Deliveries to “{}”", name.get_value())
                wide=true
                on_close=move |()| webhooks.refetch()
            >
                <Deliveries webhook=id.get_value() enabled />
            </Dialog>
            <Confirm
                open=rotating
                title=format!("Make a new signing secret for “{}”?", name.get_value())
                text="For a day messages are signed with both the new secret and the one before. Give the receiver the new one within that time."
                action="Rotate secret"
                busy
                on_confirm=rotate
            />
            <Confirm
                open=removing
                title=format!("Delete “{}”?", name.get_value())
                text="Its secret, what waits to be sent and the log of its deliveries go with it."
                action="Delete webhook"
                busy
                on_confirm=remove
            />
        </section>
    }
}

fn counted(waiting: u64, failed: u64) -> String {
    match (waiting, failed) {
        (0, 0) => "Nothing waits".to_owned(),
        (waiting, 0) => format!("{waiting} waiting"),
        (0, failed) => format!("{failed} failed"),
        (waiting, failed) => format!("{waiting} waiting, {failed} failed"),
    }
}

/// What wants attention, and what to do.
fn notice(webhook: &Webhook) -> Option<(Tone, &'static str)> {
    let disabled = webhook.disabled.as_ref().map(|disabled| disabled.reason);
    Some(match (disabled, &webhook.failing_since) {
        (Some(DisabledReason::ByHand), _) => (
            Tone::Info,
            "Nothing is sent, and events that happen now are not kept for it. What had been waiting counts as failed: enable it, then send that again under Deliveries.",
        ),
        (Some(DisabledReason::Gone), _) => (
            Tone::Danger,
            "The receiver answered that it wants no more (410), so that it was disabled. Correct its address or enable it, then send again what failed under Deliveries.",
        ),
        (Some(DisabledReason::Failing), _) => (
            Tone::Danger,
            "The receiver took nothing for five days, so that it was disabled. Repair it and enable it, then send again what failed under Deliveries.",
        ),
        (None, Some(_)) => (
            Tone::Warning,
            "The receiver takes nothing at present. It is tried again by itself, for five days; Deliveries says why it fails.",
        ),
        (None, None) => return None,
    })
}
