//! Where the exits of a node lead.

use dom::prelude::*;
use editor::Command;
use flow::{NodeId, Port};

use super::{
    super::desk::{Desk, Picking},
    field::NodeSignal,
    remark::remark_look,
};
use crate::components::{Icon, IconSize};

/// Where an exit leads.
#[derive(Clone, PartialEq)]
struct Way {
    port: Port,
    name: String,
    target: Option<(NodeId, String)>,
    /// Whether the flow ends here when it leads nowhere.
    ends: bool,
}

/// The exits of a node: a click on a target goes there.
#[component]
pub(super) fn Exits(desk: Desk, id: NodeId, node: NodeSignal) -> impl IntoView {
    let ways = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.revision.track();
            node.track();
            ways(desk, &id)
        })
    };
    let rows = move || {
        ways.get()
            .into_iter()
            .map(
                |Way {
                     port,
                     name,
                     target,
                     ends,
                 }| {
                    let end = match target {
                        Some((target, label)) => view! {
                            <button
                                class="rows__link"
                                type="button"
                                on:click=move |_| desk.select_and_reveal(&target)
                            >
                                <Icon name="arrow-right" size=IconSize::Small />
                                <span class="truncate">{label}</span>
                            </button>
                        }
                        .into_any(),
                        None => {
                            let id = id.clone();
                            let port = port.clone();
                            let edit = desk.can_edit();
                            view! {
                            <span>{if ends { "The flow ends here" } else { "Not connected" }}</span>
                            <Show when=move || edit.get()>
                                {
                                    let id = id.clone();
                                    let port = port.clone();
                                    view! {
                                        <button
                                            class="field__fix"
                                            type="button"
                                            on:click=move |_| {
                                                desk.run(Command::Reveal(id.clone()));
                                                desk.picking.set(Some(Picking {
                                                    node: id.clone(),
                                                    exit: Some(port.clone()),
                                                }));
                                            }
                                        >
                                            "Connect"
                                        </button>
                                    }
                                }
                            </Show>
                        }
                        .into_any()
                        }
                    };
                    view! {
                        <div class="rows__row">
                            <span class="truncate">{name}</span>
                            <span class="rows__end">{end}</span>
                            <Remarks desk id=id.clone() port />
                        </div>
                    }
                },
            )
            .collect_view()
    };
    view! {
        <Show when=move || !ways.with(Vec::is_empty)>
            <section class="section">
                <h3 class="section__title">"Exits"</h3>
                <div class="rows">{rows.clone()}</div>
            </section>
        </Show>
    }
}

/// What is wrong with an exit.
#[component]
fn Remarks(desk: Desk, id: NodeId, port: Port) -> impl IntoView {
    let found = Memo::new(move |_| {
        let list = desk.problems.get();
        let of_exit = list.all.iter().filter(|problem| {
            problem.place.node.as_ref() == Some(&id) && problem.place.port.as_ref() == Some(&port)
        });
        of_exit.cloned().collect::<Vec<_>>()
    });
    move || {
        let found = found.get().into_iter();
        found
            .map(|problem| {
                let (class, icon) = remark_look(problem.severity);
                view! {
                    <p class=class>
                        <Icon name=icon />
                        <span>{problem.message}</span>
                    </p>
                }
            })
            .collect_view()
    }
}

fn ways(desk: Desk, id: &NodeId) -> Vec<Way> {
    desk.read(|editor| {
        let flow = editor.flow();
        let ends = editor.ends_after(id);
        editor
            .exits(id)
            .iter()
            .map(|exit| {
                let edge = editor.edge_from(id, &exit.port);
                let target = edge.and_then(|edge| flow.edges.get(edge)).and_then(|edge| {
                    let node = flow.nodes.get(&edge.target)?;
                    Some((edge.target.clone(), node.label.clone()))
                });
                Way {
                    port: exit.port.clone(),
                    name: if exit.label.is_empty() {
                        "Next".to_owned()
                    } else {
                        exit.label.clone()
                    },
                    target,
                    ends,
                }
            })
            .collect()
    })
}
