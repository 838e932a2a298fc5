//! What of the editor the page shows, as signals.
//!
//! The editor itself is a plain value that nothing reacts to. After every
//! input, command and message the parts of the page whose content differs are
//! told, and no others: a moving node wakes its own card and nothing else.

mod beside;
mod card;
mod mark;
mod shown;
mod window;

use std::{collections::HashSet, hash::Hash};

use dom::prelude::*;
use editor::{
    Editor, Hit, OrderedSet, Overlay, Rect, Update,
    geometry::{self, End},
};
use flow::{EdgeId, NodeId, Point};
use rustc_hash::FxHashMap;

pub(crate) use beside::{Beside, GroupShown, NoteShown, counted};
pub(crate) use card::{Card, CardContent, CardState, Connect, ExitShown};
pub(crate) use mark::{EdgeMark, MarkState};
pub(crate) use shown::{FlowShown, History, Selected, Tool};
use window::{Visible, Window, dealt_with, in_document_order};

/// Above so many visible nodes the canvas draws them, and only those that a
/// person deals with are elements.
pub(crate) const MOST_CARDS: usize = 200;
/// The same where cards are too small to be read with ease.
const MOST_FAR_CARDS: usize = 40;
/// Below this zoom they are: names are less than 6.5 pixels high.
const FAR: f64 = 0.5;
/// Where the canvas draws the nodes, so many selected ones have a card all the
/// same; if there are more, the canvas shows which are selected.
pub(crate) const MOST_SELECTED_CARDS: usize = 40;

/// Whether more nodes are selected than have a card where the canvas draws nodes.
pub(crate) fn has_many_selected(editor: &Editor) -> bool {
    editor.selection().nodes().len() > MOST_SELECTED_CARDS
}

/// How far a card's shadow and what hangs below it reach, in canvas units.
const SHADOW: f64 = 64.0;

/// The signals of the canvas: which cards and edge marks there are, and each
/// one's content.
#[derive(Clone, Copy)]
pub(crate) struct Projection {
    /// The nodes that have a card, in document order but for those that came into
    /// view later.
    pub(crate) nodes: RwSignal<Vec<NodeId>>,
    /// The edges that have a mark in the page.
    pub(crate) edges: RwSignal<Vec<EdgeId>>,
    /// Whether the canvas draws nodes, because not all that are visible have a
    /// card.
    pub(crate) simplified: RwSignal<bool>,
    /// Notes and groups.
    pub(crate) beside: Beside,
    parts: StoredValue<Parts>,
}

/// What an update comes from, as far as it matters to what there is to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Another step of the same follows soon, as the wheel zooms in many: no
    /// card comes before the last of them.
    OneOfMany,
    /// Anything else.
    Whole,
}

#[derive(Default)]
struct Parts {
    cards: FxHashMap<NodeId, Card>,
    marks: FxHashMap<EdgeId, EdgeMark>,
    window: Option<Window>,
    visible: Visible,
    /// Whether cards and marks are still those of another window.
    late: bool,
    /// Whether they show that nodes are being dragged.
    dragging: bool,
}

impl Projection {
    pub(crate) fn new() -> Self {
        Self {
            nodes: RwSignal::new(Vec::new()),
            edges: RwSignal::new(Vec::new()),
            simplified: RwSignal::new(false),
            beside: Beside::new(),
            parts: StoredValue::new_local(Parts::default()),
        }
    }

    /// The signals of a card.
    pub(crate) fn card(self, id: &NodeId) -> Option<Card> {
        self.parts
            .try_with_value(|parts| parts.cards.get(id).cloned())
            .flatten()
    }

    /// The signals of an edge's mark.
    pub(crate) fn mark(self, id: &EdgeId) -> Option<EdgeMark> {
        self.parts
            .try_with_value(|parts| parts.marks.get(id).cloned())
            .flatten()
    }

