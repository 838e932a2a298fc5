//! Edits that are nowhere but here are not left behind without a question.

use dom::route::{NavigateOptions, use_navigate};
use dom::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, MouseEvent};

use crate::{back_button::BackButton, components::Confirm};

/// Where somebody wants to go instead of staying here.
#[derive(Clone)]
enum Way {
    /// Along a link of the product.
    Link(String),
    /// To the page before, by the browser's own button.
    Back,
}

/// Asks before the page is left with edits that the server does not have.
#[component]
pub(crate) fn LeaveGuard(
    /// How many edits are nowhere but here.
    #[prop(into)]
    pending: Signal<usize>,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    let wanted = StoredValue::new(Way::Back);
    let leaves = StoredValue::new(false);
    let navigate = use_navigate();
    let unsaved = move || {
        pending.try_get_untracked().unwrap_or_default() > 0 && leaves.try_get_value() == Some(false)
    };
    let ask = move |way: Way| {
        wanted.set_value(way);
        asked.set(true);
    };

    // The browser asks in words of its own.
    let unloading = window_event_listener(ev::beforeunload, move |event| {
        if unsaved() {
            event.prevent_default();
            event.set_return_value("Some changes are not saved yet.");
        }
    });
    on_cleanup(move || unloading.remove());
    // Links inside of the product do not unload the page. The router listens
    // on the window too, so this has to come before it, on the way down.
    let on_click = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|link| link.get_attribute("href"));
        if let Some(href) = link.filter(|href| href.starts_with('/') && unsaved()) {
            event.prevent_default();
            event.stop_immediate_propagation();
            ask(Way::Link(href));
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
        listening.try_with_value(|on_click| {
            window().remove_event_listener_with_callback_and_bool(
                "click",
                on_click.as_ref().unchecked_ref(),
                true,
            )
        });
    });
    // The browser has gone back when this is heard of: the address of this
    // page is put in front again.
    let here = window().location().pathname().unwrap_or_default();
    expect_context::<BackButton>().ask(Callback::new(move |()| {
        let stays = unsaved()
            && window()
                .history()
                .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&here)))
                .is_ok();
        if stays {
            ask(Way::Back);
        }
        stays
    }));

    let text = move || match pending.get() {
        0 => "Everything is saved by now.".to_owned(),
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
                leaves.set_value(true);
                match wanted.get_value() {
                    Way::Link(href) => navigate(&href, NavigateOptions::default()),
                    Way::Back => {
                        // Without a history there is nothing before this page.
                        let _ = window().history().and_then(|history| history.back());
                    }
                }
            }
        />
    }
}
