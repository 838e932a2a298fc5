//! The browser's events on the canvas, translated for the editor. All of them
//! are listened to on one element; what is where, the editor decides.

use std::time::Duration;

use dom::{ev, prelude::*};
use editor::{Button, Command, Input, Modifiers, PointerKind, Size, WheelUnit};
use flow::Point;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    AddEventListenerOptions, ClipboardEvent, Element, EventTarget, FocusEvent, HtmlElement,
    KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver, WheelEvent,
};

use super::{
    super::desk::{Desk, Home},
    surface::{FOCUS_BY, Surface, focus_quietly},
};
use crate::{components::on_apple, struck::struck};

/// Marks elements above the canvas whose events are their own.
const CONTROL: &str = "[data-control]";
/// A turn of a wheel that is no pinch is at least so many pixels.
const MOST_OF_PINCH: f64 = 50.0;
/// A paste that follows another so soon is of the same stroke.
const SECOND_PASTE_MILLIS: f64 = 100.0;

/// Takes a pointer that went down.
pub(super) fn pointer_down(desk: Desk, event: &PointerEvent) {
    let Some(surface) = desk.surface() else {
        return;
    };
    if on_control(event.target()) {
        return;
    }
    let button = match event.button() {
        0 => Button::Primary,
        1 => Button::Middle,
        2 => Button::Secondary,
        _ => return,
    };
    let root = surface.root();
    surface.hand().corner.set(Some(corner(root)));
    if !event.is_primary() {
        if surface.hand().second_finger.get().is_none() {
            surface.hand().second_finger.set(Some(event.pointer_id()));
            let at_in_screen = Some(at(root, event));
            desk.dispatch(Input::SecondFinger { at_in_screen });
        }
        return;
    }
    // Without capture a drag still works while over the canvas.
    let _ = root.set_pointer_capture(event.pointer_id());
    let is_finger = event.pointer_type() == "touch";
    surface.hand().finger_is_down.set(is_finger);
    // A press shows no focus ring; keys bring it back.
    set_attribute(root, FOCUS_BY, "pointer");
    // A card beside which is pressed may go away with its focus, and what is struck
    // before the next frame would reach nobody.
    if !surface.has_focus() || !focus_holds(event.target()) {
        focus_quietly(root);
    }
    desk.quick_add.set(None);
    desk.dispatch(Input::PointerDown {
        at_in_screen: at(root, event),
        button,
        modifiers: modifiers(event),
        pointer: match event.pointer_type().as_str() {
            "touch" => PointerKind::Touch,
            "pen" => PointerKind::Pen,
            _ => PointerKind::Mouse,
        },
        at_millis: event.time_stamp(),
    });
}

/// Takes a pointer that moved.
pub(super) fn pointer_move(desk: Desk, event: &PointerEvent) {
    let Some(surface) = desk.surface() else {
        return;
    };
    if !event.is_primary() {
        if surface.hand().second_finger.get() == Some(event.pointer_id()) {
            let at_in_screen = Some(at(surface.root(), event));
            desk.dispatch(Input::SecondFinger { at_in_screen });
        }
        return;
    }
    // Above a control nothing of the canvas is under the pointer, unless a
    // drag goes on there.
    if on_control(event.target()) && event.buttons() == 0 {
        return;
    }
    let held = surface.hand().corner.get();
    let corner = held.filter(|_| event.buttons() != 0);
    desk.dispatch(Input::PointerMove {
        at_in_screen: from_corner(
            corner.unwrap_or_else(|| self::corner(surface.root())),
            event,
        ),
        modifiers: modifiers(event),
    });
}

/// Takes a pointer that the browser took away.
pub(super) fn pointer_cancel(desk: Desk, event: &PointerEvent) {
    if event.is_primary() {
        lift(desk);
        desk.dispatch(Input::PointerCancel);
    } else {
        lift_second_finger(desk, event);
    }
}

/// Nothing is down any more. A menu that was opened meanwhile comes back: the
/// browser takes what goes up for a click beside it.
fn lift(desk: Desk) {
    let Some(surface) = desk.surface() else {
        return;
    };
    surface.hand().finger_is_down.set(false);
    if let Some(menu) = surface.hand().menu.take() {
        set_timeout(
            move || {
                desk.menu.try_set(Some(menu));
            },
            Duration::ZERO,
        );
    }
}

fn lift_second_finger(desk: Desk, event: &PointerEvent) {
    let Some(surface) = desk.surface() else {
        return;
    };
    if surface.hand().second_finger.get() == Some(event.pointer_id()) {
        surface.hand().second_finger.set(None);
        desk.dispatch(Input::SecondFinger { at_in_screen: None });
    }
}

/// Takes the wish for a menu: by the right button, a key, or what the browser
/// makes of a finger that rests.
pub(super) fn context_menu(desk: Desk, event: &MouseEvent) {
    if on_control(event.target()) {
        return;
    }
    event.prevent_default();
    if let Some(surface) = desk.surface() {
        desk.dispatch(Input::ContextMenu {
            at_in_screen: at(surface.root(), event),
        });
    }
}

