//! `patchbay check`: what is wrong with documents.

use std::{io::Write, process::ExitCode};

use clap::Args;
use flow::{Document, Problem, Severity, Workspace, check_in, contact};
use serde::Serialize;

use super::{
    input::{self, Source},
    outcome::{self, Failure, Format, Outcome, Output},
};
use crate::printable;

/// Says what is wrong with flows, data actions and contacts. Files that are
/// named together see each other: references between them are checked, and
/// what is in none of them is a warning.
///
/// Exits with 0 when there are no errors, with 1 when there are, and with 2
/// when a file cannot be read; the others are checked all the same.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Documents in any format that Patchbay reads; `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<Source>,
    /// How problems are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is written as JSON.
#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    files: Vec<FileReport<'a>>,
}

/// What is wrong with one file.
#[derive(Serialize)]
struct FileReport<'a> {
    file: &'a str,
    errors: usize,
    warnings: usize,
    problems: &'a [Problem],
    /// Why the file cannot be read, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable: Option<&'a str>,
}

impl CheckArgs {
    /// Writes the problems to standard output.
    pub fn run(self) -> ExitCode {
        outcome::run(|output| self.write(output))
    }

    fn write(&self, output: &mut Output) -> Result<Outcome, Failure> {
        input::one_standard_input(&self.files)?;
        let read = self.files.iter().map(|file| (file.name(), file.read()));
        let read: Vec<_> = read.collect();
        let documents = read
            .iter()
            .filter_map(|(_, document)| document.as_ref().ok());
        let entities = documents.filter_map(Document::entity);
        // Beside the files there may be more that cannot be seen.
        let workspace = Workspace::new(entities.collect(), false);
        let checked: Vec<_> = read
            .iter()
            .map(|(file, document)| match document {
                Ok(document) => (file, problems_of(document, &workspace), None),
                Err(failure) => (file, Vec::new(), Some(failure.to_string())),
            })
            .collect();
        let files = checked.iter().map(|(file, problems, unusable)| FileReport {
            file,
            errors: count(problems, Severity::Error),
            warnings: count(problems, Severity::Warning),
            problems,
            unusable: unusable.as_deref(),
        });
        let files: Vec<_> = files.collect();
        let report = Report {
            errors: files.iter().map(|file| file.errors).sum(),
            warnings: files.iter().map(|file| file.warnings).sum(),
            files,
        };
        match self.format {
            Format::Text => text(output, &report)?,
            Format::Json => outcome::json(output, &report)?,
        }
        let mut unusable = report.files.iter().filter_map(|file| file.unusable);
        if let Some(first) = unusable.next() {
            for reason in unusable {
                outcome::complain(reason);
            }
            return Err(Failure::Unusable(first.to_owned()));
        }
        Ok(if report.errors == 0 {
            Outcome::Fine
        } else {
            Outcome::HasErrors
        })
    }
}

fn problems_of(document: &Document, workspace: &Workspace) -> Vec<Problem> {
    match document {
        Document::Flow(file) => check_in(&file.flow, workspace),
        Document::DataAction(file) => python::check(&file.data_action),
        Document::Contact(file) => contact::check(&file.contact),
    }
}

fn count(problems: &[Problem], severity: Severity) -> usize {
    let those = problems.iter().filter(|found| found.severity == severity);
    those.count()
}

fn text(output: &mut Output, report: &Report<'_>) -> Result<(), Failure> {
    let usable = report.files.iter().filter(|file| file.unusable.is_none());
    for file in usable {
        for problem in file.problems {
            writeln!(output, "{}", printable(&line(file.file, problem)))?;
        }
        let errors = counted(file.errors, "error");
        let warnings = counted(file.warnings, "warning");
        let name = printable(file.file);
        writeln!(output, "{name}: {errors}, {warnings}.")?;
    }
    Ok(())
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
    let node = place.node.as_ref().map(ToString::to_string);
    let field = place.field.as_ref().map(ToString::to_string);
    let path: Vec<_> = node.into_iter().chain(field).collect();
    if path.is_empty() {
        return ":".to_owned();
    }
    let row = place.row.map(|row| format!("[{row}]"));
    let port = place.port.as_ref().filter(|_| place.field.is_none());
    let port = port.map(|port| format!(" exit {port}"));
    let rest = [row, port].into_iter().flatten();
    format!(" {}{}:", path.join("."), rest.collect::<String>())
}
