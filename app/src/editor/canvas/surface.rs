//! The elements that are drawn on, and the frames that draw on them. Nothing
//! runs while nothing changes: each frame is asked for.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use editor::{Camera, Editor, Input, Overlay, Size};
use flow::{NodeId, NoteId, Point};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, FocusOptions, HtmlCanvasElement, HtmlElement};

use super::{
    super::desk::{Desk, now_millis},
    found,
    hand::Hand,
    inks::Inks,
    layer::Layer,
    live, paper, scene,
};

/// The still layer reaches so many screen pixels beyond the pane, so that a
/// short pan only moves it.
const MARGIN_IN_SCREEN: f64 = 256.0;
/// So long after the last step of a zoom the still layer is drawn sharp again.
const ZOOM_QUIET: Duration = Duration::from_millis(90);
/// The grid's dots are never closer than so many screen pixels.
const LEAST_GRID_IN_SCREEN: f64 = 14.0;

/// What is out of date.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dirty {
    /// The still layer.
    pub(crate) scene: bool,
    /// The top layer.
    pub(crate) live: bool,
    /// Where everything is seen from.
    pub(crate) camera: bool,
}

/// The elements of the canvas.
#[derive(Clone)]
pub(crate) struct Surface(Rc<Inner>);

struct Inner {
    root: HtmlElement,
    grid: HtmlElement,
    viewport: HtmlElement,
    /// Moved as the viewport, and below the still layer.
    under: HtmlElement,
    scene: Layer,
    live: Layer,
    inks: RefCell<Inks>,
    dirty: Cell<Dirty>,
    asked: Cell<bool>,
    drawn: RefCell<Option<Drawn>>,
    live_is_empty: Cell<bool>,
    sharpen: RefCell<Option<TimeoutHandle>>,
    /// Where the focus goes with the next frame.
    focus: RefCell<Option<Focus>>,
    clipboard: RefCell<Option<DataTransfer>>,
    hand: Hand,
}

/// Where the browser's focus goes.
#[derive(Clone, Debug)]
enum Focus {
    Canvas,
    Node(NodeId),
    Note(NoteId),
}

/// What the still layer shows.
struct Drawn {
    camera: Camera,
    pane: Size,
    device_pixels: f64,
    /// The nodes whose edges were left out, since they move.
    moving: Vec<NodeId>,
}

impl Surface {
    /// A surface on these elements; none where there is no 2D context.
    pub(super) fn new(
        root: HtmlElement,
        grid: HtmlElement,
        (viewport, under): (HtmlElement, HtmlElement),
        scene: HtmlCanvasElement,
        live: HtmlCanvasElement,
    ) -> Option<Self> {
        let inks = Inks::read(&root);
        Some(Self(Rc::new(Inner {
            root,
            grid,
            viewport,
            under,
            scene: Layer::new(scene, MARGIN_IN_SCREEN)?,
            live: Layer::new(live, 0.0)?,
            inks: RefCell::new(inks),
            dirty: Cell::default(),
            asked: Cell::new(false),
            drawn: RefCell::new(None),
            live_is_empty: Cell::new(true),
            sharpen: RefCell::new(None),
            focus: RefCell::new(None),
            clipboard: RefCell::new(None),
            hand: Hand::default(),
        })))
    }

    /// What is remembered between events.
    pub(super) fn hand(&self) -> &Hand {
        &self.0.hand
    }

    /// The element that takes all events.
    pub(crate) fn root(&self) -> &HtmlElement {
        &self.0.root
    }

    /// Whether the browser's focus is on the canvas or a card, not in a control
    /// above it.
    pub(crate) fn has_focus(&self) -> bool {
        document().active_element().is_some_and(|active| {
            self.0.root.contains(Some(&active))
                && !matches!(active.closest("[data-control]"), Ok(Some(_)))
        })
    }

    /// Reads the colours again and draws with them.
    pub(super) fn repaint(&self, desk: Desk) {
        *self.0.inks.borrow_mut() = Inks::read(&self.0.root);
        self.request(
            desk,
            Dirty {
                scene: true,
                live: true,
                camera: true,
            },
        );
    }

