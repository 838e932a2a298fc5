//! The audit log: gap-free and chained, so that a removed or altered entry is
//! found (h_n = HMAC-SHA256(key, h_{n-1} ‖ entry_n)).

use api::Outcome;
use async_trait::async_trait;
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

use crate::Result;

/// An entry to be written, in the same transaction as what it reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAudit {
    /// When.
    pub at_millis: i64,
    /// Who; "system" for what the server did by itself.
    pub actor: String,
    /// What: `flow.publish`.
    pub action: &'static str,
    /// To what.
    pub object: Option<String>,
    /// How it went.
    pub outcome: Outcome,
    /// A sentence on it, never with a secret.
    pub detail: String,
    /// The correlation id that Genesys gave.
    pub correlation_id: Option<String>,
}

/// An entry, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the log, from 1.
    pub seq: u64,
    /// When.
    pub at_millis: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub object: Option<String>,
    /// How it went.
    pub outcome: Outcome,
    /// A sentence on it.
    pub detail: String,
    /// The correlation id that Genesys gave.
    pub correlation_id: Option<String>,
}

/// Which entries are wanted: those to which all that is said applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Words of the entry's actor, action or sentence, in any case of letters.
    pub text: Option<String>,
    /// Who, to the letter.
    pub actor: Option<String>,
    /// What: an action, or the subject before its dot.
    pub action: Option<String>,
    /// To what.
    pub object: Option<String>,
    /// How it went.
    pub outcome: Option<Outcome>,
    /// Not before.
    pub from_millis: Option<i64>,
    /// Before.
    pub until_millis: Option<i64>,
}

/// What reading the whole log showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditVerdict {
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

/// The audit log.
#[async_trait]
pub trait Audit: Send + Sync {
    /// Writes an entry that reports no change of the store.
    async fn append_audit(&self, entry: NewAudit) -> Result<()>;
    /// The latest entries that fit before the one of this number, the latest
    /// first.
    async fn audit(
        &self,
        wanted: &AuditFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditRow>>;
    /// Reads the whole log and checks its chain.
    async fn verify_audit(&self) -> Result<AuditVerdict>;
}

/// The key of the chain. Whoever lacks it cannot write an entry that fits.
#[derive(Clone)]
pub struct AuditKey([u8; 32]);

/// What of an entry the chain covers, in this order.
#[derive(Serialize)]
pub(crate) struct Chained<'a> {
    pub(crate) seq: i64,
    pub(crate) at_millis: i64,
    pub(crate) actor: &'a str,
    pub(crate) action: &'a str,
    pub(crate) object: Option<&'a str>,
    pub(crate) outcome: &'a str,
    pub(crate) detail: &'a str,
    pub(crate) correlation_id: Option<&'a str>,
}

impl AuditKey {
    /// A key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The link of an entry, in hexadecimal, after the link of the one before.
    pub(crate) fn link(&self, previous: &str, entry: &Chained<'_>) -> Result<String> {
        let unusable =
            |error: &dyn std::fmt::Display| crate::StoreError::unreadable("audit entry", error);
        let text = serde_json::to_string(entry).map_err(|error| unusable(&error))?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(|error| unusable(&error))?;
        mac.update(previous.as_bytes());
        mac.update(text.as_bytes());
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
