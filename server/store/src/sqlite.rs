//! SQLite: one connection writes, a few read.

mod accounts;
mod action_links;
mod audit;
mod batches;
mod connections;
mod contact_imports;
mod contacts;
mod data_actions;
mod flow_log;
mod flows;
mod jobs;
mod links;
mod meta;
mod names;
mod outbox;
mod publishes;
mod sessions;
mod throttles;
mod uploads;
mod webhooks;
mod words;

use std::{path::Path, time::Duration};

use sqlx::{
    Connection, Sqlite, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{AuditKey, Result, StoreError};

/// How long a statement waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Connections that only read.
const READERS: u32 = 4;
/// The database's file in the data directory.
const FILE: &str = "patchbay.db";

/// A store in one SQLite file.
#[derive(Clone)]
pub struct SqliteStore {
    /// The only connection that writes: writers queue here, in order, rather
    /// than inside SQLite, where they would poll for the lock.
    writer: SqlitePool,
    readers: SqlitePool,
    audit_key: AuditKey,
}

impl SqliteStore {
    /// Opens the store in this directory and brings its tables up to date; both
    /// are made when they are not there, readable to this user alone.
    ///
    /// # Errors
    /// When the directory cannot be used, the tables cannot be brought up to
    /// date, or the database does not run as durability needs it to.
    pub async fn open(directory: &Path, audit_key: AuditKey) -> Result<Self> {
        prepare_directory(directory)
            .and_then(|()| prepare_file(directory))
            .map_err(StoreError::Directory)?;
        let options = SqliteConnectOptions::new()
            .filename(directory.join(FILE))
            .journal_mode(SqliteJournalMode::Wal)
            // A commit returns when it is on the disk (invariant: an
            // acknowledged edit is on disk). NORMAL would lose the last ones
            // with the power.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(2 * BUSY_TIMEOUT)
            // A full disk makes SQLite roll back by itself; the ROLLBACK that
            // follows fails, and the connection counts as in a transaction for
            // good. Another takes its place.
            .before_acquire(|connection, _| {
                let usable = !connection.is_in_transaction();
                Box::pin(std::future::ready(Ok(usable)))
            })
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("./migrations").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(2 * BUSY_TIMEOUT)
            .connect_with(options.read_only(true))
            .await?;
        let store = Self {
            writer,
            readers,
            audit_key,
        };
        store.assert_durable().await?;
        Ok(store)
    }

    /// Opens the store of a directory to read it only: nothing is made there or
    /// brought up to date, and a server may be running on it.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open_to_read(directory: &Path, audit_key: AuditKey) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(directory.join(FILE))
            .busy_timeout(BUSY_TIMEOUT)
            .read_only(true);
        let readers = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options)
            .await?;
        Ok(Self {
            writer: readers.clone(),
            readers,
            audit_key,
        })
    }

    /// Waits for what is being written and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Bounds the database's file, in pages of 4 KiB, as a disk does that has no
    /// more room: what does not fit fails with [`StoreError::Full`]. The bound
    /// lasts until this store is closed or another is set.
    ///
    /// # Errors
    /// When the database does not take it.
    pub async fn limit_pages(&self, pages: u32) -> Result<()> {
        let options = self.writer.connect_options();
        let options = SqliteConnectOptions::clone(&options);
        let bounded = options.pragma("max_page_count", pages.to_string());
        self.writer.set_connect_options(bounded);
        // The connection that is there is replaced by one with the bound.
        Ok(self.writer.acquire().await?.close().await?)
    }

    /// Asks the database itself for the settings that durability stands on: a
    /// misspelt pragma is silently ignored.
    async fn assert_durable(&self) -> Result<()> {
        let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
            .fetch_one(&self.writer)
            .await?;
        let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
            .fetch_one(&self.writer)
            .await?;
        let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
            .fetch_one(&self.writer)
            .await?;
        if synchronous != 2 {
            Err(StoreError::Unsafe("synchronous=FULL"))
        } else if journal != "wal" {
            Err(StoreError::Unsafe("journal_mode=WAL"))
        } else if foreign_keys != 1 {
            Err(StoreError::Unsafe("foreign_keys=ON"))
        } else {
            Ok(())
        }
    }

    /// A transaction that holds the write lock from its beginning, so that
    /// what it reads is still so when it writes.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

/// Makes a data directory, for this user alone, where there is none.
///
/// # Errors
/// When it cannot be made.
pub fn prepare_directory(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
}

/// Whether a data directory has a database.
pub fn has_database(directory: &Path) -> bool {
    // An empty one was made by a start that was interrupted.
    std::fs::metadata(directory.join(FILE)).is_ok_and(|file| file.len() > 0)
}

/// Makes an empty database, for this user alone. SQLite gives its side files
/// the mode of the database.
fn prepare_file(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(directory.join(FILE))?;
    Ok(())
}

/// A sequence number as the database has it. None is ever near the limit.
fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A sequence number from the database, which holds none below zero.
fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
