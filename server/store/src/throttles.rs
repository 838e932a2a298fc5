//! Counters of failed sign-ins, kept in the store so that neither a restart
//! nor a second server forgets them.

use async_trait::async_trait;

use crate::Result;

/// How often something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThrottleRow {
    /// Failures in a row, or within the window.
    pub failures: u32,
    /// When the first of them was.
    pub first_at_millis: i64,
    /// When the last of them was.
    pub last_at_millis: i64,
}

/// Counters of failures by name.
#[async_trait]
pub trait Throttles: Send + Sync {
    /// The counter of this name.
    async fn throttle(&self, name: &str) -> Result<Option<ThrottleRow>>;
    /// Counts a failure. Failures whose first one lies before `since_millis`
    /// are forgotten, and counting starts anew.
    async fn count_failure(
        &self,
        name: &str,
        at_millis: i64,
        since_millis: i64,
    ) -> Result<ThrottleRow>;
    /// Forgets a counter.
    async fn clear_throttle(&self, name: &str) -> Result<()>;
}