    /// Asks for a frame.
    pub(crate) fn request(&self, desk: Desk, dirty: Dirty) {
        let before = self.0.dirty.get();
        self.0.dirty.set(Dirty {
            scene: before.scene || dirty.scene,
            live: before.live || dirty.live,
            camera: before.camera || dirty.camera,
        });
        if !self.0.asked.replace(true) {
            let surface = self.clone();
            request_animation_frame(move || surface.frame(desk));
        }
    }

    /// Moves the browser's focus to a node's card once it is in the page.
    pub(crate) fn focus_node(&self, desk: Desk, node: NodeId) {
        *self.0.focus.borrow_mut() = Some(Focus::Node(node));
        self.request(desk, Dirty::default());
    }

    /// Moves the browser's focus to a note once it is in the page.
    pub(crate) fn focus_note(&self, desk: Desk, note: NoteId) {
        *self.0.focus.borrow_mut() = Some(Focus::Note(note));
        self.request(desk, Dirty::default());
    }

    /// Moves the browser's focus to the canvas itself.
    pub(crate) fn focus_canvas(&self, desk: Desk) {
        *self.0.focus.borrow_mut() = Some(Focus::Canvas);
        self.request(desk, Dirty::default());
    }

    /// While this runs, what is copied goes to the event's own clipboard,
    /// which needs no permission.
    pub(super) fn with_clipboard(&self, clipboard: Option<DataTransfer>, act: impl FnOnce()) {
        *self.0.clipboard.borrow_mut() = clipboard;
        act();
        *self.0.clipboard.borrow_mut() = None;
    }

    /// Puts text on the clipboard of the event under way, if there is one.
    pub(crate) fn offer_to_clipboard(&self, text: &str) -> bool {
        match &*self.0.clipboard.borrow() {
            Some(clipboard) => clipboard.set_data("text/plain", text).is_ok(),
            None => false,
        }
    }

    fn frame(&self, desk: Desk) {
        self.0.asked.set(false);
        // The page may have been left since the frame was asked for.
        if desk.surface().is_none() {
            return;
        }
        if desk.read(Editor::wants_ticks) {
            desk.dispatch(Input::Tick {
                at_millis: now_millis(),
            });
            self.request(desk, Dirty::default());
        }
        let dirty = self.0.dirty.take();
        let simplified = desk.projection.simplified.get_untracked();
        desk.read(|editor| self.draw(desk, editor, dirty, simplified));
        let focus = self.0.focus.borrow_mut().take();
        if let Some(focus) = focus {
            self.take_focus(&focus);
        }
    }

    fn draw(&self, desk: Desk, editor: &Editor, dirty: Dirty, simplified: bool) {
        let inner = &*self.0;
        let device_pixels = window().device_pixel_ratio();
        let pane = editor.viewport();
        let camera = on_device_pixels(editor.camera(), device_pixels);
        let moving = moving(editor);

        let mut drawn = inner.drawn.borrow_mut();
        let usable = drawn.as_ref().filter(|drawn| {
            !dirty.scene
                && drawn.pane == pane
                && drawn.device_pixels == device_pixels
                && drawn.moving == moving
                && covers(drawn.camera, camera)
        });
        if let Some(drawn) = usable {
            if dirty.camera {
                inner.scene.place(drawn.camera, camera);
                if drawn.camera.zoom != camera.zoom {
                    self.sharpen_soon(desk);
                }
            }
        } else {
            inner.scene.begin(camera, pane, device_pixels);
            let area = camera
                .visible_area(pane)
                .grown(MARGIN_IN_SCREEN / camera.zoom);
            let inks = inner.inks.borrow();
            if desk.projection.beside.simplified.get_untracked() {
                paper::draw(&inner.scene.context, &inks, editor, area);
            }
            let (found, current) = desk.find.found_now();
            found::fade(&inner.scene.context, &found);
            scene::edges(&inner.scene.context, &inks, editor, area);
            if simplified {
                let mut nodes: Vec<_> = editor
                    .visible_nodes(area)
                    .into_iter()
                    .filter(|id| !moving.contains(id))
                    .collect();
                let lit = found::take_out(&mut nodes, &found);
                scene::nodes(&inner.scene.context, &inks, editor, &nodes);
                found::restore(&inner.scene.context);
                scene::nodes(&inner.scene.context, &inks, editor, &lit);
                found::rings(&inner.scene.context, &inks, editor, &lit, current.as_ref());
            }
            found::restore(&inner.scene.context);
            inner.scene.place(camera, camera);
            *drawn = Some(Drawn {
                camera,
                pane,
                device_pixels,
                moving,
            });
        }

        if dirty.camera || dirty.scene {
            self.place_elements(camera);
        }
        if dirty.live || dirty.scene || (dirty.camera && !inner.live_is_empty.get()) {
            inner.live.begin(camera, pane, device_pixels);
            let seen = camera.visible_area(pane);
            let inks = inner.inks.borrow();
            let landing = desk.landing.get_untracked();
            let drew = live::draw(&inner.live.context, &inks, editor, landing.as_ref(), seen);
            inner.live_is_empty.set(!drew);
        }
    }

