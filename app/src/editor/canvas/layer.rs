//! A canvas element that is sharp on every screen.

use std::cell::Cell;

use dom::Transform;
use editor::{Camera, Rect};
use flow::Point;
use wasm_bindgen::JsCast;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmapRenderingContext, OffscreenCanvas,
};

/// A canvas element with what is drawn on it.
pub(super) struct Layer {
    element: HtmlCanvasElement,
    pub(super) context: CanvasRenderingContext2d,
    /// How many columns and rows of device pixels are shown.
    size: Cell<(u32, u32)>,
    /// Where a still layer is drawn before it is shown.
    sheet: Option<Sheet>,
}

/// What is drawn here is shown as a finished picture. A canvas that could be
/// drawn on any time is copied for every frame in which anything moves.
struct Sheet {
    canvas: OffscreenCanvas,
    shown: ImageBitmapRenderingContext,
}

/// A part of the canvas as it is drawn.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) camera: Camera,
    pub(super) device_pixels: f64,
    /// In canvas units, between whole device pixels.
    pub(super) area: Rect,
}

impl Seen {
    /// This part, out to whole device pixels.
    pub(super) fn new(camera: Camera, device_pixels: f64, area: Rect) -> Self {
        let whole = |in_canvas: Point, round: fn(f64) -> f64| {
            let Point { x, y } = camera.to_screen(in_canvas);
            let round = |length: f64| round(length * device_pixels) / device_pixels;
            camera.to_canvas(Point::new(round(x), round(y)))
        };
        Self {
            camera,
            device_pixels,
            area: Rect {
                min: whole(area.min, f64::floor),
                max: whole(area.max, f64::ceil),
            },
        }
    }

    /// A smaller part, out to whole device pixels.
    fn narrowed(&self, part: Rect) -> Rect {
        let part = Self::new(self.camera, self.device_pixels, part).area;
        part.common(&self.area).unwrap_or_default()
    }

    /// Has what is drawn in canvas units lie where it is seen.
    fn look_at(&self, context: &CanvasRenderingContext2d) {
        let scale = self.camera.zoom * self.device_pixels;
        let (x, y) = (-self.area.min.x * scale, -self.area.min.y * scale);
        // Fails only on numbers that are none.
        let _ = context.set_transform(scale, 0.0, 0.0, scale, x, y);
    }

    /// A length between whole device pixels, in these.
    fn length(&self, in_canvas: f64) -> f64 {
        (in_canvas * self.camera.zoom * self.device_pixels).round()
    }
}

impl Layer {
    /// A layer on this element that is drawn in every frame; none where the
    /// browser gives no context.
    pub(super) fn live(element: HtmlCanvasElement) -> Option<Self> {
        let context = element.get_context("2d").ok().flatten()?;
        Some(Self {
            context: context.dyn_into().ok()?,
            element,
            size: Cell::default(),
            sheet: None,
        })
    }

    /// A layer on this element that is drawn once for many frames; none where
    /// the browser gives no context.
    pub(super) fn still(element: HtmlCanvasElement) -> Option<Self> {
        let canvas = OffscreenCanvas::new(1, 1).ok()?;
        let context = canvas.get_context("2d").ok().flatten()?;
        let shown = element.get_context("bitmaprenderer").ok().flatten()?;
        Some(Self {
            // One by another name, with all the methods that pens call.
            context: context.unchecked_into(),
            element,
            size: Cell::default(),
            sheet: Some(Sheet {
                canvas,
                shown: shown.dyn_into().ok()?,
            }),
        })
    }

    /// Empties the layer and sets it up to draw what is seen, in canvas units.
    pub(super) fn begin(&self, seen: &Seen) {
        let (width, height) = (
            seen.length(seen.area.width()),
            seen.length(seen.area.height()),
        );
        let device_pixels = seen.device_pixels;
        let size = (width as u32, height as u32);
        if self.size.replace(size) != size {
            self.style("width", &format!("{}px", width / device_pixels));
            self.style("height", &format!("{}px", height / device_pixels));
        }
        self.resize(size);
        // Fails only on numbers that are none.
        let _ = self.context.reset_transform();
        self.context.clear_rect(0.0, 0.0, width, height);
        seen.look_at(&self.context);
    }

    /// Sets the layer up to draw over what is seen, in canvas units.
    pub(super) fn begin_over(&self, seen: &Seen) {
        self.resize(self.size.get());
        // Fails only on numbers that are none.
        let _ = self.context.reset_transform();
        if self.sheet.is_some() {
            // What was drawn there went away to be shown. It is never empty.
            let shown = &self.element;
            let _ = self
                .context
                .draw_image_with_html_canvas_element(shown, 0.0, 0.0);
        }
        seen.look_at(&self.context);
    }

    /// Empties a part of what is seen, and sets the layer up to draw there and
    /// nowhere else, until [`Layer::end_part`]. The part that it is, out to
    /// whole device pixels.
    pub(super) fn begin_part(&self, seen: &Seen, part: Rect) -> Rect {
        let part = seen.narrowed(part);
        self.begin_over(seen);
        let corner = part.min - seen.area.min;
        let (left, top) = (seen.length(corner.x), seen.length(corner.y));
        let (width, height) = (seen.length(part.width()), seen.length(part.height()));
        self.context.save();
        // Fails only on numbers that are none.
        let _ = self.context.reset_transform();
        self.context.begin_path();
        self.context.rect(left, top, width, height);
        self.context.clip();
        self.context.clear_rect(left, top, width, height);
        seen.look_at(&self.context);
        part
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
            self.release();
        }
    }

    /// Gives back the memory of what is drawn on, which is as much as that of
    /// what is shown.
    pub(super) fn release(&self) {
        self.resize((0, 0));
    }

    fn resize(&self, (columns, rows): (u32, u32)) {
        match &self.sheet {
            Some(Sheet { canvas, .. }) if (canvas.width(), canvas.height()) != (columns, rows) => {
                canvas.set_width(columns);
                canvas.set_height(rows);
            }
            None if (self.element.width(), self.element.height()) != (columns, rows) => {
                self.element.set_width(columns);
                self.element.set_height(rows);
            }
            _ => {}
        }
    }

    /// Shows the layer, or takes it out of the picture: an empty one costs as
    /// much as a full one.
    pub(super) fn show(&self, shown: bool) {
        self.style("display", if shown { "block" } else { "none" });
    }

    /// Has what was drawn lie where it belongs, in canvas units, which are scaled
    /// back by as much as they were drawn larger: at the zoom it was drawn for it
    /// lies on whole device pixels, where alone a picture is sharp.
    pub(super) fn place(&self, drawn: &Seen) {
        let Point { x, y } = drawn.area.min;
        let scale = 1.0 / drawn.camera.zoom;
        let lies = Transform {
            x,
            y,
            scale: (scale, scale),
        };
        self.style("transform", &lies.to_css());
    }

    fn style(&self, property: &str, value: &str) {
        // Only a read-only style refuses, which an element's own is not.
        let _ = web_sys::HtmlElement::style(&self.element).set_property(property, value);
    }
}
