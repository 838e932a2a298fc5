//! Strokes that scene and live layer share. Everything in canvas units; the
//! context's transform makes pixels of them.

use editor::{
    Rect,
    geometry::{Cubic, Curve, Strokes},
};
use flow::Point;
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::inks::Inks;

/// How a set of edges is drawn.
pub(super) struct Stroke<'a> {
    pub(super) colour: &'a str,
    /// In screen pixels at zoom 1.
    pub(super) width: f64,
    pub(super) dashed: bool,
}

/// How far what is drawn with a curve reaches beyond it, in canvas units: half a
/// label.
pub(super) const REACH: f64 = 80.0;
/// Below this zoom heads are smaller than a pixel.
const HEADS_FROM: f64 = 0.2;
/// So many curves go into one path: the time that a path takes grows faster
/// than its length.
const CURVES_IN_PATH: u32 = 200;

/// Strokes curves with their heads, one after the other, all alike.
pub(super) struct Pen<'a> {
    context: &'a CanvasRenderingContext2d,
    zoom: f64,
    dashed: bool,
    /// How many curves the path has that is not stroked yet.
    curves: u32,
}

impl<'a> Pen<'a> {
    /// A pen for a stroke at a zoom.
    pub(super) fn new(
        context: &'a CanvasRenderingContext2d,
        zoom: f64,
        stroke: &Stroke<'_>,
    ) -> Self {
        if stroke.dashed {
            set_dash(context, &[6.0, 5.0]);
        }
        context.set_line_cap("round");
        context.set_line_join("round");
        context.set_stroke_style_str(stroke.colour);
        context.set_line_width(stroke.width.max(0.8 / zoom));
        context.begin_path();
        Self {
            context,
            zoom,
            dashed: stroke.dashed,
            curves: 0,
        }
    }

    /// Draws a curve.
    pub(super) fn draw(&mut self, curve: &Curve) {
        let context = self.context;
        let Strokes {
            bend,
            line_to,
            swing,
            tip,
            barbs,
        } = curve.strokes();
        context.move_to(curve.from.x, curve.from.y);
        self.cubic(&bend);
        if let Some(to) = line_to {
            context.line_to(to.x, to.y);
        }
        if let Some(swing) = &swing {
            self.cubic(swing);
        }
        if self.zoom >= HEADS_FROM {
            let (left, right) = barbs;
            context.move_to(left.x, left.y);
            context.line_to(tip.x, tip.y);
            context.line_to(right.x, right.y);
        }
        self.curves += 1;
        if self.curves == CURVES_IN_PATH {
            context.stroke();
            context.begin_path();
            self.curves = 0;
        }
    }

    /// Draws a cubic from where the path has come to.
    fn cubic(&self, cubic: &Cubic) {
        let Cubic {
            control_from,
            control_to,
            to,
            ..
        } = cubic;
        self.context.bezier_curve_to(
            control_from.x,
            control_from.y,
            control_to.x,
            control_to.y,
            to.x,
            to.y,
        );
    }

    /// Draws what is left.
    pub(super) fn finish(self) {
        self.context.stroke();
        if self.dashed {
            set_dash(self.context, &[]);
        }
    }
}

/// Strokes curves with their heads.
pub(super) fn edges(
    context: &CanvasRenderingContext2d,
    zoom: f64,
    stroke: &Stroke<'_>,
    curves: &[&Curve],
) {
    let mut pen = Pen::new(context, zoom, stroke);
    for curve in curves {
        pen.draw(curve);
    }
    pen.finish();
}

fn set_dash(context: &CanvasRenderingContext2d, lengths: &[f64]) {
    let dash: js_sys::Array = lengths
        .iter()
        .map(|length| JsValue::from(*length))
        .collect();
    // The pattern is a list of numbers, which no context refuses.
    let _ = context.set_line_dash(&dash);
}

/// A label on the middle of an edge.
pub(super) fn pill(context: &CanvasRenderingContext2d, inks: &Inks, at: Point, text: &str) {
    const MOST: f64 = 126.0;
    context.set_font(&format!("11px {}", inks.font));
    let mut shown = text.to_owned();
    let mut width = measured(context, &shown);
    while width > MOST && shown.pop().is_some() {
        width = measured(context, &format!("{shown}…"));
        if width <= MOST {
            shown.push('…');
        }
    }
    let (half_width, half_height) = (width / 2.0 + 7.0, 9.0);
    context.begin_path();
    rounded(
        context,
        Rect {
            min: Point::new(at.x - half_width, at.y - half_height),
            max: Point::new(at.x + half_width, at.y + half_height),
        },
        half_height,
    );
    context.set_fill_style_str(&inks.label_fill);
    context.fill();
    context.set_stroke_style_str(&inks.label_border);
    context.set_line_width(1.0);
    context.stroke();
    context.set_fill_style_str(&inks.label_text);
    context.set_text_align("center");
    context.set_text_baseline("middle");
    // Text that cannot be drawn is in the page all the same.
    let _ = context.fill_text(&shown, at.x, at.y + 0.5);
}

fn measured(context: &CanvasRenderingContext2d, text: &str) -> f64 {
    context
        .measure_text(text)
        .map_or(0.0, |metrics| metrics.width())
}

/// Adds a rectangle with round corners to the path.
pub(super) fn rounded(context: &CanvasRenderingContext2d, rect: Rect, radius: f64) {
    // A radius that is no list of numbers is the only thing refused.
    let _ =
        context.round_rect_with_f64(rect.min.x, rect.min.y, rect.width(), rect.height(), radius);
}
