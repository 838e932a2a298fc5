//! Contacts and their interactions.

use api::{Contact, ContactStage, Interaction, InteractionState};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Ended, Subject, failed, patiently, read};
use crate::{fault_matrix::ways::Act, organisation::Organisation};

impl Organisation {
    pub(super) async fn registered(&self, name: &str, connection: &str) -> Contact {
        let body = json!({ "connection": connection, "contact": fields(name) });
        read(self.person.post("/api/contacts", body).await).await
    }

    /// Waits until a contact was asked for, which happens by itself: nothing is
    /// asked of it behind the back of the cell.
    pub(super) async fn validated(&self, id: &str) {
        let started = Instant::now();
        loop {
            let contact: Contact = self.person.read(&format!("/api/contacts/{id}")).await;
            if contact.stage == ContactStage::Passed {
                return;
            }
            patiently(started).await;
        }
    }

    /// Registers a contact; where that was tried, as its page offers it.
    async fn registered_or_tried_again(&self, subject: &Subject) -> Contact {
        if subject.id.is_empty() {
            return self.registered(&subject.name, &self.connection).await;
        }
        let path = format!("/api/contacts/{}", subject.id);
        let here: Contact = self.person.read(&path).await;
        if here.stage == ContactStage::NotRegistered {
            let again = self.person.save_contact(&path, fields(&subject.name)).await;
            return read(again).await;
        }
        read(self.person.post(&format!("{path}/check"), json!({})).await).await
    }

    pub(super) async fn contact(&self, act: Act, subject: &mut Subject) -> Ended {
        let path = format!("/api/contacts/{}", subject.id);
        let person = &self.person;
        let contact: Contact = match act {
            Act::SaveContact => {
                let mut changed = fields(&subject.name);
                changed["name"] = json!("Acme Incorporated");
                let saved: Contact = read(person.save_contact(&path, changed.clone()).await).await;
                match saved.stage {
                    // It was said to be gone, and is there: ours is right.
                    ContactStage::Different => {
                        read(person.save_contact(&path, changed).await).await
                    }
                    _ => saved,
                }
            }
            Act::CheckContact => read(person.post(&format!("{path}/check"), json!({})).await).await,
            _ => self.registered_or_tried_again(subject).await,
        };
        subject.id.clone_from(&contact.id);
        let is_done = match (act, contact.stage) {
            (
                Act::Register,
                ContactStage::New | ContactStage::Validating | ContactStage::Passed,
            )
            | (Act::SaveContact, ContactStage::New | ContactStage::Validating) => true,
            (Act::RegisterAgain | Act::CheckContact, ContactStage::Passed) => {
                contact.notice.is_none()
            }
            _ => false,
        };
        if is_done {
            assert!(contact.differences.is_empty(), "{contact:?}");
            return Ended::Done;
        }
        let state = match contact.stage {
            ContactStage::NotRegistered => "notRegistered",
            _ => "noticed",
        };
        let notice = contact.notice.expect("a word on it");
        failed(state, &notice.sentence, &notice.next_step)
    }

    /// Starts an interaction on an available channel.
    pub(super) async fn interaction(&self, id: &str, key: &str) -> Ended {
        let body = json!({ "key": key, "channel": "voice" });
        let path = format!("/api/contacts/{id}/interactions");
        let made: Interaction = read(self.person.post(&path, body).await).await;
        match (made.state, made.notice) {
            (InteractionState::Started, None) => Ended::Done,
            (state, Some(notice)) => failed(&named(state), &notice.sentence, &notice.next_step),
            (state, None) => panic!("{state:?} without a word"),
        }
    }
}

/// An id as an organisation gives it, from the name of a cell.
pub(super) fn external_id(name: &str) -> String {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric();
    name.chars().filter(is_plain).collect()
}

fn fields(name: &str) -> Value {
    json!({
        "externalContactId": external_id(name), "name": "Acme Corp Support",
        "voice": "+15551234567", "interactionDurationSeconds": 600,
    })
}

fn named(state: InteractionState) -> String {
    let text = serde_json::to_value(state).expect("JSON");
    text.as_str().expect("a word").to_owned()
}
