//! `patchbay diff`: what differs between two flows.

use std::{io::Write, process::ExitCode};

use clap::Args;
use flow::Difference;
use serde::Serialize;

use super::{
    input::{self, Source},
    outcome::{self, Failure, Format, Outcome, Output},
};
use crate::printable;

/// Says what differs between two flows. Steps that were only moved are listed
/// and do not count.
///
/// Exits with 0 when the flows do the same, with 1 when they differ, and with
/// 2 when one of them cannot be read.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The earlier flow, in any format that Patchbay reads; `-` for standard
    /// input.
    #[arg(value_name = "A")]
    before: Source,
    /// The later flow, likewise.
    #[arg(value_name = "B")]
    after: Source,
    /// How differences are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is written as JSON.
#[derive(Serialize)]
struct Report<'a> {
    /// How many differences concern what the flows do.
    changes: usize,
    /// How many steps were only moved.
    moves: usize,
    differences: &'a [Difference],
}

impl DiffArgs {
    /// Writes the differences to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        input::one_standard_input([&self.before, &self.after])?;
        let before = self.before.read_known()?;
        let after = self.after.read_beside(&before)?;
        let differences = flow::diff(&before.file.flow, &after.file.flow);
        let moves = differences.iter().filter(|one| one.is_layout()).count();
        let report = Report {
            changes: differences.len() - moves,
            moves,
            differences: &differences,
        };
        match self.format {
            Format::Text => {
                for difference in &differences {
                    writeln!(output, "{}", printable(&difference.sentence))?;
                }
            }
            Format::Json => outcome::json(output, &report)?,
        }
        Ok(if report.changes == 0 {
            Outcome::Fine
        } else {
            Outcome::HasErrors
        })
    }
}
