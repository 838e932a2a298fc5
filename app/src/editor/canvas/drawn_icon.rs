//! Icons on a canvas: the paths of the page's sprite.

use std::cell::RefCell;

use dom::document;
use rustc_hash::FxHashMap;
use web_sys::Path2d;

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
    let data: String = shapes
        .filter_map(|shape| shape.get_attribute("d"))
        .collect();
    Path2d::new_with_path_string(&data).ok()
}
