//! The contacts that the sandbox holds, and the conversations with them.
//!
//! What the check of a contact says is chosen by its metadata, so that people
//! and tests get the case that they want: `sandbox.validation` is `passed` (as
//! without it), `pending`, `failed` or `absent`,
//! `sandbox.validationFailureReason` says why, and `sandbox.unavailable` names
//! channels that cannot be used, separated by commas.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::held::{Held, Identified};

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

impl Identified for ContactRecord {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Identified for ConversationRecord {
    fn id(&self) -> &str {
        &self.id
    }
}

/// All contacts and conversations, oldest first.
#[derive(Debug, Default)]
pub(crate) struct ContactStore {
    contacts: Held<ContactRecord>,
    conversations: Held<ConversationRecord>,
}

impl ContactStore {
    pub(crate) fn new(
        contacts: Held<ContactRecord>,
        conversations: Held<ConversationRecord>,
    ) -> Self {
        Self {
            contacts,
            conversations,
        }
    }

    pub(crate) fn held(&mut self) -> (&mut Held<ContactRecord>, &mut Held<ConversationRecord>) {
        (&mut self.contacts, &mut self.conversations)
    }

    pub(crate) fn contacts(&self) -> &[ContactRecord] {
        self.contacts.all()
    }

    pub(crate) fn conversations(&self) -> &[ConversationRecord] {
        self.conversations.all()
    }

    pub(crate) fn get(&self, id: &str) -> Result<&ContactRecord, ContactRefusal> {
        self.contacts.get(id).ok_or(ContactRefusal::NotFound)
    }

    pub(crate) fn create(
        &mut self,
        id: &str,
        body: Value,
    ) -> Result<ContactRecord, ContactRefusal> {
        if let Some(contact) = self.contacts.get_mut(id) {
            contact.posts += 1;
            return Err(ContactRefusal::Exists);
        }
        let contact = ContactRecord {
            id: id.to_owned(),
            body,
            posts: 1,
        };
        self.contacts.put(contact.clone());
        Ok(contact)
    }

    pub(crate) fn update(
        &mut self,
        id: &str,
        body: Value,
    ) -> Result<ContactRecord, ContactRefusal> {
        let contact = self.contacts.get_mut(id);
        let contact = contact.ok_or(ContactRefusal::NotFound)?;
        contact.body = body;
        Ok(contact.clone())
    }

    pub(crate) fn start(&mut self, body: Value) -> ConversationRecord {
        let conversation = ConversationRecord {
            id: Uuid::new_v4().to_string(),
            body,
        };
        self.conversations.put(conversation.clone());
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
