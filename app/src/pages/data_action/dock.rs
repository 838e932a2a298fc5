//! Below the script: what is wrong, what would be sent, and trying it.

use dom::prelude::*;

use super::{desk::ActionDesk, preview::Preview, problems::Problems, trial::TryIt};
use crate::components::{Tab, TabPanel, Tabs, Tone};

#[component]
pub(super) fn Dock(desk: ActionDesk) -> impl IntoView {
    let count = Signal::derive(move || desk.checked.with(|checked| checked.findings.len()));
    let tone = Signal::derive(move || {
        if desk.checked.with(|checked| checked.errors() > 0) {
            Tone::Danger
        } else {
            Tone::Warning
        }
    });
    let tabs = vec![
        Tab::new("problems", "Problems").counting(count, tone),
        Tab::new("preview", "Preview"),
        Tab::new("try", "Try"),
    ];
    view! {
        <section class="action__dock" aria-label="Below the script">
            <Tabs
                label="Below the script"
                tabs
                selected=desk.tab
                on_select=move |tab| desk.tab.set(tab)
            />
            <TabPanel id="problems" selected=desk.tab>
                <Problems desk />
            </TabPanel>
            <TabPanel id="preview" selected=desk.tab>
                <Preview desk />
            </TabPanel>
            <TabPanel id="try" selected=desk.tab>
                <TryIt desk />
            </TabPanel>
        </section>
    }
}
