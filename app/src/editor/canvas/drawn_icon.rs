//! Icons on a canvas: the shapes of the page's sprite as paths.

use std::cell::RefCell;

use dom::document;
use rustc_hash::FxHashMap;
use web_sys::{Element, Path2d};

/// How large the sprite's icons are, in their own units.
pub(super) const ICON_UNITS: f64 = 24.0;
/// How broad their lines are, in the same.
pub(super) const ICON_LINE: f64 = 1.5;

/// The paths of icons, each made when it is first drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Icons {
    by_id: RefCell<FxHashMap<&'static str, Option<Path2d>>>,
}

impl Icons {
    /// Lets `draw` have the path of an icon, if the sprite has one.
    pub(super) fn with(&self, id: &'static str, draw: impl FnOnce(&Path2d)) {
        let mut by_id = self.by_id.borrow_mut();
        let path = by_id.entry(id).or_insert_with(|| path(id));
        path.as_ref().map(draw);
    }
}

fn path(id: &str) -> Option<Path2d> {
    let shapes = document().get_element_by_id(id)?.children();
    let shapes = (0..shapes.length()).filter_map(|at| shapes.item(at));
    let data: String = shapes.filter_map(|shape| outline(&shape)).collect();
    Path2d::new_with_path_string(&data).ok()
}

/// A shape of SVG as the data of a path (SVG 2, chapter 10).
fn outline(shape: &Element) -> Option<String> {
    let text = |name: &str| shape.get_attribute(name);
    let number = |name: &str| text(name).and_then(|text| text.parse::<f64>().ok());
    match shape.tag_name().as_str() {
        "path" => text("d"),
        "polyline" => text("points").map(|points| format!("M{points}")),
        "line" => {
            let (x1, y1) = (number("x1")?, number("y1")?);
            Some(format!("M{x1} {y1}L{} {}", number("x2")?, number("y2")?))
        }
        "circle" => {
            let (x, y, r) = (number("cx")?, number("cy")?, number("r")?);
            let d = 2.0 * r;
            Some(format!(
                "M{} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0",
                x - r
            ))
        }
        "rect" => {
            let (x, y, r) = (number("x")?, number("y")?, number("rx").unwrap_or(0.0));
            let (wide, high) = (number("width")? - 2.0 * r, number("height")? - 2.0 * r);
            let corner = |to: &str| format!("a{r} {r} 0 0 1 {to}");
            Some(format!(
                "M{} {y}h{wide}{}v{high}{}h-{wide}{}v-{high}{}z",
                x + r,
                corner(&format!("{r} {r}")),
                corner(&format!("-{r} {r}")),
                corner(&format!("-{r} -{r}")),
                corner(&format!("{r} -{r}")),
            ))
        }
        _ => None,
    }
}
