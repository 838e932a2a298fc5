//! Connections to Genesys Cloud.

use api::{Connection, ConnectionCheck, ConnectionDraft};

use super::{Client, Failure};

impl Client {
    /// All connections.
    pub async fn connections(self) -> Result<Vec<Connection>, Failure> {
        self.get("/api/connections").await
    }

    /// Makes a connection.
    pub async fn add_connection(self, draft: &ConnectionDraft) -> Result<Connection, Failure> {
        self.post("/api/connections", draft).await
    }

    /// Changes a connection; a draft without a secret keeps the one it has.
    pub async fn change_connection(
        self,
        id: &str,
        draft: &ConnectionDraft,
    ) -> Result<Connection, Failure> {
        self.put(&format!("/api/connections/{id}"), draft).await
    }

    /// Removes a connection and its secret.
    pub async fn remove_connection(self, id: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/connections/{id}")).await
    }

    /// Makes a connection the default.
    pub async fn make_default(self, id: &str) -> Result<(), Failure> {
        self.post(&format!("/api/connections/{id}/default"), &())
            .await
    }

    /// Tries a connection.
    pub async fn check_connection(self, id: &str) -> Result<ConnectionCheck, Failure> {
        self.post(&format!("/api/connections/{id}/check"), &())
            .await
    }
}
