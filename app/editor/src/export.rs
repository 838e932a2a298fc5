//! The drawing as a picture of its own: an SVG that needs nothing beside it.
//!
//! What only a browser knows comes in by [`Look`]: colours, icons and how wide
//! texts are.

mod base64;
mod beside;
mod markup;
mod nodes;

use flow::{EdgeId, Flow, Kind, Node, NodeId, NoteId, Point, Severity, Tint};
use rustc_hash::FxHashSet;

pub use self::base64::base64;
use self::{beside::Paper, markup::Markup};
use crate::{
    Editor,
    geometry::{Curve, Rect, Size, node_rect},
};

/// Around what is drawn, in canvas units.
const MARGIN: f64 = 40.0;
/// The height of an edge's label, and the space at its ends.
const PILL: Size = Size::new(7.0, 18.0);
/// An edge's label is at most so wide.
const MOST_OF_A_PILL: f64 = 126.0;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    All,
    /// The selected nodes and notes, with the edges between them.
    Selection,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lettering {
    /// A card's title.
    Title,
    /// What a card says below it.
    Subtitle,
    /// The name of an exit, an edge's label.
    Small,
    /// The title of a group.
    Heading,
    /// The words of a note.
    Body,
}

impl Lettering {
    /// The size in canvas units, and the weight.
    pub fn size_and_weight(self) -> (u32, u32) {
        match self {
            Self::Title => (13, 600),
            Self::Subtitle => (12, 400),
            Self::Small => (11, 400),
            Self::Heading => (12, 600),
            Self::Body => (13, 400),
        }
    }
}

/// The colours of a picture, as every viewer knows them: `#1f2328`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub struct Colours {
    pub background: String,
    pub edge: String,
    pub node_fill: String,
    pub node_border: String,
    pub title: String,
    pub muted: String,
    pub label_fill: String,
    pub label_border: String,
    pub label_text: String,
    pub error: String,
    pub warning: String,
    pub on_error: String,
    pub on_warning: String,
}

/// How the drawing looks in the browser that shows it.
pub struct Look<'a> {
    /// The colours.
    pub colours: &'a Colours,
    /// The families of the font, as CSS has them.
    pub font: &'a str,
    /// The rule that brings the font along; empty where it does not come.
    pub font_face: &'a str,
    /// The strong colour and the tint of a kind of node.
    pub family: &'a dyn Fn(&Kind) -> (String, String),
    /// The line and the paper of a colour of notes and groups.
    pub paper: &'a dyn Fn(Tint) -> (String, String),
    /// What stands on a card below the title.
    pub subtitle: &'a dyn Fn(&Node) -> String,
    /// What is inside of the symbol of a kind's icon, as markup.
    pub icon: &'a dyn Fn(&Kind) -> Option<String>,
    /// How much is wrong with a node; nobody is told where badges are left out.
    pub problems: &'a dyn Fn(&NodeId) -> Option<(Severity, usize)>,
    /// How wide a text is.
    pub width: &'a dyn Fn(&str, Lettering) -> f64,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The document.
    pub svg: String,
    /// How large it is at 100 %.
    pub size: Size,
}

/// What of the flow is drawn.
struct Drawn<'a> {
    paper: Vec<Paper<'a>>,
    nodes: Vec<(&'a NodeId, &'a Node, Point)>,
    edges: Vec<(&'a str, Curve)>,
}

impl Editor {
    /// The drawing as an SVG; none where there is nothing to draw.
    pub fn picture(&self, extent: Extent, look: &Look<'_>) -> Option<Picture> {
        let is_drawn = |id: &NodeId| match extent {
            Extent::All => true,
            Extent::Selection => self.selection().nodes().contains(id),
        };
        let is_note_drawn = |id: &NoteId| match extent {
            Extent::All => true,
            Extent::Selection => self.selection().notes().contains(id),
        };
        let drawn = Drawn {
            paper: Paper::all(self, self.flow(), &is_drawn, &is_note_drawn),
            ..Drawn::of(self, self.flow(), &is_drawn)
        };
        let area = drawn.area(look)?.grown(MARGIN);
        let mut markup = Markup::new(area, look);
        markup.title(&self.flow().name);
        for paper in &drawn.paper {
            paper.draw(&mut markup, look);
        }
        drawn.edges(&mut markup, look);
        let edges = self.flow().edges.values();
        let entered: FxHashSet<&NodeId> = edges.map(|edge| &edge.target).collect();
        for (id, node, position) in &drawn.nodes {
            let place = (*position, self.orientation());
            nodes::card(&mut markup, look, (id, node), place);
            let place = (*position, entered.contains(id));
            nodes::ports(&mut markup, look, self, (id, node), place);
        }
        Some(Picture {
            svg: markup.finish(),
            size: Size::new(area.width(), area.height()),
        })
    }
}

