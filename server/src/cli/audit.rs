//! `patchbay audit verify`: whether the audit log is as it was written.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use store::{Audit, AuditVerdict, SqliteStore};

use super::outcome::{self, Failure, Outcome, Output};
use crate::keys::KeyRing;

/// Looks at the audit log of a data directory.
#[derive(Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say whether an entry was altered or removed. Entries cut off at the end
    /// cannot be seen: compare the number of entries with the last one known.
    Verify {
        /// The data directory; a server may be running on it.
        #[arg(long, env = "PATCHBAY_DATA", default_value = "data")]
        data: PathBuf,
        /// The server's key, where it is not in the data directory.
        #[arg(long, env = "PATCHBAY_KEY", hide_env_values = true, hide = true)]
        key: Option<String>,
    },
}

impl AuditArgs {
    /// Writes the verdict to standard output.
    pub fn run(self) -> ExitCode {
        let Command::Verify { data, key } = self.command;
        let key = key.filter(|key| !key.trim().is_empty());
        outcome::run(|output| {
            let verdict = verdict(&data, key.as_deref()).map_err(Failure::Unusable)?;
            say(output, verdict)
        })
    }
}

fn say(output: &mut Output, verdict: AuditVerdict) -> Result<Outcome, Failure> {
    match verdict {
        AuditVerdict::Intact { entries } => {
            writeln!(output, "The audit log is intact: {entries} entries.")?;
            Ok(Outcome::Fine)
        }
        AuditVerdict::BrokenAt { seq } => {
            writeln!(
                output,
                "The audit log is broken at entry {seq}: it was altered, or one before it was removed."
            )?;
            Ok(Outcome::HasErrors)
        }
    }
}

fn verdict(data: &Path, key: Option<&str>) -> Result<AuditVerdict, String> {
    let words = |error: &dyn std::fmt::Display| {
        format!("The data in {} cannot be used: {error}.", data.display())
    };
    let keys = match key {
        Some(text) => KeyRing::parse(text.trim()),
        None => KeyRing::in_directory(data),
    };
    let keys = keys.map_err(|error| words(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| words(&error))?;
    runtime.block_on(async {
        let audit_key = keys.audit_key().map_err(|error| words(&error))?;
        let store = SqliteStore::open_to_read(data, audit_key)
            .await
            .map_err(|error| words(&error))?;
        // With another key every entry would look altered.
        keys.check(&store).await.map_err(|error| words(&error))?;
        let verdict = store.verify_audit().await.map_err(|error| words(&error))?;
        store.close().await;
        Ok(verdict)
    })
}
