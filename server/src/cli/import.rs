//! `patchbay import`: any format to Patchbay's own file.

use std::{io::Write, process::ExitCode};

use clap::Args;

use super::{
    input::Input,
    outcome::{self, Failure, Outcome, Output},
};

/// Reads a document in any known format and writes Patchbay's own file.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    input: Input,
}

impl ImportArgs {
    /// Writes the file to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        let document = self.input.read()?;
        output.write_all(document.to_json()?.as_bytes())?;
        Ok(Outcome::Fine)
    }
}
