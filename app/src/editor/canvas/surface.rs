//! The elements that are drawn on, and the frames that draw on them. Nothing
//! runs while nothing changes: each frame is asked for.

use dom::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use editor::{Camera, Editor, Input};
use flow::{NodeId, NoteId, Point};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, FocusOptions, HtmlCanvasElement, HtmlElement};

use super::{
    super::desk::{Desk, now_millis},
    guides::Guides,
    hand::Hand,
    inks::Inks,
    live_layer::Live,
    place::Place,
    still::{LookedAt, Stale, Still},
};

/// So long after the last step of a zoom the still layer is drawn sharp again,
/// and cards come: longer than from one notch of a wheel to the next.
const ZOOM_QUIET: Duration = Duration::from_millis(160);
/// When the view has been at rest for so long, cards come that a pan will show.
const VIEW_QUIET: Duration = Duration::from_millis(120);
/// Between some of those cards and the next: what else there is to do comes first.
const BETWEEN_CARDS: Duration = Duration::from_millis(16);
/// Says by what the focus came to the canvas, for the style sheet.
pub(super) const FOCUS_BY: &str = "data-focus-by";
/// Marks the canvas while the wheel zooms, for the style sheet.
const ZOOMING: &str = "data-zooming";

/// What is out of date.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dirty {
    /// The still layer.
    pub(crate) scene: bool,
    /// Which nodes the still layer shows as selected.
    pub(crate) selected: bool,
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
    place: Place,
    still: Still,
    live: Live,
    guides: Guides,
    inks: RefCell<Inks>,
    dirty: Cell<Dirty>,
    asked: Cell<bool>,
    /// When the last step of a gesture of many came; none at rest.
    stepped_at_millis: Cell<Option<f64>>,
    /// When the view moved last; none when cards are ahead of it.
    moved_at_millis: Cell<Option<f64>>,
    /// Where the focus goes with the next frame.
    focus: RefCell<Option<Focus>>,
    clipboard: RefCell<Option<DataTransfer>>,
    hand: Hand,
}

/// Where the browser's focus goes.
#[derive(Clone, Debug)]
enum Focus {
    Canvas,
    /// To the canvas as the page opens, if nothing has it.
    CanvasAtOpening,
    /// To the canvas, unless something else has it by then, as when Tab leads
    /// past the last card.
    CanvasIfFree,
    Node(NodeId),
    Note(NoteId),
}

