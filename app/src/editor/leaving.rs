//! Edits that are nowhere but here are not left behind without a question.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MouseEvent};

use super::desk::Desk;
use crate::components::Confirm;

/// Asks before the page is left with edits that the server does not have.
#[component]
pub(crate) fn LeaveGuard(desk: Desk) -> impl IntoView {
    let asked = RwSignal::new(false);
    let wanted = RwSignal::new(String::new());
    let navigate = use_navigate();

    // The browser asks in words of its own.
    let unloading = window_event_listener(ev::beforeunload, move |event| {
        if desk.pending.get_untracked() > 0 {
            event.prevent_default();
            event.set_return_value("Some changes are not saved yet.");
        }
    });
    // Links inside of the product do not unload the page. The router listens
    // on the window too, so this has to come before it, on the way down.
    let on_click = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        if desk.pending.try_get_untracked().unwrap_or_default() == 0 {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|link| link.get_attribute("href"));
        if let Some(href) = link.filter(|href| href.starts_with('/')) {
            event.prevent_default();
            event.stop_immediate_propagation();
            wanted.set(href);
            asked.set(true);
        }
    });
    // Refused only for a callback that is none.
    let _ = window().add_event_listener_with_callback_and_bool(
        "click",
        on_click.as_ref().unchecked_ref(),
        true,
    );
    let listening = StoredValue::new_local(on_click);
    on_cleanup(move || {
        unloading.remove();
        listening.try_with_value(|on_click| {
            window().remove_event_listener_with_callback_and_bool(
                "click",
                on_click.as_ref().unchecked_ref(),
                true,
            )
        });
    });

    let text = move || match desk.pending.get() {
        1 => {
            "1 change is not saved yet: the server cannot be reached. Leaving drops it.".to_owned()
        }
        many => format!(
            "{many} changes are not saved yet: the server cannot be reached. Leaving drops them."
        ),
    };
    view! {
        <Confirm
            open=asked
            title="Leave without saving?"
            text
            action="Leave"
            on_confirm=move |()| {
                asked.set(false);
                navigate(&wanted.get_untracked(), leptos_router::NavigateOptions::default());
            }
        />
    }
}
