//! Sessions of signed-in browsers. Their ids are stored as hashes, so that a
//! copy of the database lets nobody in.

use async_trait::async_trait;

use crate::Result;

/// A session, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The SHA-256 of the id, in hexadecimal.
    pub id_hash: String,
    /// Whose it is.
    pub account_id: Option<String>,
    /// What the session layer keeps in it.
    pub data: String,
    /// When it began.
    pub created_at_millis: i64,
    /// When it ends by itself.
    pub expires_at_millis: i64,
}

/// Sessions of signed-in browsers.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Adds a session; `false` when its id is taken.
    async fn create_session(&self, session: &SessionRow) -> Result<bool>;
    /// Replaces what a session holds. One that has ended stays ended, also for
    /// a request that began before.
    async fn save_session(&self, session: &SessionRow) -> Result<()>;
    /// The session of this hash, unless it has expired.
    async fn session(&self, id_hash: &str, now_millis: i64) -> Result<Option<SessionRow>>;
    /// Ends a session; ending one that is gone changes nothing.
    async fn delete_session(&self, id_hash: &str) -> Result<()>;
    /// Ends the oldest sessions of an account until `keep` are left.
    async fn trim_sessions(&self, account_id: &str, keep: u32) -> Result<()>;
    /// Removes what has expired.
    async fn delete_expired_sessions(&self, now_millis: i64) -> Result<()>;
}
