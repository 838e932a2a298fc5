//! What part of the canvas is seen, and how large.

use flow::Point;

use crate::geometry::{Rect, Size};

/// The least zoom, but for flows that are larger than a pane even then: those
/// can be seen whole.
pub const MIN_ZOOM: f64 = 0.1;
/// The least zoom of all, however far apart nodes lie.
const FARTHEST_ZOOM: f64 = 0.01;
/// The greatest zoom.
pub const MAX_ZOOM: f64 = 4.0;
/// What one step of the zoom keys multiplies by.
const ZOOM_STEP: f64 = 1.25;
/// Space around what has to be seen, in screen pixels.
const SEEN_PADDING_IN_SCREEN: f64 = 24.0;
/// Space around what is fitted into view, in screen pixels.
const FIT_PADDING_IN_SCREEN: f64 = 64.0;
/// The same of a small pane, as a share of its shorter side, but not less.
const FIT_PADDING_SHARE: f64 = 0.1;
/// See [`FIT_PADDING_SHARE`].
const LEAST_FIT_PADDING_IN_SCREEN: f64 = 24.0;
/// How much of the padding is left where all is then shown as large as it is.
const OWN_SIZE_SHARE: f64 = 0.6;

/// The view: `screen = canvas * zoom + offset_in_screen`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Where the canvas's origin is, in screen pixels from the pane's top left.
    pub offset_in_screen: Point,
    /// Screen pixels per canvas unit, from [`MIN_ZOOM`] (or what shows the whole
    /// flow, where that is less) to [`MAX_ZOOM`].
    pub zoom: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            offset_in_screen: Point::default(),
            zoom: 1.0,
        }
    }
}

impl Camera {
    /// A point of the canvas on the screen.
    pub fn to_screen(&self, in_canvas: Point) -> Point {
        Point::new(
            in_canvas.x * self.zoom + self.offset_in_screen.x,
            in_canvas.y * self.zoom + self.offset_in_screen.y,
        )
    }

    /// A point of the screen on the canvas.
    pub fn to_canvas(&self, in_screen: Point) -> Point {
        Point::new(
            (in_screen.x - self.offset_in_screen.x) / self.zoom,
            (in_screen.y - self.offset_in_screen.y) / self.zoom,
        )
    }

    /// The part of the canvas that a viewport of this size shows.
    pub fn visible_area(&self, viewport: Size) -> Rect {
        Rect {
            min: self.to_canvas(Point::default()),
            max: self.to_canvas(Point::new(viewport.width, viewport.height)),
        }
    }

    /// The view with its content moved by this many screen pixels.
    #[must_use]
    pub fn panned(self, by_in_screen: Point) -> Self {
        Self {
            offset_in_screen: self.offset_in_screen + by_in_screen,
            ..self
        }
    }

    /// The view at another zoom, not below `least`, with this point of the
    /// screen staying on the same point of the canvas.
    #[must_use]
    pub fn zoomed(self, zoom: f64, least: f64, at_in_screen: Point) -> Self {
        let fixed_in_canvas = self.to_canvas(at_in_screen);
        let zoom = if zoom.is_nan() { self.zoom } else { zoom };
        let zoom = zoom.max(least).clamp(FARTHEST_ZOOM, MAX_ZOOM);
        Self {
            offset_in_screen: Point::new(
                at_in_screen.x - fixed_in_canvas.x * zoom,
                at_in_screen.y - fixed_in_canvas.y * zoom,
            ),
            zoom,
        }
    }

    /// One step of the zoom keys in, around the middle of the viewport. No step goes
    /// past 100 %.
    #[must_use]
    pub fn zoomed_in(self, viewport: Size) -> Self {
        let is_below = self.zoom < 1.0 && !self.is_at_own_size();
        let most = if is_below { 1.0 } else { MAX_ZOOM };
        let zoom = (self.zoom * ZOOM_STEP).min(most);
        self.zoomed(zoom, 0.0, middle(viewport))
    }

    /// One step of the zoom keys out, not below `least`, around the middle of
    /// the viewport. No step goes past 100 %.
    #[must_use]
    pub fn zoomed_out(self, viewport: Size, least: f64) -> Self {
        let is_above = self.zoom > 1.0 && !self.is_at_own_size();
        let least = if is_above { least.max(1.0) } else { least };
        self.zoomed(self.zoom / ZOOM_STEP, least, middle(viewport))
    }

    /// Whether this is 100 %, as people read it.
    fn is_at_own_size(&self) -> bool {
        (self.zoom * 100.0).round() == 100.0
    }

    /// The view moved by the least that shows all of an area with a little space
    /// around it; not along a side that is longer than the viewport's.
    #[must_use]
    pub fn showing(self, area: Rect, viewport: Size) -> Self {
        if self.visible_area(viewport).encloses(&area) {
            return self;
        }
        let (min, max) = (self.to_screen(area.min), self.to_screen(area.max));
        let by = |min: f64, max: f64, length: f64| {
            let (min, max) = (min - SEEN_PADDING_IN_SCREEN, max + SEEN_PADDING_IN_SCREEN);
            if max - min > length {
                0.0
            } else if min < 0.0 {
                -min
            } else {
                (length - max).min(0.0)
            }
        };
        self.panned(Point::new(
            by(min.x, max.x, viewport.width),
            by(min.y, max.y, viewport.height),
        ))
    }

