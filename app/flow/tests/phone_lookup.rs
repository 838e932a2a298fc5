//! The phone-lookup template is the guide's complete example.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod draw;

use std::path::PathBuf;

use draw::{stamp, template};
use flow::{Origin, Stamp, direct};
use serde_json::Value;

/// A file of the folder that the guides' facts stand in; says so when that
/// folder is not there.
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("PATCHBAY_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join(name);
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        eprintln!("SKIPPED: {} is not there", path.display());
    }
    text.ok()
}

#[test]
fn the_template_generates_the_expected_request() {
    let Some(expected) = shared("expected/phone-lookup.json") else {
        return;
    };
    let expected: Value = serde_json::from_str(&expected).expect("expectations are JSON");
    let mut body = expected["requests"][1]["body"].clone();
    body["metadata"]["lastModified"] = "2026-01-01T00:00:00Z".into();
    let artifact = direct::generate(&template(), &stamp()).expect("the template can be written");
    let expected = serde_json::to_string_pretty(&body).expect("a value prints");
    assert_eq!(artifact.text, expected, "order of members included");
}

#[test]
fn an_update_names_its_flow_first_and_the_version_last_read() {
    let stamp = Stamp {
        upstream_id: Some("f-1".to_owned()),
        version: 7,
        ..stamp()
    };
    let artifact = direct::generate(&template(), &stamp).expect("the template can be written");
    assert!(
        artifact
            .text
            .starts_with("{\n  \"id\": \"f-1\",\n  \"type\": \"INBOUND\",\n")
    );
    assert!(artifact.text.contains("\"version\": 7"));
}

#[test]
fn the_source_map_finds_each_node_field_and_edge() {
    let artifact = direct::generate(&template(), &stamp()).expect("the template can be written");
    let lines: Vec<&str> = artifact.text.lines().collect();
    let mut found = Vec::new();
    for mark in &artifact.source_map {
        let first = lines[mark.lines.start].trim();
        match &mark.origin {
            Origin::Node(id) => {
                assert_eq!(first, "{");
                assert!(lines[mark.lines.start + 1].contains(id.as_str()));
                assert_eq!(lines[mark.lines.end - 1].trim().trim_end_matches(','), "}");
            }
            Origin::Field(_, key) => assert!(first.starts_with(&format!("\"{key}\": "))),
            Origin::Edge(_) => assert_eq!(mark.lines.len(), 6),
            Origin::Member(key) => panic!("a flow has nodes, and {key} is outside of them"),
        }
        found.push(format!("{:?}", mark.origin));
    }
    let fields = artifact.source_map.iter();
    let fields = fields.filter(|mark| matches!(mark.origin, Origin::Field(..)));
    assert_eq!(fields.count(), 5, "{found:?}");
    assert_eq!(found.len(), 3 + 5 + 2, "{found:?}");
}
