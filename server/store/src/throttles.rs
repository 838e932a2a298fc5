//! Counters of sign-ins that failed, kept in the store so that neither a
//! restart nor a second server forgets them.

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

/// A counter and its rule.
#[derive(Clone, Debug)]
pub struct Counter {
    /// Names the counter.
    pub name: String,
    /// Failures whose first one is older than this are forgotten; none when
    /// only a success ends the row.
    pub window_millis: Option<i64>,
    /// The time from which on the next attempt is allowed.
    pub allowed_at_millis: fn(ThrottleRow) -> i64,
}

/// Counters of failures by name.
#[async_trait]
pub trait Throttles: Send + Sync {
    /// Counts an attempt as failed with all of these, or, where one of them
    /// does not allow it yet, with none. Reading and counting are one step:
    /// attempts at the same time cannot slip through together. Answers when
    /// the attempt is allowed: in the future when it was not counted.
    async fn count_attempt(&self, counters: &[Counter], at_millis: i64) -> Result<i64>;
    /// Takes back one counted failure: it was none.
    async fn give_back_attempt(&self, name: &str) -> Result<()>;
    /// Forgets a counter.
    async fn clear_throttle(&self, name: &str) -> Result<()>;
}