    /// Tells the page what an update changed.
    pub(crate) fn refresh(self, editor: &Editor, update: &Update, step: Step) {
        let changes = &update.changes;
        let came_or_went = !changes.nodes.is_empty() || !changes.edges.is_empty();
        let moved = !changes.moved.is_empty();
        let deals_with = update.selection || update.overlay || update.focus || update.hover;
        let beside = !changes.notes.is_empty() || !changes.groups.is_empty();
        if !(came_or_went || moved || beside || deals_with || update.camera) {
            return;
        }
        self.beside.refresh(editor, update);
        // What is drawn will do until the last of many steps.
        let waits = step == Step::OneOfMany && self.simplified.get_untracked();
        if waits && !(came_or_went || moved) {
            self.parts.update_value(|parts| parts.late = true);
            return;
        }
        let lists = self.parts.try_update_value(|parts| {
            let late = parts.late && step == Step::Whole;
            let window = match parts
                .window
                .filter(|window| !late && window.still_holds(editor))
            {
                Some(window) => window,
                None => Window::of(editor, parts.window),
            };
            let stale = late || parts.window != Some(window);
            let anew = stale || came_or_went || moved;
            if !(anew || deals_with) {
                // The view moved within what is already there.
                return None;
            }
            let dragged = match editor.overlay() {
                Overlay::Dragging {
                    nodes,
                    clones: false,
                    ..
                } => Some(nodes),
                _ => None,
            };
            let same = !(anew || update.selection || update.focus || update.hover);
            let before = std::mem::replace(&mut parts.dragging, dragged.is_some());
            if same
                && before
                && let Some(nodes) = dragged
            {
                parts.follow(editor, nodes);
                return None;
            }
            if anew {
                parts.window = Some(window);
                parts.visible = Visible::of(editor, window.area);
                parts.late = false;
            }
            let (mut nodes, edges, simplified) = parts.shown(editor, window.area, step);
            // The browser's focus would be lost with the card that has it.
            if let Some(focused) = editor.focus()
                && !nodes.contains(focused)
            {
                nodes.push(focused.clone());
                nodes = in_document_order(editor, nodes);
            }
            parts.refresh_cards(editor, &nodes, came_or_went);
            parts.refresh_marks(editor, &edges);
            Some((simplified, nodes, edges))
        });
        if let Some(Some((simplified, nodes, edges))) = lists {
            set_if_different(self.simplified, simplified);
            // Elements that change their order are laid out again, so those that
            // come into view go behind the others.
            let nodes = if came_or_went {
                nodes
            } else {
                self.nodes.with_untracked(|before| joining(before, nodes))
            };
            set_if_different(self.nodes, nodes);
            let edges = self.edges.with_untracked(|before| joining(before, edges));
            set_if_different(self.edges, edges);
        }
    }

    /// Lets a few more cards come of what lies a little further out, while nobody
    /// waits for anything; whether there are more.
    pub(crate) fn look_ahead(self, editor: &Editor) -> bool {
        let further = self.parts.try_update_value(|parts| {
            if !matches!(parts.visible, Visible::Few(..)) {
                return false;
            }
            let further = parts.window.and_then(|window| window.further(editor));
            parts.late |= further.is_some();
            parts.window = further.or(parts.window);
            further.is_some()
        });
        if further == Some(true) {
            self.catch_up(editor);
        }
        further == Some(true)
    }

    /// Lets the cards come that waited for the last of many steps.
    pub(crate) fn catch_up(self, editor: &Editor) {
        if self.parts.try_with_value(|parts| parts.late) == Some(true) {
            let update = Update {
                camera: true,
                ..Update::default()
            };
            self.refresh(editor, &update, Step::Whole);
        }
    }
}

impl Parts {
    /// The nodes that have a card, the edges that have a mark, and whether the
    /// canvas draws other nodes.
    fn shown(
        &mut self,
        editor: &Editor,
        window: Rect,
        step: Step,
    ) -> (Vec<NodeId>, Vec<EdgeId>, bool) {
        let (nodes, edges) = match &self.visible {
            Visible::Few(nodes, edges) => (nodes, edges),
            Visible::Many => {
                let edges = editor.selection().edges().iter().take(MOST_CARDS);
                return (dealt_with(editor, window), edges.cloned().collect(), true);
            }
        };
        if step == Step::Whole {
            return (nodes.clone(), edges.clone(), false);
        }
        let flow = editor.flow();
        let kept = self.cards.keys().filter(|id| flow.nodes.contains_key(*id));
        let kept = in_document_order(editor, kept.cloned().collect());
        let marked = self.marks.keys().filter(|id| flow.edges.contains_key(*id));
        let marked = marked.cloned().collect();
        let simplified = nodes.iter().any(|id| !self.cards.contains_key(id));
        self.late = true;
        (kept, marked, simplified)
    }

