//! The commands of the binary that work on files.
#![allow(clippy::expect_used)]

mod documents;

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
    let file = &report["files"][0];
    assert_eq!(
        (&file["file"], &file["errors"]),
        (&json!("standard input"), &json!(1))
    );
    assert_eq!(file["problems"][0]["code"], "url-not-https");
    assert_eq!(file["problems"][0]["place"]["field"], "url");
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

/// A file that is gone when the test ends.
fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("it can be written");
    file
}

fn path(file: &tempfile::NamedTempFile) -> &str {
    file.path().to_str().expect("a path in UTF-8")
}

/// The document after an edit.
fn changed(edit: impl FnOnce(&mut Value)) -> String {
    let mut document = document();
    edit(&mut document);
    document.to_string()
}

#[test]
fn diff_exits_with_1_where_flows_differ_and_with_0_where_steps_only_moved() {
    let before = file(&document().to_string());
    let diff = |after: &str, format: &str| {
        let arguments = ["diff", path(&before), "-", "--format", format];
        patchbay(&arguments, after.as_bytes())
    };
    let same = diff(&document().to_string(), "text");
    assert_eq!(same.status.code(), Some(0), "{}", text(&same.stderr));
    assert!(same.stdout.is_empty());

    let moved =
        changed(|document| document["nodes"]["nodes"][2]["metadata"]["position"]["x"] = 7.into());
    let moved = diff(&moved, "text");
    assert_eq!(moved.status.code(), Some(0));
    assert_eq!(text(&moved.stdout), "“End” was moved.\n");

    let renamed = changed(|document| document["name"] = "Other".into());
    let differs = diff(&renamed, "text");
    assert_eq!(differs.status.code(), Some(1));
    let said = "The flow's name changed from “Phone Lookup Flow” to “Other”.\n";
    assert_eq!(text(&differs.stdout), said);
    let report: Value = serde_json::from_slice(&diff(&renamed, "json").stdout).expect("JSON");
    assert_eq!(report["changes"], 1);
    assert_eq!(report["differences"][0]["part"], "name");
    assert_eq!(report["differences"][0]["after"], "Other");
}

#[test]
fn merge_writes_both_sides_changes_and_exits_with_1_on_conflicts() {
    let base = file(&document().to_string());
    let url = |url: &str| {
        changed(|document| {
            document["nodes"]["nodes"][1]["configuration"]["action"]["url"] = url.into();
        })
    };
    let ours = file(&url("https://ours.example.org"));
    let merge = |theirs: &str, format: &str| {
        let arguments = ["merge", path(&base), path(&ours), "-", "--format", format];
        patchbay(&arguments, theirs.as_bytes())
    };
    let clean = merge(
        &changed(|document| document["name"] = "Theirs".into()),
        "text",
    );
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stderr));
    let generated = patchbay(&["generate", "-"], &clean.stdout);
    let sent: Value = serde_json::from_slice(&generated.stdout).expect("JSON");
    assert_eq!(sent["name"], "Theirs");
    let action = &sent["nodes"]["nodes"][1]["configuration"]["action"];
    assert_eq!(action["url"], "https://ours.example.org");

    let conflict = merge(&url("https://theirs.example.org"), "json");
    assert_eq!(conflict.status.code(), Some(1));
    let said = text(&conflict.stderr);
    assert!(
        said.contains("conflict: URL of “Look up” is “https://ours.example.org” here"),
        "{said}"
    );
    let report: Value = serde_json::from_slice(&conflict.stdout).expect("JSON");
    assert_eq!(
        report["conflicts"][0]["theirs"]["text"],
        "https://theirs.example.org"
    );
    assert_eq!(report["conflicts"].as_array().map(Vec::len), Some(1));
    let kept = &report["file"]["flow"]["nodes"]["lookup"]["fields"]["url"]["text"];
    assert_eq!(*kept, "https://ours.example.org");
}

