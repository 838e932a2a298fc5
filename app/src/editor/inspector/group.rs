//! The group that is selected: its name and its colour.

use dom::prelude::*;
use editor::{Command, Editor};
use flow::{Group, Tint};
use std::sync::Arc;

use super::super::{desk::Desk, tints::TintPicker};
use crate::components::{Button, Field, TextInput};

/// The part of the panel of several steps that is about their group; the button
/// that makes them one where they are none.
#[component]
pub(super) fn GroupSection(desk: Desk) -> impl IntoView {
    let group = Memo::new(move |_| {
        desk.drawn.track();
        desk.selected.track();
        desk.read(Editor::selected_group)
    });
    let edit = desk.can_edit();
    let has_nodes = move || desk.selected.with(|selected| !selected.nodes.is_empty());
    let make = move || {
        view! {
            <Show when=move || edit.get() && has_nodes()>
                <section class="section inspector__actions">
                    <Button
                        icon="group"
                        small=true
                        wide=true
                        on_click=move |_| {
                            desk.run(Command::Group);
                        }
                    >
                        "Group"
                    </Button>
                </section>
            </Show>
        }
    };
    move || match group.get() {
        Some(id) => view! { <GroupProperties desk id /> }.into_any(),
        None => make().into_any(),
    }
}

#[component]
fn GroupProperties(desk: Desk, id: flow::GroupId) -> impl IntoView {
    let group = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.drawn.track();
            desk.read(|editor| editor.flow().groups.get(&id).cloned())
        })
    };
    let title = Memo::new(move |_| {
        let title = |group: &Option<Arc<Group>>| group.as_ref().map(|group| group.title.clone());
        group.with(title).unwrap_or_default()
    });
    let tint = Memo::new(move |_| {
        group.with(|group| group.as_ref().map_or(Tint::default(), |group| group.tint))
    });
    let edit = desk.can_edit();
    let read_only = Signal::derive(move || !edit.get());
    let rename = {
        let group = id.clone();
        move |title: String| {
            desk.run(Command::SetGroupTitle {
                group: group.clone(),
                title,
            });
        }
    };
    view! {
        <section class="section">
            <Field label="Group">
                <TextInput
                    value=title
                    on_input=rename
                    on_change=move |_| {
                        desk.run(Command::EndTyping);
                    }
                    read_only
                />
            </Field>
            <Field label="Colour">
                <TintPicker
                    chosen=tint
                    on_choose=move |tint| {
                        desk.run(Command::SetGroupTint {
                            group: id.clone(),
                            tint,
                        });
                    }
                    read_only
                />
            </Field>
        </section>
        <Show when=move || edit.get()>
            <section class="section inspector__actions">
                <Button
                    icon="group"
                    small=true
                    wide=true
                    on_click=move |_| {
                        desk.run(Command::Ungroup);
                    }
                >
                    "Ungroup"
                </Button>
            </section>
        </Show>
    }
}
