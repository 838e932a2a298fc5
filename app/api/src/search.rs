//! Finding nodes over all flows.

use flow::{FlowKind, NodeId};
use serde::{Deserialize, Serialize};

/// What a search over all flows found, or as far as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchResults {
    /// The flows in which something was found, the one last changed first.
    pub flows: Vec<FlowFound>,
    /// What to ask with as `after` for the rest; none when all was searched.
    pub next: Option<String>,
    /// How many flows could not be read.
    pub unread: usize,
}

/// What was found in a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FlowFound {
    /// The flow's id here.
    pub flow: String,
    /// Its name.
    pub name: String,
    /// What sort of flow it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: FlowKind,
    /// How many of its nodes were found.
    pub total: usize,
    /// The first of them, from the top.
    pub nodes: Vec<NodeFound>,
}

/// A node that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NodeFound {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub node: NodeId,
    /// What a person reads on it.
    pub name: String,
    /// Its kind, as the catalogue names it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: flow::Kind,
    /// What of it was meant; none where the name says it.
    pub excerpt: Option<ExcerptFound>,
}

/// The part of a text for which a node was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExcerptFound {
    /// Where it stands, as people call that: "URL".
    pub place: String,
    /// What stands there, shortened.
    pub text: String,
    /// The byte of the text at which what was meant begins.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
}
