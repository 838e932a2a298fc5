//! Keys that act wherever the focus is in the editor.

use editor::Command;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{bar::Panels, desk::Desk, problems};

/// Listens to the keys of the page.
pub(crate) fn listen(desk: Desk, panels: Panels) {
    let current = StoredValue::new(None::<usize>);
    // Whether something was typed where the focus is.
    let typed = StoredValue::new(false);
    let arriving = window_event_listener(ev::focusin, move |_| typed.set_value(false));
    let inputting = window_event_listener(ev::input, move |_| typed.set_value(true));
    let listening = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let held = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "s" | "S" if held => {
                // Every change is saved as it is made.
                event.prevent_default();
                desk.announce("Every change is saved as it is made.");
            }
            // The canvas has taken its own by now.
            "z" | "Z" | "y" | "Y" if held && !event.alt_key() && !keeps_undo(&event, typed) => {
                event.prevent_default();
                let redoes = event.shift_key() || matches!(event.key().as_str(), "y" | "Y");
                desk.run(if redoes { Command::Redo } else { Command::Undo });
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
    on_cleanup(move || {
        listening.remove();
        arriving.remove();
        inputting.remove();
    });
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

/// Whether Undo belongs to what has the focus: to a field in which something
/// was typed, and to every field outside of the properties. A field that a fix
/// has just filled in has nothing of its own to take back.
fn keeps_undo(event: &KeyboardEvent, typed: StoredValue<bool>) -> bool {
    let within = |selector: &str| {
        target(event).is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
    };
    event.default_prevented()
        || within("dialog")
        || (typing(event) && (typed.get_value() || !within("[data-panel='inspector']")))
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn typing(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}
