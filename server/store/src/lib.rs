//! Where everything is kept: one trait, [`Store`], made of one small trait per
//! subject, and the databases behind it. SQL stays inside this crate.
//!
//! Times are milliseconds since 1970 in UTC and come from the caller, as do
//! ids: nothing here reads a clock or draws a random number.

mod accounts;
mod action_links;
mod audit;
mod batches;
mod connections;
mod contact_imports;
mod contacts;
mod data_actions;
mod error;
mod flows;
mod jobs;
mod links;
mod meta;
mod outbox;
mod publishes;
mod sessions;
mod sqlite;
mod throttles;
mod uploads;
mod webhooks;
mod words;

pub use accounts::{AccountChange, AccountRow, Accounts};
pub use action_links::{ActionLink, ActionLinks};
pub use audit::{Audit, AuditFilter, AuditKey, AuditRow, AuditVerdict, NewAudit};
pub use batches::{BatchItemRow, BatchRow, Batches, StoredBatch};
pub use connections::{ConnectionCheckRow, ConnectionRow, Connections, NewDefault};
pub use contact_imports::{
    ContactImportRow, ContactImports, ImportedRow, SettledContact, SettledRow,
};
pub use contacts::{ContactPlace, ContactRow, Contacts, InteractionRow};
pub use data_actions::{
    ActionUpstream, DataActionRow, DataActionSave, DataActions, LoadedDataAction, NewDataActionRow,
    Rebased, Saved, UpstreamAction,
};
pub use error::StoreError;
pub use flows::{
    Append, ChangeRow, Damage, FlowRow, Flows, LoadedFlow, NewChange, NewFlowRow, Quarantine,
    UpstreamRow,
};
pub use jobs::{Begun, JobKind, JobRow, Jobs};
pub use links::{LinkRow, Links};
pub use meta::Meta;
pub use outbox::{
    AfterAttempt, AttemptRow, DeliveryRow, NewAttempt, NewEvent, NextDelivery, Outbox,
};
pub use publishes::{Finished, Publishes};
pub use sessions::{SessionRow, Sessions};
pub use sqlite::{SqliteStore, has_database, prepare_directory};
pub use throttles::{Counter, ThrottleRow, Throttles};
pub use uploads::{FinishedUpload, Uploads};
pub use webhooks::{Disabled, EndpointKeys, EndpointRow, EndpointSummary, PreviousKey, Webhooks};
pub use words::{ClearWords, SealedWords, Words, WordsPlace};

/// The outcome of every call.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Everything that the server keeps.
pub trait Store:
    Accounts
    + ActionLinks
    + Audit
    + Batches
    + Connections
    + ContactImports
    + Contacts
    + DataActions
    + Flows
    + Jobs
    + Links
    + Meta
    + Outbox
    + Publishes
    + Sessions
    + Throttles
    + Uploads
    + Webhooks
    + Words
{
}

impl<T> Store for T where
    T: Accounts
        + ActionLinks
        + Audit
        + Batches
        + Connections
        + ContactImports
        + Contacts
        + DataActions
        + Flows
        + Jobs
        + Links
        + Meta
        + Outbox
        + Publishes
        + Sessions
        + Throttles
        + Uploads
        + Webhooks
        + Words
{
}
