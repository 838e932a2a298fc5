//! The element that the top layer is drawn on. It is as large as what is drawn:
//! a canvas that is drawn on is copied with every frame.

use std::cell::Cell;

use editor::{Editor, Rect, Size};
use flow::Point;
use web_sys::HtmlCanvasElement;

use super::{
    drawn_card::Details,
    inks::Inks,
    layer::{Layer, Seen},
    live::{Picture, Reach},
    still::LookedAt,
};

/// The element reaches so many screen pixels beyond what is drawn, so that it
/// stays where it is while that moves a little.
const MARGIN_IN_SCREEN: f64 = 64.0;
/// Its sides are multiples of so many screen pixels.
const STEP_IN_SCREEN: f64 = 128.0;

/// Where this share of the pane would be covered, all of it is.
const MOST_OF_PANE: f64 = 0.6;

/// The top layer with its element.
pub(super) struct Live {
    layer: Layer,
    is_empty: Cell<bool>,
    /// What the element covers.
    placed: Cell<Option<Seen>>,
}

impl Live {
    /// A top layer on this element; none where the browser gives no context.
    pub(super) fn new(element: HtmlCanvasElement) -> Option<Self> {
        let layer = Layer::live(element)?;
        layer.show(false);
        Some(Self {
            layer,
            is_empty: Cell::new(true),
            placed: Cell::new(None),
        })
    }

    /// Whether nothing is drawn on it.
    pub(super) fn is_empty(&self) -> bool {
        self.is_empty.get()
    }

    /// Draws what there is, as it is looked at. `stale` says that something was
    /// drawn that is no longer so.
    pub(super) fn show(&self, editor: &Editor, inks: &Inks, looked_at: &LookedAt, stale: bool) {
        let desk = looked_at.desk;
        let landing = desk.landing.get_untracked();
        let offer = desk.quick_add.get_untracked();
        let offer = offer.filter(|_| desk.can_edit_now());
        let seen = looked_at.camera.visible_area(looked_at.pane);
        let picture = Picture::of(
            editor,
            landing.as_ref(),
            offer.as_ref(),
            seen,
            looked_at.simplified,
        );
        let stale = stale || picture.stays_in_screen();
        let covers = match picture.reach(editor) {
            Reach::Nowhere => None,
            Reach::Within(area) => area.common(&seen),
            Reach::Anywhere => Some(seen),
        };
        if let Some(covers) = covers
            && (stale || !self.holds(&covers, looked_at))
        {
            self.cover(covers, seen, looked_at);
            picture.draw(&Details {
                context: &self.layer.context,
                inks,
                editor,
                desk,
                in_haste: false,
            });
        }
        let is_empty = covers.is_none();
        if self.is_empty.replace(is_empty) != is_empty {
            self.layer.show(!is_empty);
            if is_empty {
                self.layer.release();
                self.placed.set(None);
            }
        }
    }

    /// Whether the element covers this where it is: a pan moves it along.
    fn holds(&self, covers: &Rect, looked_at: &LookedAt) -> bool {
        self.placed.get().is_some_and(|at| {
            at.camera.zoom == looked_at.camera.zoom
                && at.device_pixels == looked_at.device_pixels
                && at.area.encloses(covers)
        })
    }

    /// Empties the element, and moves it to where it covers this.
    fn cover(&self, covers: Rect, seen: Rect, looked_at: &LookedAt) {
        if self.holds(&covers, looked_at) {
            if let Some(at) = &self.placed.get() {
                self.layer.begin(at);
            }
            return;
        }
        let LookedAt {
            camera,
            device_pixels,
            ..
        } = *looked_at;
        let at = Seen::new(camera, device_pixels, Self::area(covers, seen, camera.zoom));
        self.layer.begin(&at);
        self.layer.place(&at);
        self.placed.set(Some(at));
    }

    /// What the element is to cover. To make it larger or smaller takes as long as
    /// to copy it many times, so its size goes by steps.
    fn area(covers: Rect, seen: Rect, zoom: f64) -> Rect {
        let (margin, step) = (MARGIN_IN_SCREEN / zoom, STEP_IN_SCREEN / zoom);
        let stepped = |length: f64| ((length + 2.0 * margin) / step).ceil() * step;
        let size = Size::new(stepped(covers.width()), stepped(covers.height()));
        if size.width * size.height > seen.width() * seen.height() * MOST_OF_PANE {
            return seen;
        }
        let half = Point::new(size.width / 2.0, size.height / 2.0);
        Rect::new(covers.centre() - half, size)
    }
}
