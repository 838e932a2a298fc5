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
pub(super) enum Request {
    /// Makes a flow of this name.
    Create {
        /// The name, unique there.
        name: String,
    },
    /// Changes a flow.
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

fn object(text: &str) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
    serde_json::from_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
