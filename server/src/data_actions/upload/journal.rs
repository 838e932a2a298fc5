//! How far an upload came upstream: written before each call that changes
//! something there, so that a server that starts after a crash knows what to
//! look for.

use serde::{Deserialize, Serialize};

use crate::publish::journal::Request;

/// How far an upload came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "phase",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(super) enum Journal {
    /// Nothing was sent.
    Intended,
    /// The document is about to be sent, or was.
    Sending {
        /// What it does there.
        request: Request,
        /// The document, byte for byte.
        document: String,
    },
    /// It is there and was not read back yet.
    Sent {
        /// The id there.
        upstream_id: String,
        /// The version that it has there.
        version: u64,
        /// The document, byte for byte.
        document: String,
    },
}
