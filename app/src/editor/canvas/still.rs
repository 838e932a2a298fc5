//! The still layer: a picture of what does not move, drawn once and shown for as
//! long as it will do. The view moves over it; a zoom scales it.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use editor::{Camera, Editor, OrderedSet, Overlay, Rect, Size};
use flow::{EdgeId, NodeId, Point};
use web_sys::HtmlCanvasElement;

use super::{
    super::{desk::Desk, find::FoundNodes, projection::has_many_selected},
    drawn_card::Details,
    found,
    inks::Inks,
    layer::{Layer, Seen},
    paper, pen,
    scene::{self, Boxes},
};

/// The picture reaches so many screen pixels beyond the pane, so that a short
/// pan only moves it.
const MARGIN_IN_SCREEN: f64 = 320.0;
/// While the wheel zooms: the next notch shows less, or what was drawn ahead.
const ZOOMING_MARGIN_IN_SCREEN: f64 = 32.0;
/// While the wheel zooms the picture is shown scaled, at most by this much.
const MOST_BLURRED: f64 = 2.25;
/// Frames that grow while a node is dragged reach at most so far beyond what they
/// belong to, in canvas units.
const FRAMES_GROW_BY: f64 = 400.0;

/// The still layer.
pub(super) struct Still {
    layer: Layer,
    drawn: RefCell<Option<Drawn>>,
    /// The view that was shown last.
    shown: Cell<Option<Camera>>,
}

/// What of the picture is no longer so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stale {
    Nothing,
    /// Which nodes are selected.
    Selected,
    All,
}

/// How the canvas is looked at.
pub(super) struct LookedAt {
    pub(super) camera: Camera,
    pub(super) pane: Size,
    pub(super) device_pixels: f64,
    /// Knows what cards say besides.
    pub(super) desk: Desk,
    /// Whether the wheel is zooming: another notch may follow soon.
    pub(super) by_wheel: bool,
    /// Whether nodes are drawn, and not only edges.
    pub(super) simplified: bool,
    /// Whether notes and frames are drawn.
    pub(super) with_paper: bool,
    /// What was looked for, and the node that was gone to.
    pub(super) found: (Arc<FoundNodes>, Option<NodeId>),
}

/// What the picture shows.
struct Drawn {
    seen: Seen,
    pane: Size,
    with_nodes: bool,
    with_paper: bool,
    held: Held,
    /// Whether it was drawn while the wheel zoomed.
    in_haste: bool,
    /// Whether selected nodes are drawn as such.
    with_selected: bool,
    /// The nodes that were left out with their edges, since they move.
    lifted: OrderedSet<NodeId>,
}

