//! How a command ends.

use std::{
    io::{self, BufWriter, ErrorKind, StdoutLock, Write},
    process::ExitCode,
};

use clap::ValueEnum;
use serde::Serialize;
use thiserror::Error;

use crate::printable;

/// What a command writes its result to.
pub(super) type Output = BufWriter<StdoutLock<'static>>;

/// How a command that could read its input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing is wrong, and nothing differs.
    Fine,
    /// There are errors, or differences, or conflicts, which were reported.
    HasErrors,
}

/// The form of what a command writes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// For programs: one JSON object.
    Json,
}

/// Writes a value as JSON, two spaces per level.
pub(super) fn json(output: &mut Output, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *output, value)?;
    writeln!(output)?;
    Ok(())
}

/// Why a command could not do its work.
#[derive(Debug, Error)]
pub(super) enum Failure {
    /// The input cannot be used; says where and why.
    #[error("{0}")]
    Unusable(String),
    /// The result could not be written.
    #[error("The result could not be written: {0}.")]
    Output(#[from] io::Error),
    /// The result has no form as JSON.
    #[error("The result could not be put into JSON: {0}.")]
    Json(#[from] serde_json::Error),
}

/// Runs a command on standard output.
pub(super) fn run(command: impl FnOnce(&mut Output) -> Result<Outcome, Failure>) -> ExitCode {
    let mut output = BufWriter::new(io::stdout().lock());
    let ended = command(&mut output);
    // What was written of a failed command is for whoever reads it, too.
    let ended = output.flush().map_err(Failure::from).and(ended);
    match ended {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::HasErrors) => ExitCode::from(1),
        // Whoever read the result has read enough, as `head` does.
        Err(failure) if is_broken_pipe(&failure) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(failure: &Failure) -> bool {
    match failure {
        Failure::Output(error) => error.kind() == ErrorKind::BrokenPipe,
        Failure::Json(error) => error.io_error_kind() == Some(ErrorKind::BrokenPipe),
        Failure::Unusable(_) => false,
    }
}

/// Says something, one line, on standard error. Where even that is closed, the
/// exit code has to do.
pub(super) fn complain(message: &str) {
    let _closed = writeln!(io::stderr().lock(), "{}", printable(message));
}
