//! The still layer: a picture of what does not move, drawn once and shown for as
//! long as it will do. The view moves over it; a zoom scales it.

use std::cell::RefCell;

use editor::{Camera, Editor, OrderedSet, Overlay, Rect, Size};
use flow::{NodeId, Point};
use web_sys::HtmlCanvasElement;

use super::{super::projection::MOST_SELECTED_CARDS, inks::Inks, layer::Layer, pen, scene};

/// The picture reaches so many screen pixels beyond the pane, so that a short
/// pan only moves it.
const MARGIN_IN_SCREEN: f64 = 128.0;
/// While the wheel zooms the picture is shown scaled, at most by this much.
const MOST_BLURRED: f64 = 2.0;
/// Edges reach at most so far beyond the cards that they connect, in canvas
/// units.
const EDGE_REACH: f64 = 200.0;

/// The still layer.
pub(super) struct Still {
    layer: Layer,
    drawn: RefCell<Option<Drawn>>,
}

/// How the canvas is looked at.
pub(super) struct LookedAt {
    pub(super) camera: Camera,
    pub(super) pane: Size,
    pub(super) device_pixels: f64,
    /// Whether the wheel is zooming: another notch may follow soon.
    pub(super) by_wheel: bool,
    /// Whether nodes are drawn, and not only edges.
    pub(super) simplified: bool,
}

/// What the picture shows.
struct Drawn {
    camera: Camera,
    pane: Size,
    device_pixels: f64,
    with_nodes: bool,
    /// Whether selected nodes are drawn as such.
    with_selected: bool,
    /// The nodes that were left out with their edges, since they move.
    lifted: OrderedSet<NodeId>,
}

impl Still {
    /// A still layer on this element; none where the browser gives no context.
    pub(super) fn new(element: HtmlCanvasElement) -> Option<Self> {
        Some(Self {
            layer: Layer::still(element, MARGIN_IN_SCREEN)?,
            drawn: RefCell::new(None),
        })
    }

    /// Whether a node is left out, since it moves.
    pub(super) fn has_lifted(&self, node: &NodeId) -> bool {
        let drawn = self.drawn.borrow();
        drawn
            .as_ref()
            .is_some_and(|drawn| drawn.lifted.contains(node))
    }

    /// Whether selected nodes are drawn as such.
    pub(super) fn shows_selected(&self) -> bool {
        let drawn = self.drawn.borrow();
        drawn.as_ref().is_some_and(|drawn| drawn.with_selected)
    }

    /// Shows what is there, from where it is looked at: draws only what it has
    /// to. `stale` says that something was drawn that is no longer so, `moved`
    /// that the view is another.
    pub(super) fn show(
        &self,
        editor: &Editor,
        inks: &Inks,
        looked_at: &LookedAt,
        stale: bool,
        moved: bool,
    ) {
        let mut drawn = self.drawn.borrow_mut();
        if let Some(drawn) = drawn
            .as_mut()
            .filter(|drawn| !stale && drawn.will_do(editor, looked_at))
        {
            self.lift(editor, drawn, inks);
            if moved {
                self.layer.place(drawn.camera, looked_at.camera);
            }
            return;
        }
        let simplified = looked_at.simplified;
        let now = Drawn {
            camera: looked_at.ahead_of(drawn.as_ref()),
            pane: looked_at.pane,
            device_pixels: looked_at.device_pixels,
            with_nodes: simplified,
            with_selected: simplified && editor.selection().nodes().len() > MOST_SELECTED_CARDS,
            lifted: moving(editor).cloned().unwrap_or_default(),
        };
        self.layer.begin(now.camera, now.pane, now.device_pixels);
        self.draw(editor, &now, inks, now.area());
        self.layer.finish();
        self.layer.place(now.camera, looked_at.camera);
        *drawn = Some(now);
    }

    /// Takes what begins to move out of the picture, and puts what has come to
    /// rest back, without drawing anything else anew.
    fn lift(&self, editor: &Editor, drawn: &mut Drawn, inks: &Inks) {
        let moving = moving(editor);
        if moving.into_iter().flatten().eq(&drawn.lifted) {
            return;
        }
        let now = moving.cloned().unwrap_or_default();
        let before = std::mem::replace(&mut drawn.lifted, now);
        let part = editor.bounds_with_edges(before.iter().chain(&drawn.lifted));
        let part = part.and_then(|part| part.grown(pen::REACH).common(&drawn.area()));
        if let Some(part) = part {
            let part = self
                .layer
                .begin_part(drawn.camera, drawn.device_pixels, part);
            self.draw(editor, drawn, inks, part.grown(pen::REACH));
            self.layer.end_part();
            self.layer.finish();
        }
    }

    fn draw(&self, editor: &Editor, drawn: &Drawn, inks: &Inks, area: Rect) {
        let context = &self.layer.context;
        let zoom = drawn.camera.zoom;
        scene::edges(context, inks, editor, zoom, area);
        if drawn.with_nodes {
            scene::nodes(context, inks, editor, zoom, area, drawn.with_selected);
        }
    }
}

impl LookedAt {
    /// What a picture is drawn for: while the wheel zooms out, for a view from
    /// further away, which holds what the next notches show.
    fn ahead_of(&self, before: Option<&Drawn>) -> Camera {
        let camera = self.camera;
        if self.by_wheel && before.is_some_and(|before| camera.zoom < before.camera.zoom) {
            let middle = Point::new(self.pane.width / 2.0, self.pane.height / 2.0);
            camera.zoomed(camera.zoom / MOST_BLURRED, 0.0, middle)
        } else {
            camera
        }
    }
}

impl Drawn {
    /// What the picture holds, in canvas units.
    fn area(&self) -> Rect {
        let seen = self.camera.visible_area(self.pane);
        seen.grown(MARGIN_IN_SCREEN / self.camera.zoom)
    }

    /// Whether it shows all that there is to see, sharply enough.
    fn will_do(&self, editor: &Editor, now: &LookedAt) -> bool {
        let scale = now.camera.zoom / self.camera.zoom;
        let is_sharp = scale == 1.0 || (now.by_wheel && scale <= MOST_BLURRED);
        if !is_sharp
            || self.pane != now.pane
            || self.device_pixels != now.device_pixels
            || self.with_nodes != now.simplified
        {
            return false;
        }
        let there_is = editor.bounds().map(|bounds| bounds.grown(EDGE_REACH));
        let seen = there_is.and_then(|all| now.camera.visible_area(now.pane).common(&all));
        seen.is_none_or(|seen| self.area().encloses(&seen))
    }
}

/// The nodes that follow the pointer.
fn moving(editor: &Editor) -> Option<&OrderedSet<NodeId>> {
    match editor.overlay() {
        Overlay::Dragging {
            nodes,
            clones: false,
            ..
        } => Some(nodes),
        _ => None,
    }
}
