//! Publishing.

use api::{NewPublish, Publish};

use super::{Client, Failure};

impl Client {
    /// The publishes of a flow, the latest first.
    pub async fn publishes(self, flow: &str) -> Result<Vec<Publish>, Failure> {
        self.get(&format!("/api/flows/{flow}/publishes")).await
    }

    /// Publishes a flow.
    pub async fn publish(self, flow: &str, new: &NewPublish) -> Result<Publish, Failure> {
        self.post(&format!("/api/flows/{flow}/publishes"), new)
            .await
    }

    /// How a publish stands.
    pub async fn publish_state(self, id: &str) -> Result<Publish, Failure> {
        self.get(&format!("/api/publishes/{id}")).await
    }
}
