//! `patchbay check`: what is wrong with a flow.

use std::{io::Write, process::ExitCode};

use clap::Args;
use flow::{Problem, Severity};
use serde::Serialize;

use super::{
    input::Input,
    outcome::{self, Failure, Format, Outcome, Output},
};
use crate::printable;

/// Says what is wrong with a flow.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    input: Input,
    /// How problems are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is written as JSON.
#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    problems: &'a [Problem],
}

impl CheckArgs {
    /// Writes the problems to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        let file = self.input.read()?;
        let problems = flow::check(&file.flow);
        let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
        let report = Report {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            problems: &problems,
        };
        match self.format {
            Format::Text => {
                let name = self.input.name();
                for problem in &problems {
                    writeln!(output, "{}", printable(&line(&name, problem)))?;
                }
                let errors = counted(report.errors, "error");
                let warnings = counted(report.warnings, "warning");
                let name = printable(&name);
                writeln!(output, "{name}: {errors}, {warnings}.")?;
            }
            Format::Json => outcome::json(output, &report)?,
        }
        Ok(if report.errors == 0 {
            Outcome::Fine
        } else {
            Outcome::HasErrors
        })
    }
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// A problem as a line: file, severity, code, place, and what to do.
pub(super) fn line(file: &str, problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (code, place) = (problem.code.as_str(), place(problem));
    format!("{file}: {severity}[{code}]{place} {}", problem.message)
}

/// Where a problem is, as a path: ` lookup.headers[1]:`.
fn place(problem: &Problem) -> String {
    let place = &problem.place;
    let Some(node) = &place.node else {
        return ":".to_owned();
    };
    let field = place.field.as_ref().map(|field| format!(".{field}"));
    let row = place.row.map(|row| format!("[{row}]"));
    let port = place.port.as_ref().filter(|_| place.field.is_none());
    let port = port.map(|port| format!(" exit {port}"));
    let rest = [field, row, port].into_iter().flatten();
    format!(" {node}{}:", rest.collect::<String>())
}
