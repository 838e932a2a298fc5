//! Connections to Genesys Cloud. Their secrets arrive here sealed.

use api::ConnectionCheck;
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

/// What the last check of a connection showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionCheckRow {
    /// The connection's id, of a stored or a preset one.
    pub connection_id: String,
    /// When it was checked.
    pub at_millis: i64,
    /// What that showed.
    pub outcome: ConnectionCheck,
}

/// The connection that becomes the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewDefault<'a> {
    /// A stored one, by its id.
    Stored(&'a str),
    /// A preset one, by its id.
    Preset(&'a str),
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
    /// Makes a connection the default in place of what was; `false` when no
    /// such connection is stored.
    async fn make_default(&self, new: NewDefault<'_>, audit: NewAudit) -> Result<bool>;
    /// The preset connection that is the default where no stored one is, if one
    /// was chosen.
    async fn default_preset(&self) -> Result<Option<String>>;
    /// What the last checks of connections showed.
    async fn connection_checks(&self) -> Result<Vec<ConnectionCheckRow>>;
    /// Stores what a check showed, in place of the one before.
    async fn put_connection_check(&self, check: &ConnectionCheckRow, audit: NewAudit)
    -> Result<()>;
    /// Removes a connection; `false` when there is none.
    async fn delete_connection(&self, id: &str, audit: NewAudit) -> Result<bool>;
}
