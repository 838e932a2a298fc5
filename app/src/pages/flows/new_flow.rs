//! Making a flow: from a template, or empty.

use api::Start;
use flow::{TEMPLATES, Template};
use leptos::prelude::*;

use super::actions::FlowActions;
use crate::components::{ButtonKind, Icon, MenuButton, MenuItem, MenuLabel};

fn icon(template: &Template) -> &'static str {
    match template.name {
        "empty" => "plus",
        _ => "contact-search",
    }
}

/// The one thing that the list is for: a menu of what to start from.
#[component]
pub fn NewFlowButton() -> impl IntoView {
    let actions = expect_context::<FlowActions>();
    let busy = RwSignal::new(false);
    view! {
        <MenuButton label="New flow" icon="plus" kind=ButtonKind::Primary>
            <MenuLabel>"Start from"</MenuLabel>
            {TEMPLATES
                .iter()
                .map(|template| {
                    view! {
                        <MenuItem
                            icon=icon(template)
                            on_choose=move |()| {
                                actions.make(Start::Template(template.name.to_owned()), busy);
                            }
                        >
                            {template.title}
                        </MenuItem>
                    }
                })
                .collect_view()}
        </MenuButton>
    }
}

/// The same, laid out where there is no flow yet.
#[component]
pub fn StartChoices() -> impl IntoView {
    let actions = expect_context::<FlowActions>();
    let busy = RwSignal::new(false);
    view! {
        <div class="choices">
            {TEMPLATES
                .iter()
                .rev()
                .map(|template| {
                    view! {
                        <button
                            class="choice"
                            type="button"
                            aria-busy=move || busy.get().then_some("true")
                            on:click=move |_| {
                                actions.make(Start::Template(template.name.to_owned()), busy);
                            }
                        >
                            <span class="tile" data-category="data">
                                <Icon name=icon(template) />
                            </span>
                            <span>
                                <span class="choice__title">{template.title}</span>
                                <span class="choice__text">{template.summary}</span>
                            </span>
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}
