//! Writing SVG.

use flow::Point;

use super::{Lettering, Look};
use crate::geometry::{Cubic, Curve, Rect};

/// A document in the making. Every text that goes into it is escaped here.
pub(super) struct Markup {
    text: String,
    /// The kinds whose icon the document holds.
    icons: Vec<String>,
    defs: String,
}

impl Markup {
    /// A document that shows an area of the canvas.
    pub(super) fn new(area: Rect, look: &Look<'_>) -> Self {
        let mut markup = Self {
            text: String::from("<svg xmlns=\"http://www.w3.org/2000/svg\""),
            icons: Vec::new(),
            defs: String::new(),
        };
        markup.number("width", area.width());
        markup.number("height", area.height());
        markup.raw(" viewBox=\"");
        for (index, part) in [area.min.x, area.min.y, area.width(), area.height()]
            .into_iter()
            .enumerate()
        {
            if index > 0 {
                markup.raw(" ");
            }
            markup.length(part);
        }
        markup.raw("\"");
        markup.attribute("font-family", look.font);
        markup.raw(">");
        if !look.font_face.is_empty() {
            markup.raw("<style>");
            markup.escaped(look.font_face);
            markup.raw("</style>");
        }
        markup.rect(area, 0.0, &look.colours.background, None);
        markup
    }

    /// What the picture is of.
    pub(super) fn title(&mut self, title: &str) {
        self.raw("<title>");
        self.escaped(title);
        self.raw("</title>");
    }

    /// The whole document.
    pub(super) fn finish(mut self) -> String {
        if !self.defs.is_empty() {
            self.text.push_str("<defs>");
            self.text.push_str(&self.defs);
            self.text.push_str("</defs>");
        }
        self.text.push_str("</svg>\n");
        self.text
    }

    /// Begins a group of edges.
    pub(super) fn open_edges(&mut self, colour: &str) {
        self.raw("<g fill=\"none\" stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        self.attribute("stroke", colour);
        self.raw(">");
    }

    /// Begins a group of which so much is seen, of 1.
    pub(super) fn begin_faded(&mut self, opacity: f64) {
        self.raw("<g");
        self.number("opacity", opacity);
        self.raw(">");
    }

    /// Ends a group.
    pub(super) fn close(&mut self) {
        self.raw("</g>");
    }

    /// An edge with its head.
    pub(super) fn edge(&mut self, curve: &Curve) {
        let strokes = curve.strokes();
        let (left, right) = strokes.barbs;
        self.raw("<path d=\"M");
        self.point(curve.from);
        self.cubic(&strokes.bend);
        if let Some(to) = strokes.line_to {
            self.raw("L");
            self.point(to);
        }
        if let Some(swing) = &strokes.swing {
            self.cubic(swing);
        }
        self.raw("M");
        self.point(left);
        self.raw("L");
        self.point(strokes.tip);
        self.raw(" ");
        self.point(right);
        self.raw("\"/>");
    }

    /// A cubic from where the path has come to.
    fn cubic(&mut self, cubic: &Cubic) {
        self.raw("C");
        self.point(cubic.control_from);
        self.raw(" ");
        self.point(cubic.control_to);
        self.raw(" ");
        self.point(cubic.to);
    }

    /// A rectangle with round corners.
    pub(super) fn rect(&mut self, area: Rect, radius: f64, fill: &str, stroke: Option<&str>) {
        self.raw("<rect");
        self.number("x", area.min.x);
        self.number("y", area.min.y);
        self.number("width", area.width());
        self.number("height", area.height());
        if radius > 0.0 {
            self.number("rx", radius);
        }
        self.attribute("fill", fill);
        if let Some(stroke) = stroke {
            self.attribute("stroke", stroke);
        }
        self.raw("/>");
    }

    /// A dot.
    pub(super) fn circle(&mut self, centre: Point, radius: f64, fill: &str, stroke: Option<&str>) {
        self.raw("<circle");
        self.number("cx", centre.x);
        self.number("cy", centre.y);
        self.number("r", radius);
        self.attribute("fill", fill);
        if let Some(stroke) = stroke {
            self.raw(" stroke-width=\"1.5\"");
            self.attribute("stroke", stroke);
        }
        self.raw("/>");
    }

    /// A text that begins here; `halo` is the colour behind it.
    pub(super) fn text(
        &mut self,
        baseline: Point,
        lettering: Lettering,
        colour: &str,
        halo: Option<&str>,
        text: &str,
    ) {
        if text.is_empty() {
            return;
        }
        self.open_text(baseline, lettering, colour);
        if let Some(halo) = halo {
            self.raw(" paint-order=\"stroke\" stroke-width=\"3\" stroke-linejoin=\"round\"");
            self.attribute("stroke", halo);
        }
        self.close_text(text);
    }

    /// A text around a point of its baseline.
    pub(super) fn centred_text(
        &mut self,
        baseline: Point,
        lettering: Lettering,
        colour: &str,
        text: &str,
    ) {
        self.open_text(baseline, lettering, colour);
        self.raw(" text-anchor=\"middle\"");
        self.close_text(text);
    }

    fn open_text(&mut self, baseline: Point, lettering: Lettering, colour: &str) {
        let (size, weight) = lettering.size_and_weight();
        self.raw("<text");
        self.number("x", baseline.x);
        self.number("y", baseline.y);
        self.number("font-size", f64::from(size));
        if weight != 400 {
            self.number("font-weight", f64::from(weight));
        }
        self.attribute("fill", colour);
    }

    fn close_text(&mut self, text: &str) {
        self.raw(">");
        self.escaped(text);
        self.raw("</text>");
    }

    /// The icon of a kind in an area. Its markup is kept once, however many
    /// nodes have it.
    pub(super) fn icon(
        &mut self,
        kind: &str,
        area: Rect,
        colour: &str,
        inside: impl FnOnce() -> Option<String>,
    ) {
        let known = self.icons.iter().position(|icon| icon == kind);
        let number = match known {
            Some(number) => number,
            None => {
                let Some(inside) = inside() else { return };
                self.icons.push(kind.to_owned());
                let number = self.icons.len() - 1;
                self.defs.push_str("<symbol id=\"i");
                self.defs.push_str(&number.to_string());
                self.defs.push_str(
                    "\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" \
                     stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
                );
                self.defs.push_str(&inside);
                self.defs.push_str("</symbol>");
                number
            }
        };
        self.raw("<use href=\"#i");
        self.raw(&number.to_string());
        self.raw("\"");
        self.number("x", area.min.x);
        self.number("y", area.min.y);
        self.number("width", area.width());
        self.number("height", area.height());
        self.attribute("color", colour);
        self.raw("/>");
    }

    fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        self.escaped(value);
        self.raw("\"");
    }

    fn number(&mut self, name: &str, value: f64) {
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        self.length(value);
        self.raw("\"");
    }

    fn point(&mut self, point: Point) {
        self.length(point.x);
        self.raw(" ");
        self.length(point.y);
    }

    /// A tenth of a unit is finer than anybody sees. Nothing is written with an
    /// exponent, which some viewers do not read.
    fn length(&mut self, length: f64) {
        let rounded = (length * 10.0).round() / 10.0;
        // Zero has no sign here.
        let text = (rounded + 0.0).to_string();
        self.raw(&text);
    }

    /// A text, without what XML has no way to write.
    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '&' => self.raw("&amp;"),
                '"' => self.raw("&quot;"),
                '\t' | '\n' | '\r' => self.raw(" "),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                letter => self.text.push(letter),
            }
        }
    }
}
