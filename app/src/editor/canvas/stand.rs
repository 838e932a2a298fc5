//! Where a list stands that is opened for a node, an exit or an edge.

use dom::prelude::{document, window};
use editor::geometry;
use flow::{NodeId, Point};

use super::super::desk::{Desk, Home};

/// Between a list and what it is opened for, and the border of the pane.
const GAP: f64 = 8.0;
/// A list's width.
const WIDTH: f64 = 320.0;
/// How high a list's items get together.
const MOST_HEIGHT: f64 = 340.0;
/// What stands above and below the items.
const REST_HEIGHT: f64 = 84.0;
/// The row of the outline that the keyboard is at.
const ROW: &str = "[data-panel='outline'] [role='treeitem'][tabindex='0']";

/// Where a list stands: in pixels of the pane, or of the window where it is
/// opened from the outline, beside which the canvas may be hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stand {
    pub(super) in_window: bool,
    pub(super) left: f64,
    pub(super) top: Option<f64>,
    pub(super) bottom: Option<f64>,
    pub(super) list_height: f64,
}

impl Stand {
    /// Below the card of a node, or above it where there is more room; by the
    /// outline's row if the outline is worked in.
    pub(super) fn beside(desk: Desk, node: &NodeId) -> Self {
        if desk.home() == Home::Outline {
            return Self::beside_row();
        }
        let (from, to, pane) = desk.read(|editor| {
            let (camera, card) = (editor.camera(), editor.position_shown(node));
            let height = Point::new(0.0, geometry::NODE_SIZE.height);
            let (from, to) = (camera.to_screen(card), camera.to_screen(card + height));
            (from, to, editor.viewport())
        });
        Self::between(from.x, (from.y, to.y), (pane.width, pane.height), false)
    }

    /// At a point of the pane; by the outline's row if the outline is worked in.
    pub(super) fn at(desk: Desk, at_in_screen: Point) -> Self {
        if desk.home() == Home::Outline {
            return Self::beside_row();
        }
        let pane = desk.read(editor::Editor::viewport);
        let most_height = MOST_HEIGHT + REST_HEIGHT;
        Self {
            in_window: false,
            left: at_in_screen.x.min(pane.width - WIDTH - GAP).max(GAP),
            top: Some(at_in_screen.y.min(pane.height - most_height - GAP).max(GAP)),
            bottom: None,
            list_height: MOST_HEIGHT,
        }
    }

    /// To the right of a card, or to the left where there is more room: what the
    /// exit may lead to stays in sight below.
    pub(super) fn at_side_of(desk: Desk, node: &NodeId, top: f64) -> Self {
        let (left, right, pane_width) = desk.read(|editor| {
            let card = geometry::node_rect(editor.position_shown(node));
            let camera = editor.camera();
            let (left, right) = (camera.to_screen(card.min).x, camera.to_screen(card.max).x);
            (left, right, editor.viewport().width)
        });
        let fits_right = right + WIDTH + 2.0 * GAP <= pane_width || pane_width - right >= left;
        let x = if fits_right {
            right + GAP
        } else {
            left - WIDTH - GAP
        };
        Self::at(desk, Point::new(x, top))
    }

    fn beside_row() -> Self {
        let size = |size: Result<wasm_bindgen::JsValue, _>| {
            let size = size.ok().and_then(|size| size.as_f64());
            size.unwrap_or_default()
        };
        let pane = (size(window().inner_width()), size(window().inner_height()));
        let row = document().query_selector(ROW).ok().flatten();
        let Some(row) = row.map(|row| row.get_bounding_client_rect()) else {
            return Self::between(GAP, (pane.1 / 4.0, pane.1 / 4.0), pane, true);
        };
        Self::between(row.left() + GAP, (row.top(), row.bottom()), pane, true)
    }

    /// Below what lies between these heights, or above it.
    fn between(left: f64, (from, to): (f64, f64), pane: (f64, f64), in_window: bool) -> Self {
        let (width, height) = pane;
        let above = from - 2.0 * GAP;
        let below = height - to - 2.0 * GAP;
        let goes_below = below >= MOST_HEIGHT + REST_HEIGHT || below >= above;
        let room = if goes_below { below } else { above };
        Self {
            in_window,
            left: left.min(width - WIDTH - GAP).max(GAP),
            top: goes_below.then(|| (to + GAP).max(GAP)),
            bottom: (!goes_below).then(|| (height - from + GAP).max(GAP)),
            list_height: (room - REST_HEIGHT).clamp(REST_HEIGHT, MOST_HEIGHT),
        }
    }
}

/// A distance as CSS has it.
pub(super) fn pixels(distance: Option<f64>) -> Option<String> {
    distance.map(|distance| format!("{distance}px"))
}

/// Scrolls the active choice of a list into view, once the page shows it.
pub(super) fn show_choice(id: String) {
    dom::prelude::request_animation_frame(move || {
        if let Some(choice) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            choice.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
