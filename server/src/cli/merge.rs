//! `patchbay merge`: two flows that descend from one, brought together.

use std::{io::Write, process::ExitCode};

use clap::Args;
use flow::{Conflict, FlowFile};
use serde::Serialize;

use super::{
    input::{self, Source},
    outcome::{self, Failure, Format, Outcome, Output},
};

/// Brings together two flows that descend from one, and writes Patchbay's own
/// file. Where both changed the same part, the result has OURS.
///
/// Exits with 0 when nothing is in conflict, with 1 when something is (the
/// result is written all the same, and conflicts are named on standard error),
/// and with 2 when a file cannot be read.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The flow that both descend from, in any format that Patchbay reads; `-`
    /// for standard input.
    #[arg(value_name = "BASE")]
    base: Source,
    /// Our flow, likewise. What is known of its life upstream is kept.
    #[arg(value_name = "OURS")]
    ours: Source,
    /// Their flow, likewise.
    #[arg(value_name = "THEIRS")]
    theirs: Source,
    /// Whether the file is written, or one JSON object with file and conflicts.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is written as JSON.
#[derive(Serialize)]
struct Report<'a> {
    conflicts: &'a [Conflict],
    file: &'a FlowFile,
}

impl MergeArgs {
    /// Writes the result to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        input::one_standard_input([&self.base, &self.ours, &self.theirs])?;
        // Ours is what is kept, and so are its keys.
        let ours = self.ours.read_known()?;
        let base = self.base.read_beside(&ours)?;
        let theirs = self.theirs.read_beside(&ours)?;
        let kinds = [&base, &ours, &theirs].map(|known| known.file.flow.kind);
        if let [base, ours, theirs] = kinds
            && !(base == ours && ours == theirs)
        {
            let message = format!(
                "The files are not of one sort: {}, {} and {}. Merge descendants of one flow.",
                base.with_article(),
                ours.with_article(),
                theirs.with_article()
            );
            return Err(Failure::Unusable(message));
        }
        let merged = flow::merge(&base.file.flow, &ours.file.flow, &theirs.file.flow);
        let file = FlowFile::new(merged.flow, ours.file.stamp);
        let conflicts = &merged.conflicts;
        match self.format {
            Format::Text => output.write_all(file.to_json()?.as_bytes())?,
            Format::Json => {
                let file = &file;
                outcome::json(output, &Report { conflicts, file })?;
            }
        }
        for conflict in conflicts {
            outcome::complain(&format!("conflict: {}", conflict.sentence));
        }
        Ok(if conflicts.is_empty() {
            Outcome::Fine
        } else {
            Outcome::HasErrors
        })
    }
}
