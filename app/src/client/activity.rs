//! The audit log.

use api::AuditEntry;

use super::{Client, Failure};

impl Client {
    /// What happened, the latest first.
    pub async fn activity(self) -> Result<Vec<AuditEntry>, Failure> {
        self.get("/api/audit").await
    }
}
