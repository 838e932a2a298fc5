//! What of the editor the page shows, as signals.
//!
//! The editor itself is a plain value that nothing reacts to. After every
//! input, command and message the parts of the page whose content differs are
//! told, and no others: a moving node wakes its own card and nothing else.

mod beside;
mod card;
mod mark;
mod shown;

use std::collections::HashSet;

use editor::{Editor, Hit, Overlay, Rect, Update, Verdict, geometry::End};
use flow::{EdgeId, Flow, NodeId, Point, Port};
use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use beside::{Beside, GroupShown, NoteShown, counted};
pub(crate) use card::{Card, CardContent, CardState, Connect, ExitShown};
pub(crate) use mark::{EdgeMark, MarkState};
pub(crate) use shown::{FlowShown, History, Selected, Tool};

/// Above so many visible nodes the canvas draws them, and only those that a
/// person deals with are elements.
pub(crate) const MOST_CARDS: usize = 200;
/// What is visible is looked up by tiles of so many screen pixels, so that few
/// frames of a pan change what there is.
const TILE_IN_SCREEN: f64 = 256.0;

/// The signals of the canvas: which cards and edge marks there are, and each
/// one's content.
#[derive(Clone, Copy)]
pub(crate) struct Projection {
    /// The nodes that have a card, in document order.
    pub(crate) nodes: RwSignal<Vec<NodeId>>,
    /// The edges that have a mark in the page.
    pub(crate) edges: RwSignal<Vec<EdgeId>>,
    /// Whether the canvas draws the nodes because there are too many.
    pub(crate) simplified: RwSignal<bool>,
    /// Notes and groups.
    pub(crate) beside: Beside,
    parts: StoredValue<Parts, LocalStorage>,
}

#[derive(Default)]
struct Parts {
    cards: FxHashMap<NodeId, Card>,
    marks: FxHashMap<EdgeId, EdgeMark>,
    connected: Connected,
    window: Option<Rect>,
    visible: Vec<NodeId>,
    visible_edges: Vec<EdgeId>,
}

/// Which ports have an edge.
#[derive(Default)]
struct Connected {
    exits: FxHashSet<(NodeId, Port)>,
    entries: FxHashSet<NodeId>,
}

impl Connected {
    fn of(flow: &Flow) -> Self {
        let edges = flow.edges.values();
        Self {
            exits: edges
                .clone()
                .map(|edge| (edge.source.clone(), edge.port.clone()))
                .collect(),
            entries: edges.map(|edge| edge.target.clone()).collect(),
        }
    }
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
    pub(crate) fn refresh(self, editor: &Editor, update: &Update) {
        let changes = &update.changes;
        let came_or_went = !changes.nodes.is_empty() || !changes.edges.is_empty();
        let moved = !changes.moved.is_empty();
        let deals_with = update.selection || update.overlay || update.focus || update.hover;
        let beside = !changes.notes.is_empty() || !changes.groups.is_empty();
        if !(came_or_went || moved || beside || deals_with || update.camera) {
            return;
        }
        self.beside.refresh(editor, update);
        let lists = self.parts.try_update_value(|parts| {
            if came_or_went {
                parts.connected = Connected::of(editor.flow());
            }
            let window = window(editor);
            let stale = parts.window != Some(window);
            if stale || came_or_went || moved {
                parts.window = Some(window);
                parts.visible = in_document_order(editor, editor.visible_nodes(window));
                parts.visible_edges = editor.visible_edges(window);
            }
            let simplified = parts.visible.len() > MOST_CARDS;
            let mut nodes = if simplified {
                dealt_with(editor, &parts.visible)
            } else {
                parts.visible.clone()
            };
            // The browser's focus would be lost with the card that has it.
            if let Some(focused) = editor.focus()
                && !nodes.contains(focused)
            {
                nodes.push(focused.clone());
                nodes = in_document_order(editor, nodes);
            }
            let edges = if simplified {
                editor
                    .selection()
                    .edges()
                    .iter()
                    .take(MOST_CARDS)
                    .cloned()
                    .collect()
            } else {
                parts.visible_edges.clone()
            };
            parts.refresh_cards(editor, &nodes, came_or_went);
            parts.refresh_marks(editor, &edges);
            (simplified, nodes, edges)
        });
        if let Some((simplified, nodes, edges)) = lists {
            set_if_different(self.simplified, simplified);
            set_if_different(self.nodes, nodes);
            set_if_different(self.edges, edges);
        }
    }
}