    /// The view that shows an area in the middle of the viewport, as large as
    /// fits but not larger than life.
    #[must_use]
    pub fn fitted(self, area: Rect, viewport: Size) -> Self {
        let zoom_within = |padding: f64| {
            let room = |length: f64| (length - 2.0 * padding).max(1.0);
            (room(viewport.width) / area.width().max(1.0))
                .min(room(viewport.height) / area.height().max(1.0))
                .clamp(FARTHEST_ZOOM, 1.0)
        };
        // What hardly has to be made smaller is sharp in its own size.
        let padding = fit_padding(viewport);
        let zoom = if zoom_within(OWN_SIZE_SHARE * padding) < 1.0 {
            zoom_within(padding)
        } else {
            1.0
        };
        Self { zoom, ..self }.centred_on(area.centre(), viewport)
    }

    /// The view with this point of the canvas in the middle of the viewport.
    #[must_use]
    pub fn centred_on(self, in_canvas: Point, viewport: Size) -> Self {
        let middle = middle(viewport);
        Self {
            offset_in_screen: Point::new(
                middle.x - in_canvas.x * self.zoom,
                middle.y - in_canvas.y * self.zoom,
            ),
            ..self
        }
    }
}

/// Around what is fitted, in screen pixels.
fn fit_padding(viewport: Size) -> f64 {
    (viewport.width.min(viewport.height) * FIT_PADDING_SHARE)
        .clamp(LEAST_FIT_PADDING_IN_SCREEN, FIT_PADDING_IN_SCREEN)
}

fn middle(viewport: Size) -> Point {
    Point::new(viewport.width / 2.0, viewport.height / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::distance;

    const VIEWPORT: Size = Size::new(1280.0, 800.0);

    #[test]
    fn steps_of_the_zoom_keys_stop_at_100_percent() {
        let at = |zoom| Camera {
            zoom,
            ..Camera::default()
        };
        for (before, closer, away) in [
            (0.5, 0.625, 0.4),
            (0.95, 1.0, 0.76),
            (1.0, 1.25, 0.8),
            (0.999, 1.24875, 0.7992),
            (1.1, 1.375, 1.0),
            (4.0, 4.0, 3.2),
        ] {
            let (zoomed_in, zoomed_out) = (
                at(before).zoomed_in(VIEWPORT),
                at(before).zoomed_out(VIEWPORT, MIN_ZOOM),
            );
            assert_eq!(zoomed_in.zoom, closer, "closer from {before}");
            assert!((zoomed_out.zoom - away).abs() < 1e-12, "away from {before}");
        }
    }

    #[test]
    fn what_has_to_be_seen_moves_the_view_by_the_least() {
        let camera = Camera::default();
        let card = |x, y| Rect::new(Point::new(x, y), Size::new(200.0, 64.0));
        for (area, moved) in [
            (card(100.0, 100.0), (0.0, 0.0)),
            (card(1200.0, 100.0), (-144.0, 0.0)),
            (card(-10.0, 790.0), (34.0, -78.0)),
            (
                Rect::new(Point::new(100.0, 790.0), Size::new(2000.0, 64.0)),
                (0.0, -78.0),
            ),
        ] {
            let shown = camera.showing(area, VIEWPORT);
            assert_eq!(
                shown.offset_in_screen - camera.offset_in_screen,
                Point::new(moved.0, moved.1)
            );
        }
    }

    #[test]
    fn a_point_goes_to_the_screen_and_back() {
        let camera = Camera::default().panned(Point::new(30.0, -70.0)).zoomed(
            0.37,
            MIN_ZOOM,
            Point::new(200.0, 300.0),
        );
        let point = Point::new(123.0, -456.0);
        assert!(distance(camera.to_canvas(camera.to_screen(point)), point) < 1e-9);
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer_and_the_range() {
        let pointer = Point::new(640.0, 100.0);
        let camera = Camera::default().panned(Point::new(5.0, 9.0));
        for zoom in [0.001, 0.1, 0.5, 1.0, 3.9, 40.0, f64::NAN] {
            let zoomed = camera.zoomed(zoom, MIN_ZOOM, pointer);
            assert!((MIN_ZOOM..=MAX_ZOOM).contains(&zoomed.zoom));
            assert!(distance(zoomed.to_canvas(pointer), camera.to_canvas(pointer)) < 1e-9);
        }
    }

    #[test]
    fn what_is_fitted_is_wholly_visible_and_not_larger_than_life() {
        for (width, height) in [
            (10.0, 10.0),
            (3000.0, 200.0),
            (500.0, 4000.0),
            (23_000.0, 14_000.0),
        ] {
            let area = Rect::new(Point::new(-700.0, 90.0), Size::new(width, height));
            let camera = Camera::default().fitted(area, VIEWPORT);
            assert!(camera.visible_area(VIEWPORT).encloses(&area));
            assert!(camera.zoom <= 1.0);
        }
    }

    #[test]
    fn what_nearly_fits_is_shown_in_its_own_size() {
        let zoom = |height: f64| {
            let area = Rect::new(Point::default(), Size::new(200.0, height));
            Camera::default().fitted(area, VIEWPORT).zoom
        };
        let room = 800.0 - 2.0 * OWN_SIZE_SHARE * fit_padding(VIEWPORT);
        assert_eq!(zoom(room), 1.0);
        assert!(zoom(room + 1.0) < 0.95);
    }
}
