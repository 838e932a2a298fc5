//! Changes of many flows, and what flows refer to.

use api::{
    Batch, Consumers, FlowPreview, NewBatch, PreviewBatch, PublishedReferences, VerifiedFlow,
    VerifyReferences,
};

use super::{Client, Failure};

impl Client {
    /// What a batch would change.
    pub async fn preview_batch(self, preview: &PreviewBatch) -> Result<Vec<FlowPreview>, Failure> {
        self.post("/api/batches/preview", preview).await
    }

    /// Begins a batch.
    pub async fn begin_batch(self, new: &NewBatch) -> Result<Batch, Failure> {
        self.post("/api/batches", new).await
    }

    /// The latest batches.
    pub async fn batches(self) -> Result<Vec<Batch>, Failure> {
        self.get("/api/batches").await
    }

    /// How a batch stands.
    pub async fn batch(self, id: &str) -> Result<Batch, Failure> {
        self.get(&format!("/api/batches/{id}")).await
    }

    /// Asks a batch to stop.
    pub async fn cancel_batch(self, id: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/batches/{id}")).await
    }

    /// Tries again what a batch did not do.
    pub async fn retry_batch(self, id: &str) -> Result<Batch, Failure> {
        self.post(&format!("/api/batches/{id}/retry"), &()).await
    }

    /// Who calls a flow, and what publishing it would break there.
    pub async fn consumers(
        self,
        flow: &str,
        connection: Option<&str>,
    ) -> Result<Consumers, Failure> {
        let through = connection.map(|id| format!("?connection={id}"));
        let through = through.unwrap_or_default();
        self.get(&format!("/api/flows/{flow}/consumers{through}"))
            .await
    }

    /// What a flow refers to, as Genesys Cloud has it.
    pub async fn verify_references(
        self,
        flow: &str,
        published: PublishedReferences,
    ) -> Result<VerifiedFlow, Failure> {
        let body = VerifyReferences {
            connection: None,
            published,
        };
        self.post(&format!("/api/flows/{flow}/verification"), &body)
            .await
    }
}
