//! The still layer: every edge that does not move, and the nodes themselves
//! where there are too many for elements.

use editor::{Editor, Rect, geometry};
use flow::NodeId;
use rustc_hash::FxHashMap;
use web_sys::CanvasRenderingContext2d;

use super::{
    super::look::kind_colour,
    inks::Inks,
    pen::{self, Pen, Stroke},
};

/// Below this zoom nodes have no text.
pub(super) const TEXT_FROM: f64 = 0.4;
/// Below this zoom a node is a plain rectangle.
const DETAIL_FROM: f64 = 0.15;

/// Draws the still edges in an area.
pub(super) fn edges(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    editor: &Editor,
    zoom: f64,
    area: Rect,
) {
    let stroke = Stroke {
        colour: &inks.edge,
        width: 1.5,
        dashed: false,
    };
    let mut labels = Vec::new();
    let mut pen = Pen::new(context, zoom, &stroke);
    editor.for_each_still_edge(&area, &mut |id, curve| {
        pen.draw(curve);
        if zoom >= TEXT_FROM {
            let edge = editor.flow().edges.get(id);
            let label = edge.map_or("", |edge| edge.label.as_str());
            if !label.is_empty() {
                labels.push((curve.label_point(), label));
            }
        }
    });
    pen.finish();
    for (at, label) in labels {
        pen::pill(context, inks, at, label);
    }
}

/// Draws the still nodes in an area with as much detail as their size allows.
pub(super) fn nodes(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    editor: &Editor,
    zoom: f64,
    area: Rect,
    show_selected: bool,
) {
    let mut boxes = Boxes::default();
    editor.for_each_still_node(&area, &mut |id| boxes.add(editor, id, show_selected));
    boxes.draw(context, inks, zoom);
}

/// Nodes to be drawn, sorted by how they look.
#[derive(Default)]
pub(super) struct Boxes<'a> {
    by_colour: FxHashMap<(&'static str, bool), Vec<(Rect, &'a str)>>,
}

impl<'a> Boxes<'a> {
    /// Adds a node, marked if it is selected and that is shown.
    pub(super) fn add(&mut self, editor: &'a Editor, id: &NodeId, show_selected: bool) {
        let Some(node) = editor.flow().nodes.get(id) else {
            return;
        };
        let card = geometry::node_rect(editor.position_shown(id));
        let selected = show_selected && editor.selection().nodes().contains(id);
        self.by_colour
            .entry((kind_colour(&node.kind), selected))
            .or_default()
            .push((card, node.label.as_str()));
    }

    /// Draws them.
    pub(super) fn draw(&self, context: &CanvasRenderingContext2d, inks: &Inks, zoom: f64) {
        for ((colour, selected), nodes) in &self.by_colour {
            let (strong, _) = inks.family(colour);
            let border = if *selected {
                &inks.node_selected
            } else {
                &inks.node_border
            };
            let cards = nodes.iter().map(|(card, _)| *card);
            if zoom < DETAIL_FROM {
                fill(context, if *selected { border } else { strong }, cards);
                continue;
            }
            // Round corners are seen where there is text. A border is what a
            // smaller card leaves of a larger one.
            let width = f64::max(if *selected { 2.0 } else { 1.0 }, 1.0 / zoom);
            if zoom >= TEXT_FROM {
                fill_rounded(context, border, cards.clone(), 0.0);
                fill_rounded(context, &inks.node_fill, cards.clone(), width);
            } else {
                fill(context, border, cards.clone());
                fill(
                    context,
                    &inks.node_fill,
                    cards.clone().map(|card| card.grown(-width)),
                );
            }
            fill(context, strong, cards.map(tile));
        }
        if zoom >= TEXT_FROM {
            self.draw_titles(context, inks);
        }
    }

    fn draw_titles(&self, context: &CanvasRenderingContext2d, inks: &Inks) {
        context.set_font(&format!("600 13px {}", inks.font));
        context.set_text_align("left");
        context.set_text_baseline("middle");
        context.set_fill_style_str(&inks.text);
        for (card, title) in self.by_colour.values().flatten() {
            // Text that cannot be drawn is in the outline all the same.
            let _ = context.fill_text_with_max_width(
                title,
                card.min.x + 50.0,
                card.centre().y,
                card.width() - 62.0,
            );
        }
    }
}

/// Where the coloured square of a card is.
fn tile(card: Rect) -> Rect {
    Rect::new(
        flow::Point::new(card.min.x + 12.0, card.min.y + 18.0),
        editor::Size::new(28.0, 28.0),
    )
}

/// Many single rectangles are drawn sooner than one path of many.
fn fill(context: &CanvasRenderingContext2d, colour: &str, rects: impl Iterator<Item = Rect>) {
    context.set_fill_style_str(colour);
    for rect in rects {
        context.fill_rect(rect.min.x, rect.min.y, rect.width(), rect.height());
    }
}

fn fill_rounded(
    context: &CanvasRenderingContext2d,
    colour: &str,
    cards: impl Iterator<Item = Rect>,
    inset: f64,
) {
    context.set_fill_style_str(colour);
    context.begin_path();
    for card in cards {
        pen::rounded(context, card.grown(-inset), CORNER - inset);
    }
    context.fill();
}

/// The radius of a card's corners, in canvas units.
const CORNER: f64 = 8.0;