#[test]
fn fmt_keeps_a_documents_format_and_changes_nothing_the_second_time() {
    let own = patchbay(&["import", "-"], document().to_string().as_bytes()).stdout;
    let compact = |bytes: &[u8]| {
        let value: Value = serde_json::from_slice(bytes).expect("JSON");
        value.to_string()
    };
    let without_time = changed(|document| {
        document["metadata"]
            .as_object_mut()
            .expect("an object")
            .remove("lastModified");
    });
    for input in [document().to_string(), without_time, compact(&own)] {
        let once = patchbay(&["fmt", "-"], input.as_bytes());
        assert_eq!(once.status.code(), Some(0), "{}", text(&once.stderr));
        assert_eq!(compact(&once.stdout), input, "nothing but space changes");
        assert_eq!(patchbay(&["fmt", "-"], &once.stdout).stdout, once.stdout);
        let report = patchbay(&["fmt", "-", "--format", "json"], &once.stdout);
        let report: Value = serde_json::from_slice(&report.stdout).expect("JSON");
        assert_eq!(report["isFormatted"], true);
    }
}

#[test]
fn commands_on_several_files_exit_with_2_when_one_is_unusable() {
    let good = file(&document().to_string());
    let bad = file("{");
    for arguments in [
        vec!["diff", path(&good), path(&bad)],
        vec!["diff", "-", "-"],
        vec!["merge", path(&good), path(&bad), path(&good)],
        vec!["merge", "-", "-", path(&good)],
        vec!["fmt", path(&bad)],
    ] {
        let output = patchbay(&arguments, document().to_string().as_bytes());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "nothing is half written");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn a_document_does_not_steer_the_terminal() {
    let mut document = document();
    document["nodes"]["nodes"][1]["id"] = "lo\u{1b}[31m\nok: no errors".into();
    document["nodes"]["nodes"][1]["label"] = "\u{1b}]0;title\u{7}".into();
    for command in ["check", "generate", "import"] {
        let output = patchbay(&[command, "-"], document.to_string().as_bytes());
        for stream in [&output.stdout, &output.stderr] {
            let text = text(stream);
            assert!(!text.contains(['\u{1b}', '\u{7}']), "{command}: {text:?}");
            let forged = text.lines().any(|line| line.starts_with("ok: no errors"));
            assert!(!forged, "{command}: {text}");
        }
    }
}

#[test]
fn a_file_of_ours_and_a_document_of_the_same_flow_do_not_differ() {
    let mut document = document();
    document["nodes"]["nodes"][1] = json!({
        "id": "lookup", "type": "SplitNode", "label": "Split", "metadata": {"position": {"x": 1, "y": 2}},
        "configuration": {"on": "{{phoneNumber}}", "cases": [{"value": "1"}, {"value": "2"}]}
    });
    document["nodes"]["edges"][1]["label"] = "2".into();
    let own = patchbay(&["import", "-"], document.to_string().as_bytes()).stdout;
    // Exits that were drawn here have other names than those that are read.
    let own = file(&text(&own).replace("case-2", "case-9"));
    let cases = &mut document["nodes"]["nodes"][1]["configuration"]["cases"];
    cases.as_array_mut().expect("a list").reverse();
    let diff = patchbay(&["diff", path(&own), "-"], document.to_string().as_bytes());
    assert_eq!(
        text(&diff.stdout),
        "The rows in Cases of “Split” are in another order.\n"
    );
    document["name"] = "Theirs".into();
    let arguments = ["merge", path(&own), path(&own), "-", "--format", "json"];
    let merged = patchbay(&arguments, document.to_string().as_bytes());
    assert_eq!(merged.status.code(), Some(0), "{}", text(&merged.stderr));
    let report: Value = serde_json::from_slice(&merged.stdout).expect("JSON");
    assert_eq!(report["file"]["flow"]["name"], "Theirs");
}
