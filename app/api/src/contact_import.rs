//! Registering many contacts from a CSV file.

use serde::{Deserialize, Serialize};

/// What a column of the file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ColumnUse {
    /// Nothing: it is left out.
    #[default]
    Ignored,
    /// The id that the organisation gave.
    ExternalContactId,
    /// The name.
    Name,
    /// The number for calls.
    Voice,
    /// The number for text messages.
    Sms,
    /// The mail address.
    Email,
    /// The address for chats.
    Chat,
    /// The first message.
    InitialMessage,
    /// How long a conversation may take, in seconds.
    Duration,
    /// An entry of metadata that is named as the column is.
    Metadata,
}

/// The body of looking at a file without importing it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DryRun {
    /// The file's text.
    pub text: String,
    /// What each column is; proposed by the names of the columns when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<ColumnUse>>,
    /// The connection that it would be imported through; without one, the
    /// default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// What looking at a file showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DryRunResult {
    /// The columns.
    pub columns: Vec<ImportColumn>,
    /// How many rows there are below the names of the columns.
    pub rows: u64,
    /// How many of them can be registered.
    pub importable: u64,
    /// What is wrong with the columns as a whole; nothing can be imported
    /// before that is put right.
    pub column_problems: Vec<String>,
    /// What is wrong with rows: the first fifty thousand, and four megabytes at
    /// most.
    pub problems: Vec<RowProblem>,
    /// How many problems of rows there are.
    pub problem_count: u64,
    /// The rows whose contact is here already, the first thousand. Importing
    /// compares them and leaves what is here as it is.
    pub existing: Vec<ExistingRow>,
    /// How many rows have a contact that is here already.
    pub existing_count: u64,
    /// About how long the import takes, in seconds.
    pub seconds: u64,
}

/// A row whose contact is here already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExistingRow {
    /// The row in the file, where the names of the columns are row 1.
    pub row: u64,
    /// The contact's id here.
    pub contact: String,
    /// The id that the organisation gave.
    pub external_contact_id: String,
    /// What differs, in words; empty when nothing does.
    pub differs_in: Vec<String>,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportColumn {
    /// Its name in the first row.
    pub name: String,
    /// What stands in it in the first row below.
    pub example: String,
    /// What it is.
    pub used_as: ColumnUse,
}

/// Something wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RowProblem {
    /// The row in the file, where the names of the columns are row 1.
    pub row: u64,
    /// The column; empty when it is about none.
    pub column: String,
    /// What is wrong, and what to do.
    pub sentence: String,
}

/// The body of importing a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewImport {
    /// Names this click for good: sent twice, it begins one import.
    pub key: String,
    /// The file's name.
    pub file_name: String,
    /// The file's text.
    pub text: String,
    /// What each column is.
    pub columns: Vec<ColumnUse>,
    /// The connection to import through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// How an import stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactImport {
    /// Its id.
    pub id: String,
    /// The file's name.
    pub file_name: String,
    /// The connection's name.
    pub connection: String,
    /// Who began it.
    pub author: String,
    /// When: RFC 3339, UTC.
    pub begun_at: String,
    /// When it ended: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// How it stands.
    pub state: ImportState,
    /// Why it waits or was paused, and what to do; empty when nothing is to be
    /// said.
    pub note: String,
    /// The rows by what became of them.
    pub counts: ImportCounts,
    /// About how long it will take, in seconds; while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining_seconds: Option<u64>,
}

/// How an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ImportState {
    /// It is under way.
    Running,
    /// It waits for somebody to let it go on.
    Paused,
    /// Somebody ended it; what was registered by then stays so.
    Cancelled,
    /// All rows have an outcome.
    Done,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum RowState {
    /// Its turn has not come.
    Waiting,
    /// It is being sent, or was when the server stopped.
    Sending,
    /// The contact was made.
    New,
    /// The contact was there already, just so.
    Exists,
    /// The contact was there already and says something else.
    Different,
    /// It could not be registered.
    Failed,
    /// The import was cancelled before its turn.
    Cancelled,
}

/// A row of an import, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// The row in the file, where the names of the columns are row 1.
    pub row: u64,
    /// What became of it.
    pub state: RowState,
    /// What is to be said of that. Who may not see personal data reads which
    /// columns are meant.
    pub message: String,
    /// The contact that came of it, by its id here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Rows by what became of them. All together are all rows of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// All of them.
    pub rows: u64,
    /// Those whose outcome is not known yet.
    pub waiting: u64,
    /// Contacts that were made.
    pub new: u64,
    /// Contacts that were there already, just so.
    pub exists: u64,
    /// Contacts that were there already and say something else.
    pub different: u64,
    /// Rows that could not be registered.
    pub failed: u64,
    /// Rows whose turn did not come before the import was cancelled.
    pub cancelled: u64,
}

/// The body of pausing, resuming or cancelling an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportChange {
    /// What to do.
    pub command: ImportCommand,
}

/// What to do with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ImportCommand {
    /// Rows under way are finished, and no others begun.
    Pause,
    /// It goes on.
    Resume,
    /// It ends; rows whose turn has not come are left out.
    Cancel,
}
