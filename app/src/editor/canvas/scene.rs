//! The still layer: every edge that does not move, and the nodes themselves
//! where there are too many for elements.

use std::borrow::Cow;

use editor::{
    Editor, Overlay, Rect,
    geometry::{self, card},
};
use flow::NodeId;
use rustc_hash::FxHashMap;
use web_sys::{CanvasRenderingContext2d, CanvasWindingRule};

use super::{
    super::{find::FoundNodes, look::kind_colour},
    drawn_card::{Details, Drawn},
    found,
    inks::Inks,
    pen::{self, Pen, Stroke},
};

/// Below this zoom nodes have no text.
pub(super) const TEXT_FROM: f64 = 0.4;
/// Below this zoom a node is a plain rectangle.
const DETAIL_FROM: f64 = 0.15;

/// How much of a disabled node's colours is left.
const FADED: f64 = 0.45;
/// How much is left of a node at which an edge that is held cannot end.
const DIMMED: f64 = 0.4;

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
    let rerouted = match editor.overlay() {
        Overlay::Connecting { rerouted, .. } => rerouted,
        Overlay::Rerouting { edge, .. } => Some(edge),
        _ => None,
    };
    editor.for_each_still_edge(&area, &mut |id, curve| {
        if rerouted == Some(id) {
            return;
        }
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

/// Draws the still nodes in an area.
pub(super) fn nodes(details: &Details<'_>, zoom: f64, area: Rect, looks: &Looks<'_>) {
    let editor = details.editor;
    let mut boxes = Boxes::default();
    editor.for_each_still_node(&area, &mut |id| boxes.add(editor, id, looks));
    boxes.draw(details, zoom);
}

/// What nodes look like besides their own colours.
#[derive(Clone, Copy)]
pub(super) struct Looks<'a> {
    /// Whether selected nodes are drawn as such.
    pub(super) show_selected: bool,
    /// What was looked for: the others are faded.
    pub(super) found: &'a FoundNodes,
}

impl Looks<'_> {
    /// How much of its colours a node has left, in hundredths.
    fn opacity(&self, editor: &Editor, id: &NodeId, is_disabled: bool) -> u8 {
        let mut left = 1.0_f64;
        if is_disabled {
            left = left.min(FADED);
        }
        if !self.found.is_empty() && !self.found.holds(id) {
            left = left.min(found::FADED);
        }
        let cannot_be_reached = match editor.overlay() {
            Overlay::Connecting {
                source: fixed,
                valid_targets: valid,
                ..
            }
            | Overlay::Rerouting {
                target: fixed,
                valid_sources: valid,
                ..
            } => id != fixed && !valid.contains(id),
            _ => false,
        };
        if cannot_be_reached {
            left = left.min(DIMMED);
        }
        (left * 100.0) as u8
    }
}

/// Nodes to be drawn, sorted by how they look.
#[derive(Default)]
pub(super) struct Boxes<'a> {
    by_look: FxHashMap<Look, Vec<Drawn<'a>>>,
}

/// More cards than that have only their names while a picture is soon replaced.
const MOST_IN_HASTE: usize = 120;

/// How a node looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Look {
    colour: &'static str,
    selected: bool,
    /// In hundredths.
    opacity: u8,
}

impl Look {
    /// What is left of a colour. Everything of a card fades towards what lies
    /// behind it, not towards what is drawn of it before.
    fn faded<'c>(&self, inks: &Inks, colour: &'c str) -> Cow<'c, str> {
        match self.opacity {
            100.. => Cow::Borrowed(colour),
            left => Cow::Owned(format!(
                "color-mix(in srgb, {colour} {left}%, {})",
                inks.background
            )),
        }
    }
}

impl<'a> Boxes<'a> {
    /// Adds a node, marked if it is selected and that is shown.
    pub(super) fn add(&mut self, editor: &'a Editor, id: &NodeId, looks: &Looks<'_>) {
        let Some((id, node)) = editor.flow().nodes.get_key_value(id) else {
            return;
        };
        let look = Look {
            colour: kind_colour(&node.kind),
            selected: looks.show_selected && editor.selection().nodes().contains(id),
            opacity: looks.opacity(editor, id, node.disabled),
        };
        let area = geometry::node_rect(editor.position_shown(id));
        let alike = self.by_look.entry(look).or_default();
        alike.push(Drawn { area, id, node });
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_look.is_empty()
    }