impl Surface {
    /// A surface on these elements; none where there is no 2D context.
    pub(super) fn new(
        root: HtmlElement,
        place: Place,
        scene: HtmlCanvasElement,
        live: HtmlCanvasElement,
        guides: Guides,
    ) -> Option<Self> {
        let inks = Inks::read(&root);
        Some(Self(Rc::new(Inner {
            root,
            place,
            still: Still::new(scene)?,
            live: Live::new(live)?,
            guides,
            inks: RefCell::new(inks),
            dirty: Cell::default(),
            asked: Cell::new(false),
            stepped_at_millis: Cell::new(None),
            moved_at_millis: Cell::new(None),
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
                ..Dirty::default()
            },
        );
    }

    /// Asks for a frame.
    pub(crate) fn request(&self, desk: Desk, dirty: Dirty) {
        let before = self.0.dirty.get();
        self.0.dirty.set(Dirty {
            scene: before.scene || dirty.scene,
            selected: before.selected || dirty.selected,
            live: before.live || dirty.live,
            camera: before.camera || dirty.camera,
        });
        if !self.0.asked.replace(true) {
            let surface = self.clone();
            request_animation_frame(move || surface.frame(desk));
        }
    }

    /// Whether a node is left out of the still layer, since it moves.
    pub(crate) fn has_lifted(&self, node: &NodeId) -> bool {
        self.0.still.has_lifted(node)
    }

    /// Whether the still layer shows which nodes are selected, or has to.
    pub(crate) fn shows_selected(&self, has_to: bool) -> bool {
        has_to || self.0.still.shows_selected()
    }

    /// Whether the wheel is zooming.
    pub(super) fn is_zooming(&self) -> bool {
        self.0.stepped_at_millis.get().is_some()
    }

    /// A gesture of many steps is under way: what takes long waits until no
    /// step has come for a moment.
    pub(crate) fn rest_soon(&self, desk: Desk) {
        let was_at_rest = self
            .0
            .stepped_at_millis
            .replace(Some(now_millis()))
            .is_none();
        if was_at_rest {
            // Fails only on a name that is none.
            let _ = self.0.root.set_attribute(ZOOMING, "");
            self.look_for_rest(desk, ZOOM_QUIET);
        }
    }

    /// Looks after a moment whether a step has come meanwhile: one timer is
    /// enough for many steps.
    fn look_for_rest(&self, desk: Desk, after: Duration) {
        let surface = self.clone();
        set_timeout(
            move || {
                let stepped = surface.0.stepped_at_millis.get().unwrap_or_default();
                let quiet = Duration::from_secs_f64(((now_millis() - stepped) / 1000.0).max(0.0));
                match ZOOM_QUIET.checked_sub(quiet) {
                    Some(rest) if !rest.is_zero() => surface.look_for_rest(desk, rest),
                    _ => surface.rest(desk),
                }
            },
            after,
        );
    }

    /// The view moved: when it has come to rest, cards come that it may move to.
    fn look_ahead_soon(&self, desk: Desk) {
        let was_ahead = self.0.moved_at_millis.replace(Some(now_millis())).is_none();
        if was_ahead {
            self.look_ahead(desk, VIEW_QUIET);
        }
    }

    fn look_ahead(&self, desk: Desk, after: Duration) {
        let surface = self.clone();
        let look = move || {
            let moved = surface.0.moved_at_millis.get().unwrap_or_default();
            let quiet = now_millis() - moved;
            let rest = VIEW_QUIET.as_secs_f64() * 1000.0 - quiet;
            // The page may have been left meanwhile.
            if desk.surface().is_none() {
                return;
            }
            if rest >= 1.0 {
                surface.look_ahead(desk, Duration::from_secs_f64(rest / 1000.0));
            } else if desk.look_ahead() {
                surface.look_ahead(desk, BETWEEN_CARDS);
            } else {
                surface.0.moved_at_millis.set(None);
            }
        };
        set_timeout(look, after);
    }

    fn rest(&self, desk: Desk) {
        self.0.stepped_at_millis.set(None);
        let _ = self.0.root.remove_attribute(ZOOMING);
        desk.rest();
        let camera = true;
        self.request(
            desk,
            Dirty {
                camera,
                ..Dirty::default()
            },
        );
    }

    /// Keeps the drawing where it is when the browser scrolls.
    pub(super) fn stay(&self) {
        self.0.place.stay();
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

    /// Keeps the browser's focus on the canvas when what had it has gone.
    pub(crate) fn keep_focus(&self, desk: Desk) {
        *self.0.focus.borrow_mut() = Some(Focus::CanvasIfFree);
        self.request(desk, Dirty::default());
    }

    /// Offers the keyboard to the canvas as the page opens. Whatever was sent
    /// elsewhere by then goes there.
    pub(super) fn offer_focus(&self, desk: Desk) {
        let mut focus = self.0.focus.borrow_mut();
        if focus.is_none() {
            *focus = Some(Focus::CanvasAtOpening);
            self.request(desk, Dirty::default());
        }
    }

    /// Leaves the browser's focus where it is: something else has taken it.
    pub(crate) fn forget_focus(&self) {
        *self.0.focus.borrow_mut() = None;
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
        if dirty.camera {
            self.look_ahead_soon(desk);
        }
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
        let inks = inner.inks.borrow();

        // Outside of the reactive graph: a frame of a pan wakes nobody.
        let by_wheel = self.is_zooming();
        inner.place.look(camera, pane, by_wheel);
        let looked_at = LookedAt {
            camera,
            pane,
            device_pixels,
            desk,
            by_wheel,
            simplified,
            with_paper: desk.projection.beside.simplified.get_untracked(),
            found: desk.find.found_now(),
        };
        let stale = match dirty {
            Dirty { scene: true, .. } => Stale::All,
            Dirty { selected: true, .. } => Stale::Selected,
            _ => Stale::Nothing,
        };
        inner.still.show(editor, &inks, &looked_at, stale);

        let stale = dirty.live || dirty.scene;
        if stale || (dirty.camera && !inner.live.is_empty()) {
            inner.live.show(editor, &inks, &looked_at, stale);
        }
        if stale || dirty.camera {
            inner.guides.show(editor, camera, device_pixels);
        }
    }

    fn take_focus(&self, focus: &Focus) {
        let is_free = || {
            let active = document().active_element();
            self.has_focus() || active.is_none_or(|active| active.tag_name() == "BODY")
        };
        let found = match focus {
            Focus::CanvasIfFree | Focus::CanvasAtOpening if !is_free() => return,
            Focus::Canvas | Focus::CanvasIfFree => None,
            Focus::CanvasAtOpening => {
                // Nobody has struck a key yet, so that no ring is looked for.
                let _ = self.0.root.set_attribute(FOCUS_BY, "page");
                None
            }
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
