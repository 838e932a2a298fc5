//! The decisions on the wire format, each by its number.
//!
//! | decision | where |
//! | --- | --- |
//! | 1 – 6, 8 – 12, 14 – 16, 19, 20 | here |
//! | 7 reconciling by reading | the server: `server/src/publish/reconcile.rs` |
//! | 13 scopes | the server's connections, and the sandbox that asks for them |
//! | 14 exit codes | the command line, `server/src/cli`; what it asks the domain is here |
//! | 16 values at run time | `app/flow/tests/evaluate.rs`; what checks know of them is here |
//! | 17 data actions | `app/flow/tests/data_action.rs` |
//! | 18 contacts | `app/flow/tests/contact.rs` |
#![allow(clippy::expect_used, clippy::panic)]

mod documents;
#[path = "../draw/mod.rs"]
mod draw;
mod language;

use draw::stamp;
use flow::{Flow, FlowFile, Problem, Stamp, direct, import};
use serde_json::Value;

pub(crate) fn read(document: &Value) -> FlowFile {
    import(&document.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn written(flow: &Flow, stamp: &Stamp) -> Value {
    let text = direct::generate(flow, stamp)
        .expect("it can be written")
        .text;
    serde_json::from_str(&text).expect("JSON")
}

pub(crate) fn codes(problems: &[Problem]) -> Vec<&'static str> {
    let codes = problems.iter().map(|problem| problem.code.as_str());
    codes.collect()
}

pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let members = value.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

/// A stamp of what was read upstream.
pub(crate) fn upstream(id: &str, version: u64) -> Stamp {
    Stamp {
        upstream_id: Some(id.to_owned()),
        version,
        ..stamp()
    }
}
