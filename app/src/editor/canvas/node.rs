//! The card of one node.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::{Command, Orientation, geometry};
use flow::{NodeId, Point, Severity};

use super::super::{
    desk::Desk,
    find::Lit,
    look::{Tile, kind_colour, subtitle},
    peers,
    projection::{Card, CardContent, CardState, Connect, ExitShown},
    rename,
};

/// What a card leaves of its width for its texts, in canvas units.
const TEXT_ROOM: f64 = 138.0;
/// From the top of an exit's name to its baseline, and what it leaves at its
/// sides, as the style sheet has them.
const NAME_ASCENT: f64 = 11.0;
/// See [`NAME_ASCENT`].
const NAME_PADDING: f64 = 3.0;

/// A node's card: an element that takes the focus, says what it is, and has
/// its ports as children.
#[component]
pub(super) fn NodeCard(desk: Desk, id: NodeId, card: Card) -> impl IntoView {
    let Card {
        content,
        position,
        shift,
        state,
    } = card;
    let state = Memo::new(move |_| state.get());
    let content = Memo::new(move |_| content.get());
    let kind = Memo::new(move |_| content.with(|content| content.node.kind.clone()));
    let is = move |what: fn(&CardState) -> bool| move || state.with(what);
    let problem = Memo::new({
        let id = id.clone();
        move |_| desk.problems.with(|problems| problems.of_node(&id))
    });
    let lit = Memo::new({
        let id = id.clone();
        move |_| desk.find.lit(&id)
    });
    let peer = Memo::new({
        let id = id.clone();
        move |_| peers::on_node(desk, &id)
    });
    let description = {
        let id = id.clone();
        // Where exits lead is said too, so the words change with the flow.
        Memo::new(move |_| {
            desk.revision.track();
            // Its place among the others changes with what moves; it is said
            // of the one that the keyboard is at.
            if state.with(|state| state.focused) {
                desk.drawn.track();
            }
            let found = desk.problems.with(|problems| problems.counted(&id));
            desk.describe_with(&id, found)
        })
    };
    let rename = {
        let id = id.clone();
        Memo::new(move |_| desk.renaming.get().as_ref() == Some(&id))
    };
    // A card at rest has no transform: the browser would look at each by itself
    // in every frame in which the view moves.
    let left = {
        let position = position.clone();
        move || format!("{}px", position.get().x)
    };
    let top = move || format!("{}px", position.get().y);
    let shifted = move || {
        let Point { x, y } = shift.get();
        (x != 0.0 || y != 0.0).then(|| format!("translate({x}px, {y}px)"))
    };
    let connect = move || {
        state.with(|state| match state.connect {
            Some(Connect::Invalid) => Some("invalid"),
            _ => None,
        })
    };
    let text = {
        let id = id.clone();
        move || {
            if rename.get() {
                view! { <Rename desk id=id.clone() /> }.into_any()
            } else {
                let title = Memo::new(move |_| content.with(|content| content.node.label.clone()));
                let subtitle =
                    Memo::new(move |_| content.with(|content| subtitle(desk, &content.node)));
                let cut = |text: Memo<String>, size| {
                    move || text.with(|text| may_be_wider(text, size, TEXT_ROOM).then_some(""))
                };
                view! {
                    <span class="node__title" aria-hidden="true" data-cut=cut(title, 13.0)>
                        {title}
                    </span>
                    <span class="node__subtitle" aria-hidden="true" data-cut=cut(subtitle, 12.0)>
                        {subtitle}
                    </span>
                }
                .into_any()
            }
        }
    };
    view! {
        <div
            class="node"
            class:node--selected=is(|state| state.selected)
            class:node--dragging=is(|state| state.dragged)
            class:node--disabled=move || content.with(|content| content.node.disabled)
            class:node--rightward=move || {
                content.with(|content| content.orientation == Orientation::LeftRight)
            }
            class:node--invalid=move || matches!(problem.get(), Some((Severity::Error, _)))
            role="option"
            tabindex=move || if state.with(|state| state.focused) { "0" } else { "-1" }
            aria-selected=move || state.with(|state| state.selected).to_string()
            data-node-id=id.as_str().to_owned()
            data-kind=move || kind.with(|kind| kind.as_str().to_owned())
            data-category=move || kind.with(kind_colour)
            data-connect=connect
            data-found=move || {
                lit.get()
                    .map(|lit| match lit {
                        Lit::Found => "found",
                        Lit::Current => "current",
                    })
            }
            data-peer=move || peer.get().map(|(colour, _)| colour)
            style:left=left
            style:top=top
            style:transform=shifted
        >
            // Its name. What is seen is too little to go by, and too much to hear.
            <span class="visually-hidden">{description}</span>
            <Tile kind />
            <span class="node__text">{text}</span>
            {move || {
                content
                    .with(|content| content.node.has_entry())
                    .then(|| view! { <Entry content state /> })
            }}
            <Exits content state />
            {move || {
                problem
                    .get()
                    .map(|(severity, count)| {
                        let severity = match severity {
                            Severity::Error => "error",
                            Severity::Warning => "warning",
                        };
                        view! {
                            <span class="node__badge" data-severity=severity aria-hidden="true">
                                {count}
                            </span>
                        }
                    })
            }}
            {move || {
                content
                    .with(|content| content.node.disabled)
                    .then(|| view! { <span class="node__badge" data-state="disabled">"Disabled"</span> })
            }}
            {move || peer.get().map(|(_, name)| view! { <span class="node__peer" aria-hidden="true">{name}</span> })}
        </div>
    }
}

