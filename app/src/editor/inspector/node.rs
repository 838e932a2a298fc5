//! The properties of one node, as the catalogue states them.

use dom::prelude::*;
use editor::Command;
use flow::{FieldKey, FieldSpec, Kind, Node, NodeId};
use std::sync::Arc;

use super::{
    super::{
        desk::Desk,
        disabling::{DisableItem, DisabledRemark},
        look::{Tile, kind_title},
    },
    Hide, exits, field, foreign,
    remark::Remark,
};
use crate::components::{
    ButtonKind, Field, MenuButton, MenuItem, MenuSeparator, TextInput, TooltipSide,
};

/// The node as it stands, while it is there.
pub(super) fn node_signal(desk: Desk, id: &NodeId) -> Memo<Option<Arc<Node>>> {
    let id = id.clone();
    Memo::new_with_compare(
        move |_| {
            desk.revision.track();
            desk.read(|editor| editor.flow().nodes.get(&id).cloned())
        },
        |before, now| match (
            before.and_then(Option::as_ref),
            now.and_then(Option::as_ref),
        ) {
            (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
            (None, None) => false,
            _ => true,
        },
    )
}

/// The panel of one node.
#[component]
pub(super) fn NodeProperties(desk: Desk, id: NodeId, open: RwSignal<bool>) -> impl IntoView {
    let node = node_signal(desk, &id);
    let label = Memo::new(move |_| {
        node.with(|node| {
            node.as_ref()
                .map(|node| node.label.clone())
                .unwrap_or_default()
        })
    });
    let kind = Memo::new(move |_| {
        node.with(|node| node.as_ref().map_or(Kind::START, |node| node.kind.clone()))
    });
    let edit = desk.can_edit();
    let body: NodeRef<dom::html::Div> = NodeRef::new();
    field::follow_target(desk, id.clone(), body);
    let fields = {
        let id = id.clone();
        move || match kind.get().spec() {
            Some(spec) if spec.fields.is_empty() => {
                view! { <p class="property text-muted">{spec.help}</p> }.into_any()
            }
            Some(spec) => grouped(spec.fields)
                .into_iter()
                .map(|group| {
                    let fields = group
                        .iter()
                        .map(|spec| view! { <field::NodeField desk id=id.clone() node spec /> })
                        .collect_view();
                    if group.len() > 1 {
                        view! { <div class="field-row">{fields}</div> }.into_any()
                    } else {
                        fields.into_any()
                    }
                })
                .collect_view()
                .into_any(),
            None => view! { <foreign::ForeignFields node /> }.into_any(),
        }
    };
    let rename = {
        let id = id.clone();
        move |label: String| {
            desk.run(Command::SetLabel {
                node: id.clone(),
                label,
            });
        }
    };
    let general = {
        let id = id.clone();
        // Problems of the node as a whole; those of an exit stand with the exits.
        // Kept, so that a button stays while it is pressed and something else changes.
        let found = Memo::new(move |_| {
            let list = desk.problems.get();
            let found = list.all.iter().filter(|problem| {
                let place = &problem.place;
                place.node.as_ref() == Some(&id) && place.field.is_none() && place.port.is_none()
            });
            found.cloned().collect::<Vec<_>>()
        });
        move || {
            let found = found.get().into_iter();
            found
                .map(|problem| view! { <Remark desk problem /> })
                .collect_view()
        }
    };
    view! {
        <header class="inspector__head">
            <Tile kind />
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">{label}</h2>
                <p class="inspector__kind">{move || kind.with(kind_title)}</p>
            </div>
            <Show when=move || edit.get()>
                <MenuButton
                    label="More actions"
                    kind=ButtonKind::Ghost
                    icon="more"
                    icon_only=true
                    small=true
                    side=TooltipSide::End
                >
                    <MenuItem icon="copy" keys="Mod+D" on_choose=move |()| {
                        desk.run(Command::Duplicate);
                    }>"Duplicate"</MenuItem>
                    <DisableItem desk />
                    <MenuItem icon="unlink" keys="Mod+Delete" on_choose=move |()| {
                        desk.run(Command::DeleteAndHeal);
                    }>"Remove and reconnect"</MenuItem>
                    <MenuSeparator />
                    <MenuItem icon="trash" keys="Delete" danger=true on_choose=move |()| {
                        desk.run(Command::Delete);
                    }>"Delete"</MenuItem>
                </MenuButton>
            </Show>
            <Hide open />
        </header>
        <div class="panel__body" node_ref=body>
            <section class="section">
                <DisabledRemark desk id=id.clone() node />
                {general}
                <Field label="Name" name="label">
                    <TextInput
                        value=label
                        on_input=rename
                        on_change=move |_| {
                            desk.run(Command::EndTyping);
                        }
                        read_only=Signal::derive(move || !edit.get())
                    />
                </Field>
                {fields}
            </section>
            <exits::Exits desk id=id.clone() node />
        </div>
    }
}

/// Short fields that follow each other share a row.
fn grouped(fields: &'static [FieldSpec]) -> Vec<Vec<&'static FieldSpec>> {
    use flow::FieldInput::{Choice, Integer};
    let is_short = |spec: &FieldSpec| matches!(spec.input, Choice(_) | Integer { .. });
    let mut groups: Vec<Vec<&FieldSpec>> = Vec::new();
    for spec in fields {
        match groups.last_mut() {
            Some(group)
                if is_short(spec)
                    && group.len() < 2
                    && group.iter().all(|other| is_short(other)) =>
            {
                group.push(spec);
            }
            _ => groups.push(vec![spec]),
        }
    }
    groups
}

/// Sets a field of a node.
pub(super) fn set_field(desk: Desk, node: &NodeId, key: &str, value: Option<flow::FieldValue>) {
    desk.run(Command::SetField {
        node: node.clone(),
        field: FieldKey::new(key),
        value,
    });
}