    /// Moves the cards and the grid, outside of the reactive graph: a frame of
    /// a pan sets four properties and wakes nobody.
    fn place_elements(&self, camera: Camera) {
        let Point { x, y } = camera.offset_in_screen;
        let zoom = camera.zoom;
        set_style(
            &self.0.viewport,
            "transform",
            &format!("translate({x}px, {y}px) scale({zoom})"),
        );
        set_style(
            &self.0.under,
            "transform",
            &format!("translate({x}px, {y}px) scale({zoom})"),
        );
        let mut step = editor::geometry::GRID * zoom;
        while step < LEAST_GRID_IN_SCREEN {
            step *= 2.0;
        }
        // A dot is in the middle of its tile.
        let start = |offset: f64| format!("{}px", offset - step / 2.0);
        set_style(&self.0.grid, "--grid-x", &start(x));
        set_style(&self.0.grid, "--grid-y", &start(y));
        set_style(&self.0.grid, "--grid-step", &format!("{step}px"));
    }

    fn sharpen_soon(&self, desk: Desk) {
        let surface = self.clone();
        let sharpen = move || {
            surface.request(
                desk,
                Dirty {
                    scene: true,
                    ..Dirty::default()
                },
            );
        };
        let timer = set_timeout_with_handle(sharpen, ZOOM_QUIET).ok();
        if let Some(before) = self.0.sharpen.replace(timer) {
            before.clear();
        }
    }

    fn take_focus(&self, focus: &Focus) {
        let found = match focus {
            Focus::Canvas => None,
            Focus::Node(id) => self.found("data-node-id", id.as_str()),
            Focus::Note(id) => self.found("data-note-id", id.as_str()),
        };
        let wanted = found.as_ref().unwrap_or(&self.0.root);
        let has_it = document()
            .active_element()
            .is_some_and(|active| active == **wanted);
        if !has_it {
            focus_quietly(wanted);
        }
    }

    /// The element that has this id here: a card or a note.
    fn found(&self, attribute: &str, id: &str) -> Option<HtmlElement> {
        let all = self
            .0
            .root
            .query_selector_all(&format!("[{attribute}]"))
            .ok()?;
        (0..all.length())
            .filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok())
            .find(|element| element.get_attribute(attribute).as_deref() == Some(id))
    }
}

/// Focuses an element without scrolling anything.
pub(crate) fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Focus fails on an element that is gone, and then nothing is lost.
    let _ = element.focus_with_options(&options);
}

/// Text is sharp only where cards lie on whole device pixels.
fn on_device_pixels(camera: Camera, device_pixels: f64) -> Camera {
    let round = |length: f64| (length * device_pixels).round() / device_pixels;
    Camera {
        offset_in_screen: Point::new(
            round(camera.offset_in_screen.x),
            round(camera.offset_in_screen.y),
        ),
        ..camera
    }
}

/// Whether what was drawn for one camera still covers the pane of another; while
/// the zoom changes it is shown scaled, however far it reaches.
fn covers(drawn: Camera, shown: Camera) -> bool {
    if drawn.zoom != shown.zoom {
        return true;
    }
    let by = shown.offset_in_screen - drawn.offset_in_screen;
    by.x.abs() <= MARGIN_IN_SCREEN && by.y.abs() <= MARGIN_IN_SCREEN
}

fn moving(editor: &Editor) -> Vec<NodeId> {
    match editor.overlay() {
        Overlay::Dragging {
            nodes,
            clones: false,
            ..
        } => nodes.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

fn set_style(element: &HtmlElement, property: &str, value: &str) {
    // Only a read-only style refuses, which an element's own is not.
    let _ = element.style().set_property(property, value);
}
