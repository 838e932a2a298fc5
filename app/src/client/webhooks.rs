//! Webhooks and their deliveries.

use api::{
    Replayed, Webhook, WebhookDelivery, WebhookDeliveryDetail, WebhookDraft, WebhookSwitch,
    WebhookWithSecret,
};

use super::{Client, Failure};

impl Client {
    /// All webhooks.
    pub async fn webhooks(self) -> Result<Vec<Webhook>, Failure> {
        self.get("/api/webhooks").await
    }

    /// Makes a webhook. The answer has its secret.
    pub async fn add_webhook(self, draft: &WebhookDraft) -> Result<WebhookWithSecret, Failure> {
        self.post("/api/webhooks", draft).await
    }

    /// Changes a webhook.
    pub async fn change_webhook(self, id: &str, draft: &WebhookDraft) -> Result<Webhook, Failure> {
        self.put(&format!("/api/webhooks/{id}"), draft).await
    }

    /// Enables or disables a webhook.
    pub async fn switch_webhook(self, id: &str, enabled: bool) -> Result<Webhook, Failure> {
        let path = format!("/api/webhooks/{id}/switch");
        self.put(&path, &WebhookSwitch { enabled }).await
    }

    /// Makes a new secret for a webhook. The answer has it.
    pub async fn rotate_webhook_secret(self, id: &str) -> Result<WebhookWithSecret, Failure> {
        self.post(&format!("/api/webhooks/{id}/secret"), &()).await
    }

    /// Removes a webhook and its deliveries.
    pub async fn remove_webhook(self, id: &str) -> Result<(), Failure> {
        self.delete(&format!("/api/webhooks/{id}")).await
    }

    /// Sends an event to a webhook that shows whether it works.
    pub async fn test_webhook(self, id: &str) -> Result<WebhookDelivery, Failure> {
        self.post(&format!("/api/webhooks/{id}/test"), &()).await
    }

    /// The latest deliveries to a webhook; only those given up, if so wanted.
    pub async fn deliveries(
        self,
        id: &str,
        failed_only: bool,
        before: Option<u64>,
    ) -> Result<Vec<WebhookDelivery>, Failure> {
        let mut path = format!("/api/webhooks/{id}/deliveries?");
        if failed_only {
            path.push_str("state=failed&");
        }
        if let Some(before) = before {
            path.push_str(&format!("before={before}"));
        }
        self.get(&path).await
    }

    /// One delivery with its attempts.
    pub async fn delivery(
        self,
        id: &str,
        delivery: &str,
    ) -> Result<WebhookDeliveryDetail, Failure> {
        self.get(&format!("/api/webhooks/{id}/deliveries/{delivery}"))
            .await
    }

    /// Sends one delivery again.
    pub async fn replay_delivery(
        self,
        id: &str,
        delivery: &str,
    ) -> Result<WebhookDelivery, Failure> {
        let path = format!("/api/webhooks/{id}/deliveries/{delivery}/replay");
        self.post(&path, &()).await
    }

    /// Sends all deliveries again that were given up.
    pub async fn replay_failed(self, id: &str) -> Result<Replayed, Failure> {
        self.post(&format!("/api/webhooks/{id}/replay"), &()).await
    }
}
