//! Batches: the same change made in many flows, each of which is published
//! then. A batch is a job that can be watched, left and come back to.

use flow::{FlowKind, Problem};
use serde::{Deserialize, Serialize};

/// Flows of one batch.
pub const MAX_BATCH_FLOWS: usize = 500;

/// What is changed in each flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum BatchChange {
    /// Call flows execute a module before all else.
    Link {
        /// The module, by its id here.
        module: String,
        /// The name of the node that executes it.
        label: String,
    },
    /// What calls one module or shared flow calls another.
    Repoint {
        /// The one that is called, by its id here.
        from: String,
        /// The one that is called then, by its id here.
        to: String,
    },
}

/// The body of asking what a batch would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviewBatch {
    /// What is changed.
    pub change: BatchChange,
    /// The flows, by their ids here.
    pub flows: Vec<String>,
    /// Call flows that exist only in Genesys Cloud, by their ids there. They are
    /// read and not kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upstream: Vec<String>,
    /// The connection to read those through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// What a batch would change in one flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FlowPreview {
    /// The flow; none while it exists only in Genesys Cloud.
    pub flow: Option<String>,
    /// Its name.
    pub name: String,
    /// What sort of flow it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: FlowKind,
    /// Whether other changes of it that are not live yet go live with this one.
    pub has_unpublished: bool,
    /// What would be changed.
    pub outcome: PreviewOutcome,
}

/// What a batch would make of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PreviewOutcome {
    /// It is changed.
    Changes {
        /// What becomes of each place, in sentences.
        places: Vec<String>,
        /// Everything that differs then, in sentences.
        details: Vec<String>,
        /// What is wrong then and was not before.
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
        problems: Vec<Problem>,
        /// How many errors keep it from being published then.
        errors: usize,
    },
    /// There is nothing to change.
    Nothing {
        /// Why.
        sentence: String,
    },
    /// It cannot be changed so.
    Impossible {
        /// Why, and what to do.
        sentence: String,
    },
}

/// The body of beginning a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewBatch {
    /// Names this click for good: sent twice, it begins one batch.
    pub key: String,
    /// What is changed.
    pub change: BatchChange,
    /// The flows, by their ids here, in the order in which they are changed.
    pub flows: Vec<String>,
    /// Call flows that exist only in Genesys Cloud, by their ids there. They are
    /// opened here and changed after the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub upstream: Vec<String>,
    /// Those of both that were looked at and are left as they are: they stand in
    /// the batch, nothing is opened or changed for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave_out: Vec<String>,
    /// Whether each is published once it is changed.
    pub publish: bool,
    /// The connection to publish through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// How a batch stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// Its id.
    pub id: String,
    /// What it does, in words.
    pub title: String,
    /// What is changed.
    pub change: BatchChange,
    /// Whether flows are published.
    pub publishes: bool,
    /// Who began it.
    pub author: String,
    /// When: RFC 3339, UTC.
    pub started_at: String,
    /// Whether it runs, or how it ended.
    pub state: BatchState,
    /// The flows, in their order.
    pub items: Vec<BatchItem>,
}

/// Whether a batch runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BatchState {
    /// It runs.
    Running,
    /// It ends with the flow that is under way.
    Cancelling,
    /// It has ended; each flow says how.
    Ended,
}

/// One flow of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BatchItem {
    /// The flow.
    pub flow: String,
    /// Its name when the batch began.
    pub name: String,
    /// Whether it was changed here.
    pub is_changed: bool,
    /// How it stands.
    pub state: BatchItemState,
}

/// How a flow of a batch stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum BatchItemState {
    /// Its turn has not come.
    Waiting,
    /// It is being changed.
    Changing,
    /// It is being published.
    Publishing {
        /// The publish.
        publish: String,
    },
    /// It was changed here, and nothing more was asked for.
    Changed,
    /// It was changed and is live.
    Published {
        /// The version that is live.
        version: u64,
    },
    /// There was nothing to change.
    Nothing {
        /// Why.
        sentence: String,
    },
    /// It was not changed, or was changed and is not live.
    #[serde(rename_all = "camelCase")]
    Failed {
        /// What happened.
        sentence: String,
        /// What to do.
        next_step: String,
    },
    /// The batch was cancelled before its turn came.
    Cancelled,
    /// Whoever began the batch looked at it and left it out.
    #[serde(rename_all = "camelCase")]
    LeftOut {
        /// Whether it is a flow here. One that exists only in Genesys Cloud is
        /// named by its id there.
        is_here: bool,
    },
}

impl BatchItemState {
    /// Whether nothing more happens to it by itself.
    pub fn is_over(&self) -> bool {
        !matches!(
            self,
            Self::Waiting | Self::Changing | Self::Publishing { .. }
        )
    }

    /// Whether it can be tried again.
    pub fn can_be_retried(&self) -> bool {
        matches!(self, Self::Failed { .. } | Self::Cancelled)
    }
}
