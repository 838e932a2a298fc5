//! Tidying: its button, its items of the menu, and that it is under way.

use dom::prelude::*;
use editor::{Command, Orientation};

use super::super::desk::Desk;
use crate::{
    components::{Button, Icon, MenuItem},
    preferences::Preferences,
};

/// The keys that tidy.
const KEYS: &str = "Shift+Alt+T";

/// Tidies the selection or all.
#[component]
pub(super) fn TidyButton(desk: Desk) -> impl IntoView {
    let edit = desk.can_edit();
    view! {
        <Show when=move || edit.get()>
            <button
                class="button button--ghost button--icon button--small"
                type="button"
                aria-label="Tidy up"
                aria-keyshortcuts=KEYS
                data-tooltip=format!("Tidy up ({KEYS})")
                data-side="top"
                on:click=move |_| desk.tidy_up()
            >
                <Icon name="tidy" />
            </button>
        </Show>
    }
}

/// The two ways to tidy; the one that was chosen last has the keys.
#[component]
pub(super) fn TidyItems(desk: Desk) -> impl IntoView {
    let preferred = expect_context::<Preferences>().orientation();
    let item = |orientation, icon: &'static str, words: &'static str| {
        let tidy = move |()| desk.tidy_up_towards(orientation);
        if orientation == preferred {
            view! { <MenuItem icon keys=KEYS on_choose=tidy>{words}</MenuItem> }.into_any()
        } else {
            view! { <MenuItem icon on_choose=tidy>{words}</MenuItem> }.into_any()
        }
    };
    view! {
        {item(Orientation::TopDown, "arrow-down", "Tidy up, top to bottom")}
        {item(Orientation::LeftRight, "arrow-right", "Tidy up, left to right")}
    }
}

/// That tidying takes a moment, and a way out.
#[component]
pub(super) fn Progress(desk: Desk) -> impl IntoView {
    let give_up = move |_| {
        desk.run(Command::GiveUpTidying);
    };
    view! {
        <Show when=move || desk.tidying.get()>
            <div class="tidy-progress" role="status" data-control="">
                "Tidying up…"
                <Button small=true on_click=give_up>
                    "Cancel"
                </Button>
            </div>
        </Show>
    }
}
