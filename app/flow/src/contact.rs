//! Contacts: people outside of the organisation whom a conversation is started
//! with, as documents of their own (spec, "Contacts").

mod channel;
mod check;
mod conversation;
mod difference;
mod file;
mod rules;
mod shape;
mod standing;
mod webhook;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{Artifact, Extra, ImportError};

pub(crate) use self::rules::CODES;
pub use self::{
    channel::{Channel, Channels},
    check::check,
    conversation::{ConversationStart, StartMetadata},
    difference::{Difference, differences},
    file::ContactFile,
    rules::RULES,
    standing::{Standing, ValidationStatus},
    webhook::{AuditLog, WebhookEvent},
};

/// The document that creates a contact upstream, byte for byte (spec,
/// "Contacts").
pub fn generate(contact: &Contact) -> Artifact {
    crate::direct::contact(contact)
}

/// Reads a contact: Patchbay's own file, what is sent, or what is answered.
/// Nothing is half imported: it is all there, or there is an error.
pub fn import(text: &str) -> Result<ContactFile, ImportError> {
    crate::import::import_contact(text)
}

/// Somebody outside of the organisation, and how to reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// The id that the organisation gave, by which the contact is found
    /// upstream too (spec, decision 18).
    pub external_contact_id: String,
    /// The name that people read.
    pub name: String,
    /// How to reach them.
    #[serde(default)]
    pub channels: Channels,
    /// What a conversation begins with; empty for the usual greeting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub initial_message: String,
    /// How long a conversation may take, in seconds.
    #[serde(default = "default_duration_seconds")]
    pub interaction_duration_seconds: u64,
    /// Texts by name that travel with the contact, in document order.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub metadata: IndexMap<String, String>,
    /// What came with the document and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

impl Contact {
    /// How long a conversation may take where nobody says otherwise, in
    /// seconds.
    pub const DEFAULT_DURATION_SECONDS: u64 = 300;
}

fn default_duration_seconds() -> u64 {
    Contact::DEFAULT_DURATION_SECONDS
}

impl Default for Contact {
    /// A contact of whom nothing is known yet.
    fn default() -> Self {
        Self {
            external_contact_id: String::new(),
            name: String::new(),
            channels: Channels::default(),
            initial_message: String::new(),
            interaction_duration_seconds: Self::DEFAULT_DURATION_SECONDS,
            metadata: IndexMap::new(),
            extra: Extra::new(),
        }
    }
}

/// How the parts of a contact are called on the wire, and where a problem or a
/// line of the sent document names one. Channels have their own names.
pub mod member {
    /// The id that the organisation gave.
    pub const ID: &str = "externalContactId";
    /// The name.
    pub const NAME: &str = "name";
    /// The addresses by channel.
    pub const CHANNELS: &str = "channels";
    /// What a conversation begins with.
    pub const INITIAL_MESSAGE: &str = "initialMessage";
    /// How long a conversation may take, in seconds.
    pub const DURATION: &str = "interactionDurationSeconds";
    /// Texts by name.
    pub const METADATA: &str = "metadata";
}
