//! Connecting without a drag: pick an exit, then where it leads.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::{Command, NotConnectable};
use flow::{NodeId, Port};

use super::{
    super::{
        desk::{AddThen, Desk, Home, Picking, QuickAdd},
        take_focus::take_focus,
    },
    stand::{Stand, pixels, show_choice},
};
use crate::{components::element_id, part::part, parts};

/// So many are listed; the rest is found by typing.
const MOST_LISTED: usize = 60;

/// What the list offers.
#[derive(Clone, PartialEq)]
enum Choice {
    /// A connection.
    Connection(Offer),
    /// A step that is not there yet: where nothing that is there fits.
    NewStep,
}

/// One connection.
#[derive(Clone, PartialEq)]
struct Offer {
    port: Port,
    target: NodeId,
    words: String,
    /// Why it cannot be drawn, where it cannot.
    refused: Option<NotConnectable>,
}

/// The list of possible connections of a node, while it is open.
#[component]
pub(crate) fn PickConnection(desk: Desk, home: Home) -> impl IntoView {
    move || {
        desk.picking
            .get()
            .filter(|_| desk.home() == home && desk.can_edit().get())
            .map(|picking| {
                part(parts::pick_connection, move |pick| {
                    pick(desk, picking.clone())
                })
            })
    }
}

