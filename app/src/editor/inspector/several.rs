//! Several things selected: how many, and what can be done with all of them.

use dom::prelude::*;
use editor::Command;

use super::{
    super::{desk::Desk, disabling::DisableButton},
    Hide,
    group::GroupSection,
};
use crate::components::{Button, ButtonKind, Icon};

/// The panel of a selection of several.
#[component]
pub(super) fn SeveralSelected(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let words = move || {
        desk.selected.with(|selected| {
            let counted = |count: usize, one: &str| match count {
                0 => None,
                1 => Some(format!("1 {one}")),
                many => Some(format!("{many} {one}s")),
            };
            let parts: Vec<_> = [
                counted(selected.nodes.len(), "node"),
                counted(selected.edges.len(), "connection"),
                counted(selected.notes.len(), "note"),
            ]
            .into_iter()
            .flatten()
            .collect();
            parts.join(", ")
        })
    };
    let edit = desk.can_edit();
    let act = move |command: Command| {
        move |_| {
            desk.run(command.clone());
        }
    };
    view! {
        <header class="inspector__head">
            <span class="tile" data-category="unknown">
                <Icon name="group" />
            </span>
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">{words}</h2>
                <p class="inspector__kind">"Selected"</p>
            </div>
            <Hide open />
        </header>
        <div class="panel__body">
            <GroupSection desk />
            <section class="section inspector__actions">
                <Button icon="fit" small=true wide=true on_click=act(Command::FitSelection)>
                    "Bring into view"
                </Button>
                <Show when=move || edit.get()>
                    <Button icon="copy" small=true wide=true on_click=act(Command::Duplicate)>
                        "Duplicate"
                    </Button>
                    <DisableButton desk />
                    <Button icon="unlink" small=true wide=true on_click=act(Command::DeleteAndHeal)>
                        "Remove and reconnect"
                    </Button>
                    <Button
                        kind=ButtonKind::Danger
                        icon="trash"
                        small=true
                        wide=true
                        on_click=act(Command::Delete)
                    >
                        "Delete"
                    </Button>
                </Show>
            </section>
        </div>
    }
}
