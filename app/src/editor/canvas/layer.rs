//! A canvas element that is sharp on every screen.

use editor::{Camera, Size};
use flow::Point;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A canvas that covers the pane and `margin` pixels around it.
pub(super) struct Layer {
    element: HtmlCanvasElement,
    pub(super) context: CanvasRenderingContext2d,
    margin: f64,
}

impl Layer {
    /// A layer on this element; none where the browser gives no 2D context.
    pub(super) fn new(element: HtmlCanvasElement, margin: f64) -> Option<Self> {
        let context = element
            .get_context("2d")
            .ok()
            .flatten()?
            .dyn_into::<CanvasRenderingContext2d>()
            .ok()?;
        Some(Self {
            element,
            context,
            margin,
        })
    }

    /// Empties the layer and sets it up to draw in canvas units as this camera
    /// shows them in a pane of this size.
    pub(super) fn begin(&self, camera: Camera, pane: Size, device_pixels: f64) {
        let width = ((pane.width + 2.0 * self.margin) * device_pixels).ceil();
        let height = ((pane.height + 2.0 * self.margin) * device_pixels).ceil();
        if f64::from(self.element.width()) != width || f64::from(self.element.height()) != height {
            self.element.set_width(width as u32);
            self.element.set_height(height as u32);
            self.style("width", &format!("{}px", width / device_pixels));
            self.style("height", &format!("{}px", height / device_pixels));
        }
        // Both fail only on numbers that are none.
        let _ = self.context.reset_transform();
        self.context.clear_rect(0.0, 0.0, width, height);
        let scale = camera.zoom * device_pixels;
        let offset = camera.offset_in_screen + Point::new(self.margin, self.margin);
        let _ = self.context.set_transform(
            scale,
            0.0,
            0.0,
            scale,
            offset.x * device_pixels,
            offset.y * device_pixels,
        );
    }

    /// Shows what was drawn for one camera as another sees it.
    pub(super) fn place(&self, drawn: Camera, shown: Camera) {
        let scale = shown.zoom / drawn.zoom;
        let corner = Point::new(self.margin, self.margin) + drawn.offset_in_screen;
        let x = shown.offset_in_screen.x - corner.x * scale;
        let y = shown.offset_in_screen.y - corner.y * scale;
        self.style(
            "transform",
            &format!("translate({x}px, {y}px) scale({scale})"),
        );
    }

    fn style(&self, property: &str, value: &str) {
        // Only a read-only style refuses, which an element's own is not.
        let _ = web_sys::HtmlElement::style(&self.element).set_property(property, value);
    }
}