    /// Whether any of them has less than all of its colours.
    pub(super) fn has_faded(&self) -> bool {
        self.by_look.keys().any(|look| look.opacity < 100)
    }

    /// Draws what being selected changes of them, where they are drawn already with
    /// text and all their colours.
    pub(super) fn draw_selected(&self, details: &Details<'_>, zoom: f64) {
        let Details { context, inks, .. } = details;
        let corner = card::CARD_RADIUS;
        let width = border_width(true, zoom);
        context.set_fill_style_str(&inks.node_selected);
        context.begin_path();
        for card in self.by_look.values().flatten().map(|drawn| drawn.area) {
            pen::rounded(context, card, corner);
            pen::rounded(context, card.grown(-width), corner - width);
        }
        context.fill_with_canvas_winding_rule(CanvasWindingRule::Evenodd);
        let only_names = self.has_only_names(details);
        for nodes in self.by_look.values() {
            if !only_names {
                details.port_dots(nodes);
            }
            details.marks(nodes);
        }
    }

    /// Whether there are so many that names are enough for a picture that is soon
    /// replaced.
    fn has_only_names(&self, details: &Details<'_>) -> bool {
        let drawn: usize = self.by_look.values().map(Vec::len).sum();
        details.in_haste && drawn > MOST_IN_HASTE
    }

    /// Draws them with as much detail as their size allows.
    pub(super) fn draw(&self, details: &Details<'_>, zoom: f64) {
        let Details { context, inks, .. } = details;
        let only_names = self.has_only_names(details);
        for (look, nodes) in &self.by_look {
            let selected = look.selected;
            let (strong, tint) = inks.family(look.colour);
            let strong = &look.faded(inks, strong);
            let border = if selected {
                &inks.node_selected
            } else {
                &inks.node_border
            };
            let border = &look.faded(inks, border);
            let paper = &look.faded(inks, &inks.node_fill);
            let cards = nodes.iter().map(|drawn| drawn.area);
            if zoom < DETAIL_FROM {
                fill(context, if selected { border } else { strong }, cards);
                details.spots(nodes, zoom);
                continue;
            }
            // A border is what a smaller card leaves of a larger one.
            let width = border_width(selected, zoom);
            if zoom < TEXT_FROM {
                fill(context, border, cards.clone());
                fill(context, paper, cards.clone().map(|card| card.grown(-width)));
                fill(context, strong, cards.map(tile));
                details.spots(nodes, zoom);
                continue;
            }
            // Round corners are seen where there is text.
            let corner = card::CARD_RADIUS;
            fill_rounded(context, border, cards.clone(), corner);
            let inner = cards.clone().map(|card| card.grown(-width));
            fill_rounded(context, paper, inner, corner - width);
            context.set_global_alpha(f64::from(look.opacity) / 100.0);
            fill_rounded(context, tint, cards.map(tile), card::TILE_RADIUS);
            details.icons(inks.family(look.colour).0, nodes);
            details.names(nodes);
            if !only_names {
                details.deeds(nodes);
                details.exit_names(nodes);
                details.port_dots(nodes);
            }
            context.set_global_alpha(1.0);
            details.marks(nodes);
        }
    }
}

/// In canvas units, and never less than a pixel.
fn border_width(selected: bool, zoom: f64) -> f64 {
    f64::max(if selected { 2.0 } else { 1.0 }, 1.0 / zoom)
}

/// Where the coloured square of a card is.
fn tile(card: Rect) -> Rect {
    card::TILE.shifted(card.min)
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
    rects: impl Iterator<Item = Rect>,
    radius: f64,
) {
    context.set_fill_style_str(colour);
    context.begin_path();
    for rect in rects {
        pen::rounded(context, rect, radius);
    }
    context.fill();
}
