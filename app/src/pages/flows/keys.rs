//! Keys that work on the whole page.

use dom::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// `/` goes to the search box, unless somebody is typing; the down arrow goes
/// from the search box, or from nowhere in particular, to the first flow.
pub fn listen(search_box: NodeRef<html::Input>) {
    let pressed = window_event_listener(ev::keydown, move |event| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let on: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let search_box = search_box.get_untracked();
        let in_search = on.as_ref() == search_box.as_deref().map(AsRef::as_ref);
        let tag = on.map(|element| element.tag_name()).unwrap_or_default();
        let goal = match (event.key().as_str(), tag.as_str()) {
            ("/", "INPUT" | "TEXTAREA" | "SELECT") => None,
            ("/", _) => search_box.map(JsCast::unchecked_into),
            ("ArrowDown", "BODY" | "MAIN") => first_flow(),
            ("ArrowDown", _) if in_search => first_flow(),
            _ => None,
        };
        if let Some(goal) = goal {
            event.prevent_default();
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = goal.focus();
        }
    });
    on_cleanup(move || pressed.remove());
}

fn first_flow() -> Option<HtmlElement> {
    let found = document().query_selector(".table__row .table__name[href]");
    found.ok()??.dyn_into().ok()
}
