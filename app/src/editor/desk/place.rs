//! Saying where the keyboard is.

use std::time::Duration;

use dom::prelude::*;
use editor::{Found, Leads, Topic};
use flow::{NodeId, Port};

use super::Desk;

/// So long somebody has to stay at a place before it is said.
pub(super) const QUIET: Duration = Duration::from_millis(120);

impl Desk {
    /// A node in words, with its problems.
    pub(crate) fn describe(self, node: &NodeId) -> String {
        let found = self
            .problems
            .try_with_untracked(|problems| problems.counted(node))
            .unwrap_or_default();
        self.describe_with(node, found)
    }

    /// A node in words, with so many problems.
    pub(crate) fn describe_with(self, node: &NodeId, found: Found) -> String {
        self.read(|editor| editor.describe(node, found))
    }

    /// Says which node has the focus, once it stays there.
    pub(super) fn announce_focus(self) {
        self.placing.run(move || {
            let node = self.focused.try_get_untracked().flatten();
            if let Some(node) = node {
                self.announcer.say_of(Topic::Place, self.describe(&node));
            }
        });
    }

    /// Says at which node the keyboard is, once it stays there.
    pub(crate) fn announce_node(self, node: NodeId) {
        self.placing.run(move || {
            self.announcer.say_of(Topic::Place, self.describe(&node));
        });
    }

    /// Says at which way out of a node the keyboard is, once it stays there.
    pub(crate) fn announce_exit(self, node: NodeId, port: Port, leads: Leads) {
        self.placing.run(move || {
            let words = self.read(|editor| editor.describe_exit(&node, &port, &leads));
            self.announcer.say_of(Topic::Place, words);
        });
    }

    /// Says how things stand, to whoever works on the flow: the view is also
    /// fitted when a flow is opened.
    pub(super) fn announce_state(self, sentence: String) {
        let active = document().active_element();
        let within = |selector: &str| {
            let active = active.as_ref();
            active.is_some_and(|active| matches!(active.closest(selector), Ok(Some(_))))
        };
        if within("[data-panel='canvas'], [data-panel='outline']") {
            self.announcer.say_of(Topic::State, sentence);
        }
    }
}
