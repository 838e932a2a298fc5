//! Fields that take the place of a name while it is written anew.

use web_sys::HtmlInputElement;

use super::{desk::Desk, take_focus::take_focus};

/// The field takes the focus with the name selected, before another key can be
/// struck: what is typed next is the new name.
pub(crate) fn begin(desk: Desk, field: HtmlInputElement, name: &str) {
    field.set_value(name);
    take_focus(desk, field, HtmlInputElement::select);
}

/// What is typed as a name of a step, if it is one; says so if it is none.
pub(crate) fn name_of_step(desk: Desk, typed: &str, before: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() && !before.is_empty() {
        desk.announce(format!("The name stays “{before}”: nothing was written."));
    }
    (!typed.is_empty()).then(|| typed.to_owned())
}
