//! A publish: a job that can be watched, left and come back to.

use serde::{Deserialize, Serialize};

use crate::Side;

/// The body of publishing a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPublish {
    /// Names this click for good: sent twice, it publishes once.
    pub key: String,
    /// The connection to publish through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// What to do about what stood in the way of the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Remedy>,
}

/// What to do about what stood in the way of a publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Remedy {
    /// Both sides changed the same: somebody has looked at each conflict.
    Choose {
        /// The publish that ended with these conflicts.
        publish: String,
        /// The side of each, in their order.
        sides: Vec<Side>,
    },
    /// It is gone upstream: create it there anew.
    CreateAnew {},
}

/// How a publish stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Publish {
    /// The job's id.
    pub id: String,
    /// The flow.
    pub flow: String,
    /// The change of the flow that is published.
    pub seq: u64,
    /// The connection's name.
    pub connection: String,
    /// Who asked for it.
    pub author: String,
    /// When it was asked for: RFC 3339, UTC.
    pub started_at: String,
    /// The steps, in order, those to come included.
    pub steps: Vec<Step>,
    /// The state as a whole.
    pub state: PublishState,
}

/// The state of a publish as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", try_from = "Stated", rename_all = "camelCase")]
pub enum PublishState {
    /// It is under way.
    Running,
    /// It is live.
    #[serde(rename_all = "camelCase")]
    Published {
        /// The flow's id upstream.
        upstream_id: String,
        /// The version that is live.
        version: u64,
        /// When: RFC 3339, UTC.
        at: String,
    },
    /// It did not go through; what is live upstream is what was live before,
    /// unless the failure says otherwise.
    Failed {
        /// Why, and what to do.
        failure: Failure,
    },
}

/// A [`PublishState`] as it is written. Read as one object: serde would keep
/// whatever comes until it knows the state, and have a second way into all
/// types that can come.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated {
    state: StateName,
    upstream_id: Option<String>,
    version: Option<u64>,
    at: Option<String>,
    failure: Option<Failure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum StateName {
    Running,
    Published,
    Failed,
}

impl TryFrom<Stated> for PublishState {
    type Error = &'static str;

    fn try_from(stated: Stated) -> Result<Self, Self::Error> {
        Ok(match stated.state {
            StateName::Running => Self::Running,
            StateName::Published => Self::Published {
                upstream_id: stated.upstream_id.ok_or("missing field `upstreamId`")?,
                version: stated.version.ok_or("missing field `version`")?,
                at: stated.at.ok_or("missing field `at`")?,
            },
            StateName::Failed => Self::Failed {
                failure: stated.failure.ok_or("missing field `failure`")?,
            },
        })
    }
}

/// Why a publish failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// A stable name: `credentials-refused`.
    pub code: String,
    /// What happened.
    pub sentence: String,
    /// What to do.
    pub next_step: String,
    /// The correlation id that Genesys gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// Problems of the flow that stand in the way, ours or named upstream.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub problems: Vec<flow::Problem>,
}

/// One step of a publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which.
    pub name: StepName,
    /// How it stands.
    pub state: StepState,
    /// How long it took or has been taking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_millis: Option<u64>,
    /// A word on it: "Genesys asks us to wait 12 s".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The steps of a publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum StepName {
    /// The stored flow is checked.
    Check,
    /// The document is generated.
    Generate,
    /// The flow is created or updated upstream.
    Send,
    /// The version upstream is read back.
    Confirm,
    /// The version is made live.
    Publish,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// Its turn has not come.
    Pending,
    /// It is under way.
    Running,
    /// It went through.
    Done,
    /// It did not.
    Failed,
}
