//! Naming something that exists outside of the flow: a module, a shared flow, a
//! data action.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which one is meant. The direct profile goes by ids, Architect by names, and
/// what was drawn here has no id before it was published.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EntityRef {
    /// By its id in Genesys Cloud.
    Id(String),
    /// By its name, which is unique in the organisation.
    Name(String),
}

/// What sort of thing is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EntityKind {
    /// A flow module, executed by a Flow module node.
    Module,
    /// A shared flow, run by a Run flow node.
    SharedFlow,
    /// A data action, executed by a Data action node.
    DataAction,
}

impl EntityRef {
    /// The id or the name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(text) | Self::Name(text) => text,
        }
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl EntityKind {
    /// The name for people, within a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::SharedFlow => "shared flow",
            Self::DataAction => "data action",
        }
    }
}