impl<'a> Drawn<'a> {
    fn of(editor: &Editor, flow: &'a Flow, is_drawn: &dyn Fn(&NodeId) -> bool) -> Self {
        let nodes = flow.nodes.iter().filter(|(id, _)| is_drawn(id));
        let edges = flow.edges.iter();
        let edges = edges.filter(|(_, edge)| is_drawn(&edge.source) && is_drawn(&edge.target));
        let curve = |id: &EdgeId| editor.curve_shown(id);
        Self {
            paper: Vec::new(),
            nodes: nodes
                .map(|(id, node)| (id, &**node, flow.position(id)))
                .collect(),
            edges: edges
                .filter_map(|(id, edge)| Some((edge.label.as_str(), curve(id)?)))
                .collect(),
        }
    }

    /// The labels of edges, as much of each as is shown, and the pill around it.
    fn labels(&self, look: &Look<'_>) -> impl Iterator<Item = (Rect, String)> {
        let labelled = self.edges.iter().filter(|(label, _)| !label.is_empty());
        labelled.map(|(label, curve)| {
            let text = fitted(label, Lettering::Small, MOST_OF_A_PILL, look);
            let half = (look.width)(&text, Lettering::Small) / 2.0 + PILL.width;
            let at = curve.label_point();
            let area = Rect {
                min: Point::new(at.x - half, at.y - PILL.height / 2.0),
                max: Point::new(at.x + half, at.y + PILL.height / 2.0),
            };
            (area, text)
        })
    }

    /// The least rectangle that holds all of it.
    fn area(&self, look: &Look<'_>) -> Option<Rect> {
        let cards = self.nodes.iter().map(|(.., at)| node_rect(*at));
        let curves = self.edges.iter().map(|(_, curve)| curve.bounds());
        let paper = self.paper.iter().map(|paper| paper.area);
        cards
            .chain(curves)
            .chain(self.labels(look).map(|(area, _)| area))
            .chain(paper)
            .reduce(|all, one| all.united(&one))
    }

    fn edges(&self, markup: &mut Markup, look: &Look<'_>) {
        let colours = look.colours;
        markup.open_edges(&colours.edge);
        for (_, curve) in &self.edges {
            markup.edge(curve);
        }
        markup.close();
        for (area, text) in self.labels(look) {
            let at = area.centre();
            markup.rect(
                area,
                PILL.height / 2.0,
                &colours.label_fill,
                Some(&colours.label_border),
            );
            let baseline = Point::new(at.x, at.y + 4.0);
            markup.centred_text(baseline, Lettering::Small, &colours.label_text, &text);
        }
    }
}

/// As much of a text as fits, with an ellipsis where it is not all of it.
fn fitted(text: &str, lettering: Lettering, width: f64, look: &Look<'_>) -> String {
    if (look.width)(text, lettering) <= width {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let shortened = |letters: usize| {
        let end = ends.get(letters).copied().unwrap_or(text.len());
        let mut shown = text.get(..end).unwrap_or_default().trim_end().to_owned();
        shown.push('…');
        shown
    };
    let fits = |letters: &usize| (look.width)(&shortened(*letters), lettering) <= width;
    // The most letters with which it fits, found by halving.
    let (mut fit, mut too_many) = (0, ends.len());
    while too_many - fit > 1 {
        let middle = usize::midpoint(fit, too_many);
        if fits(&middle) {
            fit = middle;
        } else {
            too_many = middle;
        }
    }
    shortened(fit)
}

/// The longest side of a canvas that every browser makes, in pixels.
const LONGEST_SIDE: f64 = 16_384.0;
/// Pixels of a canvas that every browser makes, phones aside.
const MOST_PIXELS: f64 = 100_000_000.0;
/// How many pixels a canvas unit is, where there is room for it.
const SHARP: f64 = 2.0;

/// How many pixels of a raster picture a canvas unit is: two, or as many as
/// fit into the largest canvas.
pub fn raster_scale(size: Size) -> f64 {
    let by_side = LONGEST_SIDE / size.width.max(size.height).max(1.0);
    let by_pixels = (MOST_PIXELS / (size.width * size.height).max(1.0)).sqrt();
    SHARP.min(by_side).min(by_pixels)
}
