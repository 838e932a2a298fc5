//! The whole flow, small: where things are, what is seen, and a way to go there.

use dom::{html, prelude::*};
use editor::{Command, Editor, Rect, Size, geometry};
use flow::{NodeId, Point};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, PointerEvent};

use super::super::{desk::Desk, find::FoundNodes, look::kind_colour, projection::set_if_different};
use super::{found, inks::Inks, map_frame::Frame};
use crate::theme::Theme;

/// The map's size in screen pixels, as the style sheet sets it.
pub(super) const MAP: Size = Size::new(168.0, 112.0);
/// Space around the flow, in screen pixels of the map.
const PADDING: f64 = 8.0;
/// The map shows at least so much of the canvas, so that two nodes do not fill it.
const LEAST: Size = Size::new(1_200.0, 800.0);
/// How much is seen of the colours of groups and of notes.
const GROUP: f64 = 0.25;
const NOTE: f64 = 0.6;

/// How the canvas is scaled into the map: `map = canvas * scale + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fit {
    scale: f64,
    offset: Point,
}

impl Fit {
    fn of(bounds: Rect) -> Self {
        let width = bounds.width().max(LEAST.width);
        let height = bounds.height().max(LEAST.height);
        let scale =
            ((MAP.width - 2.0 * PADDING) / width).min((MAP.height - 2.0 * PADDING) / height);
        let centre = bounds.centre();
        Self {
            scale,
            offset: Point::new(
                MAP.width / 2.0 - centre.x * scale,
                MAP.height / 2.0 - centre.y * scale,
            ),
        }
    }

    fn to_map(self, in_canvas: Point) -> Point {
        Point::new(
            in_canvas.x * self.scale + self.offset.x,
            in_canvas.y * self.scale + self.offset.y,
        )
    }

    fn to_canvas(self, in_map: Point) -> Point {
        Point::new(
            (in_map.x - self.offset.x) / self.scale,
            (in_map.y - self.offset.y) / self.scale,
        )
    }
}

/// The map of a flow that has steps.
pub(crate) fn minimap(desk: Desk) -> View {
    view! { <Minimap desk /> }
}

