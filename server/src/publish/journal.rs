//! How far a publish came upstream: written before each call that changes
//! something there, so that a server that starts after a crash knows what to
//! look for.

use serde::{Deserialize, Serialize};

/// How far a publish came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "phase",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(super) enum Journal {
    /// Nothing was sent.
    Intended,
    /// An empty one is about to be made, or was: it is filled afterwards.
    MakingEmpty {
        /// The name, unique there.
        name: String,
        /// The empty document, byte for byte.
        document: String,
    },
    /// An empty one is there; it is not filled yet.
    MadeEmpty {
        /// The id there.
        upstream_id: String,
    },
    /// The document is about to be sent, or was.
    Sending {
        /// What it does there.
        request: Request,
        /// The document, byte for byte.
        document: String,
    },
    /// It is there; nothing was made live yet.
    Sent {
        /// The id there.
        upstream_id: String,
        /// The version that it has there.
        version: u64,
        /// The document, byte for byte.
        document: String,
    },
    /// It is about to be made live, or was.
    Publishing {
        /// The id there.
        upstream_id: String,
        /// The version that it has there.
        version: u64,
        /// What was live before.
        published_before: Option<u64>,
    },
}

/// What sending a document does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "request",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum Request {
    /// Makes a flow or a data action.
    Create {
        /// The name, unique there; a call flow goes without.
        name: String,
    },
    /// Changes it.
    Update {
        /// The id there.
        upstream_id: String,
        /// The version that it follows.
        base_version: u64,
    },
}

/// Whether what is stored upstream is what was sent. Ids, versions and what
/// the receiver adds do not count.
pub(crate) fn is_same_content(sent: &str, stored: &str) -> bool {
    let (Ok(sent), Ok(stored)) = (object(sent), object(stored)) else {
        return false;
    };
    sent.iter()
        .filter(|(key, _)| !matches!(key.as_str(), "id" | "version" | "metadata"))
        .all(|(key, value)| stored.get(key) == Some(value))
}

/// The document of an empty module: it says what the full one says of itself,
/// and nothing of what it does.
pub(super) fn emptied(document: &str) -> serde_json::Result<String> {
    let mut members = object(document)?;
    members.retain(|key, _| matches!(key.as_str(), "name" | "description"));
    let empty = serde_json::json!({ "nodes": [], "edges": [] });
    members.insert("definition".to_owned(), empty);
    serde_json::to_string_pretty(&members)
}

fn object(text: &str) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
    serde_json::from_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_module_keeps_name_and_description_alone() {
        let full = r#"{"name":"A","description":"d","definition":{"nodes":[1],"edges":[],"entry":{}},"own":1}"#;
        let empty: serde_json::Value =
            serde_json::from_str(&emptied(full).expect("an object")).expect("json");
        let expected = serde_json::json!({"name": "A", "description": "d", "definition": {"nodes": [], "edges": []}});
        assert_eq!(empty, expected);
        assert!(emptied("[]").is_err());
    }

    #[test]
    fn content_is_the_same_whatever_the_receiver_adds() {
        let sent = r#"{"name":"A","nodes":{"nodes":[1]},"metadata":{"version":1}}"#;
        for (stored, same) in [
            (
                r#"{"id":"x","nodes":{"nodes":[1]},"name":"A","metadata":{"version":7},"publishedVersion":1}"#,
                true,
            ),
            (r#"{"name":"A","nodes":{"nodes":[2]}}"#, false),
            (r#"{"name":"A"}"#, false),
            ("not JSON", false),
        ] {
            assert_eq!(is_same_content(sent, stored), same, "{stored}");
        }
    }
}
