//! The flow as a list in reading order: what each node is and where it leads.

use editor::SelectMode;
use flow::{EdgeId, NodeId, Severity};
use leptos::{attr::custom::custom_attribute, ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::{desk::Desk, look::Tile, problems::ProblemList};
use crate::components::{Count, Icon, IconSize, Tone};

/// A row of the outline.
#[derive(Clone, Debug, PartialEq)]
enum Row {
    Node {
        id: NodeId,
        kind: flow::Kind,
        label: String,
    },
    Exit {
        node: NodeId,
        edge: Option<EdgeId>,
        words: String,
        /// Whether something is missing there.
        dangles: bool,
    },
}

impl Row {
    fn key(&self) -> String {
        match self {
            Self::Node { id, label, .. } => format!("{id} {label}"),
            Self::Exit { node, words, .. } => format!("{node} > {words}"),
        }
    }
}

/// The outline.
#[component]
pub(super) fn Outline(desk: Desk) -> impl IntoView {
    let rows = Memo::new(move |_| {
        desk.revision.track();
        desk.drawn.track();
        rows(desk)
    });
    let step = move |event: KeyboardEvent| {
        let row = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let next = match event.key().as_str() {
            "ArrowDown" => row.and_then(|row| row.next_element_sibling()),
            "ArrowUp" => row.and_then(|row| row.previous_element_sibling()),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = next.focus();
        }
    };
    view! {
        <div class="panel__body">
            <div class="outline" role="tree" aria-label="Outline" on:keydown=step>
                <For each=move || rows.get() key=Row::key let:row>
                    {match row {
                        Row::Node { id, kind, label } => {
                            view! { <NodeRow desk id kind label /> }.into_any()
                        }
                        Row::Exit { node, edge, words, dangles } => {
                            view! { <ExitRow desk node edge words dangles /> }.into_any()
                        }
                    }}
                </For>
                <Show when=move || rows.with(Vec::is_empty)>
                    <p class="menu__label">"This flow is empty."</p>
                </Show>
            </div>
        </div>
    }
}

fn rows(desk: Desk) -> Vec<Row> {
    desk.read(|editor| {
        let flow = editor.flow();
        let mut rows = Vec::new();
        for id in editor.reading_order() {
            let Some(node) = flow.nodes.get(id) else {
                continue;
            };
            rows.push(Row::Node {
                id: id.clone(),
                kind: node.kind.clone(),
                label: node.label.clone(),
            });
            let ends = editor.ends_after(id);
            for exit in node.exits() {
                let edge = editor.edge_from(id, &exit.port);
                let target = edge
                    .and_then(|edge| flow.edges.get(edge))
                    .and_then(|edge| flow.nodes.get(&edge.target))
                    .map(|node| node.label.as_str());
                let name = if exit.label.is_empty() {
                    "next"
                } else {
                    exit.label.as_str()
                };
                rows.push(Row::Exit {
                    node: id.clone(),
                    edge: edge.cloned(),
                    words: match target {
                        Some(target) => format!("{name} to {target}"),
                        None if ends => "the flow ends here".to_owned(),
                        None => format!("{name} not connected"),
                    },
                    dangles: edge.is_none() && !ends,
                });
            }
        }
        rows
    })
}

/// How deep a row is in the tree. Leptos has no method of this name.
fn level(depth: u8) -> impl leptos::attr::Attribute {
    custom_attribute("aria-level", depth.to_string())
}

#[component]
fn NodeRow(desk: Desk, id: NodeId, kind: flow::Kind, label: String) -> impl IntoView {
    let selected = {
        let id = id.clone();
        Memo::new(move |_| desk.selected.with(|selected| selected.nodes.contains(&id)))
    };
    let found = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.problems
                .with(|list: &std::sync::Arc<ProblemList>| list.of_node(&id))
        })
    };
    let tone = Signal::derive(move || match found.get() {
        Some((Severity::Error, _)) => Tone::Danger,
        _ => Tone::Warning,
    });
    let choose = {
        let id = id.clone();
        move |toggle: bool| {
            if toggle {
                desk.run(editor::Command::Select {
                    nodes: vec![id.clone()],
                    mode: SelectMode::Toggle,
                });
            } else {
                desk.select_and_reveal(&id);
            }
        }
    };
    let keyed = {
        let choose = choose.clone();
        move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                choose(event.shift_key());
            }
        }
    };
    view! {
        <div
            class="outline__row"
            role="treeitem"
            {..level(1)}
            tabindex="0"
            aria-selected=move || selected.get().to_string()
            data-outline-node=id.as_str().to_owned()
            on:click=move |event| choose(event.shift_key() || event.ctrl_key() || event.meta_key())
            on:keydown=keyed
        >
            <Tile kind small=true />
            <span class="outline__name truncate">{label}</span>
            <Count of=Signal::derive(move || found.get().map_or(0, |(_, count)| count)) tone />
        </div>
    }
}

#[component]
fn ExitRow(
    desk: Desk,
    node: NodeId,
    edge: Option<EdgeId>,
    words: String,
    dangles: bool,
) -> impl IntoView {
    let selected = {
        let edge = edge.clone();
        Memo::new(move |_| {
            let edge = edge.as_ref();
            edge.is_some_and(|edge| desk.selected.with(|selected| selected.edges.contains(edge)))
        })
    };
    let icon = match (&edge, dangles) {
        (Some(_), _) => "arrow-right",
        (None, true) => "unlink",
        (None, false) => "circle-stop",
    };
    let edge_id = edge.as_ref().map(|edge| edge.as_str().to_owned());
    let choose = move || match &edge {
        Some(edge) => {
            desk.run(editor::Command::SelectEdge(edge.clone()));
        }
        None => desk.select_and_reveal(&node),
    };
    let keyed = {
        let choose = choose.clone();
        move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                choose();
            }
        }
    };
    view! {
        <div
            class="outline__row"
            class:outline__row--open=dangles
            role="treeitem"
            {..level(2)}
            tabindex="-1"
            aria-selected=move || selected.get().to_string()
            data-outline-edge=edge_id
            on:click=move |_| choose()
            on:keydown=keyed
        >
            <Icon name=icon size=IconSize::Small />
            <span class="outline__name truncate text-small">{words}</span>
        </div>
    }
}
