//! Keeps what the sandbox holds over restarts, in one JSON file.

use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::contact_store::{ContactRecord, ConversationRecord};
use crate::data_actions::DataActionRecord;
use crate::flow_store::FlowRecord;

/// Why a sandbox could not start from its file.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is there and cannot be read.
    #[error("the sandbox's file {path} cannot be read")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file's content is not what a sandbox writes.
    #[error("the sandbox's file {path} is damaged; move it away to start empty")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Where reading stopped.
        source: serde_json::Error,
    },
}

/// What is kept. What a file of an earlier version does not have is empty.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Content {
    pub(crate) flows: Vec<FlowRecord>,
    #[serde(default)]
    pub(crate) modules: Vec<FlowRecord>,
    #[serde(default)]
    pub(crate) data_actions: Vec<DataActionRecord>,
    #[serde(default)]
    pub(crate) contacts: Vec<ContactRecord>,
    #[serde(default)]
    pub(crate) conversations: Vec<ConversationRecord>,
}

/// What is in the file; nothing if there is no file yet.
pub(crate) fn load(path: &Path) -> Result<Content, OpenError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Content::default()),
        Err(source) => {
            let path = path.to_owned();
            return Err(OpenError::Unreadable { path, source });
        }
    };
    serde_json::from_slice(&text).map_err(|source| OpenError::Damaged {
        path: path.to_owned(),
        source,
    })
}

/// Replaces the file in one step, so that a crash leaves the old or the new.
pub(crate) fn save(path: &Path, content: &Content) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(&serde_json::to_vec_pretty(content)?)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn flow() -> FlowRecord {
        FlowRecord {
            id: "1".to_owned(),
            name: "A".to_owned(),
            version: 3,
            draft: serde_json::json!({"z": 1, "a": 2}),
            published: None,
            locked_by: None,
        }
    }

    #[test]
    fn what_was_saved_is_loaded_and_a_missing_file_is_empty() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        assert_eq!(load(&path).expect("empty"), Content::default());
        let content = Content {
            flows: vec![flow()],
            modules: vec![flow(), flow()],
            contacts: vec![ContactRecord {
                id: "EXT-1".to_owned(),
                body: serde_json::json!({"name": "Acme"}),
                posts: 1,
            }],
            ..Content::default()
        };
        save(&path, &content).expect("saved");
        assert_eq!(load(&path).expect("loaded"), content);
        let metadata = std::fs::metadata(&path).expect("metadata");
        assert_eq!(metadata.permissions().mode() & 0o077, 0, "ours alone");
    }

    #[test]
    fn a_file_from_before_there_were_modules_is_read() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        std::fs::write(&path, "{\"flows\":[]}").expect("written");
        assert_eq!(load(&path).expect("loaded"), Content::default());
    }

    #[test]
    fn a_damaged_file_is_reported_and_left_alone() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        std::fs::write(&path, "{\"flows\":").expect("written");
        assert!(matches!(load(&path), Err(OpenError::Damaged { .. })));
        assert_eq!(std::fs::read(&path).expect("still there"), b"{\"flows\":");
    }
}
