//! Publishing.

use api::{NewPublish, Publish};

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
}
