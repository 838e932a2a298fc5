//! What a person sees when the page itself breaks.

use std::panic::PanicHookInfo;

use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

/// From now on a panic is written to the console and told in the page: after
/// it nothing in the page reacts any more, which must not go unexplained.
pub fn report_in_page() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        // A failure to tell of the failure has nobody left to be told to.
        let _ = tell(info);
    }));
}

fn tell(info: &PanicHookInfo<'_>) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let body = document.body()?;
    if document.query_selector("[data-broken]").ok()?.is_some() {
        return None;
    }
    let banner = child(&document, &body, "div", "broken")?;
    banner.set_attribute("data-broken", "").ok()?;
    banner.set_attribute("role", "alert").ok()?;
    let card = child(&document, &banner, "div", "broken__card")?;
    child(&document, &card, "h1", "title-section")?
        .set_text_content(Some("Something failed in this page"));
    child(&document, &card, "p", "broken__text")?.set_text_content(Some(
        "What was saved is safe. Load the page again to go on; if it keeps happening, \
         send the line below to an administrator.",
    ));
    let place = info
        .location()
        .map(|place| format!("{}:{}", place.file(), place.line()))
        .unwrap_or_default();
    child(&document, &card, "code", "broken__place")?.set_text_content(Some(&place));
    let reload = child(&document, &card, "a", "button button--primary")?;
    reload.set_attribute("href", "").ok()?;
    reload.set_text_content(Some("Load again"));
    Some(())
}

fn child(document: &Document, parent: &Element, tag: &str, class: &str) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    element.set_class_name(class);
    parent.append_child(&element).ok()?;
    Some(element)
}
