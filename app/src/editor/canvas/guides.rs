//! The lines that show what a card is aligned with: elements, since a canvas that
//! they were drawn on would be as large as the pane, and copied with every frame.

use std::cell::Cell;

use dom::{Glide, Transform};
use editor::{Camera, Editor, Guide, Overlay};
use web_sys::HtmlElement;

/// Where no line is seen.
const OUT_OF_SIGHT: Transform = Transform {
    x: -9.0,
    y: -9.0,
    scale: (1.0, 1.0),
};

/// One upright line and one level one, which the style sheet shows while something is
/// dragged.
pub(super) struct Guides {
    lines: [Glide; 2],
    /// How they lie; nothing while nothing is dragged.
    shown: Cell<Option<[Transform; 2]>>,
}

impl Guides {
    /// Guides on these elements of one pixel each.
    pub(super) fn new(lines: [HtmlElement; 2]) -> Self {
        Self {
            lines: lines.map(|line| Glide::new(line.into())),
            shown: Cell::new(None),
        }
    }

    /// Shows what is aligned, as this camera sees it.
    pub(super) fn show(&self, editor: &Editor, camera: Camera, device_pixels: f64) {
        let now = match editor.overlay() {
            Overlay::Dragging { guides, .. } => Some([false, true].map(|level| {
                let guide = guides.iter().find(|guide| is_level(guide) == level);
                guide.map_or(OUT_OF_SIGHT, |guide| lying(guide, camera, device_pixels))
            })),
            _ => None,
        };
        if self.shown.replace(now) == now {
            return;
        }
        match now {
            Some(now) => self
                .lines
                .iter()
                .zip(now)
                .for_each(|(line, lies)| line.lead(lies)),
            None => self.lines.iter().for_each(Glide::stop),
        }
    }
}

fn is_level(guide: &Guide) -> bool {
    guide.from.y == guide.to.y
}

/// Where an element of one pixel has to lie to be this line, its middle on it, on whole
/// device pixels.
fn lying(guide: &Guide, camera: Camera, device_pixels: f64) -> Transform {
    let whole = |length: f64| (length * device_pixels).round() / device_pixels;
    let from = camera.to_screen(guide.from);
    let length = camera.to_screen(guide.to) - from;
    Transform {
        x: whole(from.x - 0.5),
        y: whole(from.y - 0.5),
        scale: (whole(length.x).max(1.0), whole(length.y).max(1.0)),
    }
}
