//! Facts about this data directory.

use async_trait::async_trait;

use crate::Result;

/// Facts about this data directory, by name.
#[async_trait]
pub trait Meta: Send + Sync {
    /// A fact.
    async fn meta(&self, name: &str) -> Result<Option<String>>;
    /// States a fact, in place of what was stated before.
    async fn set_meta(&self, name: &str, value: &str) -> Result<()>;
}
