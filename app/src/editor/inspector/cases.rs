//! The cases of a split: a value and, where it does not say enough, a name.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::Command;
use flow::{Case, FieldSpec, FieldValue, NodeId, Port, Problem};

use super::{
    super::desk::{Desk, random_name},
    field::NodeSignal,
    node::set_field,
    rows::{RowProblem, RowsField, focus_row, place_by_key},
};
use crate::components::{IconButton, TextInput};

/// Rows of value and name. Alt with an arrow key moves a row; the way out of a
/// case goes with it.
#[component]
pub(super) fn Cases(
    desk: Desk,
    id: NodeId,
    node: NodeSignal,
    spec: &'static FieldSpec,
    found: Memo<Vec<Problem>>,
) -> impl IntoView {
    let group: NodeRef<html::Div> = NodeRef::new();
    let rows = Memo::new(move |_| {
        node.with(|node| {
            node.as_ref()
                .map(|node| node.cases(spec.key).to_vec())
                .unwrap_or_default()
        })
    });
    // Rows are known by their way out, which stays when they are edited.
    let ports = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| row.port.clone()).collect::<Vec<_>>())
    });
    let edit = desk.can_edit();
    let read_only = Signal::derive(move || !edit.get());
    let set = Callback::new(move |rows: Vec<Case>| {
        set_field(desk, &id, spec.key, Some(FieldValue::Cases(rows)));
    });
    let end = move || {
        desk.run(Command::EndTyping);
    };
    let place_of = move |port: &Port| {
        rows.with_untracked(|rows| rows.iter().position(|row| row.port == *port))
    };
    let changed = move |port: &Port, change: &dyn Fn(&mut Case)| {
        let mut rows = rows.get_untracked();
        if let Some(row) = rows.iter_mut().find(|row| row.port == *port) {
            change(row);
            set.run(rows);
        }
    };
    let add = move |()| {
        end();
        let mut rows = rows.get_untracked();
        // A way out that never was there, also not in somebody else's browser.
        let name: String = random_name().chars().take(6).collect();
        rows.push(Case {
            port: Port::new(format!("case-{name}")),
            value: String::new(),
            label: String::new(),
        });
        let last = rows.len() - 1;
        set.run(rows);
        end();
        focus_row(group, last);
    };
    let remove = move |port: &Port| {
        end();
        let mut rows = rows.get_untracked();
        let place = rows.iter().position(|row| row.port == *port).unwrap_or(0);
        rows.retain(|row| row.port != *port);
        set.run(rows);
        end();
        focus_row(group, place.saturating_sub(1));
    };
    let keyed = move |port: &Port, event: KeyboardEvent| {
        let Some(from) = place_of(port) else { return };
        let mut rows = rows.get_untracked();
        let to = place_by_key(&event, from, rows.len());
        if let Some(to) = to.filter(|_| !read_only.get_untracked()) {
            end();
            rows.swap(from, to);
            set.run(rows);
            end();
            focus_row(group, to);
            desk.announce(format!("Moved to place {}.", to + 1));
        }
    };
    let row = move |port: Port| {
        let of = move |part: fn(&Case) -> String, port: Port| {
            Memo::new(move |_| {
                rows.with(|rows| {
                    let row = rows.iter().find(|row| row.port == port);
                    row.map(part).unwrap_or_default()
                })
            })
        };
        let value = of(|case| case.value.clone(), port.clone());
        let label = of(|case| case.label.clone(), port.clone());
        let index = {
            let port = port.clone();
            Signal::derive(move || {
                ports.with(|ports| ports.iter().position(|other| *other == port))
            })
        };
        let number = move |what: &'static str| {
            Signal::derive(move || format!("{what} {}", index.get().unwrap_or_default() + 1))
        };
        let (port_value, port_label, port_key) = (port.clone(), port.clone(), port.clone());
        view! {
            <div
                class="pairs__row"
                data-row=move || index.get().map(|index| index.to_string())
                on:keydown=move |event| keyed(&port_key, event)
            >
                <TextInput
                    value=value
                    on_input=move |text: String| changed(&port_value, &|row| row.value.clone_from(&text))
                    on_change=move |_| end()
                    label=number("Value")
                    placeholder="Value"
                    code=true
                    small=true
                    read_only
                />
                <TextInput
                    value=label
                    on_input=move |text: String| changed(&port_label, &|row| row.label.clone_from(&text))
                    on_change=move |_| end()
                    label=number("Name")
                    placeholder="Name"
                    small=true
                    read_only
                />
                <Show when=move || edit.get()>
                    <IconButton
                        icon="x"
                        label=Signal::derive(move || format!("Remove case {}", value.get()))
                        side=crate::components::TooltipSide::End
                        small=true
                        on_click={
                            let port = port.clone();
                            move |_| remove(&port)
                        }
                    />
                </Show>
                <RowProblem found index />
            </div>
        }
    };
    view! {
        <RowsField spec add_label="Add case" on_add=Callback::new(add) can_edit=edit found group even=true>
            <For each=move || ports.get() key=Clone::clone let:port>
                {row(port)}
            </For>
        </RowsField>
    }
}
