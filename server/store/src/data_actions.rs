//! Data actions: documents that are saved as a whole, each save on top of the
//! revision that it names.

use async_trait::async_trait;
use flow::{Interface, data_action::DataAction};

use crate::{NewAudit, Result};

/// What is known of a data action without reading its script.
#[derive(Clone, Debug, PartialEq)]
pub struct DataActionRow {
    /// Its id here.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it takes and gives back.
    pub interface: Interface,
    /// Counts its saves, from 1.
    pub revision: u64,
    /// The id of the account that made it.
    pub created_by: String,
    /// The name of who saved it last.
    pub changed_by: String,
    /// When it was last saved.
    pub changed_at_millis: i64,
    /// What is known of it upstream, where it was used last.
    pub upstream: ActionUpstream,
}

/// What is known of a data action upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionUpstream {
    /// The id there; none before it was uploaded.
    pub id: Option<String>,
    /// The version last read there, else 1.
    pub version: u64,
    /// The revision that is there, where that is known.
    pub uploaded_revision: Option<u64>,
    /// When it was uploaded from here.
    pub uploaded_at_millis: Option<i64>,
}

impl Default for ActionUpstream {
    fn default() -> Self {
        Self {
            id: None,
            version: 1,
            uploaded_revision: None,
            uploaded_at_millis: None,
        }
    }
}

/// A data action as it is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedDataAction {
    /// What is known of it.
    pub row: DataActionRow,
    /// The document.
    pub action: DataAction,
}

/// A data action to be made, at revision 1.
#[derive(Clone, Debug)]
pub struct NewDataActionRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// The document.
    pub action: &'a DataAction,
    /// The id of the account that makes it.
    pub created_by: &'a str,
    /// The name of who makes it.
    pub author: &'a str,
    /// When.
    pub at_millis: i64,
    /// What is known of it upstream.
    pub upstream: ActionUpstream,
    /// The connection where it is that, and what is there, where it was read.
    pub read: Option<(&'a str, &'a DataAction)>,
}

/// A save.
#[derive(Clone, Debug)]
pub struct DataActionSave<'a> {
    /// The data action.
    pub id: &'a str,
    /// The revision that the change was made on.
    pub base_revision: u64,
    /// What it is to be.
    pub action: &'a DataAction,
    /// The name of who changed it.
    pub author: &'a str,
    /// When.
    pub at_millis: i64,
    /// What was read upstream and is followed from here on, if that is why it
    /// is saved.
    pub rebased: Option<Rebased<'a>>,
}

/// What is upstream now.
#[derive(Clone, Debug)]
pub struct Rebased<'a> {
    /// The connection.
    pub connection_id: &'a str,
    /// What is known of it there.
    pub upstream: ActionUpstream,
    /// The document there.
    pub base: &'a DataAction,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is on the disk, as this revision.
    Stored(u64),
    /// Somebody has saved it since; nothing was changed.
    Moved,
    /// It was deleted; nothing was changed.
    Gone,
}

/// A data action that an organisation has.
#[derive(Clone, Debug, PartialEq)]
pub struct UpstreamAction {
    /// Its id there.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// What it takes and gives back, where the listing said so.
    pub interface: Option<Interface>,
}

/// Data actions.
#[async_trait]
pub trait DataActions: Send + Sync {
    /// Makes a data action.
    async fn create_data_action(&self, new: NewDataActionRow<'_>, audit: NewAudit) -> Result<()>;
    /// What is known of all data actions, the one last changed first.
    async fn data_actions(&self) -> Result<Vec<DataActionRow>>;
    /// Reads a data action.
    async fn data_action(&self, id: &str) -> Result<Option<LoadedDataAction>>;
    /// Saves a data action; when this returns it is on the disk.
    async fn save_data_action(&self, save: DataActionSave<'_>, audit: NewAudit) -> Result<Saved>;
    /// Puts a data action into the bin; `false` when there is none.
    async fn delete_data_action(&self, id: &str, at_millis: i64, audit: NewAudit) -> Result<bool>;
    /// Keeps what an organisation has, in place of what it had.
    async fn keep_upstream_actions(
        &self,
        connection_id: &str,
        actions: &[UpstreamAction],
        audit: NewAudit,
    ) -> Result<()>;
    /// What the organisations had when they were last asked, by name.
    async fn upstream_actions(&self) -> Result<Vec<UpstreamAction>>;
}
