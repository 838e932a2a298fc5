//! Copy, cut, paste, duplicate.

use std::hash::{Hash, Hasher};

use flow::{Flow, Kind, NodeId, NoteId, Point};
use rustc_hash::{FxHashSet, FxHasher};

use super::{Editor, announce};
use crate::{
    Effect, NotAddable, Selection, Update,
    addable::addable,
    clipboard,
    geometry::{GRID, Rect, snap_to_grid},
    plan::{Copied, count_of, plan_copies},
};

/// How far a copy lies from what it is a copy of.
const BESIDE: Point = Point::new(2.0 * GRID, 2.0 * GRID);

/// Places that are tried before a copy may hide a card.
const PLACES_TRIED: u32 = 50;

/// What was pasted last: the same again goes beside it, not onto it.
#[derive(Clone, Debug)]
pub(super) struct LastPaste {
    text_hash: u64,
    at_in_canvas: Option<Point>,
    repeats: u32,
}

impl Editor {
    /// The nodes at hand as text for the clipboard; none without any.
    pub fn clipboard_text(&self) -> Option<String> {
        let nodes = self.nodes_at_hand();
        let notes = self.notes_at_hand();
        clipboard::write(&Copied::of(self.flow(), &self.scene, &nodes, &notes))
    }

    /// Puts the nodes at hand on the clipboard; says whether there were any.
    pub(super) fn copy(&mut self, update: &mut Update) -> bool {
        match self.clipboard_text() {
            Some(text) => {
                update.effects.push(Effect::CopyText(text));
                let nodes = self.nodes_at_hand();
                let notes = self.notes_at_hand().len();
                let count = count_of(self.flow(), nodes.iter(), notes);
                announce(update, format!("Copied {count}."));
                true
            }
            None => {
                announce(update, "Select the nodes to copy first.");
                false
            }
        }
    }

    pub(super) fn paste(
        &mut self,
        text: &str,
        at_in_canvas: Option<Point>,
        keeps_incoming: bool,
        update: &mut Update,
    ) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let at_pointer = self.pointer_in_screen;
        let at_in_canvas = at_in_canvas.or(at_pointer.map(|at| self.camera.to_canvas(at)));
        let copied = match clipboard::read(text) {
            Ok(copied) => copied,
            Err(sentence) => {
                update
                    .effects
                    .push(Effect::PasteRefused(sentence.to_owned()));
                return;
            }
        };
        let Fitting { copied, left_out } = fitting(self.flow(), copied);
        if copied.nodes.is_empty() && copied.notes.is_empty() {
            let sentence = format!("Nothing was pasted. {}", left_out.unwrap_or_default());
            update.effects.push(Effect::PasteRefused(sentence));
            return;
        }
        update.effects.extend(left_out.map(Effect::LeftOut));
        let repeats = self.count_paste(text, at_in_canvas);
        let by = self.place_for(&copied, at_in_canvas, repeats);
        let counted = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            many => Some(format!("{many} {one}s")),
        };
        let nodes = counted(copied.nodes.len(), "node");
        let parts: Vec<_> = nodes
            .into_iter()
            .chain(counted(copied.notes.len(), "note"))
            .collect();
        let label = format!("Paste {}", parts.join(" and "));
        self.add_copies(&copied, by, label, keeps_incoming, update);
    }

    /// How often this was pasted here just before.
    fn count_paste(&mut self, text: &str, at_in_canvas: Option<Point>) -> u32 {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let text_hash = hasher.finish();
        let repeats = match &self.last_paste {
            Some(last) if last.text_hash == text_hash && last.at_in_canvas == at_in_canvas => {
                last.repeats + 1
            }
            _ => 0,
        };
        self.last_paste = Some(LastPaste {
            text_hash,
            at_in_canvas,
            repeats,
        });
        repeats
    }

    /// How far copies move: with their middle to the pointer; without one,
    /// beside where they were copied if that is in view, else to the middle of
    /// the view.
    fn place_for(&self, copied: &Copied, at_in_canvas: Option<Point>, repeats: u32) -> Point {
        let Some(bounds) = clipboard::bounds(copied) else {
            return Point::default();
        };
        let is_in_view = self.world().visible_area().encloses(&bounds);
        let (middle, steps) = match at_in_canvas {
            Some(at) => (at, repeats),
            None if is_in_view => (bounds.centre(), repeats + 1),
            None => (self.middle_in_canvas(), repeats),
        };
        let steps = f64::from(steps);
        let moved = bounds.min + (middle - bounds.centre());
        let by = snap_to_grid(moved) - bounds.min;
        let mut by = by + Point::new(BESIDE.x * steps, BESIDE.y * steps);
        for _ in 0..PLACES_TRIED {
            if !copied
                .nodes
                .iter()
                .any(|(.., at)| self.is_hidden_by(*at + by))
            {
                break;
            }
            by = by + BESIDE;
        }
        by
    }

    /// Whether a card here would hide another all but whole.
    fn is_hidden_by(&self, position: Point) -> bool {
        let mut hides = false;
        let corner = Rect::around(position, GRID / 2.0);
        self.scene.for_each_node_in(&corner, |id| {
            hides |= corner.contains(self.flow().position(id));
        });
        hides
    }

    pub(super) fn duplicate(&mut self, update: &mut Update) {
        let selected = self.selection.clone();
        self.clone_selected(BESIDE, "Duplicate", update);
        // Whatever was copied is selected now.
        if self.selection != selected {
            self.keep_at_hand_in_view(update);
        }
    }

    /// Adds copies of the nodes at hand, moved by this much.
    pub(super) fn clone_selected(&mut self, by: Point, verb: &str, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let nodes = self.nodes_at_hand();
        let notes = self.notes_at_hand();
        if nodes.is_empty() && notes.is_empty() {
            announce(update, "Select the nodes to duplicate first.");
            return;
        }
        let copied = Copied::of(self.flow(), &self.scene, &nodes, &notes);
        let Fitting { copied, left_out } = fitting(self.flow(), copied);
        update.effects.extend(left_out.map(Effect::LeftOut));
        if copied.nodes.is_empty() && copied.notes.is_empty() {
            return;
        }
        let copies = copied.nodes.iter().map(|(id, ..)| id);
        let what = count_of(self.flow(), copies, copied.notes.len());
        let label = format!("{verb} {what}");
        self.add_copies(&copied, by, label, false, update);
    }

    fn add_copies(
        &mut self,
        copied: &Copied,
        by: Point,
        label: String,
        keeps_incoming: bool,
        update: &mut Update,
    ) {
        let flow = self.document.shown();
        let incoming_by = keeps_incoming.then_some(&self.scene);
        let (transaction, added) = plan_copies(flow, incoming_by, copied, by, label, &mut self.ids);
        if self.commit(transaction, None, update) {
            self.select_added(added.nodes, added.notes, update);
        }
    }

    /// What is new is selected; a single node or note gets the focus.
    pub(super) fn select_added(
        &mut self,
        nodes: Vec<NodeId>,
        notes: Vec<NoteId>,
        update: &mut Update,
    ) {
        match (nodes.as_slice(), notes.as_slice()) {
            ([only], []) => {
                self.set_focus(Some(only.clone()), update);
                update.effects.push(Effect::FocusNode(only.clone()));
            }
            ([], [only]) => {
                self.set_note_focus(Some(only.clone()), update);
                update.effects.push(Effect::FocusNote(only.clone()));
            }
            _ => {}
        }
        self.select(Selection::of_nodes(nodes).with_notes(notes), update);
    }
}

