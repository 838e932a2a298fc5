//! Where a menu stands. Only edges of the window and of what opened it are
//! needed, so that it stands right before its own size is known.

use dom::window;
use web_sys::Element;

/// Room between a menu and what opened it, in CSS pixels.
const GAP: f64 = 4.0;

/// Where a menu stands: the distances from the window's edges that are set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// From the left edge.
    pub left: Option<f64>,
    /// From the right edge.
    pub right: Option<f64>,
    /// From the top edge.
    pub top: Option<f64>,
    /// From the bottom edge.
    pub bottom: Option<f64>,
}

impl Place {
    /// At a point of the window, growing towards the farther edges.
    pub fn at(left_in_screen: f64, top_in_screen: f64) -> Self {
        let (width, height) = window_size();
        let at_left = left_in_screen < width * 0.7;
        let at_top = top_in_screen < height * 0.6;
        Self {
            left: at_left.then_some(left_in_screen),
            right: (!at_left).then_some(width - left_in_screen),
            top: at_top.then_some(top_in_screen),
            bottom: (!at_top).then_some(height - top_in_screen),
        }
    }

    /// Below or above an element, flush with one of its sides.
    pub fn beside(element: &Element) -> Self {
        let (width, height) = window_size();
        let rect = element.get_bounding_client_rect();
        let at_left = rect.left() < width / 2.0;
        let at_top = rect.bottom() < height * 0.6;
        Self {
            left: at_left.then(|| rect.left()),
            right: (!at_left).then(|| width - rect.right()),
            top: at_top.then(|| rect.bottom() + GAP),
            bottom: (!at_top).then(|| height - rect.top() + GAP),
        }
    }
}

/// A distance as CSS has it.
pub fn pixels(distance: Option<f64>) -> String {
    distance.map_or_else(|| "auto".to_owned(), |distance| format!("{distance}px"))
}

fn window_size() -> (f64, f64) {
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value
            .ok()
            .and_then(|value| value.as_f64())
            .unwrap_or_default()
    };
    (size(window().inner_width()), size(window().inner_height()))
}
