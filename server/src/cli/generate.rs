//! `patchbay generate`: the document that would be sent.

use std::{io::Write, process::ExitCode};

use clap::{Args, ValueEnum};
use flow::Stamp;

use super::{
    check,
    input::Input,
    outcome::{self, Failure, Outcome, Output},
};
use crate::clock;

/// Writes what a connection of a profile would be sent. A document
/// with errors is written too, as long as it can be: `check` names them.
#[derive(Debug, Args)]
pub struct GenerateArgs {
    #[command(flatten)]
    input: Input,
    /// The form of the document.
    #[arg(long, value_enum, default_value_t = Profile::Direct)]
    profile: Profile,
}

/// The forms that a document can be sent in.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Profile {
    /// The JSON of the guides.
    Direct,
}

impl GenerateArgs {
    /// Writes the document to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        let document = self.input.read()?;
        let stamp = stamp(document.stamp().cloned());
        let generated = match self.profile {
            Profile::Direct => document.generate(&stamp),
        };
        match generated {
            Ok(artifact) => {
                writeln!(output, "{}", artifact.text)?;
                Ok(Outcome::Fine)
            }
            Err(problems) => {
                let name = self.input.name();
                for problem in &problems {
                    outcome::complain(&check::line(&name, problem));
                }
                Ok(Outcome::HasErrors)
            }
        }
    }
}

/// The file's own stamp, so that one file always gives the same document; what
/// it does not say is version 1, now (spec, decision 4).
fn stamp(kept: Option<Stamp>) -> Stamp {
    let now = || clock::rfc3339(clock::now_millis());
    match kept {
        Some(stamp) if stamp.last_modified.is_empty() => Stamp {
            last_modified: now(),
            ..stamp
        },
        Some(stamp) => stamp,
        None => Stamp {
            upstream_id: None,
            version: 1,
            last_modified: now(),
        },
    }
}
