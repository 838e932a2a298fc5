//! Events by their names, each with the type that the browser gives it.

pub use web_sys::{
    ClipboardEvent, DragEvent, Event, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent,
    SubmitEvent,
};

use std::marker::PhantomData;

use wasm_bindgen::{JsCast, closure::Closure};

/// Hears events, whatever their type.
pub(crate) trait Listen {
    fn hear(&mut self, event: Event);
}

struct Listener<E, F> {
    listener: F,
    of: PhantomData<E>,
}

impl<E: Kind, F: FnMut(E::Event)> Listen for Listener<E, F> {
    fn hear(&mut self, event: Event) {
        (self.listener)(event.unchecked_into());
    }
}

/// A closure as one that hears events of any type.
pub(crate) fn listener<E: Kind + 'static>(
    _kind: E,
    listener: impl FnMut(E::Event) + 'static,
) -> Box<dyn Listen> {
    Box::new(Listener::<E, _> {
        listener,
        of: PhantomData,
    })
}

/// What the browser calls.
pub(crate) fn closure(mut listener: Box<dyn Listen>) -> Closure<dyn FnMut(Event)> {
    Closure::new(move |event| listener.hear(event))
}

/// A kind of event.
pub trait Kind: Copy {
    /// What listeners get.
    type Event: JsCast + 'static;

    /// What the browser calls it.
    fn name(self) -> &'static str;
}

macro_rules! kinds {
    ($($name:ident $event:ident),* $(,)?) => {$(
        #[doc = concat!("`", stringify!($name), "`")]
        #[allow(non_camel_case_types, reason = "as the browser spells it")]
        #[derive(Clone, Copy)]
        pub struct $name;

        impl Kind for $name {
            type Event = web_sys::$event;

            fn name(self) -> &'static str {
                stringify!($name)
            }
        }
    )*};
}

kinds! {
    beforetoggle Event,
    beforeunload BeforeUnloadEvent,
    blur FocusEvent,
    cancel Event,
    change Event,
    click MouseEvent,
    close Event,
    contextmenu MouseEvent,
    copy ClipboardEvent,
    cut ClipboardEvent,
    dblclick MouseEvent,
    dragenter DragEvent,
    dragleave DragEvent,
    dragover DragEvent,
    drop DragEvent,
    focus FocusEvent,
    focusin FocusEvent,
    focusout FocusEvent,
    hashchange Event,
    input Event,
    keydown KeyboardEvent,
    keyup KeyboardEvent,
    lostpointercapture PointerEvent,
    mousedown MouseEvent,
    mouseenter MouseEvent,
    mouseleave MouseEvent,
    offline Event,
    online Event,
    paste ClipboardEvent,
    pointercancel PointerEvent,
    pointerdown PointerEvent,
    pointerenter PointerEvent,
    pointerleave PointerEvent,
    pointermove PointerEvent,
    pointerup PointerEvent,
    popstate PopStateEvent,
    resize Event,
    scroll Event,
    storage StorageEvent,
    submit SubmitEvent,
    toggle Event,
    visibilitychange Event,
    wheel WheelEvent,
}
