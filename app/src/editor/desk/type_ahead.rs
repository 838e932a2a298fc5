//! Keys that were struck for a field before it was there.

use std::{
    future::poll_fn,
    task::{Context, Poll},
};

use dom::prelude::*;
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, KeyboardEvent, KeyboardEventInit};

/// Most fields are there within so many turns of what the page has to do before
/// it hears another key.
const TURNS: u32 = 100;
/// The rest have so many frames to come: where the browser is slow to draw, it is
/// slow to give the focus to what it draws, too.
const FRAMES: u32 = 120;

/// Waits until something is so; whether it came to that.
pub(super) async fn becomes(is_so: impl Fn() -> bool) -> bool {
    for _ in 0..TURNS {
        if is_so() {
            return true;
        }
        turn().await;
    }
    for _ in 0..FRAMES {
        if is_so() {
            return true;
        }
        frame().await;
    }
    false
}

/// Lets everything else go on that is due before the next event.
async fn turn() {
    let mut is_over = false;
    poll_fn(|context: &mut Context<'_>| {
        if std::mem::replace(&mut is_over, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

async fn frame() {
    let drawn = Promise::new(&mut |resolve, _| {
        request_animation_frame(move || {
            // Resolving fails in no way.
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        });
    });
    // It is never rejected.
    let _ = JsFuture::from(drawn).await;
}

/// Does what a key does that is struck in the field that has the focus: the
/// field hears of it, and if it lets the browser go on, the text changes as if
/// it was typed.
pub(super) fn strike(key: &str) {
    let page = document();
    let Some(field) = page.active_element() else {
        return;
    };
    let how = KeyboardEventInit::new();
    how.set_key(key);
    how.set_bubbles(true);
    how.set_cancelable(true);
    let heard = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &how)
        .and_then(|event| field.dispatch_event(&event));
    let (command, text) = match key {
        _ if heard == Ok(false) => return,
        "Backspace" => ("delete", ""),
        "Delete" => ("forwardDelete", ""),
        "Enter" if field.tag_name() == "TEXTAREA" => ("insertText", "\n"),
        sign if is_one_sign(sign) => ("insertText", sign),
        _ => return,
    };
    if let Some(page) = page.dyn_ref::<HtmlDocument>() {
        // Refused where the focus is on nothing that takes text.
        let _ = page.exec_command_with_show_ui_and_value(command, false, text);
    }
}

/// Keys that write are called by what they write, the others by words.
fn is_one_sign(key: &str) -> bool {
    let mut signs = key.chars();
    signs.next().is_some_and(|first| !first.is_ascii())
        || (!key.is_empty() && signs.next().is_none())
}