/// Every connection that can be drawn from a node or one of its exits, then
/// those that cannot, with the reason.
fn offers(desk: Desk, source: &NodeId, only: Option<&Port>) -> Vec<Offer> {
    desk.read(|editor| {
        let label = |id: &NodeId| {
            let node = editor.flow().nodes.get(id);
            node.map_or("", |node| node.label.as_str())
        };
        let exits = editor.exits(source);
        let is_only = exits.len() == 1 || only.is_some();
        let mut offers = Vec::new();
        let mut refused = Vec::new();
        let meant = exits
            .iter()
            .filter(|exit| only.is_none_or(|only| exit.port == *only));
        for exit in meant {
            for (target, verdict) in editor.targets(source, &exit.port) {
                let words = if exit.label.is_empty() {
                    format!("to {}", label(&target))
                } else {
                    format!("{} to {}", exit.label, label(&target))
                };
                let offer = Offer {
                    port: exit.port.clone(),
                    target,
                    words,
                    refused: verdict.err(),
                };
                match offer.refused {
                    None => offers.push(offer),
                    // The reasons of all exits at once would bury the rest.
                    Some(_) if is_only => refused.push(offer),
                    Some(_) => {}
                }
            }
        }
        offers.extend(refused);
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

/// The offer of nodes to connect.
pub(crate) fn pick_connection(desk: Desk, picking: Picking) -> View {
    let Picking { node, exit } = picking;
    view! { <Picker desk node exit /> }
}

#[component]
fn Picker(desk: Desk, node: NodeId, exit: Option<Port>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let field: NodeRef<html::Input> = NodeRef::new();
    let list_id = element_id("connect");
    let all = offers(desk, &node, exit.as_ref());
    let port_for_new = exit_for_new(desk, &node, exit);
    let may_add = port_for_new.is_some();
    let found = Memo::new(move |_| {
        let search = search.get().to_lowercase();
        let has_every_word = |words: &str| {
            let words = words.to_lowercase();
            search.split_whitespace().all(|word| words.contains(word))
        };
        let found = all.iter().filter(|offer| has_every_word(&offer.words));
        let is_none = found.clone().all(|offer| offer.refused.is_some());
        let new_step = (is_none && may_add).then_some(Choice::NewStep);
        let found = found.cloned().map(Choice::Connection);
        new_step.into_iter().chain(found).collect::<Vec<_>>()
    });
    let close = {
        let node = node.clone();
        move || {
            desk.picking.set(None);
            match desk.home() {
                Home::Outline => desk.focus_home(),
                Home::Canvas => desk.focus_node(node.clone()),
            }
        }
    };
    let connect = {
        let (node, close) = (node.clone(), close.clone());
        move |offer: Offer| {
            if let Some(reason) = offer.refused {
                return desk.announce(reason.to_string());
            }
            desk.run(Command::Connect {
                source: node.clone(),
                port: offer.port,
                target: offer.target,
            });
            close();
        }
    };
    let add = {
        let node = node.clone();
        move || {
            let Some(port) = port_for_new.clone() else {
                return;
            };
            let at_in_screen = desk.read(|editor| {
                let below = editor.entry_after(&node, &port);
                editor.camera().to_screen(below)
            });
            desk.picking.set(None);
            desk.quick_add.set(Some(QuickAdd {
                at_in_screen,
                then: AddThen::After(node.clone(), port),
            }));
        }
    };
    let choose = move |choice: Choice| match choice {
        Choice::Connection(offer) => connect(offer),
        Choice::NewStep => add(),
    };
    let keyed = {
        let (close, choose) = (close.clone(), choose.clone());
        move |event: KeyboardEvent| {
            let count = found.with(Vec::len).clamp(1, MOST_LISTED);
            match event.key().as_str() {
                "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
                "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
                "Enter" => {
                    if let Some(choice) = found.with(|found| found.get(active.get()).cloned()) {
                        choose(choice);
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
            take_focus(desk, field, |_| ());
        }
    });
    let stand = Stand::beside(desk, &node);
    let active_id = {
        let list_id = list_id.clone();
        Memo::new(move |_| {
            let at = active.get();
            let is_there = found.with(|found| at < found.len());
            is_there.then(|| format!("{list_id}-{at}"))
        })
    };
    Effect::new(move |_| {
        if let Some(id) = active_id.get() {
            show_choice(id);
        }
    });
    let items = {
        let list_id = list_id.clone();
        move || {
            let choose = choose.clone();
            let list_id = list_id.clone();
            found
                .get()
                .into_iter()
                .take(MOST_LISTED)
                .enumerate()
                .map(|(index, choice)| {
                    let choose = choose.clone();
                    let (words, reason) = match &choice {
                        Choice::Connection(offer) => (offer.words.clone(), offer.refused),
                        Choice::NewStep => ("Add a new step…".to_owned(), None),
                    };
                    view! {
                        <div
                            class="quick-add__item"
                            role="option"
                            id=format!("{list_id}-{index}")
                            aria-selected=move || (active.get() == index).to_string()
                            aria-disabled=reason.is_some().then_some("true")
                            on:click=move |_| choose(choice.clone())
                        >
                            <span class="quick-add__text truncate">
                                {words}
                                {reason
                                    .map(|reason| {
                                        let reason = reason.to_string();
                                        view! { <span class="quick-add__note">" "{reason}</span> }
                                    })}
                            </span>
                        </div>
                    }
                })
                .collect_view()
        }
    };
    // The field loses the focus also when the popover closes for a new step.
    let blur = move || {
        if desk.picking.with_untracked(Option::is_some) {
            close();
        }
    };
    let note = move || {
        let count = found.with(Vec::len);
        let words = match count.checked_sub(MOST_LISTED) {
            _ if count == 0 => "There is nothing to connect with.".to_owned(),
            Some(more) if more > 0 => format!("{more} more: type a part of the name."),
            _ => return None,
        };
        Some(view! {
            <p class="menu__label" role="status">
                {words}
            </p>
        })
    };
    view! {
        <div
            class="popover quick-add"
            class:quick-add--in-window=stand.in_window
            data-control=""
            data-panel="connect"
            style:left=pixels(Some(stand.left))
            style:top=pixels(stand.top)
            style:bottom=pixels(stand.bottom)
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
                aria-activedescendant=active_id
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
                style:max-height=pixels(Some(stand.list_height))
                // The focus stays in the field: losing it closes the list
                // before the click arrives.
                on:mousedown=|event| event.prevent_default()
            >
                {items}
            </div>
            {note}
        </div>
    }
}
