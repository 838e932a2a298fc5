//! Fields that take the place of a name while it is written anew.

use web_sys::{HtmlElement, HtmlInputElement};

use dom::prelude::*;

use super::desk::Desk;

/// The field takes the focus with the name selected, before another key can be
/// struck: what is typed next is the new name.
pub(crate) fn begin(desk: Desk, field: HtmlInputElement, name: &str) {
    field.set_value(name);
    take_focus(desk, field, HtmlInputElement::select);
}

/// A field takes the focus before another key can be struck, and `ready` puts
/// its caret where it belongs.
pub(crate) fn take_focus<F>(desk: Desk, field: F, ready: fn(&F))
where
    F: AsRef<HtmlElement> + 'static,
{
    // A click just before meant the card, which the next frame would focus.
    if let Some(surface) = desk.surface() {
        surface.forget_focus();
    }
    let focus = move || {
        // Fails only on an element that is gone.
        let _ = field.as_ref().focus();
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

/// What is typed as a name of a step, if it is one; says so if it is none.
pub(crate) fn name_of_step(desk: Desk, typed: &str, before: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() && !before.is_empty() {
        desk.announce(format!("The name stays “{before}”: nothing was written."));
    }
    (!typed.is_empty()).then(|| typed.to_owned())
}
