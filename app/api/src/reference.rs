//! What flows refer to: who calls a module or a shared flow, and what a flow
//! refers to in Genesys Cloud.

use flow::{EntityKind, FlowKind, Problem};
use serde::{Deserialize, Serialize};

/// Who calls a flow, and what its publish would break there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Consumers {
    /// Whether it is known what is published. Where it is not, every mapping
    /// that does not fit is told, whether it did before or not.
    pub is_published_known: bool,
    /// How the interface differs from what is published, in sentences.
    pub changes: Vec<String>,
    /// The flows that call it, those that break first.
    pub consumers: Vec<Consumer>,
}

/// A flow that calls another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Consumer {
    /// The flow.
    pub flow: String,
    /// Its name.
    pub name: String,
    /// What sort of flow it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: FlowKind,
    /// How many of its nodes call it.
    pub calls: usize,
    /// What would be wrong there, with its place.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub problems: Vec<Problem>,
}

/// The body of verifying what a flow refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyReferences {
    /// The connection; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// How far what was published from here is verified.
    #[serde(default)]
    pub published: PublishedReferences,
}

/// How far references to what was published from here are verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum PublishedReferences {
    /// It is known from the publish, as the guide has it: one call for a flow.
    #[default]
    Known,
    /// Each is asked for: somebody may have deleted it since.
    Asked,
}

/// What a flow refers to, as Genesys Cloud has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerifiedFlow {
    /// The flow.
    pub flow: String,
    /// Its name here.
    pub name: String,
    /// Its version in Genesys Cloud.
    pub version: u64,
    /// What it refers to there, in the order of the document.
    pub references: Vec<VerifiedReference>,
}

/// One reference of a flow in Genesys Cloud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerifiedReference {
    /// What the node is called.
    pub node: String,
    /// What sort of thing it calls.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: EntityKind,
    /// The id there.
    pub id: String,
    /// Whether that is there.
    pub standing: ReferenceStanding,
}

/// Whether what a flow refers to is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ReferenceStanding {
    /// It is a flow here that was published there.
    #[serde(rename_all = "camelCase")]
    Known {
        /// The flow here.
        flow: String,
        /// Its name.
        name: String,
        /// Whether it was asked for, and is there now.
        is_asked: bool,
    },
    /// It is there, and not here.
    There {
        /// Its name there; empty where it has none.
        name: String,
    },
    /// It is not there.
    Missing,
    /// It could not be asked for.
    Unknown {
        /// Why.
        sentence: String,
    },
}
