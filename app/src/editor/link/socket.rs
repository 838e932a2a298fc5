//! A browser's WebSocket, closed when dropped.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

/// What a socket tells.
pub(super) enum Heard {
    /// It is open.
    Opened,
    /// A message came.
    Text(String),
    /// It is closed.
    Closed {
        /// Whether it had been open.
        was_open: bool,
        /// The code that the server gave.
        code: u16,
    },
}

/// An open or opening WebSocket.
pub(super) struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens a socket and tells what happens on it.
    pub(super) fn open(address: &str, tell: impl Fn(Heard) + 'static) -> Result<Self, JsValue> {
        let inner = WebSocket::new(address)?;
        let tell = Rc::new(tell);
        let was_open = Rc::new(Cell::new(false));
        let on_open = Closure::new({
            let (tell, was_open) = (tell.clone(), was_open.clone());
            move |_: Event| {
                was_open.set(true);
                tell(Heard::Opened);
            }
        });
        let on_message = Closure::new({
            let tell = tell.clone();
            move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    tell(Heard::Text(text));
                }
            }
        });
        let on_close = Closure::new(move |event: CloseEvent| {
            tell(Heard::Closed {
                was_open: was_open.get(),
                code: event.code(),
            });
        });
        inner.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Ok(Self {
            inner,
            _on_open: on_open,
            _on_message: on_message,
            _on_close: on_close,
        })
    }

    /// Whether messages can be sent.
    pub(super) fn is_open(&self) -> bool {
        self.inner.ready_state() == WebSocket::OPEN
    }

    /// Sends a message; whether the browser took it.
    pub(super) fn send(&self, text: &str) -> bool {
        self.inner.send_with_str(text).is_ok()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        // Closing what is closed already is no failure.
        let _ = self.inner.close();
    }
}