/// What of copied nodes a flow can take.
struct Fitting {
    copied: Copied,
    /// What it cannot take and why, in a sentence; none where it takes all.
    left_out: Option<String>,
}

/// Leaves out the nodes that a flow cannot take, such as a second Start or the
/// End of a lookup flow in a module.
fn fitting(flow: &Flow, copied: Copied) -> Fitting {
    let mut left_out: Vec<(NotAddable, Vec<&'static str>)> = Vec::new();
    let mut has_start = false;
    let mut leave_out = |kind: &Kind, reason: NotAddable| {
        let title = kind.spec().map_or("", |spec| spec.title);
        match left_out.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, titles)) if titles.contains(&title) => {}
            Some((_, titles)) => titles.push(title),
            None => left_out.push((reason, vec![title])),
        }
    };
    let Copied {
        mut nodes,
        edges,
        incoming,
        notes,
        mut groups,
    } = copied;
    nodes.retain(|(_, node, _)| {
        let is_start = node.kind == Kind::START;
        let reason = match addable(flow, &node.kind) {
            Err(reason) => reason,
            Ok(()) if is_start && has_start => NotAddable::SecondStart,
            Ok(()) => {
                has_start |= is_start;
                return true;
            }
        };
        leave_out(&node.kind, reason);
        false
    });
    // A group is no more than the nodes that are in it.
    let stays: FxHashSet<&NodeId> = nodes.iter().map(|(id, ..)| id).collect();
    for (_, members) in &mut groups {
        members.retain(|id| stays.contains(id));
    }
    groups.retain(|(_, members)| !members.is_empty());
    let sentences: Vec<_> = left_out
        .iter()
        .map(|(reason, titles)| format!("Left out {}: {reason}.", titles.join(", ")))
        .collect();
    Fitting {
        copied: Copied {
            nodes,
            edges,
            incoming,
            notes,
            groups,
        },
        left_out: (!sentences.is_empty()).then(|| sentences.join(" ")),
    }
}
