//! Where flows go, by their kind. One job publishes them all; what differs
//! from kind to kind stands here.

use api::StepName;
use flow::FlowKind;
use genesys::{Connection, Failure, FlowId, InvalidId, ModuleId, StoredFlow, StoredModule};

/// What a flow is upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A flow that is made live by a call of its own.
    Lookup,
    /// A flow that is live as it is saved, and goes without a name.
    Call,
    /// A flow that is live as it is saved.
    Shared,
    /// A flow module: made empty, then filled.
    Module,
}

/// What is there upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Its id.
    pub(crate) id: String,
    /// The version that an update must name.
    pub(crate) version: u64,
    /// The version that is live, of flows that are published by a call of
    /// their own.
    pub(crate) published_version: Option<u64>,
    /// The document as it came.
    pub(crate) body: String,
}

/// Why something upstream was not reached.
pub(crate) enum Unreached {
    /// The id is none that Genesys gives.
    Id,
    /// The call failed.
    Call(Failure),
}

impl From<Failure> for Unreached {
    fn from(failure: Failure) -> Self {
        Self::Call(failure)
    }
}

impl From<InvalidId> for Unreached {
    fn from(_: InvalidId) -> Self {
        Self::Id
    }
}

impl From<StoredFlow> for Stored {
    fn from(flow: StoredFlow) -> Self {
        Self {
            id: flow.id.to_string(),
            version: flow.version,
            published_version: flow.published_version,
            body: flow.body,
        }
    }
}

impl From<StoredModule> for Stored {
    fn from(module: StoredModule) -> Self {
        Self {
            id: module.id.to_string(),
            version: module.version,
            published_version: None,
            body: module.body,
        }
    }
}

impl Target {
    /// Where a flow of this kind goes; none for what the direct profile does
    /// not know.
    pub(crate) fn of(kind: FlowKind) -> Option<Self> {
        match kind {
            FlowKind::Lookup => Some(Self::Lookup),
            FlowKind::Call => Some(Self::Call),
            FlowKind::Shared => Some(Self::Shared),
            FlowKind::Module => Some(Self::Module),
            FlowKind::Architect => None,
        }
    }

    /// The steps of publishing one.
    pub(super) fn steps(self) -> &'static [StepName] {
        const ALL: [StepName; 5] = [
            StepName::Check,
            StepName::Generate,
            StepName::Send,
            StepName::Confirm,
            StepName::Publish,
        ];
        match self {
            Self::Lookup => &ALL,
            // The accepted document is the publish (spec, decision 6).
            Self::Call | Self::Shared | Self::Module => ALL.split_at(4).0,
        }
    }

    /// Whether the accepted document is live without a further call (spec,
    /// decision 6).
    pub(super) fn is_live_as_saved(self) -> bool {
        self != Self::Lookup
    }

    /// Whether it is made empty before it is filled (flow-modules guide).
    pub(super) fn begins_empty(self) -> bool {
        self == Self::Module
    }

    /// Whether it has a name upstream by which it can be found.
    pub(super) fn has_name(self) -> bool {
        self != Self::Call
    }

    /// Reads one.
    pub(crate) async fn get(self, client: &Connection, id: &str) -> Result<Stored, Unreached> {
        Ok(match self {
            Self::Module => client.modules().get(&id.parse::<ModuleId>()?).await?.into(),
            _ => client.flows().get(&id.parse::<FlowId>()?).await?.into(),
        })
    }

    /// Makes one of a document.
    pub(super) async fn create(self, client: &Connection, body: String) -> Result<Stored, Failure> {
        Ok(match self {
            Self::Module => client.modules().create(body).await?.into(),
            _ => client.flows().create(body).await?.into(),
        })
    }

    /// Replaces the document of one.
    pub(super) async fn update(
        self,
        client: &Connection,
        id: &str,
        body: String,
    ) -> Result<Stored, Unreached> {
        Ok(match self {
            Self::Module => {
                let id = id.parse::<ModuleId>()?;
                client.modules().update(&id, body).await?.into()
            }
            _ => {
                let id = id.parse::<FlowId>()?;
                client.flows().update(&id, body).await?.into()
            }
        })
    }

    /// The id of the one of this name, if there is one.
    pub(crate) async fn id_of_name(
        self,
        client: &Connection,
        name: &str,
    ) -> Result<Option<String>, Failure> {
        Ok(match self {
            Self::Module => {
                let found = client.modules().find_by_name(name).await?;
                found.map(|module| module.id.to_string())
            }
            _ => {
                let found = client.flows().find_by_name(name).await?;
                found.map(|flow| flow.id.to_string())
            }
        })
    }
}
