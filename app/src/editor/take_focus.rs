//! How a field that opens takes the focus.

use dom::prelude::*;
use web_sys::HtmlElement;

use super::{canvas::focus_quietly, desk::Desk};

/// A field takes the focus before another key can be struck, and `ready` puts
/// its caret where it belongs.
pub(crate) fn take_focus<F>(desk: Desk, field: F, ready: fn(&F))
where
    F: AsRef<HtmlElement> + 'static,
{
    // A click just before meant a card, or what closed just before sent the
    // focus to one: the next frame would move it there.
    if let Some(surface) = desk.surface() {
        surface.forget_focus();
    }
    let focus = move || {
        focus_quietly(field.as_ref());
        ready(&field);
        field.as_ref().clone()
    };
    let field = focus();
    // Where the field is not in the page yet, it is one frame later.
    request_animation_frame(move || {
        let active = document().active_element();
        if active.as_ref() != Some(field.as_ref()) {
            focus();
        }
    });
}