impl Parts {
    fn refresh_cards(&mut self, editor: &Editor, ids: &[NodeId], content_changed: bool) {
        let keep: HashSet<&NodeId> = ids.iter().collect();
        self.cards.retain(|id, _| keep.contains(id));
        let deals = card::Deals::of(editor);
        for id in ids {
            let position = editor.position_shown(id);
            let state = deals.state(id);
            if let Some(card) = self.cards.get(id) {
                if content_changed && let Some(content) = self.content(editor, id) {
                    set_if_different(card.content.clone(), content);
                }
                set_if_different(card.position.clone(), position);
                set_if_different(card.state.clone(), state);
            } else if let Some(content) = self.content(editor, id) {
                self.cards
                    .insert(id.clone(), Card::new(content, position, state));
            }
        }
    }

    fn content(&self, editor: &Editor, id: &NodeId) -> Option<CardContent> {
        let node = editor.flow().nodes.get(id)?;
        let exits = node.exits().into_iter().map(|exit| ExitShown {
            connected: self
                .connected
                .exits
                .contains(&(id.clone(), exit.port.clone())),
            exit,
        });
        Some(CardContent {
            node: node.clone(),
            exits: exits.collect(),
            entered: self.connected.entries.contains(id),
            ends: editor.ends_after(id),
        })
    }

    fn refresh_marks(&mut self, editor: &Editor, ids: &[EdgeId]) {
        let keep: HashSet<&EdgeId> = ids.iter().collect();
        self.marks.retain(|id, _| keep.contains(id));
        let overlay = editor.overlay();
        let is_idle = matches!(overlay, Overlay::Idle);
        let hovered = match editor.hover() {
            Some(Hit::Edge(id)) if is_idle => Some(id),
            _ => None,
        };
        let crossed = match overlay {
            Overlay::Cutting { crossed, .. } => crossed,
            _ => &[],
        };
        for id in ids {
            let (Some(edge), Some(curve)) = (editor.flow().edges.get(id), editor.curve_shown(id))
            else {
                continue;
            };
            let selected = editor.selection().edges().contains(id);
            let state = MarkState {
                edge: edge.clone(),
                at: curve.label_point(),
                handles: is_idle.then(|| (curve.handle(End::Source), curve.handle(End::Target))),
                selected,
                crossed: crossed.contains(id),
                hovered: hovered == Some(id),
            };
            match self.marks.get(id) {
                Some(mark) => set_if_different(mark.state.clone(), state),
                None => {
                    self.marks.insert(id.clone(), EdgeMark::new(state));
                }
            }
        }
    }
}

/// The part of the canvas that is looked at, out to whole tiles.
fn window(editor: &Editor) -> Rect {
    let camera = editor.camera();
    let seen = camera.visible_area(editor.viewport());
    let tile = TILE_IN_SCREEN / camera.zoom;
    let down = |length: f64| (length / tile).floor() * tile;
    let up = |length: f64| (length / tile).ceil() * tile;
    Rect {
        min: Point::new(down(seen.min.x), down(seen.min.y)),
        max: Point::new(up(seen.max.x), up(seen.max.y)),
    }
}

fn in_document_order(editor: &Editor, mut ids: Vec<NodeId>) -> Vec<NodeId> {
    ids.sort_by_cached_key(|id| editor.flow().nodes.get_index_of(id));
    ids
}

/// The visible nodes that a person deals with: selected, focused, under the
/// pointer, being dragged or connected.
fn dealt_with(editor: &Editor, visible: &[NodeId]) -> Vec<NodeId> {
    let hovered = match editor.hover() {
        Some(Hit::Node(id) | Hit::Exit { node: id, .. } | Hit::Entry { node: id }) => Some(id),
        _ => None,
    };
    let connecting = match editor.overlay() {
        Overlay::Connecting {
            source, verdict, ..
        } => {
            let end = match verdict {
                Verdict::Snap(node) | Verdict::Refused { node, .. } => Some(node),
                Verdict::Origin | Verdict::Free => None,
            };
            [Some(source), end]
        }
        Overlay::Rerouting {
            target, verdict, ..
        } => {
            let end = match verdict {
                Verdict::Snap(node) | Verdict::Refused { node, .. } => Some(node),
                Verdict::Origin | Verdict::Free => None,
            };
            [Some(target), end]
        }
        _ => [None, None],
    };
    let mut selected = 0;
    let is_dealt_with = |id: &&NodeId| {
        if editor.focus() == Some(id) || hovered == Some(id) || connecting.contains(&Some(id)) {
            return true;
        }
        let counts = editor.selection().nodes().contains(*id) && selected < MOST_CARDS;
        selected += usize::from(counts);
        counts
    };
    visible.iter().filter(is_dealt_with).cloned().collect()
}

/// Sets a signal unless that would tell nobody anything.
pub(crate) fn set_if_different<S, T>(signal: S, value: T)
where
    S: WithUntracked<Value = T> + Set<Value = T>,
    T: PartialEq,
{
    if signal.try_with_untracked(|before| *before != value) == Some(true) {
        signal.try_set(value);
    }
}
