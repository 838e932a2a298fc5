//! What a drawn card says where it can be read: what its element would.

use dom::prelude::*;
use editor::{
    Editor, Rect,
    geometry::{self, card},
};
use flow::{Node, NodeId, Point, Severity};
use std::f64::consts::TAU;
use web_sys::CanvasRenderingContext2d;

use super::{
    super::{
        desk::Desk,
        look::{kind_icon, subtitle},
        peers,
    },
    drawn_icon::{ICON_LINE, ICON_UNITS},
    inks::Inks,
    pen,
};

/// The radii of the dots of ports, and of one that has to lead somewhere.
const DOT: f64 = 4.5;
/// See [`DOT`]: one that nothing enters.
const SMALL_DOT: f64 = 2.75;
/// See [`DOT`].
const RING: f64 = 5.0;
/// The radius of a badge, and around it.
const BADGE: f64 = 9.0;
/// See [`BADGE`].
const BADGE_RIM: f64 = 11.0;
/// The radius of what stands for a badge from afar is never below so many screen
/// pixels.
const LEAST_SPOT: f64 = 2.5;
/// So many letters of a text are drawn: more would be pressed together until
/// nobody could read them.
const MOST_LETTERS: usize = 28;

/// A card that is drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) area: Rect,
    pub(super) id: &'a NodeId,
    pub(super) node: &'a Node,
}

/// Draws on cards of which border and paper are there already: as few changes of
/// colour and font as there can be.
pub(super) struct Details<'a> {
    pub(super) context: &'a CanvasRenderingContext2d,
    pub(super) inks: &'a Inks,
    pub(super) editor: &'a Editor,
    pub(super) desk: Desk,
    /// Whether the picture is soon replaced, as while the wheel zooms.
    pub(super) in_haste: bool,
}

