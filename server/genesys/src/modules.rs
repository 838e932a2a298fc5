//! Flow modules in the direct profile. The accepted `POST` or `PUT` is the
//! publish (spec, decision 6).

mod stored;

use bytes::Bytes;
use reqwest::Method;

use crate::call::Call;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::flows::{listing_all, listing_page};
use crate::verdict::Resend;
use stored::stored;
pub use stored::{ModuleId, ModuleSummary, StoredModule};

const MODULES: &str = "/api/v2/flows/flowmodules";
const MODULE: &str = "/api/v2/flows/flowmodules/{id}";

/// The operations on flow modules, borrowed from a connection.
#[derive(Debug, Clone, Copy)]
pub struct Modules<'a> {
    connection: &'a Connection,
}

impl<'a> Modules<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// `POST /api/v2/flows/flowmodules`. The body leaves byte for byte as it
    /// is given.
    ///
    /// # Errors
    /// Any [`Failure`]. After an unknown outcome,
    /// [`find_by_name`](Self::find_by_name) tells whether the module was made
    /// (spec, decision 7).
    pub async fn create(&self, body: impl Into<Bytes>) -> Result<StoredModule, Failure> {
        let call = Call {
            operation: "modules.create",
            method: Method::POST,
            template: MODULES,
            url: self.url(&[]),
            body: Some(body.into()),
            resend: Resend::Once,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `GET /api/v2/flows/flowmodules/{id}`.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn get(&self, id: &ModuleId) -> Result<StoredModule, Failure> {
        let call = Call {
            operation: "modules.get",
            method: Method::GET,
            template: MODULE,
            url: self.url(&[id.as_str()]),
            body: None,
            resend: Resend::Reads,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `GET /api/v2/flows/flowmodules?name=`: the module with exactly this
    /// name. Names are unique, so there is one or none.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn find_by_name(&self, name: &str) -> Result<Option<ModuleSummary>, Failure> {
        let mut url = self.url(&[]);
        url.query_pairs_mut().append_pair("name", name);
        let call = Call {
            operation: "modules.find",
            method: Method::GET,
            template: MODULES,
            url,
            body: None,
            resend: Resend::Reads,
        };
        let found = listing_page::<ModuleSummary>(&call, self.connection.send(&call).await?)?;
        Ok(found.entries.into_iter().find(|module| module.name == name))
    }

    /// `GET /api/v2/flows/flowmodules`: all modules, page by page, at most
    /// five thousand of them.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn list(&self) -> Result<Vec<ModuleSummary>, Failure> {
        listing_all(self.connection, "modules.list", MODULES, &self.url(&[])).await
    }

    /// `PUT /api/v2/flows/flowmodules/{id}`. The body carries the id and the
    /// version last read (spec, decision 5) and leaves byte for byte as it is
    /// given.
    ///
    /// # Errors
    /// Any [`Failure`]; a version conflict when the module was changed
    /// upstream.
    pub async fn update(
        &self,
        id: &ModuleId,
        body: impl Into<Bytes>,
    ) -> Result<StoredModule, Failure> {
        let call = Call {
            operation: "modules.update",
            method: Method::PUT,
            template: MODULE,
            url: self.url(&[id.as_str()]),
            body: Some(body.into()),
            resend: Resend::Versioned,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    fn url(&self, below: &[&str]) -> url::Url {
        let mut segments = vec!["api", "v2", "flows", "flowmodules"];
        segments.extend_from_slice(below);
        self.connection.url(&segments)
    }
}
