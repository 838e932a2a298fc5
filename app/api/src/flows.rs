//! Flows as the list shows them, and how they come to be.

use flow::{FlowKind, Transaction};
use serde::{Deserialize, Serialize};

use crate::PublishState;

/// A flow, as the list shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FlowSummary {
    /// The flow's id here.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What sort of flow it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: FlowKind,
    /// How many nodes it has.
    pub nodes: usize,
    /// When it was last changed: RFC 3339, UTC.
    pub changed_at: String,
    /// Who changed it last.
    pub changed_by: String,
    /// Its life upstream; none while it was never published.
    pub upstream: Option<Upstream>,
    /// How the latest publish stands, if there was one.
    pub publish: Option<PublishState>,
}

/// What is known of a flow upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Upstream {
    /// The id upstream.
    pub id: String,
    /// The version last read upstream.
    pub version: u64,
    /// The version that is live; none when it was never published.
    pub published_version: Option<u64>,
    /// When it was published: RFC 3339, UTC.
    pub published_at: Option<String>,
    /// Whether the flow has changed here since.
    pub changed_since: bool,
}

/// The body of making a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewFlow {
    /// What to start from.
    pub start: Start,
    /// The name; without one, the template's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a new flow starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Start {
    /// A template by its name: `empty`, `phone-lookup`.
    Template(String),
    /// A copy of another flow, by its id.
    Copy(String),
}

/// The body of importing a flow: the text of a file in any format that
/// Patchbay knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Import {
    /// The text, at most 10 MiB.
    pub text: String,
}

/// An edit that goes over HTTP because it is too large for the socket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Submitted {
    /// Names this edit for good: sent twice, it is applied once.
    pub id: String,
    /// The edit.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub transaction: Transaction,
}
