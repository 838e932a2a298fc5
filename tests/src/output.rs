//! What a process said, line by line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::wait::PATIENCE;

/// Lines that the story of a failure tells.
const TAIL: usize = 40;

/// Everything a process, and those started in its place, wrote to standard
/// output and standard error. Clones share the lines.
#[derive(Clone, Debug, Default)]
pub struct Output {
    lines: Arc<Mutex<Vec<String>>>,
    grown: Arc<Notify>,
}

impl Output {
    /// Reads a stream in the background, until its end.
    pub(crate) fn collect(
        &self,
        stream: impl AsyncRead + Unpin + Send + 'static,
    ) -> JoinHandle<()> {
        let output = self.clone();
        tokio::spawn(async move {
            let mut incoming = BufReader::new(stream).lines();
            while let Ok(Some(line)) = incoming.next_line().await {
                output.lines().push(line);
                output.grown.notify_waiters();
            }
        })
    }

    /// How many lines there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines().len()
    }

    /// Whether nothing has been said yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of it, as one text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// The last lines of it: enough for the story of a failure.
    pub(crate) fn tail(&self) -> String {
        let lines = self.lines();
        let from = lines.len().saturating_sub(TAIL);
        lines.get(from..).unwrap_or_default().join("\n")
    }

    /// What follows `prefix` in the first line that holds it, from line `from`
    /// on (see [`Output::len`]).
    #[must_use]
    pub fn find(&self, prefix: &str, from: usize) -> Option<String> {
        self.lines().iter().skip(from).find_map(|line| {
            let (_, rest) = line.split_once(prefix)?;
            Some(rest.trim().to_owned())
        })
    }

    /// Waits for such a line.
    ///
    /// # Errors
    /// When it does not come; the error holds what was said instead.
    pub async fn wait_for(&self, prefix: &str, from: usize) -> Result<String> {
        let line = async {
            loop {
                // Listening before looking: a line in between is not missed.
                let grown = self.grown.notified();
                tokio::pin!(grown);
                grown.as_mut().enable();
                if let Some(line) = self.find(prefix, from) {
                    return line;
                }
                grown.await;
            }
        };
        timeout(PATIENCE, line).await.with_context(|| {
            format!(
                "no line with “{prefix}”; the process said:\n{}",
                self.tail()
            )
        })
    }

    fn lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
