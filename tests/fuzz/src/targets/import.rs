//! Reading documents of every format, and what is done with what was read.

use flow::{FlowFile, Stamp, check, direct, import};

use crate::{MAX_INPUT_BYTES, Meter, Mutator, Outcome, Target, target::broken};

pub(super) const TARGET: Target = Target {
    name: "import",
    extension: "json",
    run,
    mutator: Mutator::Json,
};

fn run(text: &str, meter: &mut Meter) -> Outcome {
    let file = match meter.stage("import", || import(text)) {
        Ok(file) => file,
        Err(error) => {
            points_into(text, error.line, error.column);
            return Outcome::Refused;
        }
    };
    comes_back_from_its_file(&file, meter);
    flow(&file, meter);
    Outcome::Read
}

/// An error has a place, and there is such a place.
fn points_into(text: &str, line: usize, column: usize) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = text.split('\n').nth(line.wrapping_sub(1));
    let characters = found.map(|found| found.chars().count());
    assert!(
        characters.is_some_and(|count| (1..=count + 1).contains(&column)),
        "the error is at line {line}, column {column}, where the text has nothing"
    );
}

/// What was read is the same after it went through Patchbay's own file.
fn comes_back_from_its_file(file: &FlowFile, meter: &mut Meter) {
    let own = match meter.stage("write the file", || file.to_json()) {
        Ok(own) => own,
        Err(error) => broken(&format!("what was read cannot be written: {error}")),
    };
    let again = match import(&own) {
        Ok(again) => again,
        Err(error) => broken(&format!("its own file cannot be read: {error}")),
    };
    assert!(again == *file, "its own file is read as something else");
}

/// A flow can be checked; what can be generated is read as the same flow.
fn flow(file: &FlowFile, meter: &mut Meter) {
    meter.stage("check", || check(&file.flow));
    let stamp = file.stamp.clone().unwrap_or_else(|| Stamp {
        upstream_id: None,
        version: 1,
        last_modified: "2026-01-01T00:00:00Z".to_owned(),
    });
    let generated = meter.stage("generate", || direct::generate(&file.flow, &stamp));
    let text = match generated {
        Ok(artifact) => artifact.text,
        Err(problems) => {
            assert!(!problems.is_empty(), "it is refused without a problem");
            return;
        }
    };
    let again = if text.len() <= MAX_INPUT_BYTES {
        meter.stage("import what was generated", || import(&text))
    } else {
        import(&text)
    };
    let again = match again {
        Ok(again) => again,
        Err(error) => broken(&format!("what was generated cannot be read: {error}")),
    };
    match direct::generate(&again.flow, &stamp) {
        Ok(artifact) => assert!(artifact.text == text, "it is generated as something else"),
        Err(_) => broken("what was generated cannot be generated again"),
    }
}
