//! Why the store could not do what was asked.

use thiserror::Error;

/// Why the store could not do what was asked. Nothing was changed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Something of this sort and name is there already.
    #[error("there is already such {0}")]
    Taken(&'static str),
    /// Somebody else has moved the flow on, or it is gone.
    #[error("the flow is no longer at the change that this follows")]
    HeadMoved,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The database was locked for longer than it is waited for.
    #[error("the database is busy")]
    Busy,
    /// What was written may not be on the disk. Nothing may be acknowledged
    /// from here on; the process must start again and read what is there.
    #[error("the disk did not confirm a write: {0}")]
    Unsure(#[source] sqlx::Error),
    /// A row holds something that cannot be read.
    #[error("the stored {what} cannot be read: {reason}")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The directory or the file cannot be used.
    #[error("the data directory cannot be used: {0}")]
    Directory(#[source] std::io::Error),
    /// A setting on which durability stands is not in force.
    #[error("the database does not run with {0}")]
    Unsafe(&'static str),
    /// The tables could not be brought up to date.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Anything else that the database says.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
}

/// SQLite's result codes, as its documentation numbers them.
mod code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const FULL: i32 = 13;
    pub(super) const IOERR: i32 = 10;
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let primary = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .and_then(|code| code.parse::<i32>().ok())
            // The lowest byte of an extended code is its primary code.
            .map(|code| code & 0xff);
        match primary {
            Some(code::BUSY | code::LOCKED) => Self::Busy,
            Some(code::FULL) => Self::Full,
            Some(code::IOERR) => Self::Unsure(error),
            _ if matches!(error, sqlx::Error::PoolTimedOut) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

impl StoreError {
    /// The error of a row that must be unique, or whatever else went wrong.
    pub(crate) fn taken(error: sqlx::Error, what: &'static str) -> Self {
        let unique = error
            .as_database_error()
            .is_some_and(sqlx::error::DatabaseError::is_unique_violation);
        if unique {
            Self::Taken(what)
        } else {
            error.into()
        }
    }

    /// The error of a row with content that cannot be read.
    pub(crate) fn unreadable(what: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Unreadable {
            what,
            reason: reason.to_string(),
        }
    }
}
