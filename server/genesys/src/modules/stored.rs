//! What answers about flow modules say.

use std::fmt;
use std::str::FromStr;

use crate::call::Call;
use crate::failure::Failure;
use crate::flows::{Summary, Wire};
use crate::id::{FlowId, InvalidId};
use crate::read::read;
use crate::verdict::{Success, unreadable};

/// The id of a flow module: a UUID, kept as it was given. It is no flow's, so
/// that neither gets into the other's path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(FlowId);

impl ModuleId {
    /// The id as it stands in a path or a body.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for ModuleId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.parse().map(Self)
    }
}

impl fmt::Display for ModuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A flow module as Genesys Cloud holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredModule {
    /// Its id.
    pub id: ModuleId,
    /// The version that an update must name; it is live.
    pub version: u64,
    /// The answer as it came: the stored body with id and version.
    pub body: String,
}

/// A flow module in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleSummary {
    /// Its id.
    pub id: ModuleId,
    /// Its name.
    pub name: String,
    /// The version that an update must name.
    pub version: u64,
}

pub(super) fn stored(call: &Call, success: Success) -> Result<StoredModule, Failure> {
    let wire: Wire = read(call, &success)?;
    let summary =
        ModuleSummary::of(wire).map_err(|reason| unreadable(call.resend, &success, reason))?;
    Ok(StoredModule {
        id: summary.id,
        version: summary.version,
        // It was read as JSON, so it is UTF-8.
        body: String::from_utf8_lossy(&success.body).into_owned(),
    })
}

impl Summary for ModuleSummary {
    fn of(wire: Wire) -> Result<Self, &'static str> {
        Ok(Self {
            id: wire.id.parse().map_err(|_| "the module's id is no UUID")?,
            version: wire.version()?,
            name: wire.name.unwrap_or_default(),
        })
    }
}
