//! What is read comes back as it was, and what cannot be read says where.
#![allow(clippy::expect_used, clippy::panic)]

mod broken;
#[path = "../draw/mod.rs"]
mod draw;
mod fitting;
mod interface_line;
mod lookup_flows;
mod modules;
mod shared_flows;

use draw::stamp;
use flow::{FlowFile, direct, import};
use serde_json::Value;

/// The lookup flow that the wire format's description shows.
pub(crate) const GUIDE: &str = r#"{"type":"INBOUND","name":"Phone Lookup Flow","description":"…",
 "nodes":{"nodes":[
   {"id":"start-node","type":"StartNode","label":"Start","metadata":{"position":{"x":100,"y":100}},"configuration":{}},
   {"id":"lookup-node","type":"GetExternalContactNode","label":"Lookup Customer","metadata":{"position":{"x":100,"y":250}},
    "configuration":{"action":{"url":"https://crm.example.org/lookup","method":"POST","body":"{ \"phoneNumber\": \"{{phoneNumber}}\" }","timeout":5000,"headers":{"Content-Type":"application/json"}}}},
   {"id":"end-node","type":"EndNode","label":"End","metadata":{"position":{"x":100,"y":400}},"configuration":{}}],
  "edges":[{"id":"edge-1","fromNodeId":"start-node","toNodeId":"lookup-node","label":"To Lookup"},
           {"id":"edge-2","fromNodeId":"lookup-node","toNodeId":"end-node","label":"To End"}]},
 "metadata":{"version":1,"lastModified":"2026-01-01T00:00:00Z"}}"#;

pub(crate) fn read(text: &str) -> FlowFile {
    import(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Generates what was read with the stamp that it came with.
pub(crate) fn written(file: &FlowFile) -> String {
    let stamp = file.stamp.clone().unwrap_or_else(stamp);
    direct::generate(&file.flow, &stamp)
        .expect("it can be written")
        .text
}

/// The guide's flow with an edit to it.
pub(crate) fn guide_with(edit: impl FnOnce(&mut Value)) -> String {
    edited(GUIDE, edit)
}

/// Fails unless a document comes back as it was, order included.
pub(crate) fn assert_kept(text: &str) -> FlowFile {
    let file = read(text);
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(
        written(&file),
        serde_json::to_string_pretty(&value).expect("a value prints")
    );
    assert_eq!(
        read(&file.to_json().expect("a file prints")),
        file,
        "and through our own file"
    );
    file
}

/// A document with an edit to it.
pub(crate) fn edited(document: &str, edit: impl FnOnce(&mut Value)) -> String {
    let mut document: Value = serde_json::from_str(document).expect("JSON");
    edit(&mut document);
    serde_json::to_string_pretty(&document).expect("a value prints")
}

/// What stands at a line and a column, in characters.
pub(crate) fn text_at(text: &str, line: usize, column: usize) -> &str {
    let line = text.split_inclusive('\n').nth(line - 1).unwrap_or_default();
    let at = line
        .char_indices()
        .nth(column - 1)
        .map_or(line.len(), |(at, _)| at);
    &line[at..]
}

/// Fails unless a document is refused with these words at this value.
pub(crate) fn assert_refused(text: &str, message: &str, there: &str, path: &str) {
    let error = import(text).expect_err(message);
    assert!(error.message.contains(message), "{error} for {text}");
    assert_eq!(error.path, path, "{error} for {text}");
    let found = text_at(text, error.line, error.column);
    assert!(found.starts_with(there), "{found} for {error}");
}
