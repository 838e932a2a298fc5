//! The contacts that the sandbox holds, and the conversations with them.
//!
//! What the check of a contact says is chosen by its metadata, so that people
//! and tests get the case that they want: `sandbox.validation` is `passed` (as
//! without it), `pending`, `failed` or `absent`,
//! `sandbox.validationFailureReason` says why, and `sandbox.unavailable` names
//! channels that cannot be used, separated by commas.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// A contact as the sandbox holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactRecord {
    /// The id that its maker gave.
    pub id: String,
    /// The body as it was last sent.
    pub body: Value,
    /// How often somebody asked for it to be made, the first time included.
    pub posts: u32,
}

/// A conversation as the sandbox holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConversationRecord {
    /// Its id.
    pub id: String,
    /// The body as it was sent.
    pub body: Value,
}

/// What the check of a contact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) validation: Validation,
    /// The channels that it has, and whether each can be used.
    pub(crate) channels: Vec<(String, bool)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Validation {
    Passed,
    Pending,
    Failed { reason: String },
    Absent,
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContactRefusal {
    NotFound,
    Exists,
}

/// All contacts and conversations, oldest first.
#[derive(Debug, Default)]
pub(crate) struct ContactStore {
    contacts: Vec<ContactRecord>,
    /// Where each contact stands, by id.
    places: HashMap<String, usize>,
    conversations: Vec<ConversationRecord>,
}

impl ContactStore {
    pub(crate) fn new(
        contacts: Vec<ContactRecord>,
        conversations: Vec<ConversationRecord>,
    ) -> Self {
        let ids = contacts.iter().enumerate();
        Self {
            places: ids.map(|(at, contact)| (contact.id.clone(), at)).collect(),
            contacts,
            conversations,
        }
    }

    pub(crate) fn contacts(&self) -> &[ContactRecord] {
        &self.contacts
    }

    pub(crate) fn conversations(&self) -> &[ConversationRecord] {
        &self.conversations
    }

    pub(crate) fn get(&self, id: &str) -> Result<&ContactRecord, ContactRefusal> {
        let at = self.places.get(id).ok_or(ContactRefusal::NotFound)?;
        self.contacts.get(*at).ok_or(ContactRefusal::NotFound)
    }

    pub(crate) fn create(
        &mut self,
        id: &str,
        body: Value,
    ) -> Result<ContactRecord, ContactRefusal> {
        if let Some(at) = self.places.get(id) {
            if let Some(contact) = self.contacts.get_mut(*at) {
                contact.posts += 1;
            }
            return Err(ContactRefusal::Exists);
        }
        let contact = ContactRecord {
            id: id.to_owned(),
            body,
            posts: 1,
        };
        self.places.insert(id.to_owned(), self.contacts.len());
        self.contacts.push(contact.clone());
        Ok(contact)
    }

    pub(crate) fn update(
        &mut self,
        id: &str,
        body: Value,
    ) -> Result<ContactRecord, ContactRefusal> {
        let at = self.places.get(id).ok_or(ContactRefusal::NotFound)?;
        let contact = self.contacts.get_mut(*at).ok_or(ContactRefusal::NotFound)?;
        contact.body = body;
        Ok(contact.clone())
    }

    pub(crate) fn start(&mut self, body: Value) -> ConversationRecord {
        let conversation = ConversationRecord {
            id: Uuid::new_v4().to_string(),
            body,
        };
        self.conversations.push(conversation.clone());
        conversation
    }
}

impl ContactRecord {
    /// What its check says.
    pub(crate) fn standing(&self) -> Standing {
        let marker = |name: &str| self.body["metadata"][name].as_str().unwrap_or_default();
        let validation = match marker("sandbox.validation") {
            "pending" => Validation::Pending,
            "failed" => Validation::Failed {
                reason: match marker("sandbox.validationFailureReason") {
                    "" => "The number is on a do-not-call list.".to_owned(),
                    reason => reason.to_owned(),
                },
            },
            "absent" => Validation::Absent,
            _ => Validation::Passed,
        };
        let unavailable = marker("sandbox.unavailable");
        let is_available = |channel: &str| !unavailable.split(',').any(|one| one.trim() == channel);
        let channels = self.body["channels"].as_object();
        let channels = channels.into_iter().flat_map(Map::iter);
        Standing {
            validation,
            channels: channels
                .filter(|(_, address)| address.as_str().is_some_and(|text| !text.is_empty()))
                .map(|(channel, _)| (channel.clone(), is_available(channel)))
                .collect(),
        }
    }

    /// The answer to a read: what was sent, and what its check says.
    pub(crate) fn answer(&self) -> Value {
        let mut answer = self.body.clone();
        let Some(members) = answer.as_object_mut() else {
            return answer;
        };
        let standing = self.standing();
        let mut say = |status: &str| members.insert("validationStatus".to_owned(), status.into());
        match standing.validation {
            Validation::Passed => drop(say("passed")),
            Validation::Pending => drop(say("pending")),
            Validation::Failed { reason } => {
                say("failed");
                members.insert("validationFailureReason".to_owned(), reason.into());
            }
            Validation::Absent => {}
        }
        let channels = standing.channels.into_iter().map(|(channel, available)| {
            let word = if available {
                "available"
            } else {
                "unavailable"
            };
            (channel, Value::from(word))
        });
        let channels = Value::Object(channels.collect());
        members.insert("channelAvailability".to_owned(), channels);
        answer
    }
}
