//! The card of one node.

use dom::{Transform, ev::KeyboardEvent, html, prelude::*};
use editor::{Command, Orientation, geometry};
use flow::{Kind, NodeId, Point, Severity};

use super::super::{
    desk::Desk,
    find::Lit,
    look::{kind_colour, kind_icon, subtitle},
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
    let problem = Memo::new({
        let id = id.clone();
        move |_| desk.problems.with(|problems| problems.of_node(&id))
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
    // in every frame in which the view moves. It is put down in the frame in which
    // it is no longer led.
    let place = move || {
        let (Point { x, y }, by) = (position.get(), shift.get());
        let Point { x: right, y: down } = by;
        let moved = (by != Point::default()).then(|| {
            let scale = (1.0, 1.0);
            Transform {
                x: right,
                y: down,
                scale,
            }
            .to_css()
        });
        vec![
            ("style:left", format!("{x}px").into_attribute()),
            ("style:top", format!("{y}px").into_attribute()),
            ("glide:transform", moved.into_attribute()),
        ]
    };
    // All in one, since each thing that changes by itself takes time to set up.
    let shown = {
        let id = id.clone();
        move || {
            let invalid = matches!(problem.get(), Some((Severity::Error, _)));
            let lit = desk.find.lit(&id).map(|lit| match lit {
                Lit::Found => "found",
                Lit::Current => "current",
            });
            let peer = peer.with(|peer| peer.as_ref().map(|(colour, _)| *colour));
            let (node, rightward) = content.with(|content| {
                let rightward = content.orientation == Orientation::LeftRight;
                (content.node.clone(), rightward)
            });
            state.with(|state| {
                let invalid_target = state.connect == Some(Connect::Invalid);
                vec![
                    ("class:node--selected", state.selected.into_attribute()),
                    ("class:node--dragging", state.dragged.into_attribute()),
                    ("class:node--disabled", node.disabled.into_attribute()),
                    ("class:node--rightward", rightward.into_attribute()),
                    ("class:node--invalid", invalid.into_attribute()),
                    (
                        "tabindex",
                        if state.focused { "0" } else { "-1" }.into_attribute(),
                    ),
                    (
                        "aria-selected",
                        if state.selected { "true" } else { "false" }.into_attribute(),
                    ),
                    ("data-kind", node.kind.as_str().to_owned().into_attribute()),
                    ("data-category", kind_colour(&node.kind).into_attribute()),
                    (
                        "data-connect",
                        invalid_target.then_some("invalid").into_attribute(),
                    ),
                    ("data-found", lit.into_attribute()),
                    ("data-peer", peer.into_attribute()),
                ]
            })
        }
    };
    let face = {
        let id = id.clone();
        move || {
            if rename.get() {
                let kind = content.with_untracked(|content| content.node.kind.clone());
                return view! {
                    <FaceTile kind />
                    <span class="node__text">
                        <Rename desk id=id.clone() />
                    </span>
                };
            }
            let node = content.with(|content| content.node.clone());
            let subtitle = subtitle(desk, &node);
            let cut = |text: &str, size| may_be_wider(text, size, TEXT_ROOM).then_some("");
            view! {
                <FaceTile kind=node.kind.clone() />
                <span class="node__text">
                    <span class="node__title" aria-hidden="true" data-cut=cut(&node.label, 13.0)>
                        {node.label.clone()}
                    </span>
                    <span class="node__subtitle" aria-hidden="true" data-cut=cut(&subtitle, 12.0)>
                        {subtitle}
                    </span>
                </span>
            }
        }
    };
    let badges = move || {
        let problem = problem.get().map(|(severity, count)| {
            let severity = match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            view! {
                <span class="node__badge" data-severity=severity aria-hidden="true">
                    {count}
                </span>
            }
        });
        let disabled = content
            .with(|content| content.node.disabled)
            .then(|| view! { <span class="node__badge" data-state="disabled">"Disabled"</span> });
        let peer = peer.get().map(|(_, name)| {
            view! { <span class="node__peer" aria-hidden="true">{name}</span> }
        });
        [problem, disabled, peer]
    };
    view! {
        <div
            class="node"
            role="option"
            {shown}
            {place}
            data-node-id=id.as_str().to_owned()
        >
            // Its name. What is seen is too little to go by, and too much to hear.
            <span class="visually-hidden">{description}</span>
            {face}
            <Ports content state />
            {badges}
        </div>
    }
}

/// The coloured square with the icon of a kind, which a card keeps for good.
#[component]
fn FaceTile(kind: Kind) -> impl IntoView {
    view! {
        <span class="tile" data-category=kind_colour(&kind)>
            <svg class="icon" aria-hidden="true">
                <use href=format!("#{}", kind_icon(&kind))></use>
            </svg>
        </span>
    }
}

/// The ports: as they are until exits or what is connected change.
#[component]
fn Ports(content: Memo<CardContent>, state: Memo<CardState>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        content.with(|content| {
            let entered = content.node.has_entry().then_some(content.entered);
            (
                content.exits.clone(),
                content.ends,
                content.orientation,
                entered,
            )
        })
    });
    move || {
        let (exits, ends, orientation, entered) = shown.get();
        let entry = entered.map(|entered| view! { <Entry entered state /> });
        let count = exits.len();
        let rail = geometry::exit_rail(Point::default(), count, orientation)
            .map(|rail| format!("{}px", rail.height()));
        let exits = exits
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
                let place = format!(
                    "left:{x}px;top:{y}px;--name-top:{}px;--name-room:{}px",
                    name.baseline - NAME_ASCENT,
                    name.width + 2.0 * NAME_PADDING
                );
                let cut = may_be_wider(&exit.label, 11.0, name.width);
                view! {
                    <span
                        class="port port--output"
                        data-port=exit.port.as_str().to_owned()
                        // Where a flow may end, nothing is missing.
                        data-state=if ends { "ending" } else { port_state(connected) }
                        data-connect=connect
                        prop:style=place
                    >
                        <span class="port__dot"></span>
                        {(!exit.label.is_empty())
                            .then(|| {
                                view! {
                                    <span class="port__name" data-cut=cut.then_some("")>
                                        {exit.label.clone()}
                                    </span>
                                }
                            })}
                    </span>
                }
            })
            .collect_view();
        view! {
            {entry}
            <span
                class="node__outputs"
                aria-hidden="true"
                data-rail=rail.is_some()
                style:--exit-rail=rail
            >
                {exits}
            </span>
        }
    }
}

#[component]
fn Entry(entered: bool, state: Memo<CardState>) -> impl IntoView {
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
            data-state=port_state(entered)
            data-connect=connect
        >
            <span class="port__dot"></span>
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
