//! What Genesys refused, at the node and field where it stands in the drawing.

use std::collections::HashMap;

use flow::{Artifact, Origin, Place, Problem, check::REFUSED_UPSTREAM};
use genesys::FieldProblem;
use serde_json::value::RawValue;

/// The problems that Genesys named, at their places in the flow.
pub(crate) fn problems(artifact: &Artifact, refused: &[FieldProblem]) -> Vec<Problem> {
    refused
        .iter()
        .map(|problem| Problem {
            code: REFUSED_UPSTREAM.code,
            severity: REFUSED_UPSTREAM.severity,
            message: message(problem),
            place: place(artifact, &problem.pointer),
            fix: None,
        })
        .collect()
}

fn message(problem: &FieldProblem) -> String {
    let what = problem
        .entity
        .as_deref()
        .map(|entity| format!(" “{entity}”"))
        .unwrap_or_default();
    let code = if problem.code.is_empty() {
        "no reason given"
    } else {
        &problem.code
    };
    format!("Genesys refused this{what}: {code}. Change it and publish again.")
}

/// The innermost part of the flow whose lines hold what a pointer names.
fn place(artifact: &Artifact, pointer: &str) -> Place {
    let line = line_of(&artifact.text, pointer);
    let innermost = artifact
        .source_map
        .iter()
        .filter(|mark| mark.lines.contains(&line))
        .min_by_key(|mark| mark.lines.len());
    match innermost.map(|mark| &mark.origin) {
        Some(Origin::Node(node)) => Place {
            node: Some(node.clone()),
            ..Place::default()
        },
        Some(Origin::Field(node, field)) => Place {
            node: Some(node.clone()),
            field: Some(field.clone()),
            ..Place::default()
        },
        Some(Origin::Edge(edge)) => Place {
            edge: Some(edge.clone()),
            ..Place::default()
        },
        Some(Origin::Member(field)) => Place {
            field: Some(field.clone()),
            ..Place::default()
        },
        None => Place::default(),
    }
}

/// The line, from 0, on which the value of a JSON pointer begins; where it
/// names something that is not there, that of the deepest part that is.
fn line_of(text: &str, pointer: &str) -> usize {
    let Ok(mut value) = serde_json::from_str::<&RawValue>(text) else {
        return 0;
    };
    for token in pointer.split('/').skip(1) {
        let Some(inner) = member(value, token) else {
            break;
        };
        value = inner;
    }
    // Raw values are slices of the text.
    let offset = (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}

fn member<'a>(value: &'a RawValue, token: &str) -> Option<&'a RawValue> {
    if value.get().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
        items.get(token.parse::<usize>().ok()?).copied()
    } else {
        let members: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
        members
            .get(&token.replace("~1", "/").replace("~0", "~"))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use flow::{Stamp, TEMPLATES, direct};

    use super::*;

    #[test]
    fn a_refused_field_is_found_in_the_drawing() {
        let template = TEMPLATES
            .iter()
            .find(|template| template.name == "phone-lookup")
            .expect("the template");
        let stamp = Stamp {
            upstream_id: None,
            version: 1,
            last_modified: "2026-01-01T00:00:00Z".to_owned(),
        };
        let artifact = direct::generate(&template.build(), &stamp).expect("a document");
        let found = |pointer: &str| {
            let problem = FieldProblem {
                pointer: pointer.to_owned(),
                code: "invalid.url".to_owned(),
                entity: None,
            };
            let problems = problems(&artifact, &[problem]);
            let place = problems.first().map(|problem| problem.place.clone());
            let place = place.unwrap_or_default();
            let text = |id: Option<String>| id.unwrap_or_default();
            (
                text(place.node.map(|node| node.to_string())),
                text(place.field.map(|field| field.to_string())),
            )
        };
        let of = |node: &str, field: &str| (node.to_owned(), field.to_owned());
        for (pointer, expected) in [
            (
                "/nodes/nodes/1/configuration/action/url",
                of("lookup", "url"),
            ),
            (
                "/nodes/nodes/1/configuration/action/headers/Accept",
                of("lookup", "headers"),
            ),
            ("/nodes/nodes/2/label", of("end", "")),
            ("/nodes/nodes/2/configuration/missing", of("end", "")),
            ("/name", of("", "")),
            ("", of("", "")),
        ] {
            assert_eq!(found(pointer), expected, "{pointer}");
        }
    }
}
