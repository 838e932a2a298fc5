//! The sandbox's state and its handle.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;

use crate::arrival::{Arrival, Record};
use crate::authority::Authority;
use crate::clients::ChangedScopes;
use crate::contact_store::{ContactRecord, ContactStore, ConversationRecord};
use crate::creations::Creations;
use crate::data_actions::{DataActionRecord, DataActionStore};
use crate::fault::{Armed, Fault};
use crate::file::{self, Changes, Content, Journal, Loaded, OpenError};
use crate::flow_store::{FlowRecord, FlowStore};
use crate::mask::{ACCESS_TOKEN, CLIENT_SECRET, Masks, WEBHOOK_SECRET};
use crate::options::Options;
use crate::receiver::Trusted;

/// A simulated Genesys Cloud. Clones are handles to the same one.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    flows: Mutex<FlowStore>,
    modules: Mutex<FlowStore>,
    data_actions: Mutex<DataActionStore>,
    contacts: Mutex<ContactStore>,
    creations: Mutex<Creations>,
    authority: Mutex<Authority>,
    changed_scopes: Mutex<ChangedScopes>,
    armed: Mutex<Armed>,
    record: Mutex<Record>,
    trusted: Mutex<Trusted>,
    /// Held while the file is written, so that writes keep their order.
    journal: Mutex<Journal>,
    arrived: watch::Sender<u64>,
    faults_cleared: watch::Sender<u64>,
}

