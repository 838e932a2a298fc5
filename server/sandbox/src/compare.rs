//! Compares what arrived with an expected sequence of requests, up to what may
//! differ: ids (which are renamed one to one), times, and null, absent and
//! empty members (spec, decisions 1 and 3).
//!
//! An expected file has `requests`, each with `method`, `path` and optionally
//! `host`, `form`, `body` and `answer`. A text like `<flow>` stands for any
//! text, the same wherever it stands again; `<time>` for any each time, and
//! `<number>` for any number. A path that is one such text is any path.

mod renaming;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::arrival::{Arrival, HostKind};
use renaming::Renaming;

/// Where the shared files lie: `PATCHBAY_SHARED`, else beside the workspace.
#[must_use]
pub fn shared_directory(workspace: &Path) -> PathBuf {
    match std::env::var_os("PATCHBAY_SHARED") {
        Some(directory) => PathBuf::from(directory),
        None => workspace.join("../shared"),
    }
}

/// What differs, one sentence each; empty when everything is as expected.
/// Calls to the lookup service are left aside: flows make them, not us.
#[must_use]
pub fn differences(expected: &Value, arrivals: &[Arrival]) -> Vec<String> {
    let nothing = Vec::new();
    let wanted = expected["requests"].as_array().unwrap_or(&nothing);
    let arrived: Vec<&Arrival> = arrivals
        .iter()
        .filter(|arrival| arrival.host != HostKind::Lookup)
        .collect();
    let mut comparison = Comparison::default();
    if wanted.len() != arrived.len() {
        let shown: Vec<String> = arrived
            .iter()
            .map(|arrival| format!("{} {}", arrival.method, arrival.path))
            .collect();
        comparison.found.push(format!(
            "{} requests are expected, {} arrived: {}",
            wanted.len(),
            arrived.len(),
            shown.join(", ")
        ));
    }
    for (number, (wanted, arrived)) in (1..).zip(wanted.iter().zip(arrived)) {
        comparison.request(number, wanted, arrived);
    }
    comparison.found
}

#[derive(Default)]
struct Comparison {
    renaming: Renaming,
    found: Vec<String>,
}

impl Comparison {
    fn request(&mut self, number: usize, wanted: &Value, arrived: &Arrival) {
        let at = |part: &str| format!("request {number}, {part}");
        self.equal(&at("method"), &wanted["method"], &arrived.method);
        let host = wanted.get("host").cloned().unwrap_or("api".into());
        self.equal(&at("host"), &host, arrived.host.word());
        let path = match &arrived.query {
            Some(query) => format!("{}?{query}", arrived.path),
            None => arrived.path.clone(),
        };
        self.path(
            &at("path"),
            wanted["path"].as_str().unwrap_or_default(),
            &path,
        );
        let parts = [("form", &arrived.form), ("body", &arrived.body)];
        for (part, arrived) in parts {
            let wanted = without_empty(wanted[part].clone());
            let arrived = without_empty(arrived.clone().unwrap_or_default());
            self.values(&at(part), None, &wanted, &arrived);
        }
        if let Some(answer) = wanted["answer"].as_object() {
            self.answer(&at("answer"), answer, arrived);
        }
    }

    /// Of an answer only what is expected is looked at.
    fn answer(&mut self, at: &str, wanted: &Map<String, Value>, arrived: &Arrival) {
        let Some(answer) = &arrived.answer else {
            self.found.push(format!("{at}: there was none"));
            return;
        };
        for (key, wanted) in wanted {
            let given = match key.as_str() {
                "status" => answer.status.into(),
                _ => answer
                    .body
                    .as_ref()
                    .map_or(Value::Null, |body| body[key].clone()),
            };
            self.values(
                &format!("{at}/{key}"),
                Some(key),
                &without_empty(wanted.clone()),
                &without_empty(given),
            );
        }
    }

    fn path(&mut self, at: &str, wanted: &str, arrived: &str) {
        if !wanted.starts_with('/') && self.renaming.same_text(wanted, arrived) {
            return;
        }
        let (wanted_parts, arrived_parts) = (wanted.split('/'), arrived.split('/'));
        let same_length = wanted_parts.clone().count() == arrived_parts.clone().count();
        let same = same_length
            && wanted_parts
                .zip(arrived_parts)
                .all(|(wanted, arrived)| self.renaming.same_text(wanted, arrived));
        if !same {
            self.found
                .push(format!("{at}: {wanted} is expected, {arrived} arrived"));
        }
    }

    fn equal(&mut self, at: &str, wanted: &Value, arrived: &str) {
        if wanted.as_str() != Some(arrived) {
            self.found
                .push(format!("{at}: {wanted} is expected, {arrived:?} arrived"));
        }
    }

    fn values(&mut self, at: &str, key: Option<&str>, wanted: &Value, arrived: &Value) {
        let same = match (wanted, arrived) {
            (Value::Object(wanted), Value::Object(arrived)) => {
                for (key, wanted) in wanted {
                    let arrived = arrived.get(key).unwrap_or(&Value::Null);
                    self.values(&format!("{at}/{key}"), Some(key), wanted, arrived);
                }
                for key in arrived.keys().filter(|key| !wanted.contains_key(*key)) {
                    self.found.push(format!("{at}/{key}: not expected"));
                }
                true
            }
            (Value::Array(wanted), Value::Array(arrived)) if wanted.len() == arrived.len() => {
                for (index, (wanted, arrived)) in wanted.iter().zip(arrived).enumerate() {
                    self.values(&format!("{at}/{index}"), None, wanted, arrived);
                }
                true
            }
            (Value::String(wanted), Value::String(arrived)) => match key {
                Some("lastModified" | "timestamp") => true,
                Some(key) if is_id(key) => self.renaming.same_id(wanted, arrived),
                _ => self.renaming.same_text(wanted, arrived),
            },
            (Value::String(wanted), Value::Number(_)) => wanted == "<number>",
            (Value::Number(wanted), Value::Number(arrived)) => wanted.as_f64() == arrived.as_f64(),
            _ => wanted == arrived,
        };
        if !same {
            self.found
                .push(format!("{at}: {wanted} is expected, {arrived} arrived"));
        }
    }
}

fn is_id(key: &str) -> bool {
    matches!(
        key,
        "id" | "fromNodeId"
            | "toNodeId"
            | "source"
            | "target"
            | "nodeId"
            | "flowId"
            | "flowModuleId"
            | "dataActionId"
    )
}

/// The value without members that are null or empty; an empty whole is null.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept: Map<String, Value> = members
                .into_iter()
                .map(|(key, value)| (key, without_empty(value)))
                .filter(|(_, value)| !value.is_null())
                .collect();
            if kept.is_empty() {
                Value::Null
            } else {
                Value::Object(kept)
            }
        }
        // Items keep their places even when they are empty.
        Value::Array(items) if !items.is_empty() => items.into_iter().map(without_empty).collect(),
        Value::Array(_) => Value::Null,
        Value::String(text) if text.is_empty() => Value::Null,
        other => other,
    }
}

#[cfg(test)]
mod tests;
