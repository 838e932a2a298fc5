//! Webhooks: receivers outside that are told of what happens here. A signing
//! secret comes out once, when it is made.

use serde::{Deserialize, Serialize};

/// The names of the events that receivers can be told of, with what happened.
pub const WEBHOOK_EVENTS: [(&str, &str); 1] = [(
    flow::contact::WebhookEvent::STARTED,
    "An interaction with a contact was started",
)];

/// A receiver, as settings show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where events are sent.
    pub url: String,
    /// The names of the events that it gets; none means all.
    pub events: Vec<String>,
    /// Why and since when it gets none; absent while it is enabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<WebhookDisabled>,
    /// When its signing secret was made: RFC 3339, UTC.
    pub secret_set_at: String,
    /// Until when the secret before signs too: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_secret_until: Option<String>,
    /// Since when no attempt has gone through: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<String>,
    /// Who added it.
    pub created_by: String,
    /// Deliveries that are to be attempted, now or later.
    pub waiting: u64,
    /// Deliveries that were given up.
    pub failed: u64,
}

/// That a receiver gets nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookDisabled {
    /// Why.
    pub reason: DisabledReason,
    /// Since when: RFC 3339, UTC.
    pub at: String,
}

/// Why a receiver gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum DisabledReason {
    /// An administrator disabled it.
    ByHand,
    /// It answered 410: it wants no more.
    Gone,
    /// Nothing had gone through for five days.
    Failing,
}

/// The body of adding or changing a receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookDraft {
    /// The name.
    pub name: String,
    /// Where events are sent.
    pub url: String,
    /// The names of the events that it gets; none means all.
    #[serde(default)]
    pub events: Vec<String>,
}

/// The body of enabling or disabling a receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookSwitch {
    /// Whether it gets events from now on.
    pub enabled: bool,
}

/// A receiver with the secret that was made for it: the only time that it is
/// shown.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookWithSecret {
    /// The receiver.
    pub webhook: Webhook,
    /// The secret as Standard Webhooks writes it: `whsec_` and base64.
    pub secret: String,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// It is to be attempted, now or later.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// It was given up; it can be replayed.
    Failed,
}

/// What became of one event at one receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookDelivery {
    /// The id that the receiver knows it by, as `webhook-id`.
    pub id: String,
    /// Its place among all events.
    pub seq: u64,
    /// The event's name.
    pub event: String,
    /// What it is about.
    pub object: String,
    /// How it stands.
    pub state: DeliveryState,
    /// When the event happened: RFC 3339, UTC.
    pub queued_at: String,
    /// When it is attempted next, while it waits: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<String>,
    /// How many attempts there were.
    pub attempts: u64,
    /// The latest attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<WebhookAttempt>,
}

/// One call of a receiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookAttempt {
    /// Counted from 1.
    pub number: u64,
    /// When it began: RFC 3339, UTC.
    pub at: String,
    /// How long it took.
    pub duration_millis: u64,
    /// The status of the answer, where one came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why it counts as failed; absent where it went through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The beginning of the answer's body, with what cannot be printed escaped.
    pub body_preview: String,
}

/// A delivery with what was sent and every attempt, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookDeliveryDetail {
    /// The delivery.
    pub delivery: WebhookDelivery,
    /// The body that is sent, as it is.
    pub body: String,
    /// The attempts.
    pub attempts: Vec<WebhookAttempt>,
}

/// How many deliveries will be attempted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Replayed {
    /// How many.
    pub deliveries: u64,
}
