//! The commands of the binary that work on files.
#![allow(clippy::expect_used)]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

/// Runs the binary on standard input.
fn patchbay(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_patchbay"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // A command that refuses its arguments does not read; that is no failure.
    let _closed = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the binary ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn document() -> Value {
    json!({
        "type": "INBOUND",
        "name": "Phone Lookup Flow",
        "nodes": {
            "nodes": [
                {"id": "start", "type": "StartNode", "label": "Start",
                 "metadata": {"position": {"x": 100, "y": 100}}, "configuration": {}},
                {"id": "lookup", "type": "GetExternalContactNode", "label": "Look up",
                 "metadata": {"position": {"x": 100, "y": 250}},
                 "configuration": {"action": {"url": "https://crm.example.org", "method": "POST", "timeout": 5000}}},
                {"id": "end", "type": "EndNode", "label": "End",
                 "metadata": {"position": {"x": 100, "y": 400}}, "configuration": {}}
            ],
            "edges": [
                {"id": "e1", "fromNodeId": "start", "toNodeId": "lookup"},
                {"id": "e2", "fromNodeId": "lookup", "toNodeId": "end"}
            ]
        },
        "metadata": {"version": 1, "lastModified": "2026-01-01T00:00:00Z"}
    })
}

fn with_url(url: &str) -> Vec<u8> {
    let mut document = document();
    document["nodes"]["nodes"][1]["configuration"]["action"]["url"] = url.into();
    document.to_string().into_bytes()
}

#[test]
fn what_was_imported_generates_what_it_was() {
    let pretty = serde_json::to_string_pretty(&document()).expect("a value prints");
    let imported = patchbay(&["import", "-"], pretty.as_bytes());
    assert_eq!(
        imported.status.code(),
        Some(0),
        "{}",
        text(&imported.stderr)
    );
    let generated = patchbay(&["generate", "-", "--profile", "direct"], &imported.stdout);
    assert_eq!(text(&generated.stdout), format!("{pretty}\n"));
    let directly = patchbay(&["generate", "-"], pretty.as_bytes());
    assert_eq!(directly.stdout, generated.stdout);
    assert_eq!(directly.status.code(), Some(0));
}

#[test]
fn a_document_without_a_time_is_generated_with_now() {
    let mut document = document();
    document
        .as_object_mut()
        .expect("an object")
        .remove("metadata");
    let generated = patchbay(&["generate", "-"], document.to_string().as_bytes());
    let sent: Value = serde_json::from_slice(&generated.stdout).expect("JSON");
    assert_eq!(sent["metadata"]["version"], 1);
    let modified = sent["metadata"]["lastModified"].as_str().expect("a time");
    assert!(
        modified.ends_with('Z') && modified.len() == 20,
        "{modified}"
    );
}

#[test]
fn check_exits_with_0_when_clean_and_1_on_errors() {
    let clean = patchbay(&["check", "-"], document().to_string().as_bytes());
    assert_eq!(clean.status.code(), Some(0));
    assert_eq!(
        text(&clean.stdout),
        "standard input: no errors, no warnings.\n"
    );

    let broken = patchbay(&["check", "-"], &with_url("http://crm.example.org"));
    assert_eq!(broken.status.code(), Some(1));
    let said = text(&broken.stdout);
    assert!(said.contains("error[url-not-https] lookup.url:"), "{said}");
    assert!(said.ends_with("1 error, no warnings.\n"), "{said}");

    let broken = patchbay(
        &["check", "--format", "json", "-"],
        &with_url("http://crm.example.org"),
    );
    assert_eq!(broken.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&broken.stdout).expect("JSON");
    assert_eq!(report["errors"], 1);
    assert_eq!(report["problems"][0]["code"], "url-not-https");
    assert_eq!(report["problems"][0]["place"]["field"], "url");
}

#[test]
fn warnings_alone_are_no_failure() {
    let mut document = document();
    document["nodes"]["nodes"][1]["label"] = "".into();
    let checked = patchbay(&["check", "-"], document.to_string().as_bytes());
    assert_eq!(checked.status.code(), Some(0));
    assert!(text(&checked.stdout).contains("warning[label-missing]"));
}

#[test]
fn a_flow_with_errors_is_generated_as_long_as_it_can_be() {
    let generated = patchbay(&["generate", "-"], &with_url("http://crm.example.org"));
    assert_eq!(generated.status.code(), Some(0));
    assert!(text(&generated.stdout).contains("http://crm.example.org"));

    // One name with two values has no form as a JSON object.
    let imported = patchbay(&["import", "-"], document().to_string().as_bytes());
    let mut file: Value = serde_json::from_slice(&imported.stdout).expect("JSON");
    let twice =
        json!({"pairs": [{"name": "Accept", "value": "a"}, {"name": "Accept", "value": "b"}]});
    file["flow"]["nodes"]["lookup"]["fields"]["headers"] = twice;
    let refused = patchbay(&["generate", "-"], file.to_string().as_bytes());
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    assert!(text(&refused.stderr).contains("error[name-duplicate] lookup.headers[1]:"));
}

#[test]
fn unusable_input_exits_with_2_and_says_where() {
    for (input, said) in [
        (
            &b"{\n \"name\": 1,\n \"nodes\": {}}"[..],
            "standard input:2:10: “name” must be a text. (at /name)",
        ),
        (b"{", "standard input:1:1: The document is not valid JSON"),
        (b"", "The document is empty"),
        (b"{\n\xff}", "standard input:2: The file is not UTF-8"),
    ] {
        for command in ["import", "check", "generate"] {
            let output = patchbay(&[command, "-"], input);
            assert_eq!(output.status.code(), Some(2), "{command}");
            assert!(output.stdout.is_empty(), "nothing is half written");
            let error = text(&output.stderr);
            assert!(error.contains(said), "{error}");
        }
    }
    let missing = patchbay(&["check", "no-such-file.json"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("no-such-file.json cannot be read"));
    let endless = patchbay(&["import", "-"], &vec![b' '; 10 * 1024 * 1024 + 1]);
    assert_eq!(endless.status.code(), Some(2));
    assert!(text(&endless.stderr).contains("more than 10485760 bytes"));
}
