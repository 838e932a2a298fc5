//! The properties of one edge: its ends and its label.

use dom::prelude::*;
use editor::Command;
use flow::{EdgeId, NodeId};

use super::{
    super::{
        canvas::{EdgeLabelField, edge_name},
        desk::Desk,
    },
    Hide,
};
use crate::components::{Button, Icon};

/// The panel of one edge.
#[component]
pub(super) fn EdgeProperties(desk: Desk, id: EdgeId, open: RwSignal<bool>) -> impl IntoView {
    let name = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.revision.track();
            edge_name(desk, &id)
        })
    };
    let ends = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.revision.track();
            ends(desk, &id)
        })
    };
    // Where the exit has a name of its own, that is what goes over the wire.
    let named = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.revision.track();
            exit_name(desk, &id)
        })
    };
    let edit = desk.can_edit();
    let label_field = {
        let id = id.clone();
        move || match named.get() {
            Some(exit) => view! {
                <p class="text-muted">
                    {format!("This connection is called “{exit}”, after its exit.")}
                </p>
            }
            .into_any(),
            None => view! { <EdgeLabelField desk id=id.clone() /> }.into_any(),
        }
    };
    let remove = {
        let id = id.clone();
        move |_| {
            desk.run(Command::Disconnect(id.clone()));
        }
    };
    let rows = move || {
        ends.get()
            .into_iter()
            .map(|(what, node, label)| {
                view! {
                    <div class="rows__row">
                        {what}
                        <span class="rows__end">
                            <button
                                class="rows__link"
                                type="button"
                                on:click=move |_| desk.select_and_reveal(&node)
                            >
                                <span class="truncate">{label}</span>
                            </button>
                        </span>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <header class="inspector__head">
            <span class="tile" data-category="unknown">
                <Icon name="branch" />
            </span>
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">{name}</h2>
                <p class="inspector__kind">"Connection"</p>
            </div>
            <Hide open />
        </header>
        <div class="panel__body">
            <section class="section">{label_field}</section>
            <section class="section">
                <h3 class="section__title">"Ends"</h3>
                <div class="rows">{rows}</div>
            </section>
            <Show when=move || edit.get()>
                <section class="section">
                    <Button icon="trash" small=true on_click=remove.clone()>
                        "Remove connection"
                    </Button>
                </section>
            </Show>
        </div>
    }
}

fn ends(desk: Desk, id: &EdgeId) -> Vec<(&'static str, NodeId, String)> {
    desk.read(|editor| {
        let flow = editor.flow();
        let Some(edge) = flow.edges.get(id) else {
            return Vec::new();
        };
        let label = |id: &NodeId| {
            flow.nodes
                .get(id)
                .map_or_else(String::new, |n| n.label.clone())
        };
        vec![
            ("From", edge.source.clone(), label(&edge.source)),
            ("To", edge.target.clone(), label(&edge.target)),
        ]
    })
}

fn exit_name(desk: Desk, id: &EdgeId) -> Option<String> {
    desk.read(|editor| {
        let edge = editor.flow().edges.get(id)?;
        let exits = editor.exits(&edge.source);
        let exit = exits.iter().find(|exit| exit.port == edge.port)?;
        (!exit.label.is_empty()).then(|| exit.label.clone())
    })
}
