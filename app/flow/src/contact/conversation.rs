//! What starts a conversation with a contact.

use serde::{Deserialize, Serialize};

use super::{Channel, Contact};

/// The body of `POST /api/v2/conversations` (spec, "Contacts").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConversationStart {
    /// The contact's own id, which is the external one (spec, decision 18).
    pub contact_id: String,
    /// The channel that is used.
    #[serde(rename = "type")]
    pub channel: Channel,
    /// What it begins with.
    pub initial_message: String,
    /// Who started it and when.
    pub metadata: StartMetadata,
}

/// Who started a conversation and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StartMetadata {
    /// What started it; [`ConversationStart::SOURCE`] for what Patchbay does.
    pub source: String,
    /// When it was started, as RFC 3339 in UTC.
    pub timestamp: String,
}

impl ConversationStart {
    /// What Patchbay names itself as (spec, decision 18).
    pub const SOURCE: &'static str = "external_contact_api";
    /// What a conversation begins with when its contact does not say (spec,
    /// decision 18).
    pub const GREETING: &'static str = "Hello";

    /// The start of a conversation with a contact, at a time as RFC 3339 in
    /// UTC.
    pub fn new(contact: &Contact, channel: Channel, timestamp: impl Into<String>) -> Self {
        let message = match contact.initial_message.as_str() {
            "" => Self::GREETING,
            message => message,
        };
        Self {
            contact_id: contact.external_contact_id.clone(),
            channel,
            initial_message: message.to_owned(),
            metadata: StartMetadata {
                source: Self::SOURCE.to_owned(),
                timestamp: timestamp.into(),
            },
        }
    }

    /// The body as it is sent: JSON, two spaces per level.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
