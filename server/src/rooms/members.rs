//! Who is in a room.

use std::collections::BTreeMap;

use api::{
    Right, Role,
    socket::{FromServer, Person},
};
use axum::extract::ws::Utf8Bytes;
use flow::NodeId;

use super::outbox::{Closing, Outbox};

/// A browser that entered.
pub(super) struct Joined {
    /// Names it in this room.
    pub(super) member: u64,
    /// What it hears first, before anything from its outbox.
    pub(super) first: Vec<Utf8Bytes>,
    /// What is known of the flow upstream.
    pub(super) stamp: flow::Stamp,
}

struct Member {
    /// How others see them; none for who only looks on.
    person: Option<Person>,
    outbox: Outbox,
}

/// Whether those who are present see a browser that enters, and it them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Seen,
    Unseen,
}

impl Presence {
    pub(super) fn of(role: Role) -> Self {
        if role.may(Right::TakePart) {
            Self::Seen
        } else {
            Self::Unseen
        }
    }
}

/// The browsers in a room, in the order in which they came.
#[derive(Default)]
pub(super) struct Members {
    members: BTreeMap<u64, Member>,
    next: u64,
}

impl Members {
    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Adds a browser and gives it a name.
    pub(super) fn add(
        &mut self,
        name: String,
        presence: Presence,
        outbox: Outbox,
    ) -> (u64, String) {
        self.next += 1;
        let id = format!("p{}", self.next);
        let person = (presence == Presence::Seen).then(|| Person {
            id: id.clone(),
            name,
            selected: Vec::new(),
        });
        self.members.insert(self.next, Member { person, outbox });
        (self.next, id)
    }

    pub(super) fn remove(&mut self, member: u64) {
        self.members.remove(&member);
    }

    /// Notes a selection; whether it is another one than before.
    pub(super) fn select(&mut self, member: u64, nodes: Vec<NodeId>) -> bool {
        let member = self.members.get_mut(&member);
        let person = member.and_then(|member| member.person.as_mut());
        let person = person.filter(|person| person.selected != nodes);
        person.is_some_and(|person| {
            person.selected = nodes;
            true
        })
    }

    /// Sends to one.
    pub(super) fn send(&self, member: u64, message: &FromServer) {
        if let (Some(member), Some(text)) = (self.members.get(&member), text(message)) {
            member.outbox.push(text);
        }
    }

    /// Sends to all, save one.
    pub(super) fn broadcast(&self, message: &FromServer, except: Option<u64>) {
        let Some(text) = text(message) else { return };
        for (id, member) in &self.members {
            if Some(*id) != except {
                member.outbox.push(text.clone());
            }
        }
    }

    /// Tells everybody who is present who is.
    pub(super) fn announce(&self) {
        let present = || self.members.values().filter(|m| m.person.is_some());
        let people = present().filter_map(|m| m.person.clone()).collect();
        let Some(text) = text(&FromServer::People { people }) else {
            return;
        };
        for member in present() {
            member.outbox.push_people(text.clone());
        }
    }

    /// Closes everybody's socket after what is queued.
    pub(super) fn close(&mut self, closing: Closing) {
        for member in std::mem::take(&mut self.members).into_values() {
            member.outbox.close(closing);
        }
    }
}

impl Drop for Members {
    /// Also runs when the room panics: nobody keeps listening to an empty room.
    fn drop(&mut self) {
        self.close(Closing::RoomEnded);
    }
}

/// A message as it is sent, made once for all who get it.
pub(super) fn text(message: &FromServer) -> Option<Utf8Bytes> {
    serde_json::to_string(message)
        .inspect_err(|error| tracing::error!(%error, "a message cannot be written"))
        .ok()
        .map(Utf8Bytes::from)
}
