//! What a customer's own system is told once a conversation was started.

use serde::{Deserialize, Serialize};

use super::{Channel, ConversationStart};

/// The body that goes to the webhook (spec, "Contacts"): its members are in
/// `snake_case` (spec, decision 18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEvent {
    /// What happened: [`WebhookEvent::STARTED`].
    pub event: String,
    /// The contact.
    pub contact_id: String,
    /// The conversation; none when there came to be none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// Whether it was started.
    pub success: bool,
    /// How long the start took, in milliseconds.
    pub latency_ms: u64,
    /// When it happened, as RFC 3339 in UTC.
    pub timestamp: String,
    /// What an auditor asks for.
    pub audit_log: AuditLog,
}

/// What an auditor asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLog {
    /// What was done: [`WebhookEvent::ACTION`].
    pub action: String,
    /// The channel that was used.
    pub channel: Channel,
    /// Whether it was checked that the contact may be spoken to.
    pub compliance_checked: bool,
}

impl WebhookEvent {
    /// A conversation was started, or that was tried.
    pub const STARTED: &'static str = "contact_interaction_created";
    /// What the audit log names it (spec, decision 18).
    pub const ACTION: &'static str = "interaction_initiated";

    /// The event of a conversation that was started, or could not be, at a
    /// time as RFC 3339 in UTC. Patchbay starts none without having checked
    /// that the contact may be spoken to.
    pub fn started(
        start: &ConversationStart,
        conversation_id: Option<String>,
        latency_millis: u64,
        timestamp: impl Into<String>,
    ) -> Self {
        Self {
            event: Self::STARTED.to_owned(),
            contact_id: start.contact_id.clone(),
            success: conversation_id.is_some(),
            conversation_id,
            latency_ms: latency_millis,
            timestamp: timestamp.into(),
            audit_log: AuditLog {
                action: Self::ACTION.to_owned(),
                channel: start.channel,
                compliance_checked: true,
            },
        }
    }

    /// The body as it is sent: JSON, two spaces per level.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
