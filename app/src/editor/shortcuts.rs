//! What keys and gestures do.

use leptos::prelude::*;

use crate::components::{Dialog, Kbd};

/// A group of shortcuts: its name, and keys with what they do.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

const GROUPS: &[Group] = &[
    (
        "View",
        &[
            ("Pan", "Wheel"),
            ("Zoom at the pointer", "Mod+Wheel"),
            ("Pan by dragging", "Space+Drag"),
            ("Zoom in", "Mod+="),
            ("Zoom out", "Mod+-"),
            ("Fit the flow", "Shift+1"),
            ("Fit the selection", "Shift+2"),
            ("Show at 100%", "Shift+0"),
        ],
    ),
    (
        "Select",
        &[
            ("Add to the selection", "Shift+Click"),
            ("Select all", "Mod+A"),
            ("Select nothing", "Esc"),
            ("Next node", "Tab"),
            ("Along the flow", "Arrows"),
            ("Select the focused node", "Space"),
        ],
    ),
    (
        "Build",
        &[
            ("Add a step", "N"),
            ("Add the next step", "A"),
            ("Connect the focused node", "C"),
            ("Rename", "F2"),
            ("Properties", "Enter"),
            ("Move by one grid step", "Mod+Arrows"),
            ("Move by five", "Mod+Shift+Arrows"),
            ("Duplicate", "Mod+D"),
            ("Delete", "Delete"),
            ("Delete and reconnect", "Mod+Delete"),
            ("Disable or enable", "D"),
            ("Add a note", "Shift+S"),
            ("Group", "Mod+G"),
            ("Ungroup", "Mod+Shift+G"),
        ],
    ),
    (
        "Edit",
        &[
            ("Undo", "Mod+Z"),
            ("Redo", "Mod+Shift+Z"),
            ("Copy", "Mod+C"),
            ("Cut", "Mod+X"),
            ("Paste", "Mod+V"),
        ],
    ),
    (
        "Problems",
        &[("Next problem", "F8"), ("Previous problem", "Shift+F8")],
    ),
    ("Help", &[("This list", "?")]),
];

/// The shortcut sheet.
#[component]
pub(crate) fn Shortcuts(open: RwSignal<bool>) -> impl IntoView {
    let groups = || {
        GROUPS
            .iter()
            .map(|(name, shortcuts)| {
                let rows = shortcuts
                    .iter()
                    .map(|(what, keys)| {
                        view! {
                            <div class="shortcut">
                                <span>{*what}</span>
                                <Kbd keys=keys />
                            </div>
                        }
                    })
                    .collect_view();
                view! {
                    <section class="shortcuts__group">
                        <h3 class="title-group">{*name}</h3>
                        {rows}
                    </section>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog open title="Keyboard shortcuts" wide=true>
            <div class="dialog__body">
                <div class="shortcuts">{groups}</div>
            </div>
        </Dialog>
    }
}
