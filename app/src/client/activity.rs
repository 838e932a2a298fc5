//! The audit log.

use api::AuditEntry;

use super::{Client, Failure};

impl Client {
    /// What happened, the latest first: the entries before one by its number,
    /// or the latest of all.
    pub async fn activity(self, before: Option<u64>) -> Result<Vec<AuditEntry>, Failure> {
        match before {
            Some(before) => self.get(&format!("/api/audit?before={before}")).await,
            None => self.get("/api/audit").await,
        }
    }
}
