//! How calls to Genesys Cloud go, and what is under way.

use serde::{Deserialize, Serialize};

/// How things go: what is new since a step, and what holds now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Operations {
    /// How many seconds a step takes.
    pub step_seconds: u32,
    /// The number of the step that is under way; steps before it are over.
    pub step: u64,
    /// How many steps are kept.
    pub steps_kept: u32,
    /// The steps since the one that was asked for, those without calls left
    /// out; of the chosen connection, or of all together.
    pub points: Vec<OperationsPoint>,
    /// The connections that were used since the server started, by name.
    pub connections: Vec<ConnectionOperations>,
    /// The calls that failed last, of all connections, the latest first.
    pub failures: Vec<FailedCall>,
    /// What is under way, the latest first.
    pub jobs: Vec<RunningJob>,
}

/// One step in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OperationsPoint {
    /// Its number: seconds since 1970 in UTC, divided by the length of a step.
    pub step: u64,
    /// Calls that ended well.
    pub succeeded: u32,
    /// Calls that failed.
    pub failed: u32,
    /// Attempts after the first.
    pub retried: u32,
    /// Half of the attempts took no longer, in milliseconds.
    pub p50_millis: Option<f64>,
    /// 95 of 100 attempts took no longer, in milliseconds.
    pub p95_millis: Option<f64>,
    /// Calls that the rate limit left at the end; of several connections, the
    /// fewest.
    pub headroom: Option<u32>,
    /// The most calls that waited for their turn.
    pub queued: u32,
}

/// How one connection does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionOperations {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether calls are let out.
    pub breaker: Breaker,
    /// Calls that wait for their turn.
    pub queued: u32,
    /// How long Genesys Cloud wants not to be called; none when it may be.
    pub pause_millis: Option<u64>,
    /// The rate limit, as the last answer told it.
    pub headroom: Option<RateHeadroom>,
    /// How often a token was asked for.
    pub token_requests: u64,
    /// Its routes, by path and method.
    pub routes: Vec<RouteOperations>,
}

/// Whether calls are let out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Breaker {
    /// All of them.
    Closed,
    /// None, after failures in a row.
    Open,
    /// One, to find out whether Genesys Cloud is back.
    Probing,
}

/// How calls stand against a rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RateHeadroom {
    /// Calls that are left in the present window.
    pub left: u32,
    /// Calls that a window allows.
    pub allowed: u32,
}

/// How one route does, since the server started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RouteOperations {
    /// The HTTP method.
    pub method: String,
    /// The path, with placeholders in braces.
    pub path: String,
    /// Calls that ended well.
    pub succeeded: u64,
    /// Calls that failed.
    pub failed: u64,
    /// Attempts after the first.
    pub retried: u64,
    /// What an attempt took on average, in milliseconds.
    pub average_millis: Option<f64>,
    /// Half of the attempts took no longer, in milliseconds.
    pub p50_millis: Option<f64>,
    /// 95 of 100 attempts took no longer, in milliseconds.
    pub p95_millis: Option<f64>,
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FailedCall {
    /// When: RFC 3339, UTC.
    pub at: String,
    /// The connection's name.
    pub connection: String,
    /// The HTTP method.
    pub method: String,
    /// The path, with placeholders in braces.
    pub path: String,
    /// Why, as a code that stays the same from release to release.
    pub code: String,
    /// How often it was tried.
    pub attempts: u32,
    /// The correlation id that Genesys gave.
    pub correlation_id: Option<String>,
}

/// Something that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RunningJob {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// The id of what it does it to.
    pub object: String,
    /// The name of what it does it to.
    pub name: String,
    /// The connection's name, where one was chosen.
    pub connection: Option<String>,
    /// Who asked for it.
    pub author: String,
    /// When it was asked for: RFC 3339, UTC.
    pub started_at: String,
    /// Whether it comes on.
    pub state: JobState,
    /// Why it waits or was paused, and what to do; empty when nothing is to be
    /// said.
    pub note: String,
    /// How far it is; none where it is a single thing.
    pub progress: Option<JobProgress>,
}

/// Whether a job comes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum JobState {
    /// It does, or will by itself.
    Running,
    /// It waits for somebody to let it go on.
    Paused,
}

/// How far a job is that does many things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct JobProgress {
    /// Those with an outcome.
    pub settled: u64,
    /// All of them.
    pub total: u64,
    /// About how long the others take, in seconds; where that can be said.
    pub remaining_seconds: Option<u64>,
}

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum JobKind {
    /// It publishes a flow.
    Publish,
    /// It uploads a data action.
    Upload,
    /// It changes many flows.
    Batch,
    /// It imports contacts from a file.
    ContactImport,
}
