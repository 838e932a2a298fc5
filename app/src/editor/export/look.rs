//! How the drawing looks here, for the picture of it: colours, icons, the font,
//! and how wide texts are.

use std::cell::Cell;

use dom::prelude::*;
use editor::{
    Editor,
    export::{Colours, Extent, Lettering, Look, Picture, base64},
};
use flow::{Kind, Tint};
use gloo_net::http::Request;
use rustc_hash::FxHashMap;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, XmlSerializer};

use crate::editor::{
    desk::Desk,
    look::{kind_colour, kind_icon, subtitle},
};

const FONT: &str = "/fonts/inter-latin.woff2";

/// What of the page a picture needs.
pub(super) struct Looks {
    colours: Colours,
    /// The strong colour and the tint of each family.
    families: FxHashMap<&'static str, (String, String)>,
    /// The line and the paper of each colour of notes.
    papers: FxHashMap<Tint, (String, String)>,
    font: String,
    font_face: String,
    context: CanvasRenderingContext2d,
}

impl Looks {
    /// As the page looks now.
    pub(super) async fn now(desk: Desk) -> Result<Self, String> {
        const NO_CANVAS: &str = "This browser does not let pictures be made here.";
        let surface = desk.surface().ok_or(NO_CANVAS)?;
        let context = context().ok_or(NO_CANVAS)?;
        let style = window().get_computed_style(surface.root()).ok().flatten();
        let style = style.ok_or(NO_CANVAS)?;
        let value = |name: &str| style.get_property_value(name).unwrap_or_default();
        let colour = |name: &str| plain_colour(&context, value(name).trim());
        let families = flow::catalogue().iter().map(|spec| spec.category.as_str());
        let families = families.chain(["unknown"]).map(|name| {
            let strong = colour(&format!("--category-{name}"));
            let tint = colour(&format!("--category-{name}-tint"));
            (name, (strong, tint))
        });
        let papers = Tint::ALL.into_iter().map(|tint| {
            let name = ["--note-", tint.as_str()].concat();
            (tint, (colour(&[&name, "-line"].concat()), colour(&name)))
        });
        Ok(Self {
            colours: Colours {
                background: colour("--canvas-background"),
                edge: colour("--canvas-edge"),
                node_fill: colour("--canvas-node-fill"),
                node_border: colour("--canvas-node-border"),
                title: colour("--canvas-text"),
                muted: colour("--canvas-text-muted"),
                label_fill: colour("--canvas-label-bg"),
                label_border: colour("--canvas-label-border"),
                label_text: colour("--canvas-label-text"),
                error: colour("--canvas-error"),
                warning: colour("--canvas-warning"),
                on_error: "#ffffff".to_owned(),
                on_warning: "#1c1300".to_owned(),
            },
            families: families.collect(),
            papers: papers.collect(),
            font: value("--font-sans").trim().to_owned(),
            font_face: font_face().await,
            context,
        })
    }

    /// The drawing so.
    pub(super) fn picture(&self, desk: Desk, editor: &Editor, extent: Extent) -> Option<Picture> {
        let set = Cell::new(None);
        let width = |text: &str, lettering: Lettering| {
            if set.replace(Some(lettering)) != Some(lettering) {
                let (size, weight) = lettering.size_and_weight();
                let font = format!("{weight} {size}px {}", self.font);
                self.context.set_font(&font);
            }
            let measured = self.context.measure_text(text);
            measured.map_or(0.0, |measured| measured.width())
        };
        let problems = desk.problems.get_untracked();
        editor.picture(
            extent,
            &Look {
                colours: &self.colours,
                font: &self.font,
                font_face: &self.font_face,
                family: &|kind| {
                    let family = self.families.get(kind_colour(kind));
                    family.cloned().unwrap_or_default()
                },
                paper: &|tint| self.papers.get(&tint).cloned().unwrap_or_default(),
                subtitle: &|node| untrack(|| subtitle(desk, node)),
                icon: &icon,
                problems: &|node| problems.of_node(node),
                width: &width,
            },
        )
    }
}

fn context() -> Option<CanvasRenderingContext2d> {
    let canvas = document().create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// A colour as every viewer of pictures knows it: what a pixel of it is.
fn plain_colour(context: &CanvasRenderingContext2d, colour: &str) -> String {
    context.set_fill_style_str(colour);
    context.fill_rect(0.0, 0.0, 1.0, 1.0);
    let pixel = context.get_image_data(0.0, 0.0, 1.0, 1.0);
    match pixel.map(|pixel| pixel.data().0) {
        Ok(data) => match data.as_slice() {
            [red, green, blue, ..] => format!("#{red:02x}{green:02x}{blue:02x}"),
            _ => colour.to_owned(),
        },
        // The viewer may know the colour all the same.
        Err(_) => colour.to_owned(),
    }
}

/// The inside of the symbol of a kind's icon in the page's sprite.
fn icon(kind: &Kind) -> Option<String> {
    let symbol = document().get_element_by_id(kind_icon(kind))?;
    let serializer = XmlSerializer::new().ok()?;
    let parts = symbol.children();
    let parts = (0..parts.length()).filter_map(|at| parts.item(at));
    parts
        .map(|part| serializer.serialize_to_string(&part).ok())
        .collect()
}

/// The rule that brings the page's font along. Without it the picture has the
/// font of whoever looks at it.
async fn font_face() -> String {
    let font = async {
        let answer = Request::get(FONT).send().await.ok()?;
        let bytes = answer.ok().then(|| answer.binary());
        bytes?.await.ok()
    };
    match font.await {
        Some(bytes) => [
            "@font-face{font-family:Inter;font-weight:400 600;src:url(data:font/woff2;base64,",
            &base64(&bytes),
            ") format('woff2')}",
        ]
        .concat(),
        None => String::new(),
    }
}
