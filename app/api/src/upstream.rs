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
    /// The latest changes since the last publish, the latest first, without
    /// those that only move things.
    pub changes: Vec<UnpublishedChange>,
    /// How many more there are than these.
    pub more: u64,
}

/// A change that is not live yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnpublishedChange {
    /// Who made it.
    pub author: String,
    /// What was done, as history shows it.
    pub label: String,
    /// When: RFC 3339, UTC.
    pub at: String,
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
