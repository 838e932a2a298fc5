//! Flows in the direct profile.

mod listing;
mod stored;

use bytes::Bytes;
use reqwest::Method;

use crate::call::Call;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::id::FlowId;
use crate::verdict::Resend;
pub(crate) use listing::{Summary, all as listing_all, page as listing_page};
pub(crate) use stored::Wire;
pub use stored::{FlowForm, FlowSummary, PublishedVersion, StoredFlow};
use stored::{published, stored};

const FLOWS: &str = "/api/v2/flows";
const FLOW: &str = "/api/v2/flows/{id}";
const PUBLISH: &str = "/api/v2/flows/{id}/publish";

/// The operations on flows, borrowed from a connection.
#[derive(Debug, Clone, Copy)]
pub struct Flows<'a> {
    connection: &'a Connection,
}

impl<'a> Flows<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// `POST /api/v2/flows`. The body leaves byte for byte as it is given.
    ///
    /// # Errors
    /// Any [`Failure`]. After an unknown outcome, [`find_by_name`](Self::find_by_name)
    /// tells whether the flow was made (spec, decision 7).
    pub async fn create(&self, body: impl Into<Bytes>) -> Result<StoredFlow, Failure> {
        let call = Call {
            operation: "flows.create",
            method: Method::POST,
            template: FLOWS,
            url: self.url(&[]),
            body: Some(body.into()),
            resend: Resend::Once,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `GET /api/v2/flows/{id}`.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn get(&self, id: &FlowId) -> Result<StoredFlow, Failure> {
        let call = Call {
            operation: "flows.get",
            method: Method::GET,
            template: FLOW,
            url: self.url(&[id.as_str()]),
            body: None,
            resend: Resend::Reads,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `GET /api/v2/flows?name=`: the flows with exactly this name. Names are
    /// unique, so there is one or none.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn find_by_name(&self, name: &str) -> Result<Option<FlowSummary>, Failure> {
        let mut url = self.url(&[]);
        url.query_pairs_mut().append_pair("name", name);
        let call = Call {
            operation: "flows.find",
            method: Method::GET,
            template: FLOWS,
            url,
            body: None,
            resend: Resend::Reads,
        };
        let found = listing_page::<FlowSummary>(&call, self.connection.send(&call).await?)?;
        Ok(found.entries.into_iter().find(|flow| flow.name == name))
    }

    /// `GET /api/v2/flows`: all flows, page by page, at most five thousand of
    /// them.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn list(&self) -> Result<Vec<FlowSummary>, Failure> {
        listing_all(self.connection, "flows.list", FLOWS, &self.url(&[])).await
    }

    /// `PUT /api/v2/flows/{id}`. The body carries the id and the version last
    /// read (spec, decision 5) and leaves byte for byte as it is given.
    ///
    /// # Errors
    /// Any [`Failure`]; a version conflict when the flow was changed upstream.
    pub async fn update(&self, id: &FlowId, body: impl Into<Bytes>) -> Result<StoredFlow, Failure> {
        let call = Call {
            operation: "flows.update",
            method: Method::PUT,
            template: FLOW,
            url: self.url(&[id.as_str()]),
            body: Some(body.into()),
            resend: Resend::Versioned,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `POST /api/v2/flows/{id}/publish`, without a body (spec, decision 6).
    ///
    /// # Errors
    /// Any [`Failure`]. After an unknown outcome, [`get`](Self::get) tells the
    /// published version.
    pub async fn publish(&self, id: &FlowId) -> Result<PublishedVersion, Failure> {
        let call = Call {
            operation: "flows.publish",
            method: Method::POST,
            template: PUBLISH,
            url: self.url(&[id.as_str(), "publish"]),
            body: None,
            resend: Resend::Once,
        };
        published(&call, self.connection.send(&call).await?)
    }

    fn url(&self, below: &[&str]) -> url::Url {
        let mut segments = vec!["api", "v2", "flows"];
        segments.extend_from_slice(below);
        self.connection.url(&segments)
    }
}
