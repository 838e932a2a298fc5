//! The editing socket at `/api/socket/{flow}`: JSON text messages.
//!
//! The server orders all edits of a flow. A browser applies its edit at once,
//! submits it under an id of its own, and keeps it pending until the server
//! acknowledges it, which happens only after the edit is on disk. Other
//! people's edits arrive with their sequence number and without gaps. After a
//! lost connection the browser names the last sequence number that it has
//! (`?since=`) and submits what is pending again: an id that the server has
//! seen is acknowledged again and applied once.
//!
//! A message is an object of one member, which names it:
//! `{"select":{"nodes":["end"]}}`. A name inside, beside the other members,
//! would have every value read into a second representation first.

use flow::{Flow, NodeId, Refused, Stamp, Transaction};
use serde::{Deserialize, Serialize};

use crate::{Publish, Role};

/// Bytes of one message from a browser. A larger edit goes over HTTP.
pub const MAX_MESSAGE_BYTES: usize = 256 * 1024;

/// Bytes of one WebSocket frame. Chromium splits messages at this size by
/// itself; what a browser may send as one frame stays below it.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;

/// What a browser says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum FromBrowser {
    /// An edit.
    Submit {
        /// Names this edit for good.
        id: String,
        /// The edit.
        transaction: Transaction,
    },
    /// Which nodes are selected here, for others to see.
    Select {
        /// The nodes, at most 200.
        nodes: Vec<NodeId>,
    },
}

/// What the server says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FromServer {
    /// The first message: the flow as it stands.
    Welcome {
        /// The number of the last edit that it contains.
        seq: u64,
        /// The flow.
        flow: Box<Flow>,
        /// What is known of it upstream.
        stamp: Stamp,
        /// This connection, among the people in the flow.
        you: String,
        /// What this person may do.
        role: Role,
    },
    /// The first message after `?since=`, where the server still has every
    /// edit since: they follow as `Applied`, then nothing is missing.
    Resumed {
        /// The number of the last edit that will have followed.
        seq: u64,
        /// What is known of the flow upstream.
        stamp: Stamp,
        /// This connection, among the people in the flow.
        you: String,
        /// What this person may do.
        role: Role,
    },
    /// An edit of this browser is on disk.
    Acknowledged {
        /// The edit's id.
        id: String,
        /// Its place in the order of edits.
        seq: u64,
        /// When the logic last changed, as generated documents state it.
        last_modified: String,
    },
    /// An edit of this browser no longer applies and was not taken.
    Refused {
        /// The edit's id.
        id: String,
        /// Why.
        reason: Refusal,
    },
    /// An edit that another connection made. Its id tells a browser that lost
    /// its connection which of its own pending edits had been taken: such a one
    /// is thereby acknowledged.
    Applied {
        /// The edit's id.
        id: String,
        /// Its place in the order of edits.
        seq: u64,
        /// Who made it.
        author: String,
        /// The edit.
        transaction: Transaction,
        /// When the logic last changed, as generated documents state it.
        last_modified: String,
    },
    /// Who is in the flow; sent whenever that changes.
    People {
        /// Everybody, this browser included.
        people: Vec<Person>,
    },
    /// How a publish of this flow stands; sent at every step of it.
    Publish {
        /// The publish.
        publish: Box<Publish>,
        /// What is known of the flow upstream now.
        stamp: Stamp,
    },
    /// The flow was deleted; the socket closes.
    Deleted,
}

/// Why the server did not take an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Refusal {
    /// It no longer applies to the flow as it stands.
    DoesNotApply {
        /// What is in the way.
        refused: Refused,
    },
    /// This person may not edit.
    NotAllowed,
    /// The server could not store it; it may be sent again.
    NotStored {
        /// What happened, for a person.
        sentence: String,
    },
}

/// Somebody in the flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The connection.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Which nodes they have selected.
    pub selected: Vec<NodeId>,
}
