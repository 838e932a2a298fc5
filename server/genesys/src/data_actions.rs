//! Data actions: scripts with declared inputs and outputs.

mod id;
mod stored;

use bytes::Bytes;
use reqwest::Method;

use crate::call::Call;
use crate::connection::Connection;
use crate::failure::{Failure, FailureKind};
use crate::verdict::Resend;
pub use id::DataActionId;
pub use stored::{DataActionSummary, StoredDataAction};
use stored::{Page, page, stored};

const ACTIONS: &str = "/api/v2/tasks/dataactions";
const ACTION: &str = "/api/v2/tasks/dataactions/{id}";

/// Data actions that are asked for at once.
const PAGE_SIZE: u64 = 100;
/// Pages that are read of one listing; an organisation has fewer.
const MOST_PAGES: u64 = 100;

/// The operations on data actions, borrowed from a connection.
#[derive(Debug, Clone, Copy)]
pub struct DataActions<'a> {
    connection: &'a Connection,
}

impl<'a> DataActions<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// `POST /api/v2/tasks/dataactions`. The body leaves byte for byte as it
    /// is given.
    ///
    /// # Errors
    /// Any [`Failure`]. After an unknown outcome, [`find_by_name`](Self::find_by_name)
    /// tells whether the data action was made (spec, decision 7).
    pub async fn create(&self, body: impl Into<Bytes>) -> Result<StoredDataAction, Failure> {
        let call = Call {
            operation: "data_actions.create",
            method: Method::POST,
            template: ACTIONS,
            url: self.url(None),
            body: Some(body.into()),
            resend: Resend::Once,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `GET /api/v2/tasks/dataactions/{id}`.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn get(&self, id: &DataActionId) -> Result<StoredDataAction, Failure> {
        let call = Call {
            operation: "data_actions.get",
            method: Method::GET,
            template: ACTION,
            url: self.url(Some(id)),
            body: None,
            resend: Resend::Reads,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `PUT /api/v2/tasks/dataactions/{id}`. The body carries the id and the
    /// version last read (spec, decision 5) and leaves byte for byte as it is
    /// given.
    ///
    /// # Errors
    /// Any [`Failure`]; a version conflict when it was changed upstream.
    pub async fn update(
        &self,
        id: &DataActionId,
        body: impl Into<Bytes>,
    ) -> Result<StoredDataAction, Failure> {
        let call = Call {
            operation: "data_actions.update",
            method: Method::PUT,
            template: ACTION,
            url: self.url(Some(id)),
            body: Some(body.into()),
            resend: Resend::Versioned,
        };
        stored(&call, self.connection.send(&call).await?)
    }

    /// `GET /api/v2/tasks/dataactions?name=`: the data action with exactly
    /// this name. Names are unique, so there is one or none.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn find_by_name(&self, name: &str) -> Result<Option<DataActionSummary>, Failure> {
        let mut url = self.url(None);
        url.query_pairs_mut().append_pair("name", name);
        let found = self.page("data_actions.find", url).await?.entities;
        Ok(found.into_iter().find(|action| action.name == name))
    }

    /// `GET /api/v2/tasks/dataactions`: all that there are, page by page.
    ///
    /// # Errors
    /// Any [`Failure`] but an unknown outcome.
    pub async fn list(&self) -> Result<Vec<DataActionSummary>, Failure> {
        let mut all = Vec::new();
        for number in 1..=MOST_PAGES {
            let mut url = self.url(None);
            url.query_pairs_mut()
                .append_pair("pageSize", &PAGE_SIZE.to_string())
                .append_pair("pageNumber", &number.to_string());
            let page = self.page("data_actions.list", url).await?;
            all.extend(page.entities);
            if number >= page.page_count {
                return Ok(all);
            }
        }
        let kind = FailureKind::UnexpectedAnswer {
            status: 200,
            reason: format!("the listing has more than {MOST_PAGES} pages"),
        };
        Err(Failure::new(kind, None))
    }

    async fn page(&self, operation: &'static str, url: url::Url) -> Result<Page, Failure> {
        let call = Call {
            operation,
            method: Method::GET,
            template: ACTIONS,
            url,
            body: None,
            resend: Resend::Reads,
        };
        page(&call, self.connection.send(&call).await?)
    }

    fn url(&self, id: Option<&DataActionId>) -> url::Url {
        let mut segments = vec!["api", "v2", "tasks", "dataactions"];
        segments.extend(id.map(DataActionId::as_str));
        self.connection.url(&segments)
    }
}
