//! Where everything is kept: one trait, [`Store`], made of one small trait per
//! subject, and the databases behind it. SQL stays inside this crate.
//!
//! Times are milliseconds since 1970 in UTC and come from the caller, as do
//! ids: nothing here reads a clock or draws a random number.

mod accounts;
mod audit;
mod batches;
mod connections;
mod error;
mod flows;
mod links;
mod meta;
mod publishes;
mod sessions;
mod sqlite;
mod throttles;

pub use accounts::{AccountChange, AccountRow, Accounts};
pub use audit::{Audit, AuditKey, AuditRow, AuditVerdict, NewAudit};
pub use batches::{BatchItemRow, BatchRow, Batches, StoredBatch};
pub use connections::{ConnectionRow, Connections};
pub use error::StoreError;
pub use flows::{
    Append, ChangeRow, Damage, FlowRow, Flows, LoadedFlow, NewChange, NewFlowRow, Quarantine,
    UpstreamRow,
};
pub use links::{LinkRow, Links};
pub use meta::Meta;
pub use publishes::{Begun, Finished, PublishRow, Publishes};
pub use sessions::{SessionRow, Sessions};
pub use sqlite::{SqliteStore, has_database, prepare_directory};
pub use throttles::{Counter, ThrottleRow, Throttles};

/// The outcome of every call.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Everything that the server keeps.
pub trait Store:
    Accounts + Audit + Batches + Connections + Flows + Links + Meta + Publishes + Sessions + Throttles
{
}

impl<T> Store for T where
    T: Accounts
        + Audit
        + Batches
        + Connections
        + Flows
        + Links
        + Meta
        + Publishes
        + Sessions
        + Throttles
{
}
