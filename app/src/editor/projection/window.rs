//! Of which part of the canvas there are cards, and of which nodes.

use editor::{Editor, Hit, Overlay, Rect, Verdict, geometry};
use flow::{EdgeId, NodeId};

use super::{FAR, MOST_CARDS, MOST_FAR_CARDS, has_many_selected};

/// What lies so many screen pixels beyond the pane is there already, so that
/// few frames of a pan change what there is.
const MARGIN_IN_SCREEN: f64 = 128.0;

/// So far beyond the pane it is ahead of a pan when the view has been at rest.
const AHEAD_IN_SCREEN: f64 = 208.0;
/// By so much it reaches further at a time, so that no step takes long.
const STEP_IN_SCREEN: f64 = 48.0;

/// While the window has at most so many nodes, those stay that went out of view.
const MOST_KEPT: usize = 110;

/// What is in the window.
#[derive(Default)]
pub(super) enum Visible {
    /// So many nodes that the canvas draws them.
    #[default]
    Many,
    /// Few enough for a card each.
    Few(Vec<NodeId>, Vec<EdgeId>),
}

impl Visible {
    pub(super) fn of(editor: &Editor, window: Rect) -> Self {
        let most = if editor.camera().zoom < FAR {
            MOST_FAR_CARDS
        } else {
            MOST_CARDS
        };
        if editor.has_more_nodes_in(&window, most) {
            return Self::Many;
        }
        let nodes = in_document_order(editor, editor.visible_nodes(window));
        Self::Few(nodes, editor.visible_edges(window))
    }
}

/// The part of the canvas of which there are cards.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) area: Rect,
    zoom: f64,
}

impl Window {
    /// What is seen and some more: also what was seen before, while those are
    /// few nodes, so that going back and forth brings no new cards.
    pub(super) fn of(editor: &Editor, before: Option<Self>) -> Self {
        let camera = editor.camera();
        let seen = camera.visible_area(editor.viewport());
        let now = Self {
            area: seen.grown(MARGIN_IN_SCREEN / camera.zoom),
            zoom: camera.zoom,
        };
        let both = before
            .filter(|before| before.zoom == now.zoom && before.area.intersects(&seen))
            .map(|before| before.area.united(&now.area));
        match both.filter(|both| !editor.has_more_nodes_in(both, MOST_KEPT)) {
            Some(area) => Self { area, ..now },
            None => now,
        }
    }

    /// It and a little more, where it is not yet ahead of a pan; none where that
    /// would be many nodes.
    pub(super) fn further(&self, editor: &Editor) -> Option<Self> {
        let camera = editor.camera();
        let seen = camera.visible_area(editor.viewport());
        let most = seen.grown(AHEAD_IN_SCREEN / camera.zoom);
        if self.zoom != camera.zoom || self.area.encloses(&most) {
            return None;
        }
        let step = self.area.grown(STEP_IN_SCREEN / camera.zoom);
        let area = step.common(&most)?.united(&self.area);
        let is_few = !editor.has_more_nodes_in(&area, MOST_KEPT);
        (is_few && area != self.area).then_some(Self { area, ..*self })
    }

    /// Whether it holds what is seen.
    pub(super) fn still_holds(&self, editor: &Editor) -> bool {
        let camera = editor.camera();
        let seen = camera.visible_area(editor.viewport());
        self.zoom == camera.zoom && self.area.encloses(&seen)
    }
}

pub(super) fn in_document_order(editor: &Editor, mut ids: Vec<NodeId>) -> Vec<NodeId> {
    ids.sort_by_cached_key(|id| editor.flow().nodes.get_index_of(id));
    ids
}

/// The nodes in the window that a person deals with: selected, focused, under
/// the pointer, being dragged or connected.
pub(super) fn dealt_with(editor: &Editor, window: Rect) -> Vec<NodeId> {
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
    let is_visible = |id: &NodeId| {
        editor.flow().nodes.contains_key(id)
            && geometry::node_rect(editor.position_shown(id)).intersects(&window)
    };
    let selected = editor.selection().nodes();
    // The canvas shows which are, where they are many.
    let few = (!has_many_selected(editor)).then(|| selected.iter());
    let selected = few.into_iter().flatten().filter(|id| is_visible(id));
    let mut nodes: Vec<NodeId> = selected.cloned().collect();
    let others = [editor.focus(), hovered].into_iter().chain(connecting);
    for id in others.flatten() {
        if is_visible(id) && !nodes.contains(id) {
            nodes.push(id.clone());
        }
    }
    in_document_order(editor, nodes)
}