impl Sandbox {
    /// A sandbox that holds what its file holds.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let content = match &options.file {
            Some(path) => file::load(path)?,
            None => Loaded::default(),
        };
        let contacts = ContactStore::new(content.contacts, content.conversations);
        Ok(Self {
            inner: Arc::new(Inner {
                options,
                flows: Mutex::new(FlowStore::new(content.flows)),
                modules: Mutex::new(FlowStore::new(content.modules)),
                data_actions: Mutex::new(DataActionStore::new(content.data_actions)),
                contacts: Mutex::new(contacts),
                creations: Mutex::default(),
                authority: Mutex::default(),
                changed_scopes: Mutex::default(),
                armed: Mutex::default(),
                record: Mutex::default(),
                trusted: Mutex::default(),
                journal: Mutex::default(),
                arrived: watch::Sender::new(0),
                faults_cleared: watch::Sender::new(0),
            }),
        })
    }

    /// Arms a fault, after those that are armed already.
    pub fn inject(&self, fault: Fault) {
        tracing::info!(?fault, "a fault was armed in the sandbox");
        self.armed().arm(fault);
    }

    /// The faults that are armed, with what is left of their counts.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.armed().list()
    }

    /// Disarms all faults and lets go of requests that were never answered.
    pub fn clear_faults(&self) {
        self.armed().clear();
        self.inner.faults_cleared.send_modify(|times| *times += 1);
    }

    /// Sets the secrets with which the receiver of webhooks at this path, which
    /// begins with [`HOOKS_PATH`](crate::HOOKS_PATH), verifies signatures.
    pub fn trust_webhook_secrets(&self, path: String, secrets: Vec<SecretString>) {
        self.trusted().set(path, secrets);
    }

    /// Makes every token invalid.
    pub fn expire_tokens(&self) {
        self.authority().expire_all();
    }

    /// What arrived since the record was last cleared, oldest first; at most
    /// the last thousand requests.
    #[must_use]
    pub fn arrivals(&self) -> Vec<Arrival> {
        self.record().list()
    }

    /// Forgets what arrived.
    pub fn clear_arrivals(&self) {
        self.record().clear();
        self.inner.arrived.send_replace(0);
    }

    /// Completes once `count` requests have arrived since the record was last
    /// cleared.
    pub async fn wait_for_arrivals(&self, count: u64) {
        let mut arrived = self.inner.arrived.subscribe();
        // The sender lives as long as this handle, so waiting cannot fail.
        let _ = arrived.wait_for(|number| *number >= count).await;
    }

    /// The flows that it holds, oldest first.
    #[must_use]
    pub fn flows(&self) -> Vec<FlowRecord> {
        self.flow_store().list().to_vec()
    }

    /// The flow modules that it holds, oldest first.
    #[must_use]
    pub fn modules(&self) -> Vec<FlowRecord> {
        self.module_store().list().to_vec()
    }

    /// The data actions that it holds, oldest first.
    #[must_use]
    pub fn data_actions(&self) -> Vec<DataActionRecord> {
        self.data_action_store().list().to_vec()
    }

    /// Changes a data action as somebody else would, and counts its version
    /// on; false if there is none of this id.
    pub fn change_data_action(
        &self,
        id: &str,
        change: impl FnOnce(&mut serde_json::Value),
    ) -> bool {
        self.data_action_store().change(id, change)
    }

    /// The contacts that it holds, oldest first.
    #[must_use]
    pub fn contacts(&self) -> Vec<ContactRecord> {
        self.contact_store().contacts().to_vec()
    }

    /// The conversations that were started, oldest first.
    #[must_use]
    pub fn conversations(&self) -> Vec<ConversationRecord> {
        self.contact_store().conversations().to_vec()
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn flow_store(&self) -> MutexGuard<'_, FlowStore> {
        locked(&self.inner.flows)
    }

    pub(crate) fn module_store(&self) -> MutexGuard<'_, FlowStore> {
        locked(&self.inner.modules)
    }

    pub(crate) fn data_action_store(&self) -> MutexGuard<'_, DataActionStore> {
        locked(&self.inner.data_actions)
    }

    pub(crate) fn contact_store(&self) -> MutexGuard<'_, ContactStore> {
        locked(&self.inner.contacts)
    }

    pub(crate) fn creations(&self) -> MutexGuard<'_, Creations> {
        locked(&self.inner.creations)
    }

    pub(crate) fn authority(&self) -> MutexGuard<'_, Authority> {
        locked(&self.inner.authority)
    }

    pub(crate) fn changed_scopes(&self) -> MutexGuard<'_, ChangedScopes> {
        locked(&self.inner.changed_scopes)
    }

    pub(crate) fn armed(&self) -> MutexGuard<'_, Armed> {
        locked(&self.inner.armed)
    }

    pub(crate) fn trusted(&self) -> MutexGuard<'_, Trusted> {
        locked(&self.inner.trusted)
    }

    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        locked(&self.inner.record)
    }

    /// Tells those who wait that another request arrived.
    pub(crate) fn announce_arrival(&self) {
        let count = self.record().count();
        self.inner.arrived.send_replace(count);
    }

    /// Completes when faults are cleared the next time.
    pub(crate) async fn faults_cleared(&self) {
        let mut cleared = self.inner.faults_cleared.subscribe();
        let _ = cleared.changed().await;
    }

    /// What must not be recorded in the clear.
    pub(crate) fn masks(&self) -> Masks {
        let mut masks = Masks::default();
        for client in &self.options().clients {
            masks.add(client.secret.expose_secret(), CLIENT_SECRET);
        }
        for secret in self.trusted().all() {
            masks.add(secret.expose_secret(), WEBHOOK_SECRET);
        }
        for token in self.authority().tokens() {
            masks.add(token, ACCESS_TOKEN);
        }
        masks
    }

    fn take_changes(&self) -> Changes {
        let (contacts, conversations) = {
            let mut store = self.contact_store();
            let (contacts, conversations) = store.held();
            (contacts.take_changes(), conversations.take_changes())
        };
        Changes {
            flows: self.flow_store().held().take_changes(),
            modules: self.module_store().held().take_changes(),
            data_actions: self.data_action_store().held().take_changes(),
            contacts,
            conversations,
        }
    }

    fn content(&self) -> Content {
        Content {
            flows: self.flows(),
            modules: self.modules(),
            data_actions: self.data_actions(),
            contacts: self.contacts(),
            conversations: self.conversations(),
        }
    }

    /// Writes what changed to the file, if there is to be one.
    pub(crate) async fn save(&self) -> std::io::Result<()> {
        if self.options().file.is_none() {
            return Ok(());
        }
        let sandbox = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let Some(path) = &sandbox.options().file else {
                return Ok(());
            };
            let mut journal = locked(&sandbox.inner.journal);
            // Taken inside the lock: a later save never writes an older state.
            let changes = sandbox.take_changes();
            journal.keep(path, &changes, || sandbox.content())
        });
        written
            .await
            .unwrap_or_else(|error| Err(std::io::Error::other(error)))
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").finish_non_exhaustive()
    }
}

/// Milliseconds since the Unix epoch.
pub(crate) fn now_millis() -> u64 {
    let since_epoch = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX)
}

/// A panic elsewhere leaves these values whole: each change is one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
