//! The browser: window and document, timers, listeners, tasks.

use std::time::Duration;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Event, HtmlInputElement, Window};

use crate::ev;

/// The window.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// The document.
pub fn document() -> Document {
    window()
        .document()
        .unwrap_or_else(|| wasm_bindgen::throw_str("There is no document."))
}

/// Writes a sentence to the browser's console.
pub fn warn(sentence: &str) {
    web_sys::console::warn_1(&JsValue::from_str(sentence));
}

/// What stands in the field that an event comes from.
pub fn event_target_value(event: &Event) -> String {
    // Inputs, selects and text areas all have it.
    let value = event
        .target()
        .and_then(|field| js_sys::Reflect::get(&field, &JsValue::from_str("value")).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// The element that an event comes from, which is known to be one of these.
pub fn event_target<T: JsCast>(event: &Event) -> T {
    event
        .target()
        .map_or_else(|| JsValue::NULL.unchecked_into(), JsCast::unchecked_into)
}

/// Whether the box is ticked that an event comes from.
pub fn event_target_checked(event: &Event) -> bool {
    event
        .target()
        .is_some_and(|field| field.unchecked_into::<HtmlInputElement>().checked())
}

/// Runs a task until it is done, whatever ends before.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    let task: std::pin::Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}

fn once(run: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(run)
}

/// Runs something before the next frame is drawn.
pub fn request_animation_frame(run: impl FnOnce() + 'static) {
    let run = once(Box::new(run));
    // Refused only for a callback that is none.
    let _ = window().request_animation_frame(run.unchecked_ref());
}

/// A timeout that can be called off.
#[derive(Clone, Copy, Debug)]
pub struct TimeoutHandle(i32);

impl TimeoutHandle {
    /// Calls it off.
    pub fn clear(&self) {
        window().clear_timeout_with_handle(self.0);
    }
}

/// Runs something after a time.
pub fn set_timeout(run: impl FnOnce() + 'static, after: Duration) {
    // Refused only for a callback that is none.
    let _ = set_timeout_with_handle(run, after);
}

/// The same, with a way to call it off.
///
/// # Errors
/// What the browser says when it refuses.
pub fn set_timeout_with_handle(
    run: impl FnOnce() + 'static,
    after: Duration,
) -> Result<TimeoutHandle, JsValue> {
    let run = once(Box::new(run));
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), millis(after))
        .map(TimeoutHandle)
}

/// What happens again and again until it is called off.
#[derive(Clone, Copy, Debug)]
pub struct IntervalHandle(i32);

impl IntervalHandle {
    /// Calls it off.
    pub fn clear(&self) {
        window().clear_interval_with_handle(self.0);
    }
}

/// Runs something again and again, as long as the page is there.
pub fn set_interval(run: impl Fn() + 'static, every: Duration) {
    // Refused only for a callback that is none.
    let _ = set_interval_with_handle(run, every);
}

/// The same, with a way to call it off.
///
/// # Errors
/// What the browser says when it refuses.
pub fn set_interval_with_handle(
    run: impl Fn() + 'static,
    every: Duration,
) -> Result<IntervalHandle, JsValue> {
    let run: Box<dyn Fn()> = Box::new(run);
    let run = Closure::wrap(run).into_js_value();
    window()
        .set_interval_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), millis(every))
        .map(IntervalHandle)
}

fn millis(time: Duration) -> i32 {
    i32::try_from(time.as_millis()).unwrap_or(i32::MAX)
}

/// A listener on the window that can be removed.
pub struct WindowListenerHandle {
    name: &'static str,
    listener: js_sys::Function,
}

impl WindowListenerHandle {
    /// Listens no more.
    pub fn remove(self) {
        // Refused only for a callback that is none.
        let _ = window().remove_event_listener_with_callback(self.name, &self.listener);
    }
}

/// Listens on the window until the handle is told to stop.
pub fn window_event_listener<E: ev::Kind + 'static>(
    kind: E,
    listener: impl FnMut(E::Event) + 'static,
) -> WindowListenerHandle {
    listen(kind.name(), ev::listener(kind, listener))
}

fn listen(name: &'static str, listener: Box<dyn ev::Listen>) -> WindowListenerHandle {
    let listener = ev::closure(listener).into_js_value().unchecked_into();
    // Refused only for a callback that is none.
    let _ = window().add_event_listener_with_callback(name, &listener);
    WindowListenerHandle { name, listener }
}
