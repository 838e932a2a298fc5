//! External contacts in the direct profile.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use serde::Deserialize;

use crate::call::Call;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::id::ExternalContactId;
use crate::read::read;
use crate::stopwatch::Stopwatch;
use crate::verdict::{Resend, unreadable};

const CONTACTS: &str = "/api/v2/externalcontacts/contacts";
const CONTACT: &str = "/api/v2/externalcontacts/contacts/{id}";

/// The operations on contacts, borrowed from a connection.
#[derive(Debug, Clone, Copy)]
pub struct Contacts<'a> {
    connection: &'a Connection,
}

/// The answer to making a contact. 200 and 201 mean the same (spec, decision
/// 18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedContact {
    /// The state that it begins in: `new` where the answer names none.
    pub state: String,
    /// How long the call took that made it, without the waits before it.
    pub latency: Duration,
    /// Genesys Cloud's own reference for the request.
    pub correlation_id: Option<String>,
}

/// A contact as Genesys Cloud holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredContact {
    /// The answer as it came: what was sent, and what can be said of it.
    pub body: String,
    /// Genesys Cloud's own reference for the request.
    pub correlation_id: Option<String>,
}

#[derive(Deserialize)]
struct WireCreated {
    #[serde(default)]
    state: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireContact {
    external_contact_id: String,
}

impl<'a> Contacts<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// `POST /api/v2/externalcontacts/contacts`, at the pace at which an
    /// organisation takes contacts. The body leaves byte for byte as given.
    ///
    /// # Errors
    /// Any [`Failure`]; a conflict when the contact exists. After an unknown
    /// outcome, [`get`](Self::get) tells whether it was made.
    pub async fn create(&self, body: impl Into<Bytes>) -> Result<CreatedContact, Failure> {
        self.connection.shared.contact_creations.place().await;
        let stopwatch = Stopwatch::before(self.connection.observer.clone());
        let call = Call {
            operation: "contacts.create",
            method: Method::POST,
            template: CONTACTS,
            url: self.url(&[]),
            body: Some(body.into()),
            resend: Resend::Once,
        };
        let timed = self.connection.observed_by(stopwatch.clone());
        let success = timed.send(&call).await?;
        let created: WireCreated = read(&call, &success)?;
        Ok(CreatedContact {
            state: created.state.unwrap_or_else(|| "new".to_owned()),
            latency: stopwatch.last(),
            correlation_id: success.correlation_id,
        })
    }

    /// `GET /api/v2/externalcontacts/contacts/{id}`.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn get(&self, id: &ExternalContactId) -> Result<StoredContact, Failure> {
        let call = Call {
            operation: "contacts.get",
            method: Method::GET,
            template: CONTACT,
            url: self.url(&[id.as_str()]),
            body: None,
            resend: Resend::Reads,
        };
        self.stored(&call, id).await
    }

    /// `PUT /api/v2/externalcontacts/contacts/{id}`. The body leaves byte for
    /// byte as given.
    ///
    /// # Errors
    /// Any [`Failure`]. After an unknown outcome, [`get`](Self::get) tells
    /// what is there.
    pub async fn update(
        &self,
        id: &ExternalContactId,
        body: impl Into<Bytes>,
    ) -> Result<StoredContact, Failure> {
        let call = Call {
            operation: "contacts.update",
            method: Method::PUT,
            template: CONTACT,
            url: self.url(&[id.as_str()]),
            body: Some(body.into()),
            // It names no version: sent again after a lost answer, it could
            // undo what somebody changed meanwhile.
            resend: Resend::Once,
        };
        self.stored(&call, id).await
    }

    async fn stored(&self, call: &Call, id: &ExternalContactId) -> Result<StoredContact, Failure> {
        let success = self.connection.send(call).await?;
        let contact: WireContact = read(call, &success)?;
        if contact.external_contact_id != id.as_str() {
            return Err(unreadable(
                call.resend,
                &success,
                "it is about another contact",
            ));
        }
        Ok(StoredContact {
            // It was read as JSON, so it is UTF-8.
            body: String::from_utf8_lossy(&success.body).into_owned(),
            correlation_id: success.correlation_id,
        })
    }

    fn url(&self, below: &[&str]) -> url::Url {
        let mut segments = vec!["api", "v2", "externalcontacts", "contacts"];
        segments.extend_from_slice(below);
        self.connection.url(&segments)
    }
}
