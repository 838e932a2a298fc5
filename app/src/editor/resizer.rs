//! The bar between two areas: dragged with the pointer or moved with arrows.

use dom::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};

/// Pixels that an arrow key moves the bar by.
const STEP: f64 = 16.0;

/// Which way a resizer moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// A vertical bar on the left edge of what it widens.
    Width,
    /// A horizontal bar on the top edge of what it heightens.
    Height,
}

/// A resizer on the leading edge of an area of `size` pixels.
#[component]
pub(crate) fn Resizer(
    axis: Axis,
    label: &'static str,
    #[prop(into)] size: Signal<f64>,
    /// Least and greatest size in pixels.
    range: (f64, f64),
    #[prop(into)] on_size: Callback<f64>,
) -> impl IntoView {
    let grip: RwSignal<Option<f64>> = RwSignal::new(None);
    let along = move |event: &PointerEvent| match axis {
        Axis::Width => f64::from(event.client_x()),
        Axis::Height => f64::from(event.client_y()),
    };
    let set = move |to: f64| on_size.run(to.clamp(range.0, range.1).round());
    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        if let Some(bar) = event
            .current_target()
            .and_then(|t| t.dyn_into::<Element>().ok())
        {
            // Without capture the drag still works while over the bar.
            let _ = bar.set_pointer_capture(event.pointer_id());
            if let Some(bar) = bar.dyn_ref::<HtmlElement>() {
                let _ = bar.focus();
            }
        }
        grip.set(Some(size.get_untracked() + along(&event)));
    };
    let moved = move |event: PointerEvent| {
        if let Some(sum) = grip.get_untracked() {
            set(sum - along(&event));
        }
    };
    let keyed = move |event: ev::KeyboardEvent| {
        let grow = match (axis, event.key().as_str()) {
            (Axis::Width, "ArrowLeft") | (Axis::Height, "ArrowUp") => STEP,
            (Axis::Width, "ArrowRight") | (Axis::Height, "ArrowDown") => -STEP,
            _ => return,
        };
        event.prevent_default();
        set(size.get_untracked() + grow);
    };
    let orientation = match axis {
        Axis::Width => "vertical",
        Axis::Height => "horizontal",
    };
    view! {
        <span
            class="resizer"
            role="separator"
            tabindex="0"
            aria-orientation=orientation
            aria-label=label
            aria-valuenow=move || size.get().to_string()
            aria-valuemin=range.0.to_string()
            aria-valuemax=range.1.to_string()
            data-state=move || grip.get().map(|_| "dragging")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| grip.set(None)
            on:pointercancel=move |_| grip.set(None)
            on:lostpointercapture=move |_| grip.set(None)
            on:keydown=keyed
        ></span>
    }
}
