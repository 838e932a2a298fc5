//! The requests that each guide's complete example makes, from the folder that
//! the guides' facts stand in.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::Value;

/// A guide's requests, and what its names in angle brackets stand for.
pub(crate) struct Guide {
    requests: Vec<Value>,
    names: BTreeMap<String, String>,
}

impl Guide {
    /// The requests of a guide; says so when the folder is not there.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let root = std::env::var_os("PATCHBAY_SHARED").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
            PathBuf::from,
        );
        let path = root.join("expected").join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("SKIPPED: {} is not there", path.display());
            return None;
        };
        let expected: Value = serde_json::from_str(&text).expect("expectations are JSON");
        let requests = expected["requests"].as_array().expect("a list").clone();
        Some(Self {
            requests,
            names: BTreeMap::new(),
        })
    }

    /// How many of the requests have a JSON body.
    pub(crate) fn bodies(&self) -> usize {
        let bodies = self
            .requests
            .iter()
            .filter(|request| request.get("body").is_some());
        bodies.count()
    }

    /// The body of the answer to the request of this number, whose HTTP status
    /// stands beside it.
    pub(crate) fn answer(&self, request: usize) -> String {
        let mut answer = self.requests[request]["answer"].clone();
        answer
            .as_object_mut()
            .expect("an answer")
            .shift_remove("status");
        answer.to_string()
    }

    /// Fails unless a text is the body of the request of this number: the same
    /// members in the same order with the same values. A name in angle
    /// brackets stands for one text throughout, and different names for
    /// different texts.
    pub(crate) fn assert_sent(&mut self, request: usize, text: &str) {
        let expected = self.requests[request]["body"].clone();
        assert!(expected.is_object(), "request {request} has a body");
        let found: Value = serde_json::from_str(text).expect("JSON");
        self.assert_same(&expected, &found, &format!("request {request}"));
        let pretty = serde_json::to_string_pretty(&found).expect("a value prints");
        assert_eq!(text, pretty, "two spaces per level");
    }

    fn assert_same(&mut self, expected: &Value, found: &Value, at: &str) {
        match (expected, found) {
            (Value::Object(expected), Value::Object(found)) => {
                let keys = |members: &serde_json::Map<String, Value>| {
                    members.keys().cloned().collect::<Vec<_>>()
                };
                assert_eq!(keys(found), keys(expected), "{at}");
                for (name, expected) in expected {
                    self.assert_same(expected, &found[name], &format!("{at}/{name}"));
                }
            }
            (Value::Array(expected), Value::Array(found)) => {
                assert_eq!(found.len(), expected.len(), "{at}");
                for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                    self.assert_same(expected, found, &format!("{at}/{index}"));
                }
            }
            (Value::String(name), Value::String(text)) if name == "<time>" => {
                assert!(text.ends_with('Z') && text.len() == 20, "{at}: {text}");
            }
            (Value::String(name), Value::String(text)) if name.starts_with('<') => {
                let known = self
                    .names
                    .entry(name.clone())
                    .or_insert_with(|| text.clone());
                assert_eq!(known, text, "{at}: {name} stands for one text");
                let same = self.names.iter().filter(|(_, other)| *other == text);
                assert_eq!(same.count(), 1, "{at}: {text} has one name");
            }
            _ => assert_eq!(found, expected, "{at}"),
        }
    }
}
