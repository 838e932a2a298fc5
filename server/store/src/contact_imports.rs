//! Imports of contacts: every row has its intent stored before it is sent, and
//! its outcome after.

use api::{ImportCounts, ImportState, RowState};
use async_trait::async_trait;

use crate::{ContactRow, NewAudit, Result};

/// An import, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactImportRow {
    /// Its id.
    pub id: String,
    /// The connection's id.
    pub connection_id: String,
    /// The connection's name.
    pub connection_name: String,
    /// The file's name.
    pub file_name: String,
    /// Who began it.
    pub author: String,
    /// Their account; none where an earlier version kept the name alone.
    pub author_id: Option<String>,
    /// When.
    pub begun_at_millis: i64,
    /// When it ended.
    pub ended_at_millis: Option<i64>,
    /// How it stands.
    pub state: ImportState,
    /// Why it waits or was paused; empty when nothing is to be said.
    pub note: String,
    /// The names of the columns and what each is, sealed.
    pub sealed_head: String,
}

/// A row of an import, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRow {
    /// The row in the file, where the names of the columns are row 1.
    pub number: u64,
    /// What stands in it, sealed.
    pub sealed_cells: String,
    /// What became of it.
    pub state: RowState,
    /// What is to be said of that, in our words; empty when nothing is.
    pub message: String,
    /// The same with the words of Genesys, sealed; none where it has none.
    pub sealed_words: Option<String>,
    /// The contact that came of it.
    pub contact_id: Option<String>,
}

/// What became of a row that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledRow {
    /// The row.
    pub number: u64,
    /// What became of it; one that is to wait again waits, unless the import
    /// was cancelled meanwhile.
    pub state: RowState,
    /// What is to be said of that, in our words.
    pub message: String,
    /// The same with the words of Genesys, sealed; none where it has none.
    pub sealed_words: Option<String>,
    /// The contact that came of it.
    pub contact: Option<SettledContact>,
}

/// The contact that came of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledContact {
    /// As it is to be.
    pub row: ContactRow,
    /// The record of the contact that was here when it was read; none where
    /// none was here that is registered.
    pub sealed_before: Option<String>,
}

/// Imports of contacts.
#[async_trait]
pub trait ContactImports: Send + Sync {
    /// Stores an import with all its rows. The same click gets the id of the
    /// import that it began, and nothing is stored.
    async fn begin_import(
        &self,
        import: &ContactImportRow,
        click_key: &str,
        rows: &[ImportedRow],
        audit: NewAudit,
    ) -> Result<Option<String>>;
    /// One import.
    async fn contact_import(&self, id: &str) -> Result<Option<ContactImportRow>>;
    /// Imports, the latest first.
    async fn contact_imports(&self, limit: u32) -> Result<Vec<ContactImportRow>>;
    /// The imports that have not ended, paused ones too.
    async fn open_imports(&self) -> Result<Vec<ContactImportRow>>;
    /// The imports that run.
    async fn running_imports(&self) -> Result<Vec<ContactImportRow>>;
    /// The rows of an import by what became of them.
    async fn import_counts(&self, id: &str) -> Result<ImportCounts>;
    /// Rows of an import in this state, in order.
    async fn import_rows_in(
        &self,
        id: &str,
        state: RowState,
        limit: u32,
    ) -> Result<Vec<ImportedRow>>;
    /// Rows of an import after this one, in order.
    async fn import_rows(&self, id: &str, after: u64, limit: u32) -> Result<Vec<ImportedRow>>;
    /// Stores that these waiting rows are about to be sent; `false` when the
    /// import does not run, and then they are not.
    async fn claim_import_rows(
        &self,
        id: &str,
        numbers: &[u64],
        audit: Vec<NewAudit>,
    ) -> Result<bool>;
    /// Stores what became of rows, with the contacts that came of them. Rows
    /// whose contact was changed since it was read stay as they are, and so does
    /// the contact; the numbers of these rows.
    async fn settle_import_rows(
        &self,
        id: &str,
        rows: &[SettledRow],
        audit: Vec<NewAudit>,
    ) -> Result<Vec<u64>>;
    /// Says why a running import waits; nothing where it does not run.
    async fn note_import(&self, id: &str, note: &str) -> Result<()>;
    /// Takes an import from one of these states to another; `false` when it is
    /// in none of them. Cancelling leaves out the rows that wait.
    async fn move_import(
        &self,
        id: &str,
        from: &[ImportState],
        to: ImportState,
        note: &str,
        at_millis: i64,
        audit: NewAudit,
    ) -> Result<bool>;
}
