//! Keys that act wherever the focus is in the editor.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{bar::Panels, desk::Desk, problems};

/// Listens to the keys of the page.
pub(crate) fn listen(desk: Desk, panels: Panels) {
    let current = StoredValue::new(None::<usize>);
    let listening = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "s" | "S" if held => {
                // Every change is saved as it is made.
                event.prevent_default();
                desk.announce("Every change is saved as it is made.");
            }
            "F8" => {
                event.prevent_default();
                step(desk, panels, current, event.shift_key());
            }
            "?" if !held && !typing(&event) => {
                event.prevent_default();
                panels.shortcuts.set(true);
            }
            _ => {}
        }
    });
    on_cleanup(move || listening.remove());
}

/// Goes to the next or previous problem.
fn step(desk: Desk, panels: Panels, current: StoredValue<Option<usize>>, back: bool) {
    let list = desk.problems.get_untracked();
    let count = list.all.len();
    if count == 0 {
        desk.announce("There are no problems.");
        return;
    }
    let next = match current.get_value() {
        None if back => count - 1,
        None => 0,
        Some(at) if back => (at + count - 1) % count,
        Some(at) => (at + 1) % count,
    };
    current.set_value(Some(next));
    if let Some(problem) = list.all.get(next) {
        panels.dock.show("problems");
        panels.right.set(true);
        problems::go_to(desk, problem);
    }
}

fn typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        })
}
