//! Dialogs: the browser's own, which keep the focus in and give it back.

use dom::{
    ev::{Event, MouseEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{Button, ButtonKind, IconButton, element_id};

/// A dialog that is there while `open` is true. Escape, the cross and a press
/// beside it set `open` to false, unless it is busy. Of those that can be left
/// one is open at a time: it closes when another opens, which stays closed while
/// one is open that cannot be left.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// 720 px wide instead of 480.
    #[prop(optional)]
    wide: bool,
    /// Whether something is under way that leaving it would hide.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can be left without an answer.
    #[prop(default = true)]
    dismissible: bool,
    /// Whether it opens over the others, which stay open with what was typed into
    /// them: for what interrupts, and is no way on.
    #[prop(optional)]
    over: bool,
    /// Called after it was closed in whichever way.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// What it holds: usually a `dialog__body` and a `dialog__foot`.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let title_id = StoredValue::new(element_id("dialog"));
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            // In the next frame what the dialog holds is there, and the focus
            // finds its place in it.
            request_animation_frame(move || {
                if !open.get_untracked() {
                    return;
                }
                if dismissible && !over && !close_others(&dialog) {
                    open.set(false);
                    return;
                }
                // Fails only on an element that has left the page since.
                let _ = dialog.show_modal();
            });
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let may_leave = move || dismissible && !busy.get_untracked();
    let press = move |event: MouseEvent| {
        // What the dialog holds covers it, so a press on the element itself
        // is a press on its backdrop.
        let on_backdrop = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|target| target.tag_name() == "DIALOG");
        if on_backdrop && may_leave() {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=element
            class="dialog"
            class:dialog--wide=wide
            aria-labelledby=title_id.get_value()
            on:mousedown=press
            on:cancel=move |event: Event| {
                if !may_leave() {
                    event.prevent_default();
                }
            }
            on:close=move |_| {
                open.set(false);
                if let Some(on_close) = on_close {
                    on_close.run(());
                }
            }
        >
            <Show when=move || open.get()>
                <header class="dialog__head">
                    <h2 class="dialog__title" id=title_id.get_value()>
                        {title}
                    </h2>
                    {dismissible
                        .then(|| {
                            view! {
                                <IconButton
                                    icon="x"
                                    label="Close"
                                    side=super::TooltipSide::End
                                    small=true
                                    disabled=busy
                                    on_click=move |_| open.set(false)
                                />
                            }
                        })}
                </header>
                {children()}
            </Show>
        </dialog>
    }
}

/// Closes what is open beside a dialog, so that the focus goes back to where it
/// was first; what the dialog stands in stays. Whether nothing is left.
fn close_others(dialog: &HtmlDialogElement) -> bool {
    let Ok(open) = document().query_selector_all("dialog[open]") else {
        return true;
    };
    let open = (0..open.length()).filter_map(|at| open.item(at)?.dyn_into().ok());
    let others = open.filter(|other: &HtmlDialogElement| !other.contains(Some(dialog)));
    let mut is_alone = true;
    for other in others {
        // As Escape asks: what is busy says no.
        let options = web_sys::EventInit::new();
        options.set_cancelable(true);
        let asked = Event::new_with_event_init_dict("cancel", &options);
        if asked.and_then(|asked| other.dispatch_event(&asked)) == Ok(true) {
            other.close();
        } else {
            is_alone = false;
        }
    }
    is_alone
}

/// Asks before something is taken away.
#[component]
pub fn Confirm(
    /// Whether it is asked now.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What follows from a yes.
    #[prop(into)]
    text: Signal<String>,
    /// The yes, as a verb: `Delete`.
    action: &'static str,
    /// Whether the yes is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Called on yes. The caller closes the dialog when it is done.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open title busy>
            <div class="dialog__body">
                <p>{text}</p>
            </div>
            <footer class="dialog__foot">
                <Button disabled=busy attr:autofocus=true on_click=move |_| open.set(false)>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Danger busy on_click=move |_| on_confirm.run(())>
                    {action}
                </Button>
            </footer>
        </Dialog>
    }
}
