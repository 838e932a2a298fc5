//! Connecting without a drag: pick an exit, then where it leads.

use editor::Command;
use flow::{NodeId, Port};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::super::desk::Desk;
use crate::components::element_id;

/// One possible connection.
#[derive(Clone, PartialEq)]
struct Offer {
    port: Port,
    target: NodeId,
    words: String,
}

/// The list of possible connections of a node, while it is open.
#[component]
pub(super) fn PickConnection(desk: Desk) -> impl IntoView {
    move || {
        desk.picking
            .get()
            .filter(|_| desk.can_edit().get())
            .map(|node| view! { <Picker desk node /> })
    }
}

fn offers(desk: Desk, source: &NodeId) -> Vec<Offer> {
    desk.read(|editor| {
        let label = |id: &NodeId| {
            let node = editor.flow().nodes.get(id);
            node.map_or("", |node| node.label.as_str())
        };
        let mut offers = Vec::new();
        for exit in editor.exits(source) {
            for target in editor.valid_targets(source, &exit.port) {
                let words = if exit.label.is_empty() {
                    format!("to {}", label(&target))
                } else {
                    format!("{} to {}", exit.label, label(&target))
                };
                offers.push(Offer {
                    port: exit.port.clone(),
                    target,
                    words,
                });
            }
        }
        offers
    })
}

#[component]
fn Picker(desk: Desk, node: NodeId) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let field: NodeRef<html::Input> = NodeRef::new();
    let list_id = element_id("connect");
    let all = offers(desk, &node);
    let found = Memo::new(move |_| {
        let search = search.get().to_lowercase();
        let mut found = all.clone();
        found.retain(|offer| offer.words.to_lowercase().contains(&search));
        found
    });
    let close = {
        let node = node.clone();
        move || {
            desk.picking.set(None);
            if let Some(surface) = desk.surface() {
                surface.focus_node(desk, node.clone());
            }
        }
    };
    let choose = {
        let (node, close) = (node.clone(), close.clone());
        move |offer: Offer| {
            desk.run(Command::Connect {
                source: node.clone(),
                port: offer.port,
                target: offer.target,
            });
            close();
        }
    };
    let keyed = {
        let (close, choose) = (close.clone(), choose.clone());
        move |event: KeyboardEvent| {
            let count = found.with(Vec::len).max(1);
            match event.key().as_str() {
                "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
                "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
                "Enter" => {
                    if let Some(offer) = found.with(|found| found.get(active.get()).cloned()) {
                        choose(offer);
                    }
                }
                "Escape" | "Tab" => close(),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            super::surface::focus_quietly(&field);
        }
    });
    let at = desk.read(|editor| {
        let camera = editor.camera();
        camera.to_screen(editor.position_shown(&node) + flow::Point::new(0.0, 76.0))
    });
    let items = {
        let list_id = list_id.clone();
        move || {
            let choose = choose.clone();
            let list_id = list_id.clone();
            found
                .get()
                .into_iter()
                .enumerate()
                .map(|(index, offer)| {
                    let choose = choose.clone();
                    let words = offer.words.clone();
                    view! {
                        <div
                            class="quick-add__item"
                            role="option"
                            id=format!("{list_id}-{index}")
                            aria-selected=move || (active.get() == index).to_string()
                            on:click=move |_| choose(offer.clone())
                        >
                            <span class="quick-add__text truncate">{words}</span>
                        </div>
                    }
                })
                .collect_view()
        }
    };
    let described = {
        let list_id = list_id.clone();
        move || format!("{list_id}-{}", active.get())
    };
    let blur = close;
    view! {
        <div
            class="popover quick-add"
            data-control=""
            data-panel="connect"
            style:left=format!("{}px", at.x.max(8.0))
            style:top=format!("{}px", at.y.max(8.0))
            on:pointerdown=|event| event.stop_propagation()
        >
            <input
                node_ref=field
                class="quick-add__search"
                type="text"
                role="combobox"
                autocomplete="off"
                aria-expanded="true"
                aria-controls=list_id.clone()
                aria-activedescendant=described
                aria-label="Connect"
                placeholder="Connect…"
                prop:value=search
                on:input=move |event| {
                    search.set(event_target_value(&event));
                    active.set(0);
                }
                on:keydown=keyed
                on:blur=move |_| blur()
            />
            <div class="quick-add__list" role="listbox" id=list_id aria-label="Connections">
                {items}
                <Show when=move || found.with(Vec::is_empty)>
                    <p class="menu__label">"There is nothing to connect with."</p>
                </Show>
            </div>
        </div>
    }
}