impl Still {
    /// A still layer on this element; none where the browser gives no context.
    pub(super) fn new(element: HtmlCanvasElement) -> Option<Self> {
        Some(Self {
            layer: Layer::still(element)?,
            drawn: RefCell::new(None),
            shown: Cell::new(None),
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
    /// to. `stale` says what was drawn that is no longer so.
    pub(super) fn show(&self, editor: &Editor, inks: &Inks, looked_at: &LookedAt, stale: Stale) {
        let before = self.shown.replace(Some(looked_at.camera));
        let mut drawn = self.drawn.borrow_mut();
        if let Some(drawn) = drawn
            .as_mut()
            .filter(|drawn| stale != Stale::All && drawn.will_do(editor, looked_at))
            && (stale == Stale::Nothing || self.mark_selected(editor, drawn, inks, looked_at))
        {
            self.lift(editor, drawn, inks, looked_at);
            return;
        }
        let Some(there_is) = there_is(editor) else {
            // An empty picture takes as much room as a full one.
            self.layer.show(false);
            *drawn = None;
            return;
        };
        let camera = looked_at.ahead_of(before);
        let area = camera.visible_area(looked_at.pane);
        let margin = if looked_at.by_wheel {
            ZOOMING_MARGIN_IN_SCREEN
        } else {
            MARGIN_IN_SCREEN
        };
        let area = area.grown(margin / camera.zoom);
        // Where the view is beyond all there is, the nearest bit will do.
        let area = area
            .common(&there_is)
            .unwrap_or(Rect::around(there_is.min, 0.0));
        let simplified = looked_at.simplified;
        let now = Drawn {
            seen: Seen::new(
                camera,
                looked_at.device_pixels,
                area.grown(1.0 / camera.zoom),
            ),
            pane: looked_at.pane,
            with_nodes: simplified,
            with_paper: looked_at.with_paper,
            held: Held::of(editor),
            in_haste: looked_at.by_wheel,
            with_selected: simplified && has_many_selected(editor),
            lifted: moving(editor).cloned().unwrap_or_default(),
        };
        self.layer.begin(&now.seen);
        self.draw(editor, &now, inks, now.seen.area, looked_at);
        self.layer.finish();
        self.layer.place(&now.seen);
        if drawn.replace(now).is_none() {
            self.layer.show(true);
        }
    }

    /// Draws what is selected over a picture that showed no node so: whether that
    /// was enough.
    fn mark_selected(
        &self,
        editor: &Editor,
        drawn: &mut Drawn,
        inks: &Inks,
        looked_at: &LookedAt,
    ) -> bool {
        // Without text it is little to draw, and edges of other colours would shine
        // through at the rims.
        let zoom = drawn.seen.camera.zoom;
        let has_text = drawn.with_nodes && zoom >= scene::TEXT_FROM;
        if drawn.with_selected || !has_text || !has_many_selected(editor) {
            return false;
        }
        let (asked, _) = &looked_at.found;
        let mut selected = Boxes::default();
        let looks = scene::Looks {
            show_selected: true,
            found: asked,
        };
        let is_selected = |id: &NodeId| editor.selection().nodes().contains(id);
        editor.for_each_still_node(&drawn.seen.area, &mut |id| {
            if is_selected(id) {
                selected.add(editor, id, &looks);
            }
        });
        // What has faded lets through what lies below it, and rings of what was
        // found lie above.
        if !asked.is_empty() || selected.has_faded() {
            return false;
        }
        self.layer.begin_over(&drawn.seen);
        let details = Details {
            context: &self.layer.context,
            inks,
            editor,
            desk: looked_at.desk,
            in_haste: drawn.in_haste,
        };
        selected.draw_selected(&details, zoom);
        self.layer.finish();
        drawn.with_selected = true;
        true
    }

    /// Takes what begins to move out of the picture, and puts what has come to
    /// rest back, without drawing anything else anew.
    fn lift(&self, editor: &Editor, drawn: &mut Drawn, inks: &Inks, looked_at: &LookedAt) {
        let moving = moving(editor);
        if moving.into_iter().flatten().eq(&drawn.lifted) {
            return;
        }
        let now = moving.cloned().unwrap_or_default();
        let before = std::mem::replace(&mut drawn.lifted, now);
        let part = editor.bounds_with_edges(before.iter().chain(&drawn.lifted));
        let part = part.and_then(|part| part.grown(pen::REACH).common(&drawn.seen.area));
        if let Some(part) = part {
            let part = self.layer.begin_part(&drawn.seen, part);
            self.draw(editor, drawn, inks, part.grown(pen::REACH), looked_at);
            self.layer.end_part();
            self.layer.finish();
        }
    }

    fn draw(&self, editor: &Editor, drawn: &Drawn, inks: &Inks, area: Rect, looked_at: &LookedAt) {
        let context = &self.layer.context;
        let zoom = drawn.seen.camera.zoom;
        let (asked, current) = &looked_at.found;
        if drawn.with_paper {
            paper::draw(context, inks, editor, area);
        }
        found::fade(context, asked);
        scene::edges(context, inks, editor, zoom, area);
        found::restore(context);
        if drawn.with_nodes {
            let looks = scene::Looks {
                show_selected: drawn.with_selected,
                found: asked,
            };
            let details = Details {
                context,
                inks,
                editor,
                desk: looked_at.desk,
                in_haste: drawn.in_haste,
            };
            scene::nodes(&details, zoom, area, &looks);
            let lit = found::visible(editor, asked, area);
            found::rings(context, inks, editor, &lit, current.as_ref());
        }
    }
}

/// What stays where it is on the screen from one zoom to another.
fn stays(before: Camera, now: Camera) -> Point {
    let (one, other) = (before.offset_in_screen, now.offset_in_screen);
    let stays =
        |one: f64, other: f64| (one * now.zoom - other * before.zoom) / (now.zoom - before.zoom);
    Point::new(stays(one.x, other.x), stays(one.y, other.y))
}

/// What a gesture takes out of the picture, or dims in it.
#[derive(Default, PartialEq)]
struct Held {
    /// The node at which an edge that is held begins or ends.
    fixed: Option<NodeId>,
    /// The edge of which an end is led elsewhere.
    rerouted: Option<EdgeId>,
    /// Whether a note moves.
    notes: bool,
}

impl Held {
    fn of(editor: &Editor) -> Self {
        match editor.overlay() {
            Overlay::Connecting {
                source, rerouted, ..
            } => Self {
                fixed: Some(source.clone()),
                rerouted: rerouted.cloned(),
                notes: false,
            },
            Overlay::Rerouting { edge, target, .. } => Self {
                fixed: Some(target.clone()),
                rerouted: Some(edge.clone()),
                notes: false,
            },
            Overlay::Dragging { notes, .. } => Self {
                notes: !notes.is_empty(),
                ..Self::default()
            },
            Overlay::Resizing { .. } => Self {
                notes: true,
                ..Self::default()
            },
            _ => Self::default(),
        }
    }
}

impl LookedAt {
    /// What a picture is drawn for: while the wheel zooms out, for a view from
    /// further away, which holds what the next notches show.
    fn ahead_of(&self, before: Option<Camera>) -> Camera {
        let camera = self.camera;
        match before {
            Some(before) if self.by_wheel && camera.zoom < before.zoom => {
                let pointer = stays(before, camera);
                camera.zoomed(camera.zoom / MOST_BLURRED, 0.0, pointer)
            }
            _ => camera,
        }
    }
}

impl Drawn {
    /// Whether it shows all that there is to see, sharply enough.
    fn will_do(&self, editor: &Editor, now: &LookedAt) -> bool {
        let scale = now.camera.zoom / self.seen.camera.zoom;
        let is_sharp = scale == 1.0 || (now.by_wheel && scale <= MOST_BLURRED);
        if !is_sharp
            || (self.in_haste && !now.by_wheel && self.with_nodes)
            || self.pane != now.pane
            || self.seen.device_pixels != now.device_pixels
            || self.with_nodes != now.simplified
            || self.with_paper != now.with_paper
            || self.held != Held::of(editor)
        {
            return false;
        }
        let to_see = now.camera.visible_area(now.pane);
        there_is(editor).is_some_and(|there_is| {
            let to_see = to_see.common(&there_is);
            to_see.is_none_or(|to_see| self.seen.area.encloses(&to_see))
        })
    }
}

/// Where anything may be drawn; nowhere in an empty flow.
fn there_is(editor: &Editor) -> Option<Rect> {
    let beyond = if editor.flow().groups.is_empty() {
        pen::REACH
    } else {
        FRAMES_GROW_BY
    };
    editor.drawn_bounds().map(|bounds| bounds.grown(beyond))
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
