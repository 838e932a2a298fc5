//! `patchbay rules`: everything that is checked.

use std::{io::Write, process::ExitCode};

use clap::Args;

use super::outcome::{self, Format, Outcome};

/// Lists every rule that `check` applies: its code, what it wants, what breaks
/// it, and whether a click can mend that.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// How the list is written: as a page for people, or as one JSON object.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl RulesArgs {
    /// Writes the list to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| {
            match self.format {
                Format::Text => output.write_all(flow::rules_page().as_bytes())?,
                Format::Json => outcome::json(output, &flow::rules().collect::<Vec<_>>())?,
            }
            Ok(Outcome::Fine)
        })
    }
}
