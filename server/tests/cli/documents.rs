//! Documents other than lookup flows, and files that see each other.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{patchbay, text};

/// A folder of files that is gone when the test ends.
struct Files(tempfile::TempDir);

impl Files {
    fn of(files: &[(&str, &Value)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content.to_string()).expect("a file");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn run(command: &[&str], files: &[&Path]) -> (Option<i32>, String, String) {
    let files = files.iter().map(|path| path.to_str().expect("a path"));
    let arguments: Vec<_> = command.iter().copied().chain(files).collect();
    let output = patchbay(&arguments, b"");
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn module(input: &str) -> Value {
    json!({
        "id": "m-1", "name": "Shared_Auth", "version": 1,
        "description": format!("Who is calling.\nin: {input}:string; out: auth_status:string"),
        "definition": {
            "nodes": [{"id": "a", "name": "Set", "type": "setData",
                "settings": {"data": [{"key": "auth_status", "value": "pending"}]}}],
            "edges": [{"id": "e", "source": "start", "target": "a", "type": "default"}],
            "entry": {"nodeId": "a"},
        },
    })
}

fn call_flow() -> Value {
    json!({
        "id": "c-1", "version": 4,
        "definition": {
            "nodes": [{"id": "n", "name": "Execute Shared Auth", "type": "flowModule",
                "settings": {"flowModuleId": "m-1",
                    "inputMappings": [{"name": "phone", "value": "{{phoneNumber}}"}],
                    "outputMappings": [{"name": "auth", "value": "{{output.auth_status}}"}]}}],
            "edges": [{"id": "e", "source": "start", "target": "n", "type": "default"}],
            "entry": {"nodeId": "n"},
        },
    })
}

fn data_action(script: &str) -> Value {
    json!({
        "name": "ExternalUserLookup", "description": "Looks up who is calling",
        "definition": {
            "name": "GetUserDetails",
            "inputs": [{"name": "user_id", "datatype": "integer", "required": true}],
            "outputs": [{"name": "user_name", "datatype": "string"}],
            "code": data_encoding::BASE64.encode(script.as_bytes()),
            "language": "python3",
        },
    })
}

fn contact(number: &str) -> Value {
    json!({
        "externalContactId": "EXT-1", "name": "Acme",
        "channels": {"voice": number},
        "interactionDurationSeconds": 300, "metadata": {},
    })
}

#[test]
fn files_that_are_named_together_see_each_other() {
    let files = Files::of(&[
        ("flow.json", &call_flow()),
        ("module.json", &module("phone")),
    ]);
    let (flow, called) = (files.path("flow.json"), files.path("module.json"));
    let (code, said, _) = run(&["check"], &[&flow]);
    assert_eq!(code, Some(0), "what cannot be seen is a warning");
    assert!(
        said.contains("warning[reference-not-seen] n.module:"),
        "{said}"
    );
    let (code, said, _) = run(&["check"], &[&flow, &called]);
    assert_eq!(
        (code, said.matches("no errors, no warnings").count()),
        (Some(0), 2),
        "{said}"
    );

    let changed = Files::of(&[("module.json", &module("Phone"))]);
    let (code, said, _) = run(&["check"], &[&flow, &changed.path("module.json")]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("error[mapping-input-unknown] n.inputs[0]:"),
        "{said}"
    );
    assert!(said.contains("Did you mean “Phone”?"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let files = Files::of(&[("module.json", &module("phone")), ("bad.json", &json!([]))]);
    let (bad, good) = (files.path("bad.json"), files.path("module.json"));
    let (code, said, error) = run(&["check"], &[&bad, &good, &files.path("none.json")]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("module.json: no errors, no warnings."),
        "{said}"
    );
    assert!(
        error.contains("bad.json:1:1: A document is a JSON object"),
        "{error}"
    );
    assert!(error.contains("none.json cannot be read"), "{error}");
    let (code, said, _) = run(&["check", "--format", "json"], &[&bad, &good]);
    assert_eq!(code, Some(2));
    let report: Value = serde_json::from_str(&said).expect("JSON");
    let unusable = report["files"][0]["unusable"].as_str().expect("a reason");
    assert!(unusable.contains("bad.json:1:1:"), "{unusable}");
    assert_eq!(report["files"][1]["errors"], 0);
}

#[test]
fn flows_of_different_sorts_are_not_merged() {
    let files = Files::of(&[("a.json", &module("phone")), ("b.json", &call_flow())]);
    let (a, b) = (files.path("a.json"), files.path("b.json"));
    let (code, said, error) = run(&["merge"], &[&a, &a, &b]);
    assert_eq!((code, said.as_str()), (Some(2), ""));
    assert!(
        error.contains("not of one sort: a module, a module and a call flow"),
        "{error}"
    );
}

#[test]
fn scripts_and_contacts_are_checked_too() {
    let script = "import requests\n\ndef main(input_data):\n    user = input_data[\"user_id\"]\n    return {\"User_name\": str(user)}\n";
    let files = Files::of(&[
        ("action.json", &data_action(script)),
        ("contact.json", &contact("(555) 123-4567")),
    ]);
    let (action, contact) = (files.path("action.json"), files.path("contact.json"));
    let (code, said, _) = run(&["check"], &[&action, &contact]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("“User_name” is returned, “user_name” is declared"),
        "{said}"
    );
    assert!(
        said.contains("error[contact-number-invalid] voice:"),
        "{said}"
    );
}

#[test]
fn every_document_is_imported_generated_and_formatted() {
    let script =
        "def main(input_data):\n    return {\"user_name\": str(input_data[\"user_id\"])}\n";
    for document in [
        module("phone"),
        call_flow(),
        data_action(script),
        contact("+15551234567"),
    ] {
        let files = Files::of(&[("given.json", &document)]);
        let (code, own, error) = run(&["import"], &[&files.path("given.json")]);
        assert_eq!((code, error.as_str()), (Some(0), ""));
        std::fs::write(files.path("own.json"), &own).expect("a file");
        let (code, sent, _) = run(&["generate"], &[&files.path("own.json")]);
        assert_eq!(code, Some(0));
        let sent_value: Value = serde_json::from_str(&sent).expect("JSON");
        assert_eq!(sent_value, document);
        let (code, formatted, _) = run(&["fmt"], &[&files.path("given.json")]);
        assert_eq!((code, formatted), (Some(0), sent));
        let (code, again, _) = run(&["fmt"], &[&files.path("own.json")]);
        assert_eq!((code, again), (Some(0), own));
    }
}

#[test]
fn what_compares_flows_says_so_of_other_documents() {
    let files = Files::of(&[("a.json", &contact("+15551234567"))]);
    let (code, _, error) = run(&["diff"], &[&files.path("a.json"), &files.path("a.json")]);
    assert_eq!(code, Some(2));
    assert!(
        error.contains("This is a contact, and a flow belongs here."),
        "{error}"
    );
}

#[test]
fn the_page_of_rules_is_the_one_in_the_documentation() {
    let listed = patchbay(&["rules"], b"");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md");
    if std::env::var_os("PATCHBAY_ACCEPT").is_some() {
        std::fs::write(&page, &listed.stdout).expect("a written file");
    }
    let page = std::fs::read_to_string(&page).expect("the page of rules");
    assert_eq!(
        text(&listed.stdout),
        page,
        "PATCHBAY_ACCEPT=1 takes a change over"
    );
    let listed = patchbay(&["rules", "--format", "json"], b"");
    let rules: Vec<Value> = serde_json::from_slice(&listed.stdout).expect("JSON");
    assert_eq!(rules.len(), flow::rules().count());
}
