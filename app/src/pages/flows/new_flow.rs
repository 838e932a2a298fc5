//! Making a flow: a blank one of some kind, or from an example.

use api::Start;
use dom::prelude::*;
use flow::{TEMPLATES, Template, TemplateContent};

use super::actions::FlowActions;
use crate::{
    components::{ButtonKind, MenuButton, MenuItem, MenuLabel, MenuSeparator},
    flow_kind::{FlowTile, flow_icon},
};

/// The templates of a sort, in their order.
fn of(content: TemplateContent) -> impl Iterator<Item = &'static Template> {
    TEMPLATES
        .iter()
        .filter(move |template| template.content == content)
}

/// What a template is called among others of its sort: a blank flow is what
/// its kind is.
fn title(template: &Template) -> &'static str {
    match template.content {
        TemplateContent::Blank => template.kind.title(),
        TemplateContent::Example => template.title,
    }
}

/// The one thing that the list is for: a menu of what to start from.
#[component]
pub fn NewFlowButton() -> impl IntoView {
    let actions = expect_context::<FlowActions>();
    let busy = RwSignal::new(false);
    let items = move |content| {
        of(content)
            .map(|template| {
                view! {
                    <MenuItem
                        icon=flow_icon(template.kind)
                        detail=template.summary
                        on_choose=move |()| {
                            actions.make(Start::Template(template.name.to_owned()), busy);
                        }
                    >
                        {title(template)}
                    </MenuItem>
                }
            })
            .collect_view()
    };
    view! {
        <MenuButton label="New flow" icon="plus" kind=ButtonKind::Primary>
            <MenuLabel>"Start empty"</MenuLabel>
            {items(TemplateContent::Blank)}
            <MenuSeparator />
            <MenuLabel>"Start from an example"</MenuLabel>
            {items(TemplateContent::Example)}
        </MenuButton>
    }
}

/// The same, laid out where there is no flow yet.
#[component]
pub fn StartChoices() -> impl IntoView {
    let actions = expect_context::<FlowActions>();
    let busy = RwSignal::new(false);
    let choices = move |content| {
        of(content)
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
                        <FlowTile kind=template.kind />
                        <span>
                            <span class="choice__title">{title(template)}</span>
                            <span class="choice__text">{template.summary}</span>
                        </span>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="choices">
            <h3 class="choices__title title-group">"From an example"</h3>
            {choices(TemplateContent::Example)}
            <h3 class="choices__title title-group">"Empty"</h3>
            {choices(TemplateContent::Blank)}
        </div>
    }
}
