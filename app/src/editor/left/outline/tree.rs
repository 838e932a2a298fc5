//! The rows of the outline: which there are, which are shown, which of those
//! are in the page, and where the keyboard is among them.

use std::{sync::Arc, time::Duration};

use dom::{html, prelude::*};
use editor::{Command, Folded, Outline, OutlineEntry, OutlineKey, OutlineStep, SelectMode};
use flow::NodeId;

use super::{
    super::super::{
        debounce::Debounce,
        desk::{Desk, Home, RowWanted},
    },
    focus_row,
};
use crate::components::MenuHandle;

/// Rows in the page beyond those that are seen, on either side: in blocks, so
/// that scrolling by a line seldom changes anything.
const BLOCK: usize = 16;
/// How long the keyboard has to stay at a row before the drawing follows.
const QUIET: Duration = Duration::from_millis(80);
/// Where fingers work, rows are higher. The style sheet says the same.
const COARSE: &str = "(max-width: 767px), (pointer: coarse)";

/// What part of the outline is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scrolled {
    top: f64,
    height: f64,
    pub(super) row_height: f64,
}

impl Scrolled {
    /// How many rows are seen whole.
    pub(super) fn rows_in_view(self) -> usize {
        (self.height / self.row_height) as usize
    }
}

/// A row in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) key: OutlineKey,
    /// Its index among all rows.
    pub(super) row: usize,
    /// Its index among those that are shown.
    pub(super) place: usize,
}

/// The outline's state.
#[derive(Clone, Copy)]
pub(super) struct Tree {
    pub(super) desk: Desk,
    pub(super) outline: Memo<Arc<Outline>>,
    pub(super) folded: RwSignal<Folded>,
    pub(super) shown: Memo<Arc<Vec<usize>>>,
    pub(super) items: Memo<Vec<Item>>,
    /// The row that the keyboard is at, as it was last said.
    wanted: RwSignal<Option<OutlineKey>>,
    /// The index of that row, or of one near it if it is gone.
    pub(super) at: Memo<Option<usize>>,
    pub(super) scrolled: RwSignal<Scrolled>,
    pub(super) renaming: RwSignal<Option<NodeId>>,
    pub(super) menu: MenuHandle,
    body: NodeRef<html::Div>,
    follow: Debounce,
    /// What was typed to find a row, and when.
    pub(super) typed: StoredValue<(String, f64)>,
}

