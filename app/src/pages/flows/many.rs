//! Several flows at once: which are selected, and where what is done with them
//! is chosen.

use std::collections::BTreeSet;

use dom::prelude::*;
use dom::route::{NavigateOptions, use_navigate};

use super::list::FlowList;
use crate::components::{Button, ButtonKind};

/// The flows that are selected, and the ways to what is done with several:
/// `expect_context::<ManyFlows>()`.
#[derive(Clone, Copy)]
pub struct ManyFlows {
    selected: RwSignal<BTreeSet<String>>,
    list: FlowList,
    go: Callback<String>,
}

impl ManyFlows {
    /// Nothing is selected in this list yet.
    pub fn new(list: FlowList) -> Self {
        let navigate = StoredValue::new_local(use_navigate());
        Self {
            selected: RwSignal::new(BTreeSet::new()),
            list,
            go: Callback::new(move |to: String| {
                navigate.with_value(|navigate| navigate(&to, NavigateOptions::default()));
            }),
        }
    }

    /// Whether a flow is selected. Reacts.
    pub fn has(self, id: &str) -> bool {
        self.selected.with(|selected| selected.contains(id))
    }

    /// Selects a flow, or no longer.
    pub fn select(self, id: &str, is_selected: bool) {
        self.selected.update(|selected| {
            if is_selected {
                selected.insert(id.to_owned());
            } else {
                selected.remove(id);
            }
        });
    }

    /// Those that are selected and still there, in the order of their ids.
    fn there(self) -> Vec<String> {
        let known = self.list.known().unwrap_or_default();
        let mut there: Vec<_> = self.selected.get().into_iter().collect();
        there.retain(|id| known.iter().any(|flow| flow.id == *id));
        there
    }

    /// Goes to where a module is linked into flows.
    pub fn link(self, module: &str) {
        self.go.run(format!("/link?module={module}"));
    }

    /// Goes to where what calls a flow is repointed.
    pub fn repoint(self, from: &str) {
        self.go.run(format!("/repoint?from={from}"));
    }

    /// Reads a flow back from Genesys.
    pub fn verify(self, flow: &str) {
        self.go.run(format!("/references?flows={flow}"));
    }

    fn go_with_selected(self, page: &str) {
        let flows = untrack(|| self.there()).join(",");
        self.go.run(format!("{page}?flows={flows}"));
    }
}

/// What can be done with the flows that are selected; nothing while none is.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let many = expect_context::<ManyFlows>();
    let count = Memo::new(move |_| many.there().len());
    let words = move || match count.get() {
        1 => "1 flow selected".to_owned(),
        count => format!("{count} flows selected"),
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <div class="page__tools" role="toolbar" aria-label="Selected flows">
                <span role="status">{words}</span>
                <Button icon="link" on_click=move |_| many.go_with_selected("/link")>
                    "Link a module…"
                </Button>
                <Button icon="refresh" on_click=move |_| many.go_with_selected("/repoint")>
                    "Repoint references…"
                </Button>
                <Button icon="circle-check" on_click=move |_| many.go_with_selected("/references")>
                    "Verify references"
                </Button>
                <Button
                    kind=ButtonKind::Ghost
                    on_click=move |_| many.selected.set(BTreeSet::new())
                >
                    "Clear selection"
                </Button>
            </div>
        </Show>
    }
}
