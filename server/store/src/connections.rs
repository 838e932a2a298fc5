//! Connections to Genesys Cloud. Their secrets arrive here sealed.

use async_trait::async_trait;

use crate::{NewAudit, Result};

/// A connection, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConnectionRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The wire formats, by name.
    pub profile: String,
    /// The address of the API.
    pub api_url: String,
    /// The address that gives tokens.
    pub oauth_url: String,
    /// The OAuth client's id.
    pub client_id: String,
    /// The sealed secret.
    pub sealed_secret: String,
    /// The secret's last characters.
    pub secret_hint: String,
    /// When the secret was set.
    pub secret_set_at_millis: i64,
    /// The scopes to ask for, separated by blanks; empty for all that the client
    /// has.
    pub scopes: String,
    /// Whether flows are published through it unless another is named.
    pub is_default: bool,
    /// Counts its changes.
    pub revision: i64,
}

/// Connections to Genesys Cloud.
#[async_trait]
pub trait Connections: Send + Sync {
    /// All connections, by name.
    async fn connections(&self) -> Result<Vec<ConnectionRow>>;
    /// One connection.
    async fn connection(&self, id: &str) -> Result<Option<ConnectionRow>>;
    /// Adds a connection, or replaces the one of this id. One that becomes the
    /// default takes that from the others.
    ///
    /// # Errors
    /// [`StoreError::Taken`](crate::StoreError::Taken) when another has the name.
    async fn put_connection(&self, connection: &ConnectionRow, audit: NewAudit) -> Result<()>;
    /// Removes a connection; `false` when there is none.
    async fn delete_connection(&self, id: &str, audit: NewAudit) -> Result<bool>;
}
