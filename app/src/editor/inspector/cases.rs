//! The cases of a split: a value and, where it does not say enough, a name.

use editor::Command;
use flow::{Case, FieldSpec, FieldValue, NodeId, Port, Problem};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    super::desk::{Desk, random_name},
    field::NodeSignal,
    node::set_field,
    pairs::focus_row,
};
use crate::components::{Button, ButtonKind, Icon, IconButton, TextInput, element_id};

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
    let label_id = element_id("cases");
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
    let add = move |_| {
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
        let up = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => true,
            "ArrowDown" if event.alt_key() => false,
            _ => return,
        };
        event.prevent_default();
        let Some(from) = place_of(port) else { return };
        let to = if up {
            from.checked_sub(1)
        } else {
            Some(from + 1)
        };
        let mut rows = rows.get_untracked();
        if let Some(to) = to.filter(|to| *to < rows.len() && !read_only.get_untracked()) {
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
            Memo::new(move |_| ports.with(|ports| ports.iter().position(|other| *other == port)))
        };
        let problem = move || {
            let index = index.get()?;
            found.with(|found| {
                let at_row = found
                    .iter()
                    .find(|problem| problem.place.row == Some(index));
                at_row.map(|problem| problem.message.clone())
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
                {move || {
                    problem()
                        .map(|message| {
                            view! {
                                <p class="field__error">
                                    <Icon name="circle-alert" />
                                    <span>{message}</span>
                                </p>
                            }
                        })
                }}
            </div>
        }
    };
    let general = move || {
        found.with(|found| {
            found
                .iter()
                .filter(|problem| problem.place.row.is_none())
                .map(|problem| {
                    view! {
                        <p class="field__error">
                            <Icon name="circle-alert" />
                            <span>{problem.message.clone()}</span>
                        </p>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <div class="field" data-field=spec.key>
            <span class="field__label" id=label_id.clone()>
                {spec.label}
            </span>
            <div class="pairs pairs--even" role="group" aria-labelledby=label_id node_ref=group>
                <For each=move || ports.get() key=Clone::clone let:port>
                    {row(port)}
                </For>
                <Show when=move || edit.get()>
                    <Button
                        kind=ButtonKind::Ghost
                        icon="plus"
                        small=true
                        on_click=add
                        attr:data-add=spec.key
                    >
                        "Add case"
                    </Button>
                </Show>
            </div>
            <p class="field__hint">{spec.help}</p>
            {general}
        </div>
    }
}
