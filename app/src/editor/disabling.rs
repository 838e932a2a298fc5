//! Disabling in menus and panels.

use dom::prelude::*;
use editor::Command;
use flow::{Node, NodeId};
use std::sync::Arc;

use super::desk::Desk;
use crate::components::{Button, Icon, MenuItem};

/// Whether everything that is selected is disabled already, so that the next
/// thing to do is to enable it.
fn all_disabled(desk: Desk) -> Memo<bool> {
    Memo::new(move |_| {
        desk.revision.track();
        desk.selected.with(|selected| {
            desk.read(|editor| {
                let nodes = &editor.flow().nodes;
                let is_disabled = |id| nodes.get(id).is_some_and(|node: &Arc<Node>| node.disabled);
                !selected.nodes.is_empty() && selected.nodes.iter().all(is_disabled)
            })
        })
    })
}

fn verb(all_disabled: Memo<bool>) -> &'static str {
    if all_disabled.get() {
        "Enable"
    } else {
        "Disable"
    }
}

/// The item of a menu.
#[component]
pub(super) fn DisableItem(desk: Desk) -> impl IntoView {
    let all_disabled = all_disabled(desk);
    view! {
        <MenuItem icon="power" keys="D" on_choose=move |()| {
            desk.run(Command::ToggleDisabled);
        }>{move || verb(all_disabled)}</MenuItem>
    }
}

/// The button of a panel.
#[component]
pub(super) fn DisableButton(desk: Desk) -> impl IntoView {
    let all_disabled = all_disabled(desk);
    view! {
        <Button
            icon="power"
            small=true
            wide=true
            on_click=move |_| {
                desk.run(Command::ToggleDisabled);
            }
        >
            {move || verb(all_disabled)}
        </Button>
    }
}

/// Says at the head of a disabled node's properties what that means.
#[component]
pub(super) fn DisabledRemark(
    desk: Desk,
    id: NodeId,
    node: Memo<Option<Arc<Node>>>,
) -> impl IntoView {
    let disabled =
        Memo::new(move |_| node.with(|node| node.as_ref().is_some_and(|node| node.disabled)));
    let next = Memo::new(move |_| {
        desk.revision.track();
        desk.read(|editor| {
            let flow = editor.flow();
            let (_, edge) = flow.edges_from(&id).next()?;
            flow.nodes.get(&edge.target).map(|node| node.label.clone())
        })
    });
    let edit = desk.can_edit();
    let words = move || match next.get() {
        Some(next) => {
            format!("Disabled: it is not sent, and what leads here goes on to “{next}”.")
        }
        None => "Disabled: it is not sent.".to_owned(),
    };
    view! {
        <Show when=move || disabled.get()>
            <p class="field__hint inspector__remark">
                <Icon name="power" />
                <span>
                    {words} " "
                    <Show when=move || edit.get()>
                        <button
                            class="field__fix"
                            type="button"
                            on:click=move |_| {
                                desk.run(Command::ToggleDisabled);
                            }
                        >
                            "Enable"
                        </button>
                    </Show>
                </span>
            </p>
        </Show>
    }
}
