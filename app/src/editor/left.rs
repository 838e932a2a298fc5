//! The left panel: what can be added, and what is there as a list.

mod outline;
mod palette;

use dom::prelude::*;

use super::desk::Desk;
use crate::{
    components::{IconButton, Tab, TabPanel, Tabs, TooltipSide},
    part::part,
    parts,
};

/// The left panel.
#[component]
pub(crate) fn LeftPanel(
    desk: Desk,
    open: RwSignal<bool>,
    /// The chosen tab: `add` or `outline`.
    tab: RwSignal<&'static str>,
) -> impl IntoView {
    let edit = desk.can_edit();
    // Who may only look has nothing to add.
    let shown = Memo::new(move |_| if edit.get() { tab.get() } else { "outline" });
    let tabs = move || {
        let mut tabs = vec![Tab::new("outline", "Outline")];
        if edit.get() {
            tabs.insert(0, Tab::new("add", "Add"));
        }
        view! {
            <Tabs
                label="Add and outline"
                tabs
                selected=shown
                on_select=move |id| tab.set(id)
                end=Box::new(move || {
                    view! {
                        <IconButton
                            icon="panel-left"
                            label="Hide this panel"
                            side=TooltipSide::End
                            small=true
                            on_click=move |_| open.set(false)
                        />
                    }
                        .into_any()
                })
            />
        }
    };
    view! {
        <aside class="panel panel--left" aria-label="Add and outline" data-panel="left">
            {tabs}
            <TabPanel id="add" selected=shown class="panel__fill">
                <palette::Palette desk />
            </TabPanel>
            <TabPanel id="outline" selected=shown class="panel__fill">
                {part(parts::outline, move |outline| outline(desk))}
            </TabPanel>
        </aside>
    }
}

/// The flow as a list.
pub(crate) fn outline(desk: Desk) -> View {
    view! { <outline::Outline desk /> }
}
