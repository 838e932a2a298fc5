//! How a search shows where nodes are drawn and not elements.

use editor::{Editor, Rect, geometry};
use flow::NodeId;
use web_sys::CanvasRenderingContext2d;

use super::{super::find::FoundNodes, inks::Inks, pen};

/// How much is left of what was not found.
pub(super) const FADED: f64 = 0.32;
/// Screen pixels of a ring, and between it and its card.
const RING: f64 = 2.0;
const GAP: f64 = 2.0;

/// What is drawn next was not found.
pub(super) fn fade(context: &CanvasRenderingContext2d, found: &FoundNodes) {
    if !found.is_empty() {
        context.set_global_alpha(FADED);
    }
}

/// What is drawn next is as clear as ever.
pub(super) fn restore(context: &CanvasRenderingContext2d) {
    context.set_global_alpha(1.0);
}

/// Those that were found in an area.
pub(super) fn visible(editor: &Editor, found: &FoundNodes, area: Rect) -> Vec<NodeId> {
    let is_in = |node: &&NodeId| geometry::node_rect(editor.position_shown(node)).intersects(&area);
    found.nodes().iter().filter(is_in).cloned().collect()
}

/// Rings around nodes that were found; the one that was gone to has a broad one.
pub(super) fn rings(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    editor: &Editor,
    nodes: &[NodeId],
    current: Option<&NodeId>,
) {
    let zoom = editor.camera().zoom;
    let ring = |node: &NodeId, width: f64| {
        let card = geometry::node_rect(editor.position_shown(node));
        context.begin_path();
        pen::rounded(context, card.grown((GAP + width / 2.0) / zoom), 8.0);
        context.set_line_width(width / zoom);
        context.stroke();
    };
    context.set_stroke_style_str(&inks.found);
    for node in nodes {
        let is_current = current == Some(node);
        ring(node, if is_current { 2.0 * RING } else { RING });
    }
}
