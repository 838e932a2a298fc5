//! Finding nodes of the open flow: what is looked for, and what was found.

mod bar;

use std::sync::Arc;

use dom::prelude::*;
use editor::{Command, geometry};
use flow::{
    NodeId, Severity,
    search::{Excerpt, Query, Search},
};
use rustc_hash::FxHashMap;

pub(crate) use bar::{FindBar, find_bar};

use super::{canvas::Dirty, desk::Desk, projection::set_if_different};

/// The search in the open flow.
#[derive(Clone, Copy)]
pub(crate) struct Finding {
    /// Counts how often the bar was asked for, while it is open.
    asked: RwSignal<Option<u64>>,
    /// What is looked for; kept while the bar is closed.
    text: RwSignal<String>,
    found: RwSignal<Arc<FoundNodes>>,
    /// The node that was gone to last, among those that were found.
    current: RwSignal<Option<NodeId>>,
    /// Where the search began.
    origin: StoredValue<Option<NodeId>>,
}

/// The nodes that were found, in reading order.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FoundNodes {
    nodes: Vec<NodeId>,
    /// What of each was meant.
    excerpts: FxHashMap<NodeId, Option<Excerpt>>,
    /// Whether anything was looked for.
    is_asked: bool,
    /// Why nothing was looked for.
    misunderstood: Option<String>,
}

/// What a node is to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lit {
    /// It was found.
    Found,
    /// It was found, and is the one that was gone to.
    Current,
}

impl FoundNodes {
    /// Whether a node is among them.
    pub(crate) fn holds(&self, node: &NodeId) -> bool {
        self.excerpts.contains_key(node)
    }

    /// All of them, in reading order.
    pub(crate) fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// Whether there is none; then nothing is faded either.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl Finding {
    pub(crate) fn new() -> Self {
        Self {
            asked: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            found: RwSignal::new(Arc::default()),
            current: RwSignal::new(None),
            origin: StoredValue::new(None),
        }
    }

    /// Whether the bar is open.
    pub(crate) fn is_open_now(self) -> bool {
        self.asked.try_get_untracked().flatten().is_some()
    }

    /// Opens the bar, or moves the focus to it.
    pub(crate) fn open(self, desk: Desk) {
        if self.asked.get_untracked().is_none() {
            self.origin
                .set_value(desk.read(|editor| editor.focus().cloned()));
        }
        self.asked
            .update(|asked| *asked = Some(asked.map_or(0, |times| times + 1)));
    }

    /// Closes the bar; the focus goes to the node that was gone to.
    pub(crate) fn close(self, desk: Desk) {
        let current = self.current.get_untracked();
        self.asked.set(None);
        self.found.set(Arc::default());
        self.current.set(None);
        if let Some(surface) = desk.surface() {
            match current {
                Some(node) => {
                    desk.select_and_reveal(&node);
                    surface.focus_node(desk, node);
                }
                None => surface.focus_canvas(desk),
            }
        }
    }

    /// To the next node that was found, or the previous one, round the end.
    /// Opens the bar where it is closed.
    pub(crate) fn step(self, desk: Desk, forward: bool) {
        if self.asked.get_untracked().is_none() {
            self.open(desk);
            return;
        }
        let found = self.found.get_untracked();
        let count = found.nodes.len();
        let at = self.place(&found);
        let next = match (at, forward) {
            _ if count == 0 => None,
            (Some(at), true) => Some((at + 1) % count),
            (Some(at), false) => Some((at + count - 1) % count),
            (None, true) => Some(0),
            (None, false) => Some(count - 1),
        };
        match next.and_then(|next| found.nodes.get(next)) {
            Some(node) => {
                self.current.set(Some(node.clone()));
                desk.select_and_reveal(node);
                desk.announce(desk.describe(node));
            }
            None => desk.announce("Nothing was found."),
        }
    }

    /// What a node is to the search. Reacts.
    pub(crate) fn lit(self, node: &NodeId) -> Option<Lit> {
        if !self.found.with(|found| found.holds(node)) {
            return None;
        }
        let is_current = self.current.with(|current| current.as_ref() == Some(node));
        Some(if is_current { Lit::Current } else { Lit::Found })
    }

    /// What was found. Reacts.
    pub(crate) fn found(self) -> Arc<FoundNodes> {
        self.found.get()
    }

    /// The same for whoever draws.
    pub(crate) fn found_now(self) -> (Arc<FoundNodes>, Option<NodeId>) {
        (
            self.found.try_get_untracked().unwrap_or_default(),
            self.current.try_get_untracked().flatten(),
        )
    }

    fn place(self, found: &FoundNodes) -> Option<usize> {
        self.current.with_untracked(|current| {
            let current = current.as_ref()?;
            found.nodes.iter().position(|node| node == current)
        })
    }

    /// Looks again, whenever something else is looked for and when the flow or
    /// what is known of it changes.
    fn keep_looking(self, desk: Desk) {
        Effect::new(move |before: Option<String>| {
            desk.drawn.track();
            let text = self.text.get();
            let found = look(desk, &text);
            let is_new = before.as_ref() != Some(&text);
            let stays = self.current.with_untracked(|current| {
                let current = current.as_ref();
                current.is_some_and(|current| found.holds(current))
            });
            if is_new || !stays {
                let first = self.first(desk, &found);
                if is_new && let Some(first) = &first {
                    bring_into_view(desk, first);
                }
                set_if_different(self.current, first);
            }
            set_if_different(self.found, Arc::new(found));
            text
        });
        // The canvases show what was found where no element does.
        Effect::new(move |_| {
            self.found.track();
            self.current.track();
            redraw(desk);
        });
        on_cleanup(move || redraw(desk));
    }

    /// The first from where the search began, else the first of all.
    fn first(self, desk: Desk, found: &FoundNodes) -> Option<NodeId> {
        let origin = self.origin.get_value();
        desk.read(|editor| {
            let from = editor.reading_order().iter();
            let mut from = from.skip_while(|node| origin.as_ref() != Some(*node));
            from.find(|node| found.holds(node)).cloned()
        })
        .or_else(|| found.nodes.first().cloned())
    }
}

fn look(desk: Desk, text: &str) -> FoundNodes {
    let query = match Query::parse(text) {
        Ok(query) => query,
        Err(error) => {
            return FoundNodes {
                misunderstood: Some(error.message),
                ..FoundNodes::default()
            };
        }
    };
    let workspace = desk.workspace.known();
    let problems = if query.asks_for_problems() {
        desk.problems.get()
    } else {
        desk.problems.get_untracked()
    };
    let severity = |node: &NodeId| -> Option<Severity> { Some(problems.of_node(node)?.0) };
    desk.read(|editor| {
        let search = Search::new(&query, editor.flow(), &workspace, &severity);
        let mut found = FoundNodes {
            is_asked: !query.is_empty(),
            ..FoundNodes::default()
        };
        for node in editor.reading_order() {
            if let Some(hit) = search.look_at(node) {
                found.nodes.push(node.clone());
                found.excerpts.insert(node.clone(), hit.excerpt);
            }
        }
        found
    })
}

/// Moves the view, and nothing else, where a node is not wholly seen.
fn bring_into_view(desk: Desk, node: &NodeId) {
    let (card, is_seen) = desk.read(|editor| {
        let card = geometry::node_rect(editor.position_shown(node));
        let seen = editor.camera().visible_area(editor.viewport());
        (card, seen.encloses(&card))
    });
    if !is_seen {
        desk.run(Command::CentreOn(card.centre()));
    }
}

fn redraw(desk: Desk) {
    desk.draw(Dirty {
        scene: true,
        ..Dirty::default()
    });
}
