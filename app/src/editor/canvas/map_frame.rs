//! The frame on the minimap around what is seen.

use dom::{Glide, Transform};
use editor::{Rect, Size};
use flow::Point;
use web_sys::HtmlElement;

use super::minimap::MAP;

/// While the wheel zooms the frame is scaled, its border with it, at most by this.
const MOST_SCALED: f64 = 2.0;

/// The frame with the glass that it lies in.
pub(super) struct Frame {
    glass: HtmlElement,
    frame: HtmlElement,
    glide: Glide,
    /// Where it lies where nothing is scrolled.
    placed: Option<Rect>,
    /// How far the glass is scrolled back.
    scrolled: Point,
}

impl Frame {
    /// A frame on this element, which lies right and down of the glass by the size of
    /// the map.
    pub(super) fn new(glass: HtmlElement, frame: HtmlElement) -> Self {
        glass.scroll_to_with_x_and_y(MAP.width, MAP.height);
        Self {
            glide: Glide::new(frame.clone().into()),
            glass,
            frame,
            placed: None,
            scrolled: Point::default(),
        }
    }

    /// Shows what is seen, in pixels of the map.
    pub(super) fn show(&mut self, area: Rect, is_zooming: bool) {
        let Some(placed) = self.placed else {
            return self.place(area);
        };
        let scale = Size::new(
            area.width() / placed.width(),
            area.height() / placed.height(),
        );
        let may_scale = |scale: f64| (1.0 / MOST_SCALED..=MOST_SCALED).contains(&scale);
        if is_zooming && may_scale(scale.width) && may_scale(scale.height) {
            let by = area.min - placed.min - self.scrolled;
            self.glide.lead(Transform {
                x: by.x,
                y: by.y,
                scale: (scale.width, scale.height),
            });
        } else if is_zooming || scale != Size::new(1.0, 1.0) {
            self.place(area);
        } else {
            self.glide.stop();
            self.scroll(area.min - placed.min);
        }
    }

    /// Places it anew, without scrolling if possible: for that the browser lays out
    /// at once what has changed.
    fn place(&mut self, area: Rect) {
        self.glide.stop();
        self.scroll(Point::default());
        self.placed = Some(area);
        let style = HtmlElement::style(&self.frame);
        for (property, length) in [
            ("left", MAP.width + area.min.x),
            ("top", MAP.height + area.min.y),
            ("width", area.width()),
            ("height", area.height()),
        ] {
            // Only a read-only style refuses, which an element's own is not.
            let _ = style.set_property(property, &format!("{length}px"));
        }
    }

    /// Scrolls it from its place, as a pan scrolls the drawing.
    fn scroll(&mut self, by: Point) {
        if self.scrolled != by {
            self.scrolled = by;
            let (left, top) = (MAP.width - by.x, MAP.height - by.y);
            self.glass.scroll_to_with_x_and_y(left, top);
        }
    }
}
