//! The field that says what a node calls: a module, a shared flow, a data
//! action.

use dom::prelude::*;
use editor::Command;
use flow::{Entity, EntityKind, EntityRef, FieldSpec, FieldValue, NodeId};

use super::{
    super::{desk::Desk, workspace::Listing},
    field::NodeSignal,
    node::set_field,
};
use crate::components::{Combobox, Field, Offer};

/// One of the workspace by name, or the id of what exists upstream only.
#[component]
pub(super) fn Reference(
    desk: Desk,
    id: NodeId,
    node: NodeSignal,
    spec: &'static FieldSpec,
    kind: EntityKind,
    error: Signal<Option<String>>,
    warning: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| {
        node.with(|node| {
            node.as_ref()
                .and_then(|node| node.reference(spec.key).cloned())
        })
    });
    let entity = move || desk.workspace.find(kind, &chosen.get()?);
    let text = Memo::new(move |_| match (entity(), chosen.get()) {
        (Some(entity), _) => entity.name,
        (None, Some(reference)) => reference.to_string(),
        (None, None) => String::new(),
    });
    let offers = Memo::new(move |_| {
        // The flow's own name is no offer.
        desk.flow.track();
        let offers = desk.read(|editor| desk.workspace.offers(kind, editor.flow()));
        offers.into_iter().map(offer).collect::<Vec<_>>()
    });
    let hint = Signal::derive(move || match entity().and_then(|entity| entity.id) {
        Some(id) => format!("Id {id}"),
        None => spec.help.to_owned(),
    });
    let when_empty = Signal::derive(move || match desk.workspace.listing() {
        Listing::Waiting => "Loading…".to_owned(),
        Listing::Known => format!(
            "There is no {} here yet. Type the id of one that exists in Genesys Cloud.",
            kind.title()
        ),
        Listing::Failed(_) => format!("Type the id of a {} in Genesys Cloud.", kind.title()),
    });
    let choose = move |chosen: Option<EntityRef>| {
        desk.run(Command::EndTyping);
        set_field(desk, &id, spec.key, chosen.map(FieldValue::Reference));
        desk.run(Command::EndTyping);
    };
    let ask = move || desk.workspace.ask(desk.client);
    let not_loaded = move || match desk.workspace.listing() {
        Listing::Failed(failure) => Some(view! {
            <p class="field__hint property__note" role="status">
                {format!("The list could not be loaded. {failure} ")}
                <button class="field__fix" type="button" on:click=move |_| ask()>
                    "Try again"
                </button>
            </p>
        }),
        Listing::Waiting | Listing::Known => None,
    };
    view! {
        <Field label=spec.label hint error warning optional=!spec.required name=spec.key>
            <Combobox
                text
                chosen
                offers
                typed_offer
                when_empty
                on_choose=choose
                on_open=move |()| ask()
                placeholder=format!("Name or id of a {}", kind.title())
                read_only=Signal::derive(move || !desk.can_edit().get())
            />
        </Field>
        {not_loaded}
    }
}

fn offer(entity: Entity) -> Offer<EntityRef> {
    let Entity { id, name, .. } = entity;
    Offer {
        value: match &id {
            Some(id) => EntityRef::Id(id.clone()),
            None => EntityRef::Name(name.clone()),
        },
        title: name,
        warning: id.is_none().then_some("not published yet"),
        note: id,
    }
}

/// A text that is no name here can only be an id.
fn typed_offer(text: &str) -> Offer<EntityRef> {
    Offer {
        value: EntityRef::Id(text.to_owned()),
        title: format!("Use the id “{text}”"),
        note: None,
        warning: None,
    }
}