impl Tree {
    pub(super) fn new(desk: Desk, body: NodeRef<html::Div>) -> Self {
        // Moves make no other outline, and renaming neither.
        let outline = Memo::new_with_compare(
            move |_| {
                desk.revision.track();
                desk.read(editor::Editor::outline)
            },
            |before, now| match (before, now) {
                (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
                _ => true,
            },
        );
        let folded = RwSignal::new(Folded::default());
        let shown = Memo::new(move |_| {
            Arc::new(folded.with(|folded| outline.with(|outline| outline.shown(folded))))
        });
        let wanted = RwSignal::new(None::<OutlineKey>);
        let at = Memo::new(move |before: Option<&Option<usize>>| {
            let before = before.copied().flatten().unwrap_or_default();
            wanted.with(|wanted| outline.with(|outline| find(outline, wanted.as_ref(), before)))
        });
        let scrolled = RwSignal::new(Scrolled {
            top: 0.0,
            height: 800.0,
            row_height: 30.0,
        });
        let items = Memo::new(move |_| {
            let window = window_of(scrolled.get());
            let at = at.get();
            outline.with(|outline| shown.with(|shown| items(outline, shown, window, at)))
        });
        let tree = Self {
            desk,
            outline,
            folded,
            shown,
            items,
            wanted,
            at,
            scrolled,
            renaming: RwSignal::new(None),
            menu: MenuHandle::new(),
            body,
            follow: Debounce::new(QUIET),
            typed: StoredValue::new((String::new(), 0.0)),
        };
        request_animation_frame(move || tree.look());
        tree
    }

    /// Notes what is seen.
    pub(super) fn look(self) {
        let Some(body) = self.body.try_get_untracked().flatten() else {
            return;
        };
        let coarse = window().match_media(COARSE).ok().flatten();
        let coarse = coarse.is_some_and(|query| query.matches());
        let seen = Scrolled {
            top: f64::from(body.scroll_top()),
            height: f64::from(body.client_height()),
            row_height: if coarse { 44.0 } else { 30.0 },
        };
        if self.scrolled.try_get_untracked() != Some(seen) {
            self.scrolled.try_set(seen);
        }
    }

    /// The entry of the row that the keyboard is at.
    pub(super) fn entry(self) -> Option<OutlineEntry> {
        let at = self.at.try_get_untracked().flatten()?;
        self.outline
            .with_untracked(|outline| outline.rows().get(at).map(|row| row.entry.clone()))
    }

    /// Moves the keyboard to a row.
    pub(super) fn step(self, step: OutlineStep) -> bool {
        let next = self.at.get_untracked().and_then(|at| {
            let (outline, shown) = (self.outline.get_untracked(), self.shown.get_untracked());
            outline.neighbour(&shown, at, step)
        });
        if let Some(next) = next {
            self.go(next);
        }
        next.is_some()
    }

    /// Moves the keyboard to a row; the drawing follows once it stays there.
    pub(super) fn go(self, row: usize) {
        let outline = self.outline.get_untracked();
        let Some(found) = outline.rows().get(row) else {
            return;
        };
        self.reach(found.entry.key());
        match found.entry.clone() {
            OutlineEntry::Node { id, .. } => self.desk.announce_node(id),
            OutlineEntry::Exit {
                node, port, leads, ..
            } => self.desk.announce_exit(node, port, leads),
            OutlineEntry::NotReached => {}
        }
        self.follow.run(move || self.lead_drawing());
    }

    /// Keeps the drawing from following to where the keyboard is now.
    pub(super) fn stay(self) {
        self.follow.run(|| {});
    }

    /// Moves the focus to the row with this key, and what hides it away.
    pub(super) fn reach(self, key: OutlineKey) {
        self.show(key);
        focus_row(self.desk, self.body);
    }

    /// Brings the row with this key into view and makes it the one that the
    /// keyboard is at.
    fn show(self, key: OutlineKey) {
        let outline = self.outline.get_untracked();
        if let Some(row) = outline.find(&key) {
            let hidden = self
                .folded
                .try_update_untracked(|folded| outline.unfold_to(row, folded));
            if hidden == Some(true) {
                self.folded.notify();
            }
        }
        self.wanted.set(Some(key));
        if let Some(row) = self.at.get_untracked() {
            self.scroll_to(row);
        }
    }

    fn scroll_to(self, row: usize) {
        let place = self
            .shown
            .with_untracked(|shown| shown.binary_search(&row).ok());
        let (Some(place), Some(body)) = (place, self.body.get_untracked()) else {
            return;
        };
        let row_height = self.scrolled.get_untracked().row_height;
        let (from, height) = (place as f64 * row_height, f64::from(body.client_height()));
        let top = f64::from(body.scroll_top());
        if from < top {
            body.set_scroll_top(from as i32);
        } else if from + row_height > top + height {
            body.set_scroll_top((from + row_height - height).ceil() as i32);
        }
        self.look();
    }

    /// Selects on the drawing what the row is about.
    fn lead_drawing(self) {
        match self.entry() {
            Some(OutlineEntry::Node { id, .. }) => {
                self.desk.run(Command::WalkTo(id));
            }
            Some(entry @ OutlineEntry::Exit { .. }) => {
                self.desk.run(match (entry.edge(), entry.node()) {
                    (Some(edge), _) => Command::SelectEdge(edge.clone()),
                    (None, node) => Command::Select {
                        nodes: node.cloned().into_iter().collect(),
                        mode: SelectMode::Replace,
                    },
                });
            }
            Some(OutlineEntry::NotReached) | None => {}
        }
    }

    /// The row of what is selected elsewhere is the one that the keyboard comes
    /// to.
    pub(super) fn follow_canvas(self) {
        let desk = self.desk;
        Effect::new(move |_| {
            let only = desk
                .selected
                .with(|selected| match selected.nodes.as_slice() {
                    [only] => Some(only.clone()),
                    _ => None,
                });
            if let Some(only) = only
                && desk.home() == Home::Canvas
            {
                self.show(OutlineKey::Node(only));
            }
        });
    }

    /// Takes the focus when the row that had it is gone and nothing else took it, as
    /// when what was added is taken back.
    pub(super) fn keep_focus(self) {
        let (desk, body) = (self.desk, self.body);
        Effect::new(move |was_gone: Option<bool>| {
            let is_gone = self.outline.with(|outline| {
                self.wanted.with_untracked(|wanted| {
                    wanted
                        .as_ref()
                        .is_some_and(|key| outline.find(key).is_none())
                })
            });
            // Where the last row went there was none to go to until one came.
            let was_lost = is_gone || was_gone == Some(true);
            if was_lost && desk.home() == Home::Outline {
                request_animation_frame(move || {
                    let active = document().active_element();
                    if active.is_none_or(|active| active.tag_name() == "BODY") {
                        focus_row(desk, body);
                    }
                });
            }
            is_gone
        });
    }

    /// Takes the focus when it is given back.
    pub(super) fn answer_calls(self) {
        let wanted = self.desk.row_wanted;
        Effect::new(move |_| {
            let row = wanted.get();
            match row {
                Some(RowWanted::Key(key)) => self.reach(key),
                Some(RowWanted::Same) => focus_row(self.desk, self.body),
                None => return,
            }
            wanted.update_untracked(|wanted| *wanted = None);
        });
    }
}

/// The row with this key; if it is gone, its node's, else the one in its place.
fn find(outline: &Outline, wanted: Option<&OutlineKey>, before: usize) -> Option<usize> {
    let last = outline.rows().len().checked_sub(1)?;
    let Some(wanted) = wanted else {
        return Some(0);
    };
    let of_node = || match wanted {
        OutlineKey::Exit(node, ..) => outline.find(&OutlineKey::Node(node.clone())),
        _ => None,
    };
    let found = outline.find(wanted).or_else(of_node);
    Some(found.unwrap_or(before.min(last)))
}

/// The places that are in the page.
fn window_of(scrolled: Scrolled) -> std::ops::Range<usize> {
    let first = (scrolled.top / scrolled.row_height) as usize / BLOCK * BLOCK;
    let seen = (scrolled.height / scrolled.row_height).ceil() as usize;
    first.saturating_sub(BLOCK)..first + seen + 2 * BLOCK
}

/// The rows in the page: those near what is seen, and the one that has the
/// focus, which would be lost with it.
fn items(
    outline: &Outline,
    shown: &[usize],
    window: std::ops::Range<usize>,
    at: Option<usize>,
) -> Vec<Item> {
    let item = |place: usize| {
        let row = *shown.get(place)?;
        let key = outline.rows().get(row)?.entry.key();
        Some(Item { key, row, place })
    };
    let last = window.end.min(shown.len());
    let places = window.start.min(last)..last;
    let focused = at
        .and_then(|at| shown.binary_search(&at).ok())
        .filter(|place| !places.contains(place));
    let before = focused.filter(|place| *place < places.start);
    let after = focused.filter(|place| *place >= places.end);
    before
        .into_iter()
        .chain(places)
        .chain(after)
        .filter_map(item)
        .collect()
}
