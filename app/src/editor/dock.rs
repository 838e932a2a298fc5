//! Below or beside the canvas: the document that would be sent, and what is
//! wrong with the flow.

pub(crate) mod json;
mod preview;
mod problems;

use dom::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    desk::Desk,
    resizer::{Axis, Resizer},
};
use crate::{
    components::{IconButton, Tab, TabPanel, Tabs, Tone, TooltipSide},
    part::part,
    parts,
};
pub(crate) use preview::{Generated, preview};

/// Where the dock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Side {
    /// Below the canvas.
    Bottom,
    /// Between the canvas and the right panel.
    Right,
}

impl Side {
    /// The value of the editor's `data-dock`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Bottom => "bottom",
            Self::Right => "right",
        }
    }
}

/// How the dock stands, remembered in this browser.
#[derive(Clone, Copy)]
pub(crate) struct DockState {
    /// Whether it shows more than its tabs.
    pub(crate) open: RwSignal<bool>,
    /// Where it is.
    pub(crate) side: RwSignal<Side>,
    /// Its height or width, in pixels.
    pub(crate) size: RwSignal<f64>,
    /// The chosen tab.
    pub(crate) tab: RwSignal<&'static str>,
}

impl DockState {
    /// Shows a tab.
    pub(crate) fn show(self, tab: &'static str) {
        self.tab.set(tab);
        self.open.set(true);
    }
}

/// The dock.
#[component]
pub(crate) fn Dock(desk: Desk, state: DockState) -> impl IntoView {
    let DockState {
        open,
        side,
        size,
        tab,
    } = state;
    let count = Signal::derive(move || desk.problems.with(|problems| problems.all.len()));
    let tone = Signal::derive(move || {
        if desk.problems.with(|problems| problems.errors > 0) {
            Tone::Danger
        } else {
            Tone::Warning
        }
    });
    let shown = Signal::derive(move || open.get() && tab.get() == "preview");
    let generated = RwSignal::new(Generated::Waiting);
    // Nothing is made of nothing, and what makes it is fetched for something.
    let has_nodes = Memo::new(move |_| desk.flow.with(|flow| flow.nodes > 0));
    let nothing = || {
        view! {
            <div class="empty empty--compact">
                <p class="empty__text">
                    "The JSON that will be sent stands here as soon as the flow has a step."
                </p>
            </div>
        }
    };
    let resizer = move || {
        let (axis, label) = match side.get() {
            Side::Bottom => (Axis::Height, "Height of the dock"),
            Side::Right => (Axis::Width, "Width of the dock"),
        };
        view! {
            <Resizer axis label size range=(120.0, 900.0) on_size=move |to| {
                open.set(true);
                size.set(to);
            } />
        }
    };
    let end = move || {
        let to_the_right = move || side.get() == Side::Bottom;
        view! {
            <Show when=move || shown.get() && has_nodes.get()>
                <preview::CopyDocument desk generated />
            </Show>
            <IconButton
                icon=Signal::derive(move || {
                    if to_the_right() { "panel-right" } else { "panel-bottom" }
                })
                label=Signal::derive(move || {
                    if to_the_right() { "Move to the right" } else { "Move to the bottom" }.to_owned()
                })
                side=TooltipSide::Top
                small=true
                on_click=move |_| {
                    side.set(if to_the_right() { Side::Right } else { Side::Bottom });
                    size.set(if side.get_untracked() == Side::Right { 420.0 } else { 272.0 });
                    open.set(true);
                }
            />
            <IconButton
                icon=Signal::derive(move || if open.get() { "chevron-down" } else { "chevron-up" })
                label=Signal::derive(move || {
                    if open.get() { "Collapse" } else { "Expand" }.to_owned()
                })
                side=TooltipSide::Top
                small=true
                on_click=move |_| open.update(|open| *open = !*open)
            />
        }
        .into_any()
    };
    view! {
        <section class="dock" aria-label="Preview and problems" data-panel="dock">
            {resizer}
            <Tabs
                label="Dock"
                tabs=vec![
                    Tab::new("preview", "Preview"),
                    Tab::new("problems", "Problems").counting(count, tone),
                ]
                selected=tab
                on_select=move |id| state.show(id)
                end=Box::new(end)
            />
            <TabPanel id="preview" selected=tab class="dock__body dock__body--preview">
                <Show when=move || has_nodes.get() fallback=nothing>
                    <Show when=move || shown.get()>
                        {part(parts::preview, move |preview| preview(desk, shown, generated))}
                    </Show>
                </Show>
            </TabPanel>
            <TabPanel id="problems" selected=tab class="dock__body">
                <problems::Problems desk />
            </TabPanel>
        </section>
    }
}
