//! The top layer: what moves, and what is selected or under the pointer.

use editor::{
    Editor, Hit, Overlay, Rect, Verdict,
    geometry::{self, Curve},
};
use flow::EdgeId;
use rustc_hash::FxHashSet;
use web_sys::CanvasRenderingContext2d;

use super::{
    inks::Inks,
    pen::{self, Stroke},
};

/// Edges at selected nodes are marked while at most so many are selected.
const MOST_MARKED: usize = 40;

/// Draws the layer; whether there was anything to draw.
pub(super) fn draw(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    editor: &Editor,
    landing: Option<&EdgeId>,
    seen: Rect,
) -> bool {
    let landing = match editor.overlay() {
        Overlay::Dragging { onto, .. } => onto,
        _ => landing,
    };
    let mut marked = marked(editor, seen);
    if let Overlay::Connecting {
        rerouted: Some(edge),
        ..
    }
    | Overlay::Rerouting { edge, .. } = editor.overlay()
    {
        marked.remove(edge);
    }
    let hovered = match (editor.hover(), editor.overlay()) {
        (Some(Hit::Edge(id)), Overlay::Idle) => editor.curve_shown(id),
        _ => None,
    };
    let busy = !matches!(editor.overlay(), Overlay::Idle | Overlay::Panning);
    if marked.is_empty() && hovered.is_none() && landing.is_none() && !busy {
        return false;
    }
    let zoom = editor.camera().zoom;
    let curves = |ids: &FxHashSet<EdgeId>| -> Vec<Curve> {
        ids.iter().filter_map(|id| editor.curve_shown(id)).collect()
    };
    let strong = Stroke {
        colour: &inks.edge_selected,
        width: 2.0,
        dashed: false,
    };
    pen::edges(context, zoom, &strong, curves(&marked));
    if let Some(curve) = hovered {
        let stroke = Stroke {
            colour: &inks.edge_hover,
            width: 2.5,
            dashed: false,
        };
        pen::edges(context, zoom, &stroke, [curve]);
    }
    if let Some(curve) = landing.and_then(|id| editor.curve_shown(id)) {
        // Dashes show only where nothing solid lies below them.
        let background = Stroke {
            colour: &inks.background,
            width: 3.5,
            dashed: false,
        };
        let dashes = Stroke {
            colour: &inks.edge_selected,
            width: 2.5,
            dashed: true,
        };
        pen::edges(context, zoom, &background, [curve]);
        pen::edges(context, zoom, &dashes, [curve]);
    }
    for id in &marked {
        if let (Some(edge), Some(curve)) = (editor.flow().edges.get(id), editor.curve_shown(id))
            && !edge.label.is_empty()
        {
            pen::pill(context, inks, curve.label_point(), &edge.label);
        }
    }
    tool(context, inks, editor, zoom);
    true
}

/// The edges that are selected, move, or touch what is selected.
fn marked(editor: &Editor, seen: Rect) -> FxHashSet<EdgeId> {
    let selection = editor.selection();
    let mut marked: FxHashSet<EdgeId> = selection.edges().iter().cloned().collect();
    if selection.nodes().len() <= MOST_MARKED {
        for node in selection.nodes() {
            marked.extend(editor.edges_at(node));
        }
    }
    if let Overlay::Dragging {
        nodes,
        clones: false,
        ..
    } = editor.overlay()
    {
        if nodes.len() <= MOST_MARKED {
            for node in nodes {
                marked.extend(editor.edges_at(node));
            }
        } else {
            let moves = |id: &EdgeId| {
                editor.flow().edges.get(id).is_some_and(|edge| {
                    nodes.contains(&edge.source) || nodes.contains(&edge.target)
                })
            };
            marked.extend(editor.visible_edges(seen).into_iter().filter(moves));
        }
    }
    marked
}

fn tool(context: &CanvasRenderingContext2d, inks: &Inks, editor: &Editor, zoom: f64) {
    match editor.overlay() {
        Overlay::Dragging {
            nodes,
            notes,
            by,
            guides,
            clones,
            onto: _,
        } => {
            if clones {
                context.begin_path();
                for node in nodes {
                    let card = geometry::node_rect(editor.flow().position(node) + by);
                    pen::rounded(context, card, 8.0);
                }
                for note in notes.iter().filter_map(|id| editor.flow().notes.get(id)) {
                    pen::rounded(context, geometry::note_rect(note).shifted(by), 6.0);
                }
                context.set_global_alpha(0.7);
                context.set_fill_style_str(&inks.node_fill);
                context.fill();
                context.set_global_alpha(1.0);
                context.set_stroke_style_str(&inks.node_selected);
                context.set_line_width(1.5 / zoom);
                context.stroke();
            }
            if !guides.is_empty() {
                context.begin_path();
                for guide in guides {
                    context.move_to(guide.from.x, guide.from.y);
                    context.line_to(guide.to.x, guide.to.y);
                }
                context.set_stroke_style_str(&inks.guide);
                context.set_line_width(1.0 / zoom);
                context.stroke();
            }
        }
        Overlay::Connecting {
            source,
            port,
            to_in_canvas,
            verdict,
            ..
        } => {
            let from = editor.exit_anchor_shown(source, port);
            loose(
                context,
                inks,
                zoom,
                verdict,
                Curve::between(from, to_in_canvas),
            );
        }
        Overlay::Rerouting {
            target,
            from_in_canvas,
            verdict,
            ..
        } => {
            let to = geometry::entry_anchor(editor.position_shown(target));
            loose(
                context,
                inks,
                zoom,
                verdict,
                Curve::between(from_in_canvas, to),
            );
        }
        Overlay::Cutting {
            from_in_canvas,
            to_in_canvas,
            crossed,
        } => {
            let background = Stroke {
                colour: &inks.background,
                width: 3.5,
                dashed: false,
            };
            let cut = Stroke {
                colour: &inks.edge_invalid,
                width: 2.5,
                dashed: true,
            };
            let curves: Vec<_> = crossed
                .iter()
                .filter_map(|id| editor.curve_shown(id))
                .collect();
            pen::edges(context, zoom, &background, curves.iter().copied());
            pen::edges(context, zoom, &cut, curves);
            context.begin_path();
            context.move_to(from_in_canvas.x, from_in_canvas.y);
            context.line_to(to_in_canvas.x, to_in_canvas.y);
            context.set_stroke_style_str(&inks.edge_invalid);
            context.set_line_width(1.5 / zoom);
            context.stroke();
        }
        Overlay::Idle | Overlay::Panning | Overlay::Resizing { .. } | Overlay::Marquee(_) => {}
    }
}

/// Draws an edge that is held by an end.
fn loose(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    zoom: f64,
    verdict: &Verdict,
    curve: Curve,
) {
    if *verdict == Verdict::Origin {
        return;
    }
    let refused = matches!(verdict, Verdict::Refused { .. });
    let stroke = Stroke {
        colour: if refused {
            &inks.edge_invalid
        } else {
            &inks.edge_selected
        },
        width: 2.0,
        dashed: refused,
    };
    pen::edges(context, zoom, &stroke, [curve]);
}
