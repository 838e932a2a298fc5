//! Tabs.

use dom::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Count, Tone};

/// One tab. Its panel is the [`TabPanel`] of the same id.
#[derive(Clone)]
pub struct Tab {
    /// Its id, unique in the page.
    pub id: &'static str,
    /// The words.
    pub label: &'static str,
    /// How many things are in it, where that matters.
    pub count: Signal<usize>,
    /// What the count's colour says.
    pub tone: Signal<Tone>,
}

impl Tab {
    /// A tab without a count.
    pub fn new(id: &'static str, label: &'static str) -> Self {
        Self {
            id,
            label,
            count: Signal::stored(0),
            tone: Signal::stored(Tone::Neutral),
        }
    }

    /// The same with a count, which is absent while it is none.
    pub fn counting(self, count: impl Into<Signal<usize>>, tone: impl Into<Signal<Tone>>) -> Self {
        Self {
            count: count.into(),
            tone: tone.into(),
            ..self
        }
    }
}

/// A row of tabs; one is in the tab order, arrows, Home and End move.
#[component]
pub fn Tabs(
    /// What they choose between.
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The id of the chosen one.
    #[prop(into)]
    selected: Signal<&'static str>,
    /// Called with the id of the one that was chosen.
    #[prop(into)]
    on_select: Callback<&'static str>,
    /// Small buttons at the end of the row.
    #[prop(optional)]
    end: Option<Children>,
) -> impl IntoView {
    let ids: Vec<_> = tabs.iter().map(|tab| tab.id).collect();
    let step = move |event: KeyboardEvent| {
        let on_tab = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.get_attribute("role").as_deref() == Some("tab"));
        if !on_tab || ids.is_empty() {
            return;
        }
        let last = ids.len() - 1;
        let here = ids
            .iter()
            .position(|id| *id == selected.get_untracked())
            .unwrap_or(0);
        let there = match event.key().as_str() {
            "ArrowRight" => (here + 1) % ids.len(),
            "ArrowLeft" => (here + last) % ids.len(),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = ids.get(there) {
            on_select.run(id);
            focus_tab(id);
        }
    };
    view! {
        <div class="tabs">
            <div class="tabs__list" role="tablist" aria-label=label on:keydown=step>
                {tabs
                .into_iter()
                .map(|tab| {
                    let chosen = move || selected.get() == tab.id;
                    view! {
                        <button
                            class="tab"
                            id=format!("tab-{}", tab.id)
                            type="button"
                            role="tab"
                            aria-selected=move || chosen().to_string()
                            aria-controls=format!("panel-{}", tab.id)
                            tabindex=move || if chosen() { "0" } else { "-1" }
                            on:click=move |_| on_select.run(tab.id)
                        >
                            {tab.label}
                            <Count of=tab.count tone=tab.tone />
                        </button>
                    }
                })
                .collect_view()}
            </div>
            {end.map(|end| view! { <span class="tabs__end">{end()}</span> })}
        </div>
    }
}

fn focus_tab(id: &str) {
    let tab = document()
        .get_element_by_id(&format!("tab-{id}"))
        .and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(tab) = tab {
        // Focus fails on an element that is gone, and then nothing is lost.
        let _ = tab.focus();
    }
}

/// What a tab shows; there only while its tab is chosen.
#[component]
pub fn TabPanel(
    /// The tab's id.
    id: &'static str,
    /// The id of the chosen tab.
    #[prop(into)]
    selected: Signal<&'static str>,
    /// Classes of the panel.
    #[prop(optional)]
    class: &'static str,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let chosen = Memo::new(move |_| selected.get() == id);
    view! {
        <Show when=move || chosen.get()>
            <div
                class=class
                id=format!("panel-{id}")
                role="tabpanel"
                aria-labelledby=format!("tab-{id}")
            >
                {children()}
            </div>
        </Show>
    }
}
