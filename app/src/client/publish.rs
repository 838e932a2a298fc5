//! Publishing, and what is upstream.

use api::{
    Comparison, FlowSummary, NewPublish, OpenUpstream, Publish, Relink, UnpublishedChanges,
    UpstreamEntry,
};

use super::{Client, Failure};

impl Client {
    /// Publishes a flow.
    pub async fn publish(self, flow: &str, new: &NewPublish) -> Result<Publish, Failure> {
        self.post(&format!("/api/flows/{flow}/publishes"), new)
            .await
    }

    /// How a publish stands.
    pub async fn publish_state(self, id: &str) -> Result<Publish, Failure> {
        self.get(&format!("/api/publishes/{id}")).await
    }

    /// Asks a publish to stop.
    pub async fn cancel_publish(self, id: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/publishes/{id}")).await
    }

    /// What both sides changed, of a publish that ended with that.
    pub async fn conflicts(self, publish: &str) -> Result<Comparison, Failure> {
        self.get(&format!("/api/publishes/{publish}/conflicts"))
            .await
    }

    /// Whose changes a publish through this connection would make live.
    pub async fn unpublished(
        self,
        flow: &str,
        connection: &str,
    ) -> Result<UnpublishedChanges, Failure> {
        self.get(&format!(
            "/api/flows/{flow}/unpublished?connection={connection}"
        ))
        .await
    }

    /// Links a flow to another one upstream.
    pub async fn relink(self, flow: &str, relink: &Relink) -> Result<FlowSummary, Failure> {
        self.put(&format!("/api/flows/{flow}/upstream"), relink)
            .await
    }

    /// What exists behind a connection.
    pub async fn upstream(self, connection: &str) -> Result<Vec<UpstreamEntry>, Failure> {
        self.get(&format!("/api/connections/{connection}/flows"))
            .await
    }

    /// Opens what exists upstream as a flow here.
    pub async fn open_upstream(self, open: &OpenUpstream) -> Result<FlowSummary, Failure> {
        self.post("/api/flows/open", open).await
    }
}
