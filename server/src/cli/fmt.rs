//! `patchbay fmt`: a document as Patchbay writes it.

use std::{io::Write, process::ExitCode};

use clap::Args;
use flow::Stamp;

use super::{
    check,
    input::{self, Source},
    outcome::{self, Failure, Format, Outcome, Output},
};

/// Writes a document in its own format as Patchbay writes it, so that files in
/// a repository differ only where flows do.
///
/// Exits with 0 when it was written, with 1 when it cannot be, and with 2 when
/// the file cannot be read.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// A flow, a data action or a contact in any format that Patchbay reads;
    /// `-` for standard input.
    #[arg(value_name = "FILE")]
    file: Source,
    /// Whether the document is written, or one JSON object that says whether
    /// it was formatted already.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl FmtArgs {
    /// Writes the document to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        let text = self.file.text()?;
        let document = self.file.document(&text)?;
        let formatted = if input::is_own(&text) {
            document.to_json()?
        } else {
            // No time is made up where the document has none.
            let stamp = document.stamp().cloned().unwrap_or_else(|| Stamp {
                upstream_id: None,
                version: 1,
                last_modified: String::new(),
            });
            match document.generate(&stamp) {
                Ok(artifact) => format!("{}\n", artifact.text),
                Err(problems) => {
                    for problem in &problems {
                        outcome::complain(&check::line(&self.file.name(), problem));
                    }
                    return Ok(Outcome::HasErrors);
                }
            }
        };
        match self.format {
            Format::Text => output.write_all(formatted.as_bytes())?,
            Format::Json => {
                let report = serde_json::json!({
                    "isFormatted": text == formatted,
                    "text": formatted,
                });
                outcome::json(output, &report)?;
            }
        }
        Ok(Outcome::Fine)
    }
}
