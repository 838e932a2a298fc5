//! The still layer: every edge that does not move, and the nodes themselves
//! where there are too many for elements.

use editor::{Editor, Overlay, Rect, geometry};
use flow::NodeId;
use rustc_hash::FxHashMap;
use web_sys::CanvasRenderingContext2d;

use super::{
    super::look::kind_colour,
    inks::Inks,
    pen::{self, Stroke},
};

/// Below this zoom nodes have no text.
const TEXT_FROM: f64 = 0.4;
/// Below this zoom a node is a plain rectangle.
const DETAIL_FROM: f64 = 0.15;

/// How much of a disabled node's colours is left.
const FADED: f64 = 0.45;

/// Draws the still edges in an area.
pub(super) fn edges(context: &CanvasRenderingContext2d, inks: &Inks, editor: &Editor, area: Rect) {
    let zoom = editor.camera().zoom;
    let moving = |id: &NodeId| match editor.overlay() {
        Overlay::Dragging { nodes, clones, .. } => !clones && nodes.contains(id),
        _ => false,
    };
    let rerouted = match editor.overlay() {
        Overlay::Connecting { rerouted, .. } => rerouted,
        Overlay::Rerouting { edge, .. } => Some(edge),
        _ => None,
    };
    let flow = editor.flow();
    let still: Vec<_> = editor
        .visible_edges(area)
        .into_iter()
        .filter_map(|id| {
            let edge = flow.edges.get(&id)?;
            if rerouted == Some(&id) || moving(&edge.source) || moving(&edge.target) {
                return None;
            }
            Some((edge, editor.curve_shown(&id)?))
        })
        .collect();
    let stroke = Stroke {
        colour: &inks.edge,
        width: 1.5,
        dashed: false,
    };
    pen::edges(
        context,
        zoom,
        &stroke,
        still.iter().map(|(_, curve)| *curve),
    );
    if zoom >= TEXT_FROM {
        for (edge, curve) in &still {
            if !edge.label.is_empty() {
                pen::pill(context, inks, curve.label_point(), &edge.label);
            }
        }
    }
}

/// Draws nodes with as much detail as their size allows.
pub(super) fn nodes(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    editor: &Editor,
    ids: &[NodeId],
) {
    let is_disabled = |id: &&NodeId| {
        let node = editor.flow().nodes.get(*id);
        node.is_some_and(|node| node.disabled)
    };
    let (disabled, enabled): (Vec<_>, Vec<_>) = ids.iter().partition(is_disabled);
    alike(context, inks, editor, &enabled);
    if !disabled.is_empty() {
        context.set_global_alpha(FADED);
        alike(context, inks, editor, &disabled);
        context.set_global_alpha(1.0);
    }
}

fn alike(context: &CanvasRenderingContext2d, inks: &Inks, editor: &Editor, ids: &[&NodeId]) {
    let zoom = editor.camera().zoom;
    let flow = editor.flow();
    let mut by_colour: FxHashMap<&str, Vec<Rect>> = FxHashMap::default();
    let mut titles = Vec::new();
    context.begin_path();
    for id in ids {
        let Some(node) = flow.nodes.get(*id) else {
            continue;
        };
        let card = geometry::node_rect(editor.position_shown(id));
        let colour = kind_colour(&node.kind);
        if zoom >= DETAIL_FROM {
            pen::rounded(context, card, 8.0);
            let mut tile = card;
            tile.min.x += 12.0;
            tile.max.x = tile.min.x + 28.0;
            tile.min.y += 18.0;
            tile.max.y = tile.min.y + 28.0;
            by_colour.entry(colour).or_default().push(tile);
            titles.push((card, node.label.as_str()));
        } else {
            by_colour.entry(colour).or_default().push(card);
        }
    }
    if zoom >= DETAIL_FROM {
        context.set_fill_style_str(&inks.node_fill);
        context.fill();
        context.set_stroke_style_str(&inks.node_border);
        context.set_line_width(1.0 / zoom);
        context.stroke();
    }
    for (colour, rects) in by_colour {
        context.begin_path();
        for rect in rects {
            context.rect(rect.min.x, rect.min.y, rect.width(), rect.height());
        }
        let (strong, _) = inks.family(colour);
        context.set_fill_style_str(strong);
        context.fill();
    }
    if zoom >= TEXT_FROM {
        context.set_font(&format!("600 13px {}", inks.font));
        context.set_text_align("left");
        context.set_text_baseline("middle");
        context.set_fill_style_str(&inks.text);
        for (card, title) in titles {
            // Text that cannot be drawn is in the outline all the same.
            let _ = context.fill_text_with_max_width(
                title,
                card.min.x + 50.0,
                card.centre().y,
                card.width() - 62.0,
            );
        }
    }
    dim(context, inks, editor, ids);
}

/// Dims the nodes at which an edge that is held cannot end.
fn dim(context: &CanvasRenderingContext2d, inks: &Inks, editor: &Editor, ids: &[&NodeId]) {
    let (fixed, valid) = match editor.overlay() {
        Overlay::Connecting {
            source,
            valid_targets,
            ..
        } => (source, valid_targets),
        Overlay::Rerouting {
            target,
            valid_sources,
            ..
        } => (target, valid_sources),
        _ => return,
    };
    context.begin_path();
    for id in ids
        .iter()
        .filter(|id| **id != fixed && !valid.contains(**id))
    {
        let card = geometry::node_rect(editor.position_shown(id));
        context.rect(card.min.x, card.min.y, card.width(), card.height());
    }
    context.set_global_alpha(0.6);
    context.set_fill_style_str(&inks.background);
    context.fill();
    context.set_global_alpha(1.0);
}
