//! A canvas element that is sharp on every screen.

use editor::{Camera, Rect, Size};
use flow::Point;
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmapRenderingContext, OffscreenCanvas,
};

/// A canvas that covers the pane and `margin` pixels around it.
pub(super) struct Layer {
    element: HtmlCanvasElement,
    pub(super) context: CanvasRenderingContext2d,
    margin: f64,
    /// Where a still layer is drawn before it is shown.
    sheet: Option<Sheet>,
}

/// What is drawn here is shown as a finished picture. A canvas that could be
/// drawn on any time is copied for every frame in which anything moves.
struct Sheet {
    canvas: OffscreenCanvas,
    shown: ImageBitmapRenderingContext,
}

impl Layer {
    /// A layer on this element that is drawn in every frame; none where the
    /// browser gives no context.
    pub(super) fn live(element: HtmlCanvasElement) -> Option<Self> {
        let context = element.get_context("2d").ok().flatten()?;
        Some(Self {
            context: context.dyn_into().ok()?,
            element,
            margin: 0.0,
            sheet: None,
        })
    }

    /// A layer on this element that is drawn once for many frames; none where
    /// the browser gives no context.
    pub(super) fn still(element: HtmlCanvasElement, margin: f64) -> Option<Self> {
        let canvas = OffscreenCanvas::new(1, 1).ok()?;
        let context = canvas.get_context("2d").ok().flatten()?;
        let shown = element.get_context("bitmaprenderer").ok().flatten()?;
        Some(Self {
            // One by another name, with all the methods that pens call.
            context: context.unchecked_into(),
            element,
            margin,
            sheet: Some(Sheet {
                canvas,
                shown: shown.dyn_into().ok()?,
            }),
        })
    }

    /// Empties the layer and sets it up to draw in canvas units as this camera
    /// shows them in a pane of this size.
    pub(super) fn begin(&self, camera: Camera, pane: Size, device_pixels: f64) {
        let width = ((pane.width + 2.0 * self.margin) * device_pixels).ceil();
        let height = ((pane.height + 2.0 * self.margin) * device_pixels).ceil();
        let (columns, rows) = (width as u32, height as u32);
        let before = match &self.sheet {
            Some(sheet) => (sheet.canvas.width(), sheet.canvas.height()),
            None => (self.element.width(), self.element.height()),
        };
        if before != (columns, rows) {
            match &self.sheet {
                Some(sheet) => {
                    sheet.canvas.set_width(columns);
                    sheet.canvas.set_height(rows);
                }
                None => {
                    self.element.set_width(columns);
                    self.element.set_height(rows);
                }
            }
            self.style("width", &format!("{}px", width / device_pixels));
            self.style("height", &format!("{}px", height / device_pixels));
        }
        // Fails only on numbers that are none.
        let _ = self.context.reset_transform();
        self.context.clear_rect(0.0, 0.0, width, height);
        self.look_through(camera, device_pixels);
    }

    /// Empties a part of the layer, in canvas units as this camera shows them,
    /// and sets it up to draw there and nowhere else, until [`Layer::end_part`].
    /// The part that it is, out to whole device pixels.
    pub(super) fn begin_part(&self, camera: Camera, device_pixels: f64, part: Rect) -> Rect {
        let corner = Point::new(self.margin, self.margin);
        let pixel = |in_canvas: Point| {
            let in_screen = camera.to_screen(in_canvas) + corner;
            Point::new(in_screen.x * device_pixels, in_screen.y * device_pixels)
        };
        let (min, max) = (pixel(part.min), pixel(part.max));
        let min = Point::new(min.x.floor().max(0.0), min.y.floor().max(0.0));
        let max = Point::new(max.x.ceil(), max.y.ceil());
        let (width, height) = ((max.x - min.x).max(0.0), (max.y - min.y).max(0.0));
        self.context.save();
        // Fails only on numbers that are none.
        let _ = self.context.reset_transform();
        if self.sheet.is_some() {
            // What was drawn there went away to be shown. It is never empty.
            let shown = &self.element;
            let _ = self
                .context
                .draw_image_with_html_canvas_element(shown, 0.0, 0.0);
        }
        self.context.begin_path();
        self.context.rect(min.x, min.y, width, height);
        self.context.clip();
        self.context.clear_rect(min.x, min.y, width, height);
        self.look_through(camera, device_pixels);
        let in_canvas = |pixel: Point| {
            let in_screen = Point::new(pixel.x / device_pixels, pixel.y / device_pixels);
            camera.to_canvas(in_screen - corner)
        };
        Rect {
            min: in_canvas(min),
            max: in_canvas(max),
        }
    }

    /// From here on everything is drawn on again.
    pub(super) fn end_part(&self) {
        self.context.restore();
    }

    /// Shows what was drawn. A live layer shows it anyway.
    pub(super) fn finish(&self) {
        if let Some(sheet) = &self.sheet
            && let Ok(picture) = sheet.canvas.transfer_to_image_bitmap()
        {
            sheet.shown.transfer_from_image_bitmap(&picture);
        }
    }

    fn look_through(&self, camera: Camera, device_pixels: f64) {
        let scale = camera.zoom * device_pixels;
        let offset = camera.offset_in_screen + Point::new(self.margin, self.margin);
        // Fails only on numbers that are none.
        let _ = self.context.set_transform(
            scale,
            0.0,
            0.0,
            scale,
            offset.x * device_pixels,
            offset.y * device_pixels,
        );
    }

    /// Shows the layer, or takes it out of the picture: an empty one costs as
    /// much as a full one.
    pub(super) fn show(&self, shown: bool) {
        self.style("display", if shown { "block" } else { "none" });
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