/// Takes a pointer that went up.
pub(super) fn pointer_up(desk: Desk, event: &PointerEvent) {
    if !event.is_primary() {
        return lift_second_finger(desk, event);
    }
    lift(desk);
    let Some(surface) = desk.surface() else {
        return;
    };
    if on_control(event.target()) && !surface.root().has_pointer_capture(event.pointer_id()) {
        return;
    }
    let button = match event.button() {
        1 => Button::Middle,
        2 => Button::Secondary,
        _ => Button::Primary,
    };
    if button == Button::Middle {
        let up_millis = event.time_stamp();
        surface.hand().middle_up_millis.set(Some(up_millis));
    }
    desk.dispatch(Input::PointerUp {
        at_in_screen: at(surface.root(), event),
        button,
        modifiers: modifiers(event),
        at_millis: event.time_stamp(),
    });
}

/// Takes a key that went down on the canvas or on a card.
pub(super) fn key_down(desk: Desk, event: &KeyboardEvent) {
    if on_control(event.target()) || event.is_composing() {
        return;
    }
    // A key that is held for the wheel or the pointer moves no focus.
    if !matches!(event.key().as_str(), "Control" | "Meta" | "Shift" | "Alt") {
        focus_by_keys(desk);
    }
    let (key, modifiers) = struck(event);
    let shortcut = desk.read(|editor| editor.shortcut(&key, modifiers));
    if shortcut.is_some_and(|shortcut| shortcut.does.comes_with_clipboard()) {
        // The event that follows does not say so itself.
        if let Some(surface) = desk.surface() {
            surface.hand().paste_struck.set(Some(modifiers.shift));
        }
        return;
    }
    let consumed = desk.strike(key, modifiers, event.key());
    if consumed {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Takes a key that went up.
pub(super) fn key_up(desk: Desk, event: &KeyboardEvent) {
    if !on_control(event.target()) {
        let (key, _) = struck(event);
        desk.dispatch(Input::KeyUp { key });
    }
}

/// Takes the focus arriving at a card by other means than the editor's.
pub(super) fn focus_in(desk: Desk, event: &FocusEvent) {
    desk.set_home(Home::Canvas);
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let id = |name: &str| element.as_ref()?.get_attribute(name);
    let note = id("data-note-id").map(flow::NoteId::new);
    if let Some(note) = note
        && desk.read(|editor| editor.focused_note() != Some(&note))
    {
        desk.run(Command::FocusNote(note));
    }
    let node = id("data-node-id").map(flow::NodeId::new);
    if let Some(node) = node
        && desk.read(|editor| editor.focus() != Some(&node))
    {
        desk.run(Command::SetFocus(Some(node)));
    }
}

/// Takes the focus leaving the canvas for something else.
pub(super) fn focus_out(desk: Desk, event: &FocusEvent) {
    let goes_to = event
        .related_target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let Some(surface) = desk.surface() else {
        return;
    };
    if !surface.root().contains(goes_to.as_ref()) {
        focus_by_keys(desk);
        desk.dispatch(Input::KeysLeft);
    }
}

/// From now on the focus is shown: it moves by keys, or comes from elsewhere.
pub(super) fn focus_by_keys(desk: Desk) {
    if let Some(surface) = desk.surface() {
        set_attribute(surface.root(), FOCUS_BY, "keys");
    }
}

fn set_attribute(element: &HtmlElement, name: &str, value: &str) {
    // Only a name that is none is refused.
    let _ = element.set_attribute(name, value);
}

/// Takes that the browser scrolled the pane: only the editor moves the view.
pub(super) fn scrolled(desk: Desk) {
    if let Some(surface) = desk.surface() {
        surface.stay();
    }
}

/// Keeps a press from moving the focus and selecting text: the editor says
/// where the focus goes.
pub(super) fn mouse_down(event: &MouseEvent) {
    if !on_control(event.target()) {
        event.prevent_default();
    }
}

/// Tells the editor how large the pane is, now and whenever that changes.
pub(super) fn watch_size(desk: Desk, root: &HtmlElement) {
    let measured = root.clone();
    let measure = move || {
        let size = Size::new(
            f64::from(measured.client_width()),
            f64::from(measured.client_height()),
        );
        if size.width > 0.0
            && desk.surface().is_some()
            && desk.read(editor::Editor::viewport) != size
        {
            // Beside the outline of a narrow screen the canvas has no size.
            let was_hidden = desk.read(editor::Editor::viewport).width == 0.0;
            if was_hidden {
                desk.show_whole(size);
            } else {
                desk.resize(size);
            }
            if let Some(surface) = desk.surface() {
                surface.repaint(desk);
            }
        } else if let Some(surface) = desk.surface() {
            // What was hidden may have lost how far it was scrolled.
            surface.stay();
        }
    };
    measure();
    let callback = Closure::<dyn FnMut()>::new(measure);
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(root);
    let kept = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// Listens to the wheel in a way that can keep the page from zooming: the
/// browser lets only listeners that say so beforehand.
pub(super) fn listen_to_wheel(desk: Desk, root: &HtmlElement) {
    let on_wheel = Closure::<dyn FnMut(WheelEvent)>::new(move |event: WheelEvent| {
        wheel(desk, &event);
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    // Refused only for a callback that is none.
    let _ = root.add_event_listener_with_callback_and_add_event_listener_options(
        "wheel",
        on_wheel.as_ref().unchecked_ref(),
        &options,
    );
    // The listener goes with the element; the closure goes with the page.
    let kept = StoredValue::new_local((root.clone(), on_wheel));
    let control = move |held: bool| {
        move |event: KeyboardEvent| {
            if let Some(surface) = desk.surface().filter(|_| event.key() == "Control") {
                surface.hand().holds_control.set(held);
            }
        }
    };
    let pressing = window_event_listener(ev::keydown, control(true));
    let releasing = window_event_listener(ev::keyup, control(false));
    on_cleanup(move || {
        pressing.remove();
        releasing.remove();
        kept.try_with_value(|(root, on_wheel)| {
            root.remove_event_listener_with_callback("wheel", on_wheel.as_ref().unchecked_ref())
        });
    });
}

fn wheel(desk: Desk, event: &WheelEvent) {
    let Some(surface) = desk.surface() else {
        return;
    };
    if on_scrollable_control(event.target()) && !event.ctrl_key() {
        return;
    }
    event.prevent_default();
    desk.dispatch(Input::Wheel {
        at_in_screen: at(surface.root(), event),
        delta: Point::new(event.delta_x(), event.delta_y()),
        unit: match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => WheelUnit::Lines,
            WheelEvent::DOM_DELTA_PAGE => WheelUnit::Pages,
            _ => WheelUnit::Pixels,
        },
        modifiers: modifiers(event),
        // A pinch comes with `ctrlKey`, though nobody holds that key. On macOS
        // a wheel with Ctrl cannot be told from it, and counts as one.
        pinch: event.ctrl_key()
            && event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL
            && event.delta_y().abs() < MOST_OF_PINCH
            && (on_apple() || !surface.hand().holds_control.get()),
    });
}

/// Copies or cuts what is selected, when the canvas has the focus.
pub(super) fn copy(desk: Desk, surface: &Surface, event: &ClipboardEvent, command: Command) {
    if !focus_is_within(surface.root()) || in_text(event.target()) {
        return;
    }
    event.prevent_default();
    surface.with_clipboard(event.clipboard_data(), || {
        desk.run(command);
    });
}

/// Pastes, when the canvas has the focus. Some browsers let two events follow
/// one stroke; the second does nothing.
pub(super) fn paste(desk: Desk, surface: &Surface, event: &ClipboardEvent) {
    if !focus_is_within(surface.root()) || in_text(event.target()) {
        return;
    }
    let hand = surface.hand();
    let struck = hand.paste_struck.take();
    let pressed = hand.middle_up_millis.take();
    if struck.is_none() && pressed.is_some_and(|up| event.time_stamp() - up < SECOND_PASTE_MILLIS) {
        // On Linux the middle button pastes what was marked last; here it moves the
        // view.
        event.prevent_default();
        return;
    }
    if struck.is_some() {
        hand.pasted_millis.set(event.time_stamp());
    } else if event.time_stamp() - hand.pasted_millis.get() < SECOND_PASTE_MILLIS {
        return;
    }
    let text = event
        .clipboard_data()
        .and_then(|clipboard| clipboard.get_data("text/plain").ok());
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        event.prevent_default();
        desk.run(Command::Paste {
            text,
            at_in_canvas: None,
            keeps_incoming: struck == Some(true),
        });
    }
}

/// Whether the focus is on the canvas or on something in it.
pub(super) fn focus_is_within(root: &HtmlElement) -> bool {
    document()
        .active_element()
        .is_some_and(|active| root.contains(Some(&active)))
}

/// Whether what has the focus is or holds this.
fn focus_holds(target: Option<EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    document()
        .active_element()
        .is_some_and(|active| active.contains(target.as_ref()))
}

fn in_text(target: Option<EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

fn on_control(target: Option<EventTarget>) -> bool {
    closest(target, CONTROL)
}

fn on_scrollable_control(target: Option<EventTarget>) -> bool {
    closest(target, ".quick-add, .find")
}

fn closest(target: Option<EventTarget>, selector: &str) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

/// Where an event is, in screen pixels from the pane's corner.
pub(crate) fn at(root: &HtmlElement, event: &MouseEvent) -> Point {
    from_corner(corner(root), event)
}

fn from_corner(corner: Point, event: &MouseEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y())) - corner
}

/// Where an element's corner is in the window.
fn corner(element: &HtmlElement) -> Point {
    let pane = element.get_bounding_client_rect();
    Point::new(pane.left(), pane.top())
}

fn modifiers(event: &MouseEvent) -> Modifiers {
    Modifiers {
        shift: event.shift_key(),
        alt: event.alt_key(),
        primary: event.ctrl_key() || event.meta_key(),
    }
}
