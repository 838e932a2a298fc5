//! What answers about flows say, read strictly where it matters and kept as
//! text where it does not.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::listing::Summary;
use crate::call::Call;
use crate::failure::Failure;
use crate::id::FlowId;
use crate::read::read;
use crate::verdict::{Success, unreadable};

/// A flow as Genesys Cloud holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFlow {
    /// Its id.
    pub id: FlowId,
    /// The version that an update must name.
    pub version: u64,
    /// The version that is live, if any was published.
    pub published_version: Option<u64>,
    /// The answer as it came: the stored body with id and versions.
    pub body: String,
}

/// A flow in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowSummary {
    /// Its id.
    pub id: FlowId,
    /// Its name; empty where the listing has none, as call flows go without.
    pub name: String,
    /// The version that an update must name.
    pub version: u64,
    /// The version that is live, if any was published.
    pub published_version: Option<u64>,
    /// Which form its document has, where the listing tells.
    pub form: Option<FlowForm>,
}

/// The forms that a document of `/api/v2/flows` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowForm {
    /// A lookup flow: its `nodes` are an object with nodes and edges.
    Lookup,
    /// A call flow: it has a `definition`.
    Call,
    /// A shared flow, or one that calls it: its `nodes` are a list.
    Shared,
}

/// The answer to publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct PublishedVersion {
    /// The version that is live now.
    pub version: u64,
}

/// What is read of a flow or a module.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wire {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    version: Option<u64>,
    #[serde(default)]
    published_version: Option<u64>,
    #[serde(default)]
    metadata: Option<WireMetadata>,
    #[serde(default)]
    definition: Option<IgnoredAny>,
    #[serde(default)]
    nodes: Option<Nodes>,
}

#[derive(Deserialize)]
struct WireMetadata {
    #[serde(default)]
    version: Option<u64>,
}

/// Only whether it is a list is looked at.
#[derive(Deserialize)]
#[serde(untagged)]
enum Nodes {
    #[expect(dead_code, reason = "what is in the list is read with the flow itself")]
    List(Vec<IgnoredAny>),
    Other(IgnoredAny),
}

pub(super) fn stored(call: &Call, success: Success) -> Result<StoredFlow, Failure> {
    let flow: Wire = read(call, &success)?;
    let summary = flow
        .summary()
        .map_err(|reason| unreadable(call.resend, &success, reason))?;
    // It was read as JSON, so it is UTF-8.
    let body = String::from_utf8_lossy(&success.body).into_owned();
    Ok(StoredFlow {
        id: summary.id,
        version: summary.version,
        published_version: summary.published_version,
        body,
    })
}

pub(super) fn published(call: &Call, success: Success) -> Result<PublishedVersion, Failure> {
    read(call, &success)
}

impl Wire {
    /// The version that an update must name.
    pub(crate) fn version(&self) -> Result<u64, &'static str> {
        let of_metadata = self.metadata.as_ref().and_then(|metadata| metadata.version);
        self.version.or(of_metadata).ok_or("it has no version")
    }

    fn form(&self) -> Option<FlowForm> {
        match (&self.definition, &self.nodes) {
            (Some(_), _) => Some(FlowForm::Call),
            (None, Some(Nodes::List(_))) => Some(FlowForm::Shared),
            (None, Some(Nodes::Other(_))) => Some(FlowForm::Lookup),
            (None, None) => None,
        }
    }

    fn summary(self) -> Result<FlowSummary, &'static str> {
        Ok(FlowSummary {
            id: self.id.parse().map_err(|_| "the flow's id is no UUID")?,
            version: self.version()?,
            published_version: self.published_version,
            form: self.form(),
            name: self.name.unwrap_or_default(),
        })
    }
}

impl Summary for FlowSummary {
    fn of(wire: Wire) -> Result<Self, &'static str> {
        wire.summary()
    }
}
