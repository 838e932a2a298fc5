//! What answers about data actions say, read strictly where it matters and
//! kept as text where it does not.

use serde::Deserialize;
use serde_json::Value;

use super::DataActionId;
use crate::call::Call;
use crate::failure::Failure;
use crate::read::read;
use crate::verdict::{Success, unreadable};

/// A data action as Genesys Cloud holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDataAction {
    /// Its id.
    pub id: DataActionId,
    /// Its name.
    pub name: String,
    /// The version that an update must name.
    pub version: u64,
    /// The answer as it came: the stored body with id and version.
    pub body: String,
}

/// A data action in a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct DataActionSummary {
    /// Its id.
    pub id: DataActionId,
    /// Its name.
    pub name: String,
    /// The version that an update must name.
    pub version: u64,
    /// What it takes and gives back, as the listing has it: the members
    /// `inputs` and `outputs`, or null.
    pub definition: Value,
}

/// A page of a listing.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) entities: Vec<DataActionSummary>,
    pub(super) page_count: u64,
}

#[derive(Deserialize)]
struct WireAction {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    version: Option<u64>,
    #[serde(default)]
    definition: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePage {
    entities: Vec<WireAction>,
    #[serde(default)]
    page_count: u64,
}

pub(super) fn stored(call: &Call, success: Success) -> Result<StoredDataAction, Failure> {
    let action: WireAction = read(call, &success)?;
    let summary = action
        .summary()
        .map_err(|reason| unreadable(call.resend, &success, reason))?;
    Ok(StoredDataAction {
        id: summary.id,
        name: summary.name,
        version: summary.version,
        // It was read as JSON, so it is UTF-8.
        body: String::from_utf8_lossy(&success.body).into_owned(),
    })
}

pub(super) fn page(call: &Call, success: Success) -> Result<Page, Failure> {
    let page: WirePage = read(call, &success)?;
    let entities = page.entities.into_iter().map(WireAction::summary);
    Ok(Page {
        entities: entities
            .collect::<Result<_, _>>()
            .map_err(|reason| unreadable(call.resend, &success, reason))?,
        page_count: page.page_count,
    })
}

impl WireAction {
    fn summary(self) -> Result<DataActionSummary, &'static str> {
        Ok(DataActionSummary {
            id: self
                .id
                .parse()
                .map_err(|_| "the data action's id is no UUID")?,
            name: self.name.unwrap_or_default(),
            version: self.version.ok_or("the data action has no version")?,
            definition: self.definition,
        })
    }
}
