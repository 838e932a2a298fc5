//! Where the drawing lies in its pane. A pan scrolls it: of all movements that
//! is the one for which the browser looks at nothing else again.

use std::cell::Cell;

use dom::{Glide, Transform};
use editor::{Camera, Size};
use flow::Point;
use web_sys::HtmlElement;

/// Where the origin of what is scrolled lies in it, in screen pixels to the right
/// and down, as the style sheet has it.
const ORIGIN_IN_SCREEN: f64 = 20_000.0;
/// So far the drawing is scrolled, in screen pixels; beyond, all is placed anew.
const FURTHEST_IN_SCREEN: f64 = 16_000.0;
/// Below this zoom there is no grid: nobody aims at dots that stand for several
/// steps, and a page of them takes the browser as much room as a picture.
const GRID_FROM: f64 = 0.25;
/// The grid's dots are never closer than so many screen pixels.
const LEAST_GRID_IN_SCREEN: f64 = 14.0;

/// The elements that a movement of the view moves.
pub(super) struct Place {
    /// Scrolled, with the drawing in it.
    pane: HtmlElement,
    /// Scrolled by less than the distance of two dots.
    grid: HtmlElement,
    /// Everything in it is placed in canvas units.
    viewport: Glide,
    /// Whether that is still on its way.
    is_on_its_way: Cell<bool>,
    /// The view that everything is placed for where nothing is scrolled away.
    placed_for: Cell<Option<Camera>>,
    /// How far the pane is scrolled, in screen pixels, and how large it was then.
    scrolled: Cell<(Point, Size)>,
    /// How far the grid is scrolled.
    grid_scrolled: Cell<Point>,
    /// Between two dots.
    grid_step: Cell<f64>,
}

impl Place {
    /// The pane and its grid, and in the pane that in which all is placed in canvas
    /// units.
    pub(super) fn new((pane, grid): (HtmlElement, HtmlElement), viewport: HtmlElement) -> Self {
        Self {
            pane,
            grid,
            viewport: Glide::new(viewport.into()),
            is_on_its_way: Cell::new(false),
            placed_for: Cell::new(None),
            scrolled: Cell::default(),
            grid_scrolled: Cell::default(),
            grid_step: Cell::new(0.0),
        }
    }

    /// Shows all as this camera sees it, which may soon be another one again.
    pub(super) fn look(&self, camera: Camera, pane: Size, is_on_its_way: bool) {
        let has_come = self.is_on_its_way.replace(is_on_its_way) && !is_on_its_way;
        let before = self.placed_for.get().filter(|placed| {
            let panned = camera.offset_in_screen - placed.offset_in_screen;
            !has_come
                && placed.zoom == camera.zoom
                && panned.x.abs().max(panned.y.abs()) <= FURTHEST_IN_SCREEN
        });
        let placed = before.unwrap_or(camera);
        if before.is_none() {
            self.placed_for.set(Some(camera));
            let Point { x, y } = camera.offset_in_screen;
            let scale = (camera.zoom, camera.zoom);
            self.viewport
                .place(Transform { x, y, scale }, is_on_its_way);
        }
        let origin = Point::new(ORIGIN_IN_SCREEN, ORIGIN_IN_SCREEN);
        let panned = camera.offset_in_screen - placed.offset_in_screen;
        let now = (origin - panned, pane);
        // To scroll has the browser lay out the page at once, even to where it is.
        if self.scrolled.replace(now) != now {
            self.scroll();
        }
        if before.is_none() {
            self.place_grid(camera);
        }
        let step = self.grid_step.get();
        let grid = Point::new((-panned.x).rem_euclid(step), (-panned.y).rem_euclid(step));
        if self.grid_scrolled.replace(grid) != grid {
            self.grid.scroll_to_with_x_and_y(grid.x, grid.y);
        }
    }

    /// Scrolls to where the view is.
    fn scroll(&self) {
        let (Point { x, y }, _) = self.scrolled.get();
        self.pane.scroll_to_with_x_and_y(x, y);
    }

    /// Takes back what the browser scrolled by itself, to show what has the focus
    /// or what was looked for.
    pub(super) fn stay(&self) {
        let (scrolled, _) = self.scrolled.get();
        let strayed = |is: i32, should: f64| (f64::from(is) - should).abs() > 1.0;
        if strayed(self.pane.scroll_left(), scrolled.x)
            || strayed(self.pane.scroll_top(), scrolled.y)
        {
            self.scroll();
        }
    }

    fn place_grid(&self, camera: Camera) {
        let is_seen = camera.zoom >= GRID_FROM;
        set_style(&self.grid, "display", if is_seen { "" } else { "none" });
        let mut step = editor::geometry::GRID * camera.zoom;
        while step < LEAST_GRID_IN_SCREEN {
            step *= 2.0;
        }
        self.grid_step.set(step);
        // A dot is in the middle of its tile.
        let start = |offset: f64| (offset - step / 2.0).rem_euclid(step);
        let Point { x, y } = camera.offset_in_screen;
        let (x, y) = (start(x), start(y));
        set_style(
            &self.grid,
            "background",
            &format!("{x}px {y}px / {step}px {step}px"),
        );
    }
}

fn set_style(element: &HtmlElement, property: &str, value: &str) {
    // Only a read-only style refuses, which an element's own is not.
    let _ = element.style().set_property(property, value);
}
