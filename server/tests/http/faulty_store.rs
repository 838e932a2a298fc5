//! A store that fails as it is told to, over a real one.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use api::{
    ContactOrder, ContactStage, DeliveryState, ImportCounts, ImportState, Role, RowState, Step,
};
use async_trait::async_trait;
use flow::Flow;
use serde_json::Value;
use store::*;
use tokio::sync::Semaphore;

/// What happens to calls about one flow.
#[derive(Clone)]
pub(crate) enum Fault {
    /// Storing changes panics.
    PanicAtEdit,
    /// Reading its publishes panics.
    PanicAtRead,
    /// Storing changes waits for the gate.
    Held(Arc<Gate>),
}

/// Where a commit waits.
pub(crate) struct Gate {
    reached: Semaphore,
    open: Semaphore,
    committed: AtomicBool,
}

impl Gate {
    pub(crate) fn closed() -> Arc<Self> {
        Arc::new(Self {
            reached: Semaphore::new(0),
            open: Semaphore::new(0),
            committed: AtomicBool::new(false),
        })
    }

    /// Waits until a commit stands before it.
    pub(crate) async fn reached(&self) {
        drop(self.reached.acquire().await);
    }

    pub(crate) fn open(&self) {
        self.open.add_permits(1);
    }

    /// Whether what waited is on the disk.
    pub(crate) fn is_committed(&self) -> bool {
        self.committed.load(Ordering::SeqCst)
    }
}

/// The faults that are injected now, by flow.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<HashMap<String, Fault>>>);

impl Faults {
    pub(crate) fn inject(&self, flow_id: &str, fault: Fault) {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.insert(flow_id.to_owned(), fault);
    }

    pub(crate) fn clear(&self, flow_id: &str) {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.remove(flow_id);
    }

    fn of(&self, flow_id: &str) -> Option<Fault> {
        let faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.get(flow_id).cloned()
    }
}

/// The store.
pub(crate) struct FaultyStore {
    inner: Arc<SqliteStore>,
    faults: Faults,
}

impl FaultyStore {
    pub(crate) fn new(inner: Arc<SqliteStore>, faults: Faults) -> Self {
        Self { inner, faults }
    }