#[component]
fn Entry(content: Memo<CardContent>, state: Memo<CardState>) -> impl IntoView {
    let connect = move || {
        state.with(|state| match state.connect {
            Some(Connect::Valid) => Some("valid"),
            Some(Connect::Snapped) => Some("snapped"),
            Some(Connect::Refused) => Some("refused"),
            Some(Connect::Invalid | Connect::Source(_)) | None => None,
        })
    };
    view! {
        <span
            class="port port--input"
            data-port="in"
            data-state=move || port_state(content.with(|content| content.entered))
            data-connect=connect
        >
            <span class="port__dot"></span>
        </span>
    }
}

#[component]
fn Exits(content: Memo<CardContent>, state: Memo<CardState>) -> impl IntoView {
    let exits = Memo::new(move |_| {
        content.with(|content| (content.exits.clone(), content.ends, content.orientation))
    });
    let rail = move || {
        let (count, orientation) = exits.with(|(exits, _, way)| (exits.len(), *way));
        let rail = geometry::exit_rail(Point::default(), count, orientation);
        rail.map(|rail| format!("{}px", rail.height()))
    };
    let ports = move || {
        let (exits, ends, orientation) = exits.get();
        let count = exits.len();
        exits
            .into_iter()
            .enumerate()
            .map(|(index, exit)| {
                let ExitShown { exit, connected } = exit;
                let port = exit.port.clone();
                let connect = move || {
                    state.with(|state| match &state.connect {
                        Some(Connect::Source(source)) if *source == port => Some("source"),
                        _ => None,
                    })
                };
                // Where the editor says that edges leave, whatever it says.
                let Point { x, y } =
                    geometry::exit_anchor(Point::default(), index, count, orientation);
                let name = geometry::card::exit_name(index, count, orientation);
                view! {
                    <span
                        class="port port--output"
                        data-port=exit.port.as_str().to_owned()
                        // Where a flow may end, nothing is missing.
                        data-state=if ends { "ending" } else { port_state(connected) }
                        data-connect=connect
                        style:left=format!("{x}px")
                        style:top=format!("{y}px")
                        style:--name-top=format!("{}px", name.baseline - NAME_ASCENT)
                        style:--name-room=format!("{}px", name.width + 2.0 * NAME_PADDING)
                    >
                        <span class="port__dot">
                            <svg class="port__plus" aria-hidden="true">
                                <use href="#plus"></use>
                            </svg>
                        </span>
                        {(!exit.label.is_empty())
                            .then(|| {
                                let cut = may_be_wider(&exit.label, 11.0, name.width);
                                view! {
                                    <span class="port__name" data-cut=cut.then_some("")>
                                        {exit.label.clone()}
                                    </span>
                                }
                            })}
                    </span>
                }
            })
            .collect_view()
    };
    view! {
        <span
            class="node__outputs"
            aria-hidden="true"
            data-rail=move || rail().map(|_| "")
            style:--exit-rail=rail
        >
            {ports}
        </span>
    }
}

/// Whether a text may need more room than this at a size in pixels. To cut a text
/// off costs the browser something in every frame in which the view moves, so
/// that is done only where it may be seen.
fn may_be_wider(text: &str, size: f64, room: f64) -> bool {
    let ems: f64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | 'f' | 'r' | 't' | ' ' | '.' | ',' | ':' => 0.42,
            'a'..='l' | 'n'..='v' | 'x'..='z' | '0'..='9' => 0.68,
            'm' | 'w' | 'A'..='Z' => 0.95,
            _ => 1.2,
        })
        .sum();
    ems * size > room
}

fn port_state(connected: bool) -> &'static str {
    if connected { "connected" } else { "dangling" }
}

/// The name, edited on the card.
#[component]
fn Rename(desk: Desk, id: NodeId) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    let before = desk.read(|editor| {
        let node = editor.flow().nodes.get(&id);
        node.map(|node| node.label.clone()).unwrap_or_default()
    });
    let is_empty = RwSignal::new(false);
    Effect::new({
        let before = before.clone();
        move |_| {
            if let Some(field) = field.get() {
                rename::begin(desk, field, &before);
            }
        }
    });
    let close = {
        let id = id.clone();
        move |keep: bool| {
            // Closing takes the focus away, which would close it again.
            if desk.renaming.get_untracked().as_ref() != Some(&id) {
                return;
            }
            let typed = field.get_untracked().filter(|_| keep);
            let label = typed.and_then(|field| rename::name_of_step(desk, &field.value(), &before));
            desk.renaming.set(None);
            if let Some(label) = label {
                desk.run(Command::SetLabel {
                    node: id.clone(),
                    label,
                });
                desk.run(Command::EndTyping);
            }
            desk.focus_node(id.clone());
        }
    };
    let keyed = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" => close(true),
                "Escape" => close(false),
                _ => {}
            }
        }
    };
    view! {
        <input
            node_ref=field
            class="node__rename"
            data-control=""
            aria-label="Name of the node"
            on:input=move |event| is_empty.set(event_target_value(&event).trim().is_empty())
            on:keydown=keyed
            on:blur=move |_| close(true)
        />
        <span class="node__subtitle">
            {move || {
                if is_empty.get() { "Empty: the old name stays" } else { "Enter keeps the name" }
            }}
        </span>
    }
}
