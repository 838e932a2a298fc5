//! What is upstream: changed there as well as here, or there alone.

use flow::{Place, Point};
use serde::{Deserialize, Serialize};

/// One of the two sides of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// What is here.
    Ours,
    /// What is in Genesys Cloud.
    Theirs,
}

/// What both sides changed since they last agreed. All else was brought
/// together without asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The version that is in Genesys Cloud.
    pub version: u64,
    /// The parts that differ, in the order of the document.
    pub conflicts: Vec<ComparedPart>,
    /// What one side alone changed, ours before theirs: it is brought together
    /// without asking once the conflicts are decided.
    pub merged: Vec<MergedPart>,
    /// How many more of these there are.
    pub more: u64,
}

/// A part that both sides changed, each in another way. Values are text for
/// people; none where a side does not have the part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedPart {
    /// What it is: "URL of “Lookup”".
    pub title: String,
    /// Where it is drawn.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub place: Place,
    /// What both began with.
    pub base: Option<String>,
    /// What is here.
    pub ours: Option<String>,
    /// What is there.
    pub theirs: Option<String>,
    /// Where a step that is only there would be drawn, in canvas units.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub at: Option<Point>,
}

/// A part that one side alone changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MergedPart {
    /// Who changed it.
    pub side: Side,
    /// What happened, in a sentence.
    pub sentence: String,
    /// Where it is drawn.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub place: Place,
    /// Where a step that is only there would be drawn, in canvas units.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub at: Option<Point>,
}

/// Changes of a flow that are not live yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnpublishedChanges {
    /// The flow there that is changed; none where it is to be created.
    pub upstream_id: Option<String>,
    /// The version that was last read there.
    pub version: u64,
    /// Whether what is live is known here, so that the flow can be compared
    /// with it.
    pub is_live_known: bool,
    /// What differs from what is live, without what only moved: each thing
    /// once, those that the same people changed together.
    pub changes: Vec<UnpublishedChange>,
    /// How many more things differ than these.
    pub more: u64,
}

/// A thing in a flow that differs from what is live: a node, the connections,
/// the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnpublishedChange {
    /// What it is called: "“Look up customer”".
    pub title: String,
    /// The node, where it is one that is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// What became of it.
    pub change: ThingChange,
    /// Who changed it since; empty where history does not say.
    pub authors: Vec<String>,
    /// When it was last changed: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What differs in it.
    pub details: Vec<UnpublishedDetail>,
    /// How many more details there are than these.
    pub more: u64,
}

/// What became of a thing that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ThingChange {
    /// It is not live.
    Added,
    /// It is live and not here any more.
    Removed,
    /// It is live and something in it differs.
    Changed,
}

/// One difference in a thing. Values are shortened where they are long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnpublishedDetail {
    /// What differs: "URL"; a whole sentence where there are no values.
    pub what: String,
    /// What is live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// The sort of thing that exists upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum UpstreamKind {
    /// A flow: a lookup flow, a call flow or a shared flow.
    Flow,
    /// A flow module.
    Module,
}

/// Something that exists upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UpstreamEntry {
    /// What sort of thing.
    pub kind: UpstreamKind,
    /// What sort of flow, in a word for people: "Call flow".
    pub title: String,
    /// Its id there.
    pub id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// Its version there.
    pub version: u64,
    /// The flow here that is this one, where it was opened or published.
    pub flow: Option<String>,
}

/// The body of opening what exists upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenUpstream {
    /// The connection; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// What sort of thing.
    pub kind: UpstreamKind,
    /// Which one.
    pub which: Which,
}

/// Which thing upstream is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Which {
    /// The one of this id.
    Id(String),
    /// The one of exactly this name.
    Name(String),
}

/// The body of linking a flow to another one upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Relink {
    /// The connection; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// The id there.
    pub upstream_id: String,
}
