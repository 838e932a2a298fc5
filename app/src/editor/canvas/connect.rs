//! Connecting without a drag: pick an exit, then where it leads.

use editor::{Command, geometry};
use flow::{NodeId, Point, Port};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::super::desk::{AddThen, Desk, Picking, QuickAdd};
use crate::components::element_id;

/// How high the list gets, in screen pixels.
const MOST_HEIGHT: f64 = 300.0;
/// The field above it.
const FIELD_HEIGHT: f64 = 44.0;
/// Between the popover and the card, and the pane's border.
const GAP: f64 = 8.0;
/// The popover's width.
const WIDTH: f64 = 280.0;

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
            .map(|Picking { node, exit }| view! { <Picker desk node exit /> })
    }
}

fn offers(desk: Desk, source: &NodeId, only: Option<&Port>) -> Vec<Offer> {
    desk.read(|editor| {
        let label = |id: &NodeId| {
            let node = editor.flow().nodes.get(id);
            node.map_or("", |node| node.label.as_str())
        };
        let mut offers = Vec::new();
        let exits = editor.exits(source).iter();
        for exit in exits.filter(|exit| only.is_none_or(|only| exit.port == *only)) {
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

/// The exit after which a new step can be added: the one that was asked for,
/// else the first that leads nowhere.
fn exit_for_new(desk: Desk, source: &NodeId, only: Option<Port>) -> Option<Port> {
    only.or_else(|| {
        desk.read(|editor| {
            let mut exits = editor.exits(source).iter();
            let free = exits.find(|exit| editor.edge_from(source, &exit.port).is_none())?;
            Some(free.port.clone())
        })
    })
}

/// Where the popover stands, in screen pixels of the pane: below the card, or
/// above it where there is more room.
struct Stand {
    left: f64,
    top: Option<f64>,
    bottom: Option<f64>,
    list_height: f64,
}

impl Stand {
    fn beside(desk: Desk, node: &NodeId) -> Self {
        let (from, to, pane) = desk.read(|editor| {
            let (camera, card) = (editor.camera(), editor.position_shown(node));
            let height = Point::new(0.0, geometry::NODE_SIZE.height);
            let (from, to) = (camera.to_screen(card), camera.to_screen(card + height));
            (from, to, editor.viewport())
        });
        let above = from.y - 2.0 * GAP;
        let below = pane.height - to.y - 2.0 * GAP;
        let goes_below = below >= FIELD_HEIGHT + MOST_HEIGHT || below >= above;
        let room = if goes_below { below } else { above };
        Self {
            left: from.x.min(pane.width - WIDTH - GAP).max(GAP),
            top: goes_below.then(|| (to.y + GAP).max(GAP)),
            bottom: (!goes_below).then(|| (pane.height - from.y + GAP).max(GAP)),
            list_height: (room - FIELD_HEIGHT).clamp(FIELD_HEIGHT, MOST_HEIGHT),
        }
    }
}

fn pixels(distance: Option<f64>) -> Option<String> {
    distance.map(|distance| format!("{distance}px"))
}

#[component]
fn Picker(desk: Desk, node: NodeId, exit: Option<Port>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let field: NodeRef<html::Input> = NodeRef::new();
    let list_id = element_id("connect");
    let all = offers(desk, &node, exit.as_ref());
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
    // Where nothing fits, a new step does.
    let add = {
        let (node, exit) = (node.clone(), exit_for_new(desk, &node, exit));
        move || {
            let port = exit.clone()?;
            let at_in_screen = desk.read(|editor| {
                let below = editor.below_exit(&node, &port);
                editor.camera().to_screen(below)
            });
            Some(QuickAdd {
                at_in_screen,
                then: AddThen::After(node.clone(), port),
            })
        }
    };
    let open_add = move |opened: QuickAdd| {
        desk.picking.set(None);
        desk.quick_add.set(Some(opened));
    };
    let keyed = {
        let (close, choose, add) = (close.clone(), choose.clone(), add.clone());
        move |event: KeyboardEvent| {
            let count = found.with(Vec::len).max(1);
            match event.key().as_str() {
                "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
                "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
                "Enter" => {
                    if let Some(offer) = found.with(|found| found.get(active.get()).cloned()) {
                        choose(offer);
                    } else if let Some(opened) = add() {
                        open_add(opened);
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
    let Stand {
        left,
        top,
        bottom,
        list_height,
    } = Stand::beside(desk, &node);
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
    // The field loses the focus also when the popover closes for a new step.
    let blur = move || {
        if desk.picking.with_untracked(Option::is_some) {
            close();
        }
    };
    let add_id = format!("{list_id}-0");
    let none = move || {
        let item = add().map(|opened| {
            view! {
                <div
                    class="quick-add__item"
                    role="option"
                    id=add_id.clone()
                    aria-selected="true"
                    on:click=move |_| open_add(opened.clone())
                >
                    <span class="quick-add__text truncate">"Add a new step…"</span>
                </div>
            }
        });
        view! {
            <p class="menu__label">"There is nothing to connect with."</p>
            {item}
        }
    };
    view! {
        <div
            class="popover quick-add"
            data-control=""
            data-panel="connect"
            style:left=format!("{left}px")
            style:top=pixels(top)
            style:bottom=pixels(bottom)
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
            <div
                class="quick-add__list"
                role="listbox"
                id=list_id
                aria-label="Connections"
                style:max-height=format!("{list_height}px")
                // The focus stays in the field: losing it closes the list
                // before the click arrives.
                on:mousedown=|event| event.prevent_default()
            >
                {items}
                {move || found.with(Vec::is_empty).then(&none)}
            </div>
        </div>
    }
}
