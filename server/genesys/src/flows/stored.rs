//! What answers about flows say, read strictly where it matters and kept as
//! text where it does not.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::answer::nests_within;
use crate::call::Call;
use crate::failure::Failure;
use crate::id::FlowId;
use crate::verdict::{Success, unreadable};

/// The deepest nesting of an answer that is read.
const JSON_DEPTH: usize = 128;

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
    /// Its name.
    pub name: String,
    /// The version that an update must name.
    pub version: u64,
    /// The version that is live, if any was published.
    pub published_version: Option<u64>,
}

/// The answer to publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct PublishedVersion {
    /// The version that is live now.
    pub version: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireFlow {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    version: Option<u64>,
    #[serde(default)]
    published_version: Option<u64>,
    #[serde(default)]
    metadata: Option<WireMetadata>,
}

#[derive(Deserialize)]
struct WireMetadata {
    #[serde(default)]
    version: Option<u64>,
}

#[derive(Deserialize)]
struct WireListing {
    entities: Vec<WireFlow>,
}

pub(super) fn stored(call: &Call, success: Success) -> Result<StoredFlow, Failure> {
    let flow: WireFlow = read(call, &success)?;
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

pub(super) fn listing(call: &Call, success: Success) -> Result<Vec<FlowSummary>, Failure> {
    let listing: WireListing = read(call, &success)?;
    listing
        .entities
        .into_iter()
        .map(WireFlow::summary)
        .collect::<Result<_, _>>()
        .map_err(|reason| unreadable(call.resend, &success, reason))
}

pub(super) fn published(call: &Call, success: Success) -> Result<PublishedVersion, Failure> {
    read(call, &success)
}

impl WireFlow {
    fn summary(self) -> Result<FlowSummary, &'static str> {
        Ok(FlowSummary {
            id: self.id.parse().map_err(|_| "the flow's id is no UUID")?,
            name: self.name.unwrap_or_default(),
            version: self
                .version
                .or(self.metadata.and_then(|metadata| metadata.version))
                .ok_or("the flow has no version")?,
            published_version: self.published_version,
        })
    }
}

fn read<T: DeserializeOwned>(call: &Call, success: &Success) -> Result<T, Failure> {
    if !nests_within(JSON_DEPTH, &success.body) {
        return Err(unreadable(call.resend, success, "it nests too deeply"));
    }
    serde_json::from_slice(&success.body).map_err(|error| {
        tracing::warn!(operation = call.operation, %error, "an answer could not be read");
        let reason = if error.is_data() {
            "a field is missing or of another type than expected"
        } else {
            "it is no JSON"
        };
        unreadable(call.resend, success, reason)
    })
}
