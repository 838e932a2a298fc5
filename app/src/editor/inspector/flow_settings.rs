//! The flow's own settings, while nothing is selected.

use dom::prelude::*;
use editor::Command;
use flow::{FlowKind, FlowSetting};

use super::{super::desk::Desk, Hide, interface::InterfaceSettings, remark::Remark, variables};
use crate::{
    components::{Field, TextArea, TextInput, element_id},
    flow_kind::FlowTile,
};

/// What shared flows are often for; `type` may say something else.
const WIRE_TYPES: [&str; 5] = ["email", "chat", "voice", "message", "callback"];

/// The panel of the flow.
#[component]
pub(super) fn FlowSettings(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let name = Memo::new(move |_| desk.flow.with(|flow| flow.name.clone()));
    let description = Memo::new(move |_| desk.flow.with(|flow| flow.description.clone()));
    // It stays what it is while it is open.
    let kind = desk.flow.with_untracked(|flow| flow.kind);
    let read_only = Signal::derive(move || !desk.can_edit().get());
    let end = move || {
        desk.run(Command::EndTyping);
    };
    // A check without a node is about the flow.
    // Kept, so that a button stays while it is pressed and something else changes.
    let found = Memo::new(move |_| {
        let list = desk.problems.get();
        let general = list
            .all
            .iter()
            .filter(|problem| problem.place.node.is_none() && problem.place.edge.is_none());
        general.cloned().collect::<Vec<_>>()
    });
    let general = move || {
        let found = found.get().into_iter();
        found
            .map(|problem| view! { <Remark desk problem /> })
            .collect_view()
    };
    // What the form of the flow makes of its name and description.
    let note = match kind {
        FlowKind::Call => {
            Some("Name and description stay in Patchbay: a call flow is sent without them.")
        }
        FlowKind::Module => Some(
            "The inputs and outputs are sent as a line of the description, where callers look for them.",
        ),
        FlowKind::Lookup | FlowKind::Shared | FlowKind::Architect => None,
    };
    let note = note.map(|note| view! { <p class="field__hint">{note}</p> });
    let wire_type = (kind == FlowKind::Shared).then(|| view! { <WireType desk read_only /> });
    let interface = match kind {
        FlowKind::Module | FlowKind::Shared => Some(view! { <InterfaceSettings desk kind /> }),
        FlowKind::Lookup | FlowKind::Call | FlowKind::Architect => None,
    };
    view! {
        <header class="inspector__head">
            <FlowTile kind />
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">{name}</h2>
                <p class="inspector__kind">{kind.title()}</p>
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
                    {note}
                </Field>
                {wire_type}
            </section>
            {interface}
            <variables::Variables desk />
        </div>
    }
}

/// What a shared flow is for, as `type` says it.
#[component]
fn WireType(desk: Desk, read_only: Signal<bool>) -> impl IntoView {
    let wire_type = Memo::new(move |_| {
        desk.flow
            .with(|flow| flow.wire_type.clone().unwrap_or_default())
    });
    let set = move |text: String| {
        let wire_type = Some(text).filter(|text| !text.trim().is_empty());
        desk.run(Command::SetFlow(FlowSetting::WireType(wire_type)));
    };
    let list_id = element_id("types");
    view! {
        <Field
            label="Type"
            hint="The channel that it is for. Left empty, it is sent as email."
            optional=true
            name="wireType"
        >
            <TextInput
                value=wire_type
                on_input=set
                on_change=move |_| {
                    desk.run(Command::EndTyping);
                }
                placeholder=WIRE_TYPES[0]
                suggestions=Some(list_id.clone())
                read_only
            />
            <datalist id=list_id>
                {WIRE_TYPES.map(|wire_type| view! { <option value=wire_type></option> })}
            </datalist>
        </Field>
    }
}
