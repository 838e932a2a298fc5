//! Whether what a person did is on disk, in words.

/// How the connection to the server stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Connection {
    /// The first connection is being made.
    Opening,
    /// Messages flow.
    Open,
    /// The server has owed an answer for some time.
    Silent,
    /// It was lost and is being made again.
    Lost {
        /// Whether the browser itself says that it has no network, or trying
        /// again has failed more than once.
        offline: bool,
    },
    /// The server answers, but cannot store anything at the moment.
    NotStoring,
    /// It ended for good: the flow was deleted, or may not be seen.
    Ended,
}

/// What the bar says, and in which tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SaveState {
    /// The value of `data-state`.
    pub(crate) tone: &'static str,
    /// The icon's id in the sprite; none while something is under way, which a
    /// spinner shows.
    pub(crate) icon: Option<&'static str>,
    /// The words.
    pub(crate) words: String,
}

impl SaveState {
    /// What to say with this connection and so many unacknowledged changes.
    pub(crate) fn of(connection: Connection, pending: usize) -> Self {
        let kept = match pending {
            0 => String::new(),
            1 => ", 1 change kept here".to_owned(),
            many => format!(", {many} changes kept here"),
        };
        let (tone, icon, words) = match connection {
            Connection::Opening => ("saving", None, "Opening…".to_owned()),
            Connection::Open if pending == 0 => ("saved", Some("check"), "Saved".to_owned()),
            Connection::Open => ("saving", None, "Saving…".to_owned()),
            Connection::Silent => ("offline", None, format!("No answer yet{kept}…")),
            Connection::Lost { offline: true } => {
                ("offline", Some("wifi-off"), format!("Offline{kept}"))
            }
            Connection::Lost { offline: false } => {
                ("offline", None, format!("Reconnecting{kept}…"))
            }
            Connection::NotStoring => (
                "error",
                Some("circle-alert"),
                format!("The server cannot store changes{kept}"),
            ),
            Connection::Ended => (
                "error",
                Some("circle-alert"),
                format!("Not connected{kept}"),
            ),
        };
        Self { tone, icon, words }
    }
}

#[cfg(test)]
mod tests {
    use super::{Connection, SaveState};

    #[test]
    fn the_bar_says_what_is_kept_while_offline() {
        let words = |connection, pending| SaveState::of(connection, pending).words;
        assert_eq!(words(Connection::Open, 0), "Saved");
        assert_eq!(words(Connection::Open, 2), "Saving…");
        let offline = Connection::Lost { offline: true };
        assert_eq!(words(offline, 0), "Offline");
        assert_eq!(words(offline, 1), "Offline, 1 change kept here");
        assert_eq!(words(offline, 3), "Offline, 3 changes kept here");
        assert_eq!(
            words(Connection::Silent, 1),
            "No answer yet, 1 change kept here…"
        );
        let lost = Connection::Lost { offline: false };
        assert_eq!(words(lost, 0), "Reconnecting…");
        assert_eq!(words(lost, 2), "Reconnecting, 2 changes kept here…");
        assert_eq!(
            words(Connection::NotStoring, 2),
            "The server cannot store changes, 2 changes kept here"
        );
    }
}
