//! What was sent to a webhook, and what became of it.

use std::time::Duration;

use api::{DeliveryState, WebhookDelivery};
use dom::prelude::*;

use super::detail::Detail;
use crate::{
    client::{Client, Failure},
    components::{
        Badge, Button, EmptyState, ErrorState, RelativeTime, Segment, Segments, Spinner, Toasts,
        Tone, exact,
    },
    session::loaded,
};

/// How often the log is looked at again while it is open.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// Deliveries of one page.
const PAGE: usize = 50;

#[component]
pub(super) fn Deliveries(webhook: String, enabled: bool) -> impl IntoView {
    let client = expect_context::<Client>();
    let toasts = expect_context::<Toasts>();
    let id = StoredValue::new(webhook);
    let failed_only = RwSignal::new(false);
    let older = RwSignal::new(Vec::<WebhookDelivery>::new());
    let opened = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let latest = loaded(move || {
        let only = failed_only.get_untracked();
        async move { client.deliveries(&id.get_value(), only, None).await }
    });
    let looking = set_interval_with_handle(move || latest.refetch(), LOOK_AGAIN);
    on_cleanup(move || {
        if let Ok(looking) = looking {
            looking.clear();
        }
    });
    // Made anew only when something is different, so that the focus stays.
    let shown = Memo::new(move |_| latest.get());
    let load_older = move |before: u64| {
        busy.set(true);
        spawn_local(async move {
            let only = failed_only.get_untracked();
            match client.deliveries(&id.get_value(), only, Some(before)).await {
                Ok(more) => older.update(|older| older.extend(more)),
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("Nothing older was loaded. {failure}")),
            }
            busy.try_set(false);
        });
    };
    let replay_all = move |_| {
        busy.set(true);
        spawn_local(async move {
            match client.replay_failed(&id.get_value()).await {
                Ok(replayed) => {
                    let words = match replayed.deliveries {
                        0 => "Nothing had failed.".to_owned(),
                        1 => "One delivery is sent again.".to_owned(),
                        many => format!("{many} deliveries are sent again."),
                    };
                    toasts.success(words);
                    older.try_set(Vec::new());
                    latest.refetch();
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("Nothing was sent again. {failure}")),
            }
            busy.try_set(false);
        });
    };
    let replay_one = Callback::new(move |delivery: String| {
        spawn_local(async move {
            match client.replay_delivery(&id.get_value(), &delivery).await {
                Ok(_) => {
                    opened.try_set(None);
                    latest.refetch();
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => toasts.danger(format!("It was not sent again. {failure}")),
            }
        });
    });
    let body = move || match shown.get() {
        None | Some(Err(Failure::SessionEnded)) => view! {
            <div class="empty empty--compact">
                <Spinner label="Deliveries are being loaded" />
            </div>
        }
        .into_any(),
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="Deliveries could not be loaded"
                compact=true
                retry=move |()| latest.refetch()
            />
        }
        .into_any(),
        Some(Ok(all)) if all.is_empty() => {
            let (title, text) = if failed_only.get() {
                (
                    "Nothing has failed",
                    "What was given up stands here, to be sent again.",
                )
            } else {
                (
                    "Nothing was sent yet",
                    "Send a test event to see whether the receiver takes it.",
                )
            };
            view! { <EmptyState icon="send" title text compact=true /> }.into_any()
        }
        Some(Ok(mut all)) => {
            let full = all.len() >= PAGE;
            // What is new pushes what was last onto the pages behind.
            let end = all.last().map_or(u64::MAX, |delivery| delivery.seq);
            let behind = older.get().into_iter();
            all.extend(behind.filter(|delivery| delivery.seq < end));
            let last = all.last().map(|delivery| delivery.seq);
            view! {
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Event"</th>
                            <th scope="col">"State"</th>
                            <th scope="col" aria-label="Actions"></th>
                        </tr>
                    </thead>
                    <tbody>
                        {all
                            .into_iter()
                            .map(|delivery| {
                                view! { <Row webhook=id.get_value() delivery opened enabled replay=replay_one /> }
                            })
                            .collect_view()}
                    </tbody>
                </table>
                {last
                    .filter(|_| full)
                    .map(|last| {
                        view! {
                            <div class="empty empty--compact">
                                <Button busy on_click=move |_| load_older(last)>
                                    "Show older"
                                </Button>
                            </div>
                        }
                    })}
            }
            .into_any()
        }
    };
    view! {
        <div class="dialog__body">
            <div class="page__tools">
                <Segments
                    label="Deliveries"
                    value=failed_only
                    on_change=move |only| {
                        older.set(Vec::new());
                        failed_only.set(only);
                        latest.refetch();
                    }
                    segments=vec![
                        Segment { value: false, label: "All", icon: None },
                        Segment { value: true, label: "Failed", icon: None },
                    ]
                />
                {enabled
                    .then(|| {
                        view! {
                            <Button icon="refresh" busy on_click=replay_all>
                                "Send all failed again"
                            </Button>
                        }
                    })}
            </div>
            {body}
        </div>
    }
}

#[component]
fn Row(
    webhook: String,
    delivery: WebhookDelivery,
    opened: RwSignal<Option<String>>,
    enabled: bool,
    replay: Callback<String>,
) -> impl IntoView {
    let (tone, word) = match delivery.state {
        DeliveryState::Delivered => (Tone::Success, "Delivered"),
        DeliveryState::Failed => (Tone::Danger, "Failed"),
        DeliveryState::Waiting if delivery.attempts == 0 => (Tone::Info, "Sending"),
        DeliveryState::Waiting => (Tone::Warning, "Waiting"),
    };
    let latest = delivery.latest.as_ref();
    let note = latest.map(|latest| match (&latest.reason, latest.status) {
        (Some(reason), _) => reason.clone(),
        (None, Some(status)) => format!("{status} in {} ms", latest.duration_millis),
        (None, None) => String::new(),
    });
    let attempts = match delivery.attempts {
        0 | 1 => None,
        many => Some(format!("{many} attempts. ")),
    };
    let next = delivery
        .next_attempt_at
        .clone()
        .filter(|_| latest.is_some());
    let id = StoredValue::new(delivery.id.clone());
    let webhook = StoredValue::new(webhook);
    let is_open = Memo::new(move |_| opened.with(|opened| *opened == Some(id.get_value())));
    view! {
        <tr class="table__row">
            <td>
                <RelativeTime at=delivery.queued_at />
            </td>
            <td>
                <span class="text-strong mono">{delivery.event}</span>
            </td>
            <td>
                <Badge tone dot=true>
                    {word}
                </Badge>
                <span class="table__note">
                    {attempts}
                    {note}
                    {next.map(|at| format!(" Next attempt {}.", exact(&at)))}
                </span>
            </td>
            <td>
                <div class="table__actions">
                    {enabled
                        .then(|| {
                            view! {
                                <Button
                                    small=true
                                    on_click=move |_| replay.run(id.get_value())
                                >
                                    "Send again"
                                </Button>
                            }
                        })}
                    <Button
                        small=true
                        attr:aria-expanded=move || is_open.get().to_string()
                        on_click=move |_| {
                            opened.set((!is_open.get_untracked()).then(|| id.get_value()));
                        }
                    >
                        "Details"
                    </Button>
                </div>
            </td>
        </tr>
        {move || {
            is_open
                .get()
                .then(|| {
                    view! {
                        <tr>
                            <td colspan="4">
                                <Detail webhook=webhook.get_value() delivery=id.get_value() />
                            </td>
                        </tr>
                    }
                })
        }}
    }
}