    fn refresh_cards(&mut self, editor: &Editor, ids: &[NodeId], content_changed: bool) {
        let keep: HashSet<&NodeId> = ids.iter().collect();
        self.cards.retain(|id, _| keep.contains(id));
        let deals = card::Deals::of(editor);
        for id in ids {
            let place = place(editor, id);
            let state = deals.state(id);
            if let Some(card) = self.cards.get(id) {
                if content_changed && let Some(content) = Self::content(editor, id) {
                    set_if_different(card.content.clone(), content);
                }
                set_if_different(card.position.clone(), place.0);
                set_if_different(card.shift.clone(), place.1);
                set_if_different(card.state.clone(), state);
            } else if let Some(content) = Self::content(editor, id) {
                self.cards
                    .insert(id.clone(), Card::new(content, place, state));
            }
        }
    }

    fn content(editor: &Editor, id: &NodeId) -> Option<CardContent> {
        let node = editor.flow().nodes.get(id)?;
        let exits = node.exits().into_iter().map(|exit| ExitShown {
            connected: editor.edge_from(id, &exit.port).is_some(),
            exit,
        });
        Some(CardContent {
            node: node.clone(),
            exits: exits.collect(),
            orientation: editor.orientation(),
            entered: editor.is_entered(id),
            ends: editor.ends_after(id),
        })
    }

    /// Moves what is dragged, and nothing else.
    fn follow(&self, editor: &Editor, dragged: &OrderedSet<NodeId>) {
        let seen = editor.camera().visible_area(editor.viewport());
        for (id, card) in &self.cards {
            if dragged.contains(id) {
                let (position, shift) = place(editor, id);
                let before = card.shift.get_untracked();
                // What goes by out of sight need not be shown to do so.
                let is_seen = [shift, before].into_iter().any(|shift| {
                    let card = geometry::node_rect(position + shift);
                    card.grown(SHADOW).intersects(&seen)
                });
                if is_seen {
                    set_if_different(card.shift.clone(), shift);
                }
            }
        }
        // What stands on other edges is seen, or heard, when they are at rest.
        for id in editor.selection().edges() {
            if let Some(mark) = self.marks.get(id)
                && let Some(state) = mark_state(editor, id, false)
            {
                set_if_different(mark.state.clone(), state);
            }
        }
    }

    fn refresh_marks(&mut self, editor: &Editor, ids: &[EdgeId]) {
        let keep: HashSet<&EdgeId> = ids.iter().collect();
        self.marks.retain(|id, _| keep.contains(id));
        let is_idle = matches!(editor.overlay(), Overlay::Idle);
        let hovered = match editor.hover() {
            Some(Hit::Edge(id)) if is_idle => Some(id),
            _ => None,
        };
        let to_go = editor.edges_to_go();
        for id in ids {
            let Some(mut state) = mark_state(editor, id, hovered == Some(id)) else {
                continue;
            };
            state.to_go = to_go.contains(&id);
            match self.marks.get(id) {
                Some(mark) => set_if_different(mark.state.clone(), state),
                None => {
                    self.marks.insert(id.clone(), EdgeMark::new(state));
                }
            }
        }
    }
}

/// The members of a list: those of it that were there before as they were, then
/// the others.
fn joining<T: Clone + Eq + Hash>(before: &[T], now: Vec<T>) -> Vec<T> {
    let stay: HashSet<&T> = now.iter().collect();
    let stays = |id: &&T| stay.contains(*id);
    let mut all: Vec<T> = before.iter().filter(stays).cloned().collect();
    let known: HashSet<T> = all.iter().cloned().collect();
    all.extend(now.into_iter().filter(|id| !known.contains(id)));
    all
}

/// Where a node is in the flow, and how far it is shown from there.
fn place(editor: &Editor, id: &NodeId) -> (Point, Point) {
    let position = editor.flow().position(id);
    (position, editor.position_shown(id) - position)
}

fn mark_state(editor: &Editor, id: &EdgeId, hovered: bool) -> Option<MarkState> {
    let edge = editor.flow().edges.get(id)?;
    let curve = editor.curve_shown(id)?;
    let is_idle = matches!(editor.overlay(), Overlay::Idle);
    Some(MarkState {
        edge: edge.clone(),
        at: curve.label_point(),
        handles: is_idle.then(|| (curve.handle(End::Source), curve.handle(End::Target))),
        selected: editor.selection().edges().contains(id),
        to_go: false,
        hovered,
    })
}

/// Sets a signal unless that would tell nobody anything.
pub(crate) fn set_if_different<S, T>(signal: S, value: T)
where
    S: dom::Writable<T>,
    T: PartialEq,
{
    if signal.is_now(|before| *before != value) {
        signal.try_set(value);
    }
}
