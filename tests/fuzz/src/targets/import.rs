//! Reading documents of every sort and format, and what is done with what was
//! read.

use std::sync::Arc;

use flow::{
    Checker, Document, Entity, Extra, Flow, FlowKind, ImportError, Problem, Severity, Stamp,
    Workspace, check_in, contact,
    data_action::{self, Script},
};

use crate::{
    BROWSER_STACK_BYTES, MAX_INPUT_BYTES, Meter, Mutator, Outcome, Target, target::broken,
};

pub(super) const TARGET: Target = Target {
    name: "import",
    extension: "json",
    stack_bytes: BROWSER_STACK_BYTES,
    run,
    mutator: Mutator::Json,
};

/// What is said of a document that nests too deeply.
const TOO_DEEP: &str = "is nested more than";

fn run(text: &str, meter: &mut Meter) -> Outcome {
    let document = match meter.stage("import", || Document::read(text)) {
        Ok(document) => document,
        Err(error) => {
            points_into(text, &error);
            return Outcome::Refused;
        }
    };
    comes_back_from_its_file(&document, meter);
    let problems = match &document {
        Document::Flow(file) => check_flow(&file.flow, document.entity(), meter),
        Document::DataAction(file) => {
            meter.stage("check", || data_action::check(&file.data_action))
        }
        Document::Contact(file) => meter.stage("check", || contact::check(&file.contact)),
    };
    let generated = generates(&document, meter);
    // Patchbay's own file can hold what no document can, and then has an error.
    let has_error = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let comes_back = !(has_error && text.contains("\"patchbay\"")) && says_what_it_is(&document);
    if let Some(generated) = generated.filter(|_| comes_back) {
        comes_back_from(&generated, &document, meter);
    }
    Outcome::Read
}

/// An error has a place, and there is such a place.
fn points_into(text: &str, error: &ImportError) {
    let ImportError { line, column, .. } = error;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = text.split('\n').nth(line.wrapping_sub(1));
    let characters = found.map(|found| found.chars().count());
    assert!(
        characters.is_some_and(|count| (1..=count + 1).contains(column)),
        "an error is at a place that is not there: line {line}, column {column}"
    );
}

/// What was read is the same after it went through Patchbay's own file.
fn comes_back_from_its_file(document: &Document, meter: &mut Meter) {
    let own = match meter.stage("write the file", || document.to_json()) {
        Ok(own) => own,
        Err(error) => broken(&format!("what was read cannot be written: {error}")),
    };
    match Document::read(&own) {
        Ok(again) => assert!(again == *document, "its own file is read as something else"),
        Err(error) => broken(&format!("its own file cannot be read: {error}")),
    }
}

/// A flow can be checked, among others and again after an edit.
pub(super) fn check_flow(flow: &Flow, itself: Option<Entity>, meter: &mut Meter) -> Vec<Problem> {
    let workspace = Workspace::new(itself.into_iter().collect(), true);
    let problems = meter.stage("check", || check_in(flow, &workspace));
    point_into(flow, &problems);

    let mut checker = Checker::new(Arc::new(workspace.clone()));
    let same = checker.check(flow) == problems;
    assert!(same, "a checker finds something else");
    let edited = edited(flow);
    let again = meter.stage("check after an edit", || checker.check(&edited));
    let same = again == check_in(&edited, &workspace);
    assert!(same, "a checker finds something else after an edit");
    problems
}

/// Problems are about what is there.
fn point_into(flow: &Flow, problems: &[Problem]) {
    for problem in problems {
        let place = &problem.place;
        let is_there = place
            .node
            .as_ref()
            .is_none_or(|id| flow.nodes.contains_key(id))
            && place
                .edge
                .as_ref()
                .is_none_or(|id| flow.edges.contains_key(id));
        assert!(
            is_there,
            "a problem is about what is not there: {problem:?}"
        );
    }
}

/// The flow without its middle edge.
fn edited(flow: &Flow) -> Flow {
    let mut edited = flow.clone();
    edited.edges.shift_remove_index(flow.edges.len() / 2);
    edited
}

/// What it is sent as; none where it cannot be written, for which there is a
/// reason.
fn generates(document: &Document, meter: &mut Meter) -> Option<String> {
    match meter.stage("generate", || document.generate(&stamp(document))) {
        Ok(artifact) => Some(artifact.text),
        Err(problems) => {
            assert!(!problems.is_empty(), "it is refused without a problem");
            None
        }
    }
}

fn stamp(document: &Document) -> Stamp {
    document.stamp().cloned().unwrap_or_else(|| Stamp {
        upstream_id: None,
        version: 1,
        last_modified: "2026-01-01T00:00:00Z".to_owned(),
    })
}

/// What was generated is read again, and then generated as the same.
fn comes_back_from(generated: &str, document: &Document, meter: &mut Meter) {
    // It may be larger than the limits hold for.
    let again = if generated.len() <= MAX_INPUT_BYTES {
        meter.stage("import what was generated", || Document::read(generated))
    } else {
        Document::read(generated)
    };
    let again = match again {
        Ok(again) => again,
        // Patchbay's own file holds a few levels more than a document may.
        Err(error) if error.message.contains(TOO_DEEP) => return,
        Err(error) => broken(&format!("what was generated cannot be read: {error}")),
    };
    match again.generate(&stamp(document)) {
        Ok(artifact) => {
            assert!(
                artifact.text == generated,
                "it is generated as something else"
            );
        }
        Err(problems) => broken(&format!("it cannot be generated again: {problems:?}")),
    }
}

/// Whether a generated document is told from others by what it has, and not
/// taken for something else because of what it keeps.
fn says_what_it_is(document: &Document) -> bool {
    // Each sort may not have what those before it are told by.
    const TOLD_BY: [&str; 3] = ["/patchbay", "/nodes", "/definition"];
    let (extra, others) = match document {
        Document::Flow(file) => match file.flow.kind {
            FlowKind::Call | FlowKind::Module => (&file.flow.extra, 2),
            FlowKind::Lookup | FlowKind::Shared | FlowKind::Architect => (&file.flow.extra, 1),
        },
        Document::DataAction(file) => {
            let definition = &file.data_action.definition;
            let is_empty = definition.interface.is_empty()
                && definition.language.is_empty()
                && definition.code == Script::default();
            if is_empty || keeps(&definition.extra, &["/nodes"]) {
                return false;
            }
            (&file.data_action.extra, 2)
        }
        Document::Contact(file) => {
            let contact = &file.contact;
            let is_told = !contact.external_contact_id.is_empty()
                || contact.channels.iter().next().is_some()
                || keeps(&contact.extra, &["/channels"]);
            if !is_told {
                return false;
            }
            (&contact.extra, 3)
        }
    };
    !keeps(extra, &TOLD_BY[..others])
}

/// Whether one of these members, or something in it, is kept.
fn keeps(extra: &Extra, members: &[&str]) -> bool {
    extra.keys().any(|pointer| {
        members.iter().any(|member| {
            let rest = pointer.strip_prefix(member);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    })
}