impl Details<'_> {
    /// The icons on their tiles, in the strong colour of the cards' family.
    pub(super) fn icons(&self, strong: &str, cards: &[Drawn<'_>]) {
        let context = self.context;
        let scale = card::ICON.width / ICON_UNITS;
        context.set_stroke_style_str(strong);
        context.set_line_width(ICON_LINE);
        context.set_line_cap("round");
        context.set_line_join("round");
        for drawn in cards {
            let middle = card::TILE.shifted(drawn.area.min).centre();
            self.inks.icons.with(kind_icon(&drawn.node.kind), |path| {
                context.save();
                // Fail only on numbers that are none.
                let _ = context.translate(
                    middle.x - card::ICON.width / 2.0,
                    middle.y - card::ICON.height / 2.0,
                );
                let _ = context.scale(scale, scale);
                context.stroke_with_path(path);
                context.restore();
            });
        }
    }

    /// The names of the nodes.
    pub(super) fn names(&self, cards: &[Drawn<'_>]) {
        self.letters("600 13px", &self.inks.text, "alphabetic");
        for drawn in cards {
            self.line(drawn.area, card::TITLE_BASELINE, &drawn.node.label);
        }
    }

    /// What the nodes do.
    pub(super) fn deeds(&self, cards: &[Drawn<'_>]) {
        self.letters("12px", &self.inks.text_muted, "alphabetic");
        for drawn in cards {
            // Whatever changes of it has the picture drawn anew.
            let says = untrack(|| subtitle(self.desk, drawn.node));
            self.line(drawn.area, card::SUBTITLE_BASELINE, &says);
        }
    }

    /// The names of the exits.
    pub(super) fn exit_names(&self, cards: &[Drawn<'_>]) {
        let (context, inks, editor) = (self.context, self.inks, self.editor);
        let orientation = editor.orientation();
        self.letters("11px", &inks.text_muted, "alphabetic");
        for drawn in cards {
            let at = drawn.area.min;
            let exits = editor.exits(drawn.id);
            if let Some(rail) = geometry::exit_rail(at, exits.len(), orientation) {
                context.set_fill_style_str(&inks.node_border);
                context.fill_rect(rail.min.x - 1.0, rail.min.y, 1.0, rail.height());
                context.set_fill_style_str(&inks.text_muted);
            }
            for (index, exit) in exits.iter().enumerate() {
                let is_connected = || editor.edge_from(drawn.id, &exit.port).is_some();
                // An only exit needs no name while it is connected.
                if !exit.label.is_empty() && (exits.len() > 1 || !is_connected()) {
                    let anchor = geometry::exit_anchor(at, index, exits.len(), orientation);
                    let place = card::exit_name(index, exits.len(), orientation);
                    // Text that cannot be drawn is in the outline all the same.
                    let _ = context.fill_text_with_max_width(
                        &shortened(&exit.label),
                        anchor.x + place.left,
                        anchor.y + place.baseline,
                        place.width,
                    );
                }
            }
        }
    }

    /// Where edges enter and leave.
    pub(super) fn port_dots(&self, cards: &[Drawn<'_>]) {
        let editor = self.editor;
        let orientation = editor.orientation();
        let mut dots = Dots::default();
        for drawn in cards {
            let at = drawn.area.min;
            if drawn.node.has_entry() {
                let entry = geometry::entry_anchor(at, orientation);
                if editor.is_entered(drawn.id) {
                    dots.connected.push(entry);
                } else {
                    dots.unentered.push(entry);
                }
            }
            let exits = editor.exits(drawn.id);
            let ends = editor.ends_after(drawn.id);
            for (index, exit) in exits.iter().enumerate() {
                let is_connected = editor.edge_from(drawn.id, &exit.port).is_some();
                match (is_connected, ends) {
                    (true, _) => &mut dots.connected,
                    (false, true) => &mut dots.ending,
                    (false, false) => &mut dots.dangling,
                }
                .push(geometry::exit_anchor(at, index, exits.len(), orientation));
            }
        }
        dots.draw(self.context, self.inks);
    }

    /// What is wrong with nodes, and who else has them selected.
    pub(super) fn marks(&self, cards: &[Drawn<'_>]) {
        let (context, inks) = (self.context, self.inks);
        let badge = card::badge(self.editor.orientation());
        for drawn in cards {
            let peer = untrack(|| peers::on_node(self.desk, drawn.id));
            if let Some((colour, _)) = peer {
                context.set_stroke_style_str(inks.peer(colour));
                context.set_line_width(2.0);
                context.begin_path();
                pen::rounded(context, drawn.area.grown(-1.0), card::CARD_RADIUS);
                context.stroke();
            }
            let problems = self.desk.problems;
            let found = problems.with_untracked(|problems| problems.of_node(drawn.id));
            let Some((severity, count)) = found else {
                continue;
            };
            let (fill, ink) = self.badge_inks(severity);
            let middle = drawn.area.min + badge;
            for (colour, radius) in [(inks.background.as_str(), BADGE_RIM), (fill, BADGE)] {
                context.begin_path();
                circle(context, middle, radius);
                context.set_fill_style_str(colour);
                context.fill();
            }
            self.letters("600 11px", ink, "middle");
            context.set_text_align("center");
            let _ = context.fill_text(&count.to_string(), middle.x, middle.y + 0.5);
        }
    }

    /// The same of cards that are too small for a badge with a number.
    pub(super) fn spots(&self, cards: &[Drawn<'_>], zoom: f64) {
        let badge = card::badge(self.editor.orientation());
        let radius = f64::max(BADGE, LEAST_SPOT / zoom);
        self.desk.problems.with_untracked(|problems| {
            for drawn in cards {
                let (fill, _) = match problems.of_node(drawn.id) {
                    Some((severity, _)) => self.badge_inks(severity),
                    None => continue,
                };
                self.context.begin_path();
                circle(self.context, drawn.area.min + badge, radius);
                self.context.set_fill_style_str(fill);
                self.context.fill();
            }
        });
    }

    /// The colours of a badge and of what is written on it.
    fn badge_inks(&self, severity: Severity) -> (&str, &str) {
        let inks = self.inks;
        match severity {
            Severity::Error => (&inks.error, &inks.on_error),
            Severity::Warning => (&inks.found, &inks.on_warning),
        }
    }

    fn letters(&self, size: &str, colour: &str, baseline: &str) {
        let context = self.context;
        context.set_font(&format!("{size} {}", self.inks.font));
        context.set_text_align("left");
        context.set_text_baseline(baseline);
        context.set_fill_style_str(colour);
    }

    fn line(&self, card: Rect, baseline: f64, text: &str) {
        // Text that cannot be drawn is in the outline all the same.
        let _ = self.context.fill_text_with_max_width(
            &shortened(text),
            card.min.x + card::TEXT_LEFT,
            card.min.y + baseline,
            card::TEXT_WIDTH,
        );
    }
}

/// The dots of ports by how they look.
#[derive(Default)]
struct Dots {
    connected: Vec<Point>,
    /// Entries that no edge leads to.
    unentered: Vec<Point>,
    /// Exits after which the flow may end.
    ending: Vec<Point>,
    /// Exits that have to lead somewhere.
    dangling: Vec<Point>,
}

impl Dots {
    fn draw(&self, context: &CanvasRenderingContext2d, inks: &Inks) {
        all(context, &self.connected, DOT);
        context.set_fill_style_str(&inks.edge);
        context.fill();
        context.set_fill_style_str(&inks.node_fill);
        for (dots, radius, width, colour) in [
            (&self.unentered, SMALL_DOT, 1.5, &inks.edge),
            (&self.ending, DOT - 0.75, 1.5, &inks.edge),
            (&self.dangling, RING, 2.0, &inks.edge_hover),
        ] {
            all(context, dots, radius);
            context.fill();
            context.set_stroke_style_str(colour);
            context.set_line_width(width);
            context.stroke();
        }
    }
}

/// A path of many circles.
fn all(context: &CanvasRenderingContext2d, middles: &[Point], radius: f64) {
    context.begin_path();
    for middle in middles {
        context.move_to(middle.x + radius, middle.y);
        circle(context, *middle, radius);
    }
}

fn circle(context: &CanvasRenderingContext2d, middle: Point, radius: f64) {
    // A radius below nothing is all that is refused.
    let _ = context.arc(middle.x, middle.y, radius, 0.0, TAU);
}

/// What of a text can be read on a card.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}
