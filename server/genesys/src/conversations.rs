//! Conversations in the direct profile.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use serde::Deserialize;

use crate::call::Call;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::read::read;
use crate::stopwatch::Stopwatch;
use crate::verdict::Resend;

const CONVERSATIONS: &str = "/api/v2/conversations";

/// The operations on conversations, borrowed from a connection.
#[derive(Debug, Clone, Copy)]
pub struct Conversations<'a> {
    connection: &'a Connection,
}

/// The answer to starting a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedConversation {
    /// The conversation's id.
    pub id: String,
    /// How long the call took that started it, without the waits before it.
    pub latency: Duration,
    /// Genesys Cloud's own reference for the request.
    pub correlation_id: Option<String>,
}

#[derive(Deserialize)]
struct WireStarted {
    id: String,
}

impl<'a> Conversations<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// `POST /api/v2/conversations`. The body leaves byte for byte as given.
    ///
    /// # Errors
    /// Any [`Failure`]. After an unknown outcome nothing tells whether it was
    /// started: it must not be sent again.
    pub async fn start(&self, body: impl Into<Bytes>) -> Result<StartedConversation, Failure> {
        let stopwatch = Stopwatch::before(self.connection.observer.clone());
        let call = Call {
            operation: "conversations.start",
            method: Method::POST,
            template: CONVERSATIONS,
            url: self.connection.url(&["api", "v2", "conversations"]),
            body: Some(body.into()),
            resend: Resend::Once,
        };
        let timed = self.connection.observed_by(stopwatch.clone());
        let success = timed.send(&call).await?;
        let started: WireStarted = read(&call, &success)?;
        Ok(StartedConversation {
            id: started.id,
            latency: stopwatch.last(),
            correlation_id: success.correlation_id,
        })
    }
}
