//! Keeps what the sandbox holds over restarts, in one JSON file.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::contact_store::{ContactRecord, ConversationRecord};
use crate::data_actions::DataActionRecord;
use crate::flow_store::FlowRecord;
use crate::held::{Change, Held};

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

/// Below so many bytes of changes the file is not written anew.
const LEAST_CHANGES_BYTES: u64 = 1 << 20;

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

/// What changed of it in one step.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Changes {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) flows: Vec<Change<FlowRecord>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) modules: Vec<Change<FlowRecord>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) data_actions: Vec<Change<DataActionRecord>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) contacts: Vec<Change<ContactRecord>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) conversations: Vec<Change<ConversationRecord>>,
}

/// What a sandbox begins with.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) flows: Held<FlowRecord>,
    pub(crate) modules: Held<FlowRecord>,
    pub(crate) data_actions: Held<DataActionRecord>,
    pub(crate) contacts: Held<ContactRecord>,
    pub(crate) conversations: Held<ConversationRecord>,
}

/// The file: all that was there once, and line by line what changed since, so
/// that to keep a change takes no longer the more there is.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// Where the next change goes; none when the file is to be written anew.
    open: Option<File>,
    whole_bytes: u64,
    changes_bytes: u64,
}

/// What is in the file; nothing if there is no file yet.
pub(crate) fn load(path: &Path) -> Result<Loaded, OpenError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Loaded::default()),
        Err(source) => {
            let path = path.to_owned();
            return Err(OpenError::Unreadable { path, source });
        }
    };
    let damaged = |source| OpenError::Damaged {
        path: path.to_owned(),
        source,
    };
    let mut values = serde_json::Deserializer::from_slice(&text);
    let content = Content::deserialize(&mut values).map_err(damaged)?;
    let mut loaded = Loaded {
        flows: Held::new(content.flows),
        modules: Held::new(content.modules),
        data_actions: Held::new(content.data_actions),
        contacts: Held::new(content.contacts),
        conversations: Held::new(content.conversations),
    };
    for changes in values.into_iter::<Changes>() {
        match changes {
            Ok(changes) => loaded.apply(changes),
            // A crash cut the last line off: nobody was told that it is kept.
            Err(error) if error.is_eof() => break,
            Err(source) => return Err(damaged(source)),
        }
    }
    Ok(loaded)
}

impl Loaded {
    fn apply(&mut self, changes: Changes) {
        self.flows.apply(changes.flows);
        self.modules.apply(changes.modules);
        self.data_actions.apply(changes.data_actions);
        self.contacts.apply(changes.contacts);
        self.conversations.apply(changes.conversations);
    }
}

impl Journal {
    /// Keeps what changed. `all` is what there is now, which takes longer; it is
    /// asked for where the file is to be written anew.
    pub(crate) fn keep(
        &mut self,
        path: &Path,
        changes: &Changes,
        all: impl FnOnce() -> Content,
    ) -> io::Result<()> {
        // Whoever wrote before may have written what this one comes for.
        if self.open.is_some() && *changes == Changes::default() {
            return Ok(());
        }
        let most = self.whole_bytes.max(LEAST_CHANGES_BYTES);
        // Where anything fails, the file is written anew the next time.
        match self.open.take().filter(|_| self.changes_bytes < most) {
            Some(mut file) => {
                let mut line = serde_json::to_vec(changes)?;
                line.push(b'\n');
                file.write_all(&line)?;
                file.sync_data()?;
                self.changes_bytes += line.len() as u64;
                self.open = Some(file);
            }
            None => {
                let (file, bytes) = write(path, &all())?;
                *self = Self {
                    open: Some(file),
                    whole_bytes: bytes,
                    changes_bytes: 0,
                };
            }
        }
        Ok(())
    }
}

