//! Cards and what hangs on them.

use flow::{Node, NodeId, Point, Severity};

use super::{Lettering, Look, fitted, markup::Markup};
use crate::{
    Editor,
    geometry::{self, Orientation, Rect, card, node_rect},
};

/// The radius of a port's dot, and of one that leads nowhere.
const DOT: f64 = 4.0;
const RING: f64 = 5.0;
/// How broad the line is that exits stand on which reach beyond their card.
const RAIL: f64 = 1.0;
/// The radius of a badge, and around it.
const BADGE: f64 = 9.0;
const BADGE_RIM: f64 = 11.0;

/// A node's card.
pub(super) fn card(
    markup: &mut Markup,
    look: &Look<'_>,
    (id, node): (&NodeId, &Node),
    (at, orientation): (Point, Orientation),
) {
    let colours = look.colours;
    // What is left out of what is generated stands back.
    if node.disabled {
        markup.begin_faded(0.5);
    }
    // The border lies inside of the card, as on the screen.
    let area = node_rect(at).grown(-0.5);
    markup.rect(
        area,
        card::CARD_RADIUS,
        &colours.node_fill,
        Some(&colours.node_border),
    );
    let (strong, tint) = (look.family)(&node.kind);
    let tile = card::TILE.shifted(at);
    markup.rect(tile, card::TILE_RADIUS, &tint, None);
    let half = Point::new(card::ICON.width / 2.0, card::ICON.height / 2.0);
    let icon = Rect::new(tile.centre() - half, card::ICON);
    markup.icon(node.kind.as_str(), icon, &strong, || {
        (look.icon)(&node.kind)
    });
    for (text, lettering, baseline, colour) in [
        (
            node.label.as_str(),
            Lettering::Title,
            card::TITLE_BASELINE,
            &colours.title,
        ),
        (
            &(look.subtitle)(node),
            Lettering::Subtitle,
            card::SUBTITLE_BASELINE,
            &colours.muted,
        ),
    ] {
        let text = fitted(text, lettering, card::TEXT_WIDTH, look);
        let from = at + Point::new(card::TEXT_LEFT, baseline);
        markup.text(from, lettering, colour, None, &text);
    }
    if node.disabled {
        markup.close();
    }
    if let Some((severity, count)) = (look.problems)(id) {
        let (fill, ink) = match severity {
            Severity::Error => (&colours.error, &colours.on_error),
            Severity::Warning => (&colours.warning, &colours.on_warning),
        };
        let middle = at + card::badge(orientation);
        markup.circle(middle, BADGE_RIM, &colours.background, None);
        markup.circle(middle, BADGE, fill, None);
        let baseline = middle + Point::new(0.0, 4.0);
        let count = count.to_string();
        markup.centred_text(baseline, Lettering::Small, ink, &count);
    }
}

/// Where edges enter and leave, with the names of the exits.
pub(super) fn ports(
    markup: &mut Markup,
    look: &Look<'_>,
    editor: &Editor,
    (id, node): (&NodeId, &Node),
    (at, is_entered): (Point, bool),
) {
    let colours = look.colours;
    let orientation = editor.orientation();
    if node.has_entry() {
        let fill = if is_entered {
            &colours.edge
        } else {
            &colours.node_fill
        };
        let anchor = geometry::entry_anchor(at, orientation);
        markup.circle(anchor, DOT, fill, Some(&colours.edge));
    }
    let exits = editor.exits(id);
    let ends = editor.ends_after(id);
    if let Some(rail) = geometry::exit_rail(at, exits.len(), orientation) {
        let line = Rect {
            min: rail.min - Point::new(RAIL, 0.0),
            max: rail.max,
        };
        markup.rect(line, 0.0, &colours.node_border, None);
    }
    for (index, exit) in exits.iter().enumerate() {
        let anchor = geometry::exit_anchor(at, index, exits.len(), orientation);
        let is_connected = editor.edge_from(id, &exit.port).is_some();
        if is_connected {
            markup.circle(anchor, DOT, &colours.edge, None);
        } else {
            let radius = if ends { DOT } else { RING };
            markup.circle(anchor, radius, &colours.node_fill, Some(&colours.edge));
        }
        // As on the screen: an only exit needs no name while it is connected.
        if !exit.label.is_empty() && (exits.len() > 1 || !is_connected) {
            let place = card::exit_name(index, exits.len(), orientation);
            let name = fitted(&exit.label, Lettering::Small, place.width, look);
            let from = anchor + Point::new(place.left, place.baseline);
            let halo = Some(colours.background.as_str());
            markup.text(from, Lettering::Small, &colours.muted, halo, &name);
        }
    }
}
