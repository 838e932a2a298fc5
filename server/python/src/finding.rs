//! What a check finds in a script.

use std::ops::Range;

use flow::{FieldKey, Place, Problem, check::Rule};
use ruff_text_size::TextRange;
use serde::{Deserialize, Serialize};

/// A problem of a script, with what to write instead where that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What is wrong. Its span is in bytes of the code.
    pub problem: Problem,
    /// What a click can put into the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Replacement>,
}

/// A part of the code and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    /// What the button says: "Use user_name".
    pub label: String,
    /// The bytes that are replaced; none where something is put in between.
    pub span: Range<usize>,
    /// What stands there after that.
    pub text: String,
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            suggestion: None,
        }
    }
}

/// What was found so far.
pub(crate) struct Report<'a> {
    pub(crate) code: &'a str,
    findings: Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(code: &'a str) -> Self {
        Self {
            code,
            findings: Vec::new(),
        }
    }

    /// Adds a problem at a part of the code.
    pub(crate) fn add(&mut self, rule: Rule, at: TextRange, message: impl Into<String>) {
        self.add_with(rule, at, message, None);
    }

    /// Adds a problem with what to write instead, if that is known.
    pub(crate) fn add_with(
        &mut self,
        rule: Rule,
        at: TextRange,
        message: impl Into<String>,
        suggestion: Option<Replacement>,
    ) {
        let place = field("code").span(span(at));
        self.push(rule, place, message.into(), suggestion);
    }

    /// Adds a problem of a row of the inputs or outputs.
    pub(crate) fn add_at_row(
        &mut self,
        rule: Rule,
        name: &'static str,
        row: usize,
        message: String,
    ) {
        self.push(rule, field(name).row(row), message, None);
    }

    fn push(&mut self, rule: Rule, place: Place, message: String, suggestion: Option<Replacement>) {
        let problem = Problem {
            code: rule.code,
            severity: rule.severity,
            message,
            place,
            fix: None,
        };
        self.findings.push(Finding {
            problem,
            suggestion,
        });
    }

    /// The text of a part of the code.
    pub(crate) fn text(&self, at: TextRange) -> &'a str {
        self.code.get(span(at)).unwrap_or_default()
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, at: ruff_text_size::TextSize) -> usize {
        let before = self.code.get(..at.to_usize()).unwrap_or_default();
        before.matches('\n').count() + 1
    }

    /// The findings: what rows of the interface lack first, then the script
    /// from its top to its bottom.
    pub(crate) fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| {
            let place = &finding.problem.place;
            let start = place.span.as_ref().map(|span| (span.start, span.end));
            (start, place.field.clone(), place.row)
        });
        self.findings
    }
}

fn field(name: &'static str) -> Place {
    Place {
        field: Some(FieldKey::of(name)),
        ..Place::default()
    }
}

/// A range of the parser's in bytes.
pub(crate) fn span(range: TextRange) -> Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}