    async fn append_held(&self, append: Append<'_>, gate: &Gate) -> Result<()> {
        gate.reached.add_permits(1);
        drop(gate.open.acquire().await);
        self.inner.append_changes(append).await?;
        gate.committed.store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// Passes calls on as they are.
macro_rules! pass_on {
    ($contract:ident { $($name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)* }) => {
        #[async_trait]
        impl $contract for FaultyStore {
            $(
                async fn $name(&self, $($argument: $kind),*) -> Result<$answer> {
                    self.inner.$name($($argument),*).await
                }
            )*
        }
    };
}

pass_on!(Accounts {
    create_account(account: &AccountRow, audit: NewAudit) -> ();
    account(id: &str) -> Option<AccountRow>;
    account_by_email(email: &str) -> Option<AccountRow>;
    accounts() -> Vec<AccountRow>;
    set_password_hash(id: &str, password_hash: &str) -> ();
    change_password(id: &str, password_hash: &str, keep_session: &str, audit: NewAudit) -> bool;
    set_role(id: &str, role: Role, audit: NewAudit) -> AccountChange;
    delete_account(id: &str, audit: NewAudit) -> AccountChange;
    delete_account_of(email: &str, audit: NewAudit) -> bool;
    replace_set_up_token(token_hash: &str, expires_at_millis: i64) -> ();
    spend_set_up_token(token_hash: &str, now_millis: i64, administrator: &AccountRow, audit: NewAudit) -> bool;
});

pass_on!(Audit {
    append_audit(entry: NewAudit) -> ();
    audit(wanted: &AuditFilter, before: Option<u64>, limit: u32) -> Vec<AuditRow>;
    verify_audit() -> AuditVerdict;
});

pass_on!(Batches {
    begin_batch(batch: &StoredBatch, idempotency_key: &str, audit: NewAudit) -> String;
    batch(id: &str) -> Option<StoredBatch>;
    batches(limit: u32) -> Vec<StoredBatch>;
    running_batches() -> Vec<String>;
    put_batch_item(id: &str, place: usize, item: &BatchItemRow) -> ();
    cancel_batch(id: &str, audit: NewAudit) -> bool;
    end_batch(id: &str, audit: NewAudit) -> ();
    run_batch_again(id: &str, account: &AccountRow, items: &[(usize, BatchItemRow)], audit: NewAudit) -> bool;
});

pass_on!(Connections {
    connections() -> Vec<ConnectionRow>;
    connection(id: &str) -> Option<ConnectionRow>;
    put_connection(connection: &ConnectionRow, audit: NewAudit) -> ();
    make_default(new: NewDefault<'_>, audit: NewAudit) -> bool;
    default_preset() -> Option<String>;
    connection_checks() -> Vec<ConnectionCheckRow>;
    put_connection_check(check: &ConnectionCheckRow, audit: NewAudit) -> ();
    delete_connection(id: &str, audit: NewAudit) -> bool;
});

pass_on!(DataActions {
    create_data_action(new: NewDataActionRow<'_>, audit: NewAudit) -> ();
    data_actions() -> Vec<DataActionRow>;
    data_action(id: &str) -> Option<LoadedDataAction>;
    save_data_action(save: DataActionSave<'_>, audit: NewAudit) -> Saved;
    delete_data_action(id: &str, at_millis: i64, audit: NewAudit) -> bool;
    keep_upstream_actions(connection_id: &str, actions: &[UpstreamAction], audit: NewAudit) -> ();
    upstream_actions() -> Vec<UpstreamAction>;
});

pass_on!(Uploads {
    advance_upload(id: &str, steps: &[Step], journal: &Value, upstream: &ActionUpstream) -> ();
    finish_upload(id: &str, finished: &FinishedUpload, audit: NewAudit) -> ();
});

pass_on!(Contacts {
    add_contact(contact: &ContactRow, audit: NewAudit) -> bool;
    replace_contact(contact: &ContactRow, sealed_before: &str, audit: NewAudit) -> bool;
    contact(id: &str) -> Option<ContactRow>;
    contacts_among(ids: &[String]) -> Vec<ContactRow>;
    contacts(stage: Option<ContactStage>, order: ContactOrder, after: Option<&ContactPlace>, limit: u32) -> Vec<ContactRow>;
    contact_count(stage: Option<ContactStage>) -> u64;
    queue_checks(ids: &[String], audit: NewAudit) -> Vec<(String, u64)>;
    connections_validating() -> Vec<String>;
    validating_contacts(connection: &str, limit: u32) -> Vec<ContactRow>;
    stop_checks(connection: &str, audit: NewAudit) -> ();
    registering_contacts() -> Vec<ContactRow>;
    begin_interaction(interaction: &InteractionRow, click_key: &str, audit: NewAudit) -> Option<InteractionRow>;
    finish_interaction(interaction: &InteractionRow, event: Option<&NewEvent>, audit: NewAudit) -> ();
    interactions_of(contact_id: &str, limit: u32) -> Vec<InteractionRow>;
    starting_interactions() -> Vec<InteractionRow>;
});

pass_on!(ContactImports {
    begin_import(import: &ContactImportRow, click_key: &str, rows: &[ImportedRow], audit: NewAudit) -> Option<String>;
    contact_import(id: &str) -> Option<ContactImportRow>;
    contact_imports(limit: u32) -> Vec<ContactImportRow>;
    open_imports() -> Vec<ContactImportRow>;
    running_imports() -> Vec<ContactImportRow>;
    import_counts(id: &str) -> ImportCounts;
    import_rows_in(id: &str, state: RowState, limit: u32) -> Vec<ImportedRow>;
    import_rows(id: &str, after: u64, limit: u32) -> Vec<ImportedRow>;
    claim_import_rows(id: &str, numbers: &[u64], audit: Vec<NewAudit>) -> bool;
    settle_import_rows(id: &str, rows: &[SettledRow], audit: Vec<NewAudit>) -> Vec<u64>;
    note_import(id: &str, note: &str) -> ();
    move_import(id: &str, from: &[ImportState], to: ImportState, note: &str, at_millis: i64, audit: NewAudit) -> bool;
});

pass_on!(Words {
    clear_words(limit: u32) -> Vec<ClearWords>;
    seal_words(sealed: &[SealedWords]) -> ();
    overwrite_clear_words() -> ();
});

pass_on!(Meta {
    meta(name: &str) -> Option<String>;
    set_meta(name: &str, value: &str) -> ();
});

pass_on!(Outbox {
    queue_event(event: &NewEvent, actor: &str) -> u64;
    queue_event_for(id: &str, event: &NewEvent, actor: &str) -> bool;
    next_deliveries() -> Vec<NextDelivery>;
    finish_attempt(endpoint_id: &str, message_id: &str, attempt: &NewAttempt, after: &AfterAttempt, audit: Vec<NewAudit>) -> bool;
    deliveries(endpoint_id: &str, state: Option<DeliveryState>, before: Option<u64>, limit: u32) -> Vec<DeliveryRow>;
    delivery(endpoint_id: &str, message_id: &str) -> Option<(DeliveryRow, Vec<AttemptRow>)>;
    replay_deliveries(endpoint_id: &str, message_id: Option<&str>, at_millis: i64, audit: NewAudit) -> u64;
    forget_deliveries(before_millis: i64) -> u64;
});

pass_on!(Sessions {
    create_session(session: &SessionRow) -> bool;
    save_session(session: &SessionRow) -> ();
    session(id_hash: &str, now_millis: i64) -> Option<SessionRow>;
    delete_session(id_hash: &str) -> ();
    trim_sessions(account_id: &str, keep: u32) -> ();
    delete_expired_sessions(now_millis: i64) -> ();
});

pass_on!(Throttles {
    count_attempt(counters: &[Counter], at_millis: i64) -> i64;
    give_back_attempt(name: &str) -> ();
    clear_throttle(name: &str) -> ();
});

#[async_trait]
impl Flows for FaultyStore {
    async fn append_changes(&self, append: Append<'_>) -> Result<()> {
        match self.faults.of(append.flow_id) {
            Some(Fault::PanicAtEdit) => panic!("the store panics over this flow"),
            Some(Fault::Held(gate)) => self.append_held(append, &gate).await,
            _ => self.inner.append_changes(append).await,
        }
    }

    async fn create_flow(&self, flow: NewFlowRow<'_>, audit: NewAudit) -> Result<()> {
        self.inner.create_flow(flow, audit).await
    }

    async fn flows(&self) -> Result<Vec<FlowRow>> {
        self.inner.flows().await
    }

    async fn flow(&self, id: &str) -> Result<Option<FlowRow>> {
        self.inner.flow(id).await
    }

    async fn load_flow(&self, id: &str) -> Result<Option<LoadedFlow>> {
        self.inner.load_flow(id).await
    }

    async fn changes_since(&self, id: &str, seq: u64, limit: u32) -> Result<Vec<ChangeRow>> {
        self.inner.changes_since(id, seq, limit).await
    }

    async fn seq_of_change(&self, id: &str, tx_id: &str) -> Result<Option<u64>> {
        self.inner.seq_of_change(id, tx_id).await
    }

    async fn quarantine_changes(&self, quarantine: Quarantine<'_>, audit: NewAudit) -> Result<u64> {
        self.inner.quarantine_changes(quarantine, audit).await
    }

    async fn save_snapshot(&self, id: &str, seq: u64, flow: &Flow) -> Result<()> {
        self.inner.save_snapshot(id, seq, flow).await
    }

    async fn delete_flow(&self, id: &str, at_millis: i64, audit: NewAudit) -> Result<bool> {
        self.inner.delete_flow(id, at_millis, audit).await
    }
}

#[async_trait]
impl ActionLinks for FaultyStore {
    async fn action_link(&self, action_id: &str, connection_id: &str) -> Result<ActionLink> {
        self.inner.action_link(action_id, connection_id).await
    }

    async fn action_ids(&self) -> Result<Vec<(String, String)>> {
        self.inner.action_ids().await
    }

    async fn action_links_of(&self, action_id: &str) -> Result<Vec<ActionLink>> {
        self.inner.action_links_of(action_id).await
    }

    async fn linked_actions(&self, connection_id: &str) -> Result<Vec<(String, String)>> {
        self.inner.linked_actions(connection_id).await
    }
}

#[async_trait]
impl Links for FaultyStore {
    async fn link(&self, flow_id: &str, connection_id: &str) -> Result<Option<LinkRow>> {
        self.inner.link(flow_id, connection_id).await
    }

    async fn flow_ids(&self) -> Result<Vec<(String, String)>> {
        self.inner.flow_ids().await
    }

    async fn links_of(&self, flow_id: &str) -> Result<Vec<LinkRow>> {
        self.inner.links_of(flow_id).await
    }

    async fn linked_flow(&self, connection_id: &str, upstream_id: &str) -> Result<Option<String>> {
        self.inner.linked_flow(connection_id, upstream_id).await
    }

    async fn linked_flows(&self, connection_id: &str) -> Result<Vec<(String, String)>> {
        self.inner.linked_flows(connection_id).await
    }

    async fn put_link(&self, flow_id: &str, link: &LinkRow, audit: NewAudit) -> Result<()> {
        self.inner.put_link(flow_id, link, audit).await
    }
}

pass_on!(Publishes {
    advance_publish(id: &str, steps: &[Step], journal: &Value, link: Option<&LinkRow>) -> ();
    finish_publish(id: &str, finished: &Finished, audit: NewAudit) -> ();
    publish_conflict(id: &str) -> Option<Value>;
});

#[async_trait]
impl Jobs for FaultyStore {
    async fn jobs_of(&self, kind: JobKind, subject_id: &str, limit: u32) -> Result<Vec<JobRow>> {
        if matches!(self.faults.of(subject_id), Some(Fault::PanicAtRead)) {
            panic!("the store panics over this flow");
        }
        self.inner.jobs_of(kind, subject_id, limit).await
    }

    async fn begin_job(
        &self,
        job: &JobRow,
        idempotency_key: &str,
        audit: NewAudit,
    ) -> Result<Begun> {
        self.inner.begin_job(job, idempotency_key, audit).await
    }

    async fn job(&self, kind: JobKind, id: &str) -> Result<Option<JobRow>> {
        self.inner.job(kind, id).await
    }

    async fn latest_jobs(&self, kind: JobKind) -> Result<Vec<JobRow>> {
        self.inner.latest_jobs(kind).await
    }

    async fn running_jobs(&self, kind: JobKind) -> Result<Vec<JobRow>> {
        self.inner.running_jobs(kind).await
    }
}

pass_on!(Webhooks {
    endpoints() -> Vec<EndpointSummary>;
    endpoint(id: &str) -> Option<EndpointSummary>;
    add_endpoint(endpoint: &EndpointRow, audit: NewAudit) -> ();
    change_endpoint(id: &str, name: &str, url: &str, events: &[String], audit: NewAudit) -> bool;
    set_endpoint_keys(id: &str, keys: &EndpointKeys, audit: NewAudit) -> bool;
    switch_endpoint(id: &str, disabled: Option<Disabled>, audit: NewAudit) -> bool;
    delete_endpoint(id: &str, audit: NewAudit) -> bool;
});