/// Replaces the file in one step, so that a crash leaves the old or the new. It
/// ends with a line's end, and stays open for what follows.
fn write(path: &Path, content: &Content) -> io::Result<(File, u64)> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&beside)?;
    let mut text = serde_json::to_vec_pretty(content)?;
    text.push(b'\n');
    file.write_all(&text)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    Ok((file, text.len() as u64))
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

    fn contact(id: &str, posts: u32) -> ContactRecord {
        ContactRecord {
            id: id.to_owned(),
            body: serde_json::json!({"name": "Acme"}),
            posts,
        }
    }

    fn contacts(changes: Vec<Change<ContactRecord>>) -> Changes {
        Changes {
            contacts: changes,
            ..Changes::default()
        }
    }

    #[test]
    fn what_was_kept_is_loaded_and_a_missing_file_is_empty() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        assert_eq!(load(&path).expect("empty").flows.all(), []);
        let mut journal = Journal::default();
        let whole = || Content {
            flows: vec![flow()],
            contacts: vec![contact("EXT-1", 1)],
            ..Content::default()
        };
        journal
            .keep(&path, &Changes::default(), whole)
            .expect("kept");
        for posts in 2..5 {
            let changes = contacts(vec![Change::Is(contact("EXT-2", posts))]);
            let kept = journal.keep(&path, &changes, || unreachable!("few changes"));
            kept.expect("kept");
        }
        let changes = Changes {
            flows: vec![Change::Gone(flow().id)],
            ..Changes::default()
        };
        let kept = journal.keep(&path, &changes, || unreachable!("few changes"));
        kept.expect("kept");

        let loaded = load(&path).expect("loaded");
        assert_eq!(loaded.flows.all(), []);
        assert_eq!(
            loaded.contacts.all(),
            [contact("EXT-1", 1), contact("EXT-2", 4)]
        );
        let metadata = std::fs::metadata(&path).expect("metadata");
        assert_eq!(metadata.permissions().mode() & 0o077, 0, "ours alone");
    }

    #[test]
    fn many_changes_become_one_file_anew() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        let mut journal = Journal::default();
        let large = |posts| ContactRecord {
            body: serde_json::json!({"name": "A".repeat(32 << 10)}),
            ..contact("EXT-1", posts)
        };
        let mut written = 0;
        for posts in 0..100 {
            let changes = contacts(vec![Change::Is(large(posts))]);
            let all = || {
                written += 1;
                Content {
                    contacts: vec![large(posts)],
                    ..Content::default()
                }
            };
            journal.keep(&path, &changes, all).expect("kept");
        }
        assert!((3..6).contains(&written), "written anew {written} times");
        let bytes = std::fs::metadata(&path).expect("metadata").len();
        assert!(bytes < 2 * LEAST_CHANGES_BYTES, "{bytes} bytes");
        let loaded = load(&path).expect("loaded");
        assert_eq!(loaded.contacts.all(), [large(99)]);
    }

    #[test]
    fn a_line_that_a_crash_cut_off_is_left_out_and_all_before_it_stays() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        let mut journal = Journal::default();
        let keep = |journal: &mut Journal, id: &str| {
            let changes = contacts(vec![Change::Is(contact(id, 1))]);
            journal
                .keep(&path, &changes, Content::default)
                .expect("kept");
        };
        for id in ["whole", "EXT-1", "EXT-2"] {
            keep(&mut journal, id);
        }
        let text = std::fs::read(&path).expect("text");
        let last = text.len() - text.rsplit(|b| *b == b'\n').nth(1).expect("a line").len() - 1;
        for cut in last + 1..text.len() - 1 {
            std::fs::write(&path, &text[..cut]).expect("cut");
            let loaded = load(&path).expect("loaded");
            assert_eq!(loaded.contacts.all(), [contact("EXT-1", 1)], "cut at {cut}");
        }
    }

    #[test]
    fn a_file_from_before_there_were_modules_is_read() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        std::fs::write(&path, "{\"flows\":[]}").expect("written");
        assert_eq!(load(&path).expect("loaded").modules.all(), []);
    }

    #[test]
    fn a_damaged_file_is_reported_and_left_alone() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("sandbox.json");
        for damaged in [
            "{\"flows\":",
            "{\"flows\":[]}\n{\"flows\":3}\n",
            "{\"flows\":[]}\n]\n",
        ] {
            std::fs::write(&path, damaged).expect("written");
            assert!(matches!(load(&path), Err(OpenError::Damaged { .. })));
            assert_eq!(
                std::fs::read(&path).expect("still there"),
                damaged.as_bytes()
            );
        }
    }
}
