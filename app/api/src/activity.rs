//! What happened: the audit log.

use serde::{Deserialize, Serialize};

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Its place in the log, from 1, without gaps.
    pub seq: u64,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// Who; "system" for what the server did by itself.
    pub actor: String,
    /// What: `flow.publish`, `session.sign-in`.
    pub action: String,
    /// To what: the id of a flow, a connection, an account.
    pub object: Option<String>,
    /// How it went.
    pub outcome: Outcome,
    /// A sentence on it, never with a secret.
    pub detail: String,
    /// The correlation id that Genesys gave.
    pub correlation_id: Option<String>,
}

/// What reading the whole audit log showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "verdict",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AuditVerification {
    /// Every entry is where and as it was written.
    Intact {
        /// How many there are.
        entries: u64,
    },
    /// This entry was altered, or one before it removed.
    BrokenAt {
        /// Its number.
        seq: u64,
    },
}

/// How what was tried went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It is about to be tried; an outcome follows.
    Intended,
    /// It went through.
    Done,
    /// It was refused or failed.
    Failed,
}