/// The minimap: a click or drag looks there.
#[component]
fn Minimap(desk: Desk) -> impl IntoView {
    let drawing: NodeRef<html::Canvas> = NodeRef::new();
    let frame: NodeRef<html::Span> = NodeRef::new();
    let glass: NodeRef<html::Div> = NodeRef::new();
    let theme = expect_context::<Theme>();
    let fit = RwSignal::new(Fit::of(Rect::default()));
    let view_frame = StoredValue::new_local(None::<Frame>);
    // Cards move the map when they have come to rest; the view moves the frame.
    Effect::new(move |_| {
        desk.drawn.track();
        desk.revision.track();
        let found = desk.find.found();
        theme.is_dark();
        let Some(drawing) = drawing.get() else { return };
        let now = desk.read(|editor| Fit::of(editor.bounds().unwrap_or_default()));
        set_if_different(fit, now);
        let context = drawing.get_context("2d").ok().flatten();
        let context = context.and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok());
        if let Some(context) = context {
            let device_pixels = window().device_pixel_ratio();
            drawing.set_width((MAP.width * device_pixels) as u32);
            drawing.set_height((MAP.height * device_pixels) as u32);
            let _ = context.scale(device_pixels, device_pixels);
            let inks = Inks::read(&drawing);
            desk.read(|editor| draw(&context, &inks, editor, now, &found));
        }
    });
    Effect::new(move |_| {
        desk.view.track();
        let fit = fit.get();
        let (Some(frame), Some(glass)) = (frame.get(), glass.get()) else {
            return;
        };
        let seen = desk.read(|editor| editor.camera().visible_area(editor.viewport()));
        let (min, max) = (fit.to_map(seen.min), fit.to_map(seen.max));
        // What is seen may reach far beyond the map.
        let min = Point::new(min.x.max(0.0), min.y.max(0.0));
        let max = Point::new(max.x.min(MAP.width - 2.0), max.y.min(MAP.height - 2.0));
        // In half pixels, so that a pan changes its place and not its size.
        let half = |length: f64| (length * 2.0).round() / 2.0;
        let area = Rect::new(
            Point::new(half(min.x), half(min.y)),
            Size::new(
                half((max.x - min.x).max(6.0)),
                half((max.y - min.y).max(6.0)),
            ),
        );
        let is_zooming = desk.surface().is_some_and(|surface| surface.is_zooming());
        view_frame.update_value(|shown| {
            shown
                .get_or_insert_with(|| Frame::new(glass.into(), frame))
                .show(area, is_zooming);
        });
    });
    let dragging = RwSignal::new(false);
    let look = move |event: &PointerEvent| {
        let Some(map) = drawing.get_untracked() else {
            return;
        };
        let corner = map.get_bounding_client_rect();
        let at = Point::new(
            f64::from(event.client_x()) - corner.left(),
            f64::from(event.client_y()) - corner.top(),
        );
        desk.run(Command::CentreOn(fit.get_untracked().to_canvas(at)));
    };
    let down = move |event: PointerEvent| {
        event.prevent_default();
        event.stop_propagation();
        let map = event
            .current_target()
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if let Some(map) = map {
            // Without capture a drag still works while over the map.
            let _ = map.set_pointer_capture(event.pointer_id());
        }
        dragging.set(true);
        look(&event);
    };
    let moved = move |event: PointerEvent| {
        if dragging.get_untracked() {
            event.stop_propagation();
            look(&event);
        }
    };
    view! {
        <div
            class="minimap"
            aria-hidden="true"
            data-control=""
            data-state=move || dragging.get().then_some("active")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| dragging.set(false)
            on:pointercancel=move |_| dragging.set(false)
        >
            <canvas class="minimap__drawing" node_ref=drawing></canvas>
            <div class="minimap__glass" node_ref=glass>
                <span class="minimap__view" node_ref=frame></span>
            </div>
        </div>
    }
}

fn draw(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    editor: &Editor,
    fit: Fit,
    found: &FoundNodes,
) {
    let flow = editor.flow();
    let area = |area: Rect, least: (f64, f64)| {
        let (min, max) = (fit.to_map(area.min), fit.to_map(area.max));
        context.fill_rect(
            min.x,
            min.y,
            (max.x - min.x).max(least.0),
            (max.y - min.y).max(least.1),
        );
    };
    let rect = |id: &NodeId, least| area(geometry::node_rect(flow.position(id)), least);
    // Paper lies below the nodes, as on the canvas, and stays behind them.
    context.set_global_alpha(GROUP);
    for (id, group) in &flow.groups {
        if let Some(frame) = editor.frame_shown(id) {
            context.set_fill_style_str(inks.tint(group.tint).0);
            area(frame, (3.0, 2.5));
        }
    }
    context.set_global_alpha(NOTE);
    for note in flow.notes.values() {
        context.set_fill_style_str(inks.tint(note.tint).0);
        area(geometry::note_rect(note), (2.0, 1.5));
    }
    context.set_global_alpha(1.0);
    found::fade(context, found);
    // A colour takes longer to set than a node to draw.
    let mut colour = "";
    let mut nodes: Vec<_> = flow.nodes.iter().collect();
    nodes.sort_by_cached_key(|(_, node)| kind_colour(&node.kind));
    for (id, node) in nodes {
        let family = kind_colour(&node.kind);
        if family != colour {
            let (strong, _) = inks.family(family);
            context.set_fill_style_str(strong);
            colour = family;
        }
        rect(id, (2.0, 1.5));
    }
    found::restore(context);
    context.set_fill_style_str(&inks.found);
    for id in found.nodes() {
        rect(id, (4.0, 3.0));
    }
}
