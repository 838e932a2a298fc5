//! What every request can reach.

use std::{ops::Deref, sync::Arc};

use store::Store;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    accounts::{Clients, Passwords},
    assets::Site,
    audit::Verifying,
    connections::Connections,
    contacts::{Importer, Turns, Validator},
    flows::{Searches, Workspaces},
    http::{Addresses, Origins},
    keys::KeyRing,
    publish::Publisher,
    rooms::Rooms,
    sandbox_page::SandboxPage,
    webhooks::Webhooks,
};

/// The application. Copies are cheap and share everything.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

/// What the application is made of.
pub(crate) struct Parts {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) keys: KeyRing,
    pub(crate) origins: Origins,
    pub(crate) clients: Clients,
    /// Who has how many connections.
    pub(crate) addresses: Addresses,
    pub(crate) passwords: Passwords,
    pub(crate) connections: Connections,
    pub(crate) rooms: Rooms,
    pub(crate) publisher: Publisher,
    pub(crate) webhooks: Webhooks,
    pub(crate) importer: Importer,
    /// Asks Genesys about contacts that are being validated.
    pub(crate) validator: Validator,
    /// Who changes a contact, one after the other.
    pub(crate) turns: Turns,
    pub(crate) workspaces: Workspaces,
    pub(crate) searches: Searches,
    pub(crate) verifying: Verifying,
    pub(crate) site: Site,
    /// The sandbox's page, where one runs.
    pub(crate) sandbox: Option<SandboxPage>,
    pub(crate) life: Life,
}

/// The life of the process: who has to finish, and when.
#[derive(Clone, Default)]
pub(crate) struct Life {
    /// Cancelled when the server is to stop.
    pub(crate) stopping: CancellationToken,
    /// Cancelled when what was written may not be on the disk: the process
    /// must end without acknowledging anything more.
    pub(crate) unsure: CancellationToken,
    /// Work that a stop waits for.
    pub(crate) tasks: TaskTracker,
}

impl App {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
