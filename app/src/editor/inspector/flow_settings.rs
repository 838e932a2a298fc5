//! The flow's own settings, while nothing is selected.

use editor::Command;
use flow::{FlowKind, FlowSetting};
use leptos::prelude::*;

use super::{super::desk::Desk, Hide, variables};
use crate::components::{Field, Icon, TextArea, TextInput};

/// The name of a sort of flow for people.
pub(crate) fn flow_kind_title(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Lookup => "Lookup flow",
    }
}

/// The panel of the flow.
#[component]
pub(super) fn FlowSettings(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let name = Memo::new(move |_| desk.flow.with(|flow| flow.name.clone()));
    let description = Memo::new(move |_| desk.flow.with(|flow| flow.description.clone()));
    let kind = Memo::new(move |_| desk.flow.with(|flow| flow_kind_title(flow.kind)));
    let read_only = Signal::derive(move || !desk.can_edit().get());
    let end = move || {
        desk.run(Command::EndTyping);
    };
    // A check without a node is about the flow.
    let general = move || {
        let list = desk.problems.get();
        list.all
            .iter()
            .filter(|problem| problem.place.node.is_none() && problem.place.edge.is_none())
            .map(|problem| {
                view! {
                    <p class="field__error inspector__remark">
                        <Icon name="circle-alert" />
                        <span>{problem.message.clone()}</span>
                    </p>
                }
            })
            .collect_view()
    };
    view! {
        <header class="inspector__head">
            <span class="tile" data-category="unknown">
                <Icon name="workflow" />
            </span>
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">{name}</h2>
                <p class="inspector__kind">{kind}</p>
            </div>
            <Hide open />
        </header>
        <div class="panel__body">
            <section class="section">
                {general}
                <Field label="Name" name="name">
                    <TextInput
                        value=name
                        on_input=move |text: String| {
                            desk.run(Command::SetFlow(FlowSetting::Name(text)));
                        }
                        on_change=move |_| end()
                        read_only
                    />
                </Field>
                <Field label="Description" optional=true name="description">
                    <TextArea
                        value=description
                        on_input=move |text: String| {
                            desk.run(Command::SetFlow(FlowSetting::Description(text)));
                        }
                        on_change=move |_| end()
                        read_only
                    />
                </Field>
            </section>
            <variables::Variables desk read_only />
        </div>
    }
}
