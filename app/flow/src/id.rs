//! Ids of the document. They come from outside: from the editor that drew the
//! node, from the file that it was imported from.

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(SmolStr);

        impl $name {
            /// An id of this text.
            pub fn new(text: impl Into<SmolStr>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

text_id! {
    /// A node's key in its flow.
    NodeId
}
text_id! {
    /// An edge's key in its flow, derived from its ends.
    EdgeId
}
text_id! {
    /// A region's key in its flow.
    RegionId
}
text_id! {
    /// A note's key in its flow.
    NoteId
}
text_id! {
    /// A group's key in its flow.
    GroupId
}
text_id! {
    /// The name of an exit of a node: stable while the node lives, even where
    /// the label that a person sees is edited.
    Port
}

impl Port {
    /// The exit of a node that has only one.
    pub const OUT: Port = Port(SmolStr::new_static("out"));
    /// The exit of a condition that holds.
    pub const TRUE: Port = Port(SmolStr::new_static("true"));
    /// The exit of a condition that does not hold.
    pub const FALSE: Port = Port(SmolStr::new_static("false"));
    /// The exit that a split takes when no case matches.
    pub const DEFAULT: Port = Port(SmolStr::new_static("default"));
}

impl EdgeId {
    /// The key of the edge between these ends. Two people who draw the same
    /// edge at the same time get the same key, so their edits converge.
    pub fn between(source: &NodeId, port: &Port, target: &NodeId) -> Self {
        Self::new(format!("{source}.{port}>{target}"))
    }
}
