//! Elements on edges: each visible edge in the page has one, so that tests and
//! assistive technology find it, and the selected or hovered one has buttons.

use dom::prelude::*;
use editor::{Command, Editor, Orientation};
use flow::{EdgeId, Point};

use super::super::{
    desk::{AddThen, Desk, QuickAdd},
    projection::{EdgeMark, MarkState},
};
use crate::components::Icon;

/// Half the width of a letter of a label, in canvas units.
const HALF_LETTER: f64 = 3.0;
/// Labels are cut at about so many letters.
const MOST_LETTERS: usize = 22;
/// From a label's end to the middle of the buttons, in canvas units.
const BESIDE_LABEL: f64 = 42.0;
/// From its middle to that of the buttons, where they stand below it.
const BELOW_LABEL: f64 = 28.0;

/// What stands on one edge.
#[component]
pub(super) fn Mark(desk: Desk, id: EdgeId, mark: EdgeMark) -> impl IntoView {
    let state = mark.state;
    let state = Memo::new(move |_| state.get());
    let shown = {
        let id = id.clone();
        move || {
            desk.revision.track();
            let set = |is: bool| is.then_some("true").into_attribute();
            state.with(|state| {
                // No transform, as on cards.
                let Point { x, y } = state.at;
                vec![
                    ("aria-label", edge_name(desk, &id).into_attribute()),
                    ("data-cut", set(state.to_go)),
                    ("data-selected", set(state.selected)),
                    (
                        "prop:style",
                        format!("left:{x}px;top:{y}px").into_attribute(),
                    ),
                ]
            })
        }
    };
    let active = Memo::new(move |_| {
        state.with(|state| state.handles.is_some() && (state.selected || state.hovered))
    });
    let edit = desk.can_edit();
    let controls = {
        let id = id.clone();
        move || {
            (active.get() && edit.get()).then(|| {
                view! { <Controls desk id=id.clone() state /> }
            })
        }
    };
    let handles = move || {
        let handles = state.with(|state| state.handles.filter(|_| state.selected));
        handles.filter(|_| edit.get()).map(|(from, to)| {
            view! {
                <span class="edge-handle" style:transform=moved(from)></span>
                <span class="edge-handle" style:transform=moved(to)></span>
            }
        })
    };
    let edge = state.with_untracked(|state| state.edge.clone());
    view! {
        <span
            class="edge-mark"
            role="img"
            {shown}
            data-edge-id=id.as_str().to_owned()
            data-source=edge.source.as_str().to_owned()
            data-port=edge.port.as_str().to_owned()
            data-target=edge.target.as_str().to_owned()
        ></span>
        {handles}
        {controls}
    }
}

/// Insert a node; remove the edge, while it is selected: who clicks an edge to select
/// it must not find that under the pointer.
#[component]
fn Controls(desk: Desk, id: EdgeId, state: Memo<MarkState>) -> impl IntoView {
    let insert = {
        let id = id.clone();
        move |_| {
            let at = state.with_untracked(|state| state.at);
            desk.quick_add.set(Some(QuickAdd {
                at_in_screen: desk.read(|editor| editor.camera().to_screen(at)),
                then: AddThen::OnEdge(id.clone()),
            }));
        }
    };
    let remove = move |_| {
        desk.run(Command::Disconnect(id.clone()));
        // The button had the focus, and is gone.
        desk.focus_home();
    };
    let is_selected = Memo::new(move |_| state.with(|state| state.selected));
    // Beside the label, where there is one; below it, where cards are beside.
    let place = move || {
        let orientation = desk.read(Editor::orientation);
        state.with(|state| {
            let letters = state.edge.label.chars().count().min(MOST_LETTERS) as f64;
            let aside = match orientation {
                _ if letters == 0.0 => Point::default(),
                Orientation::TopDown => Point::new(letters * HALF_LETTER + BESIDE_LABEL, 0.0),
                Orientation::LeftRight => Point::new(0.0, BELOW_LABEL),
            };
            moved(state.at + aside)
        })
    };
    view! {
        <div class="edge-controls" data-control="" style:transform=place>
            <button
                class="edge-button"
                type="button"
                tabindex="-1"
                aria-label="Insert a node here"
                on:click=insert
            >
                <Icon name="plus" />
            </button>
            <Show when=move || is_selected.get()>
                <button
                    class="edge-button edge-button--danger"
                    type="button"
                    tabindex="-1"
                    aria-label="Remove this connection"
                    on:click=remove.clone()
                >
                    <Icon name="trash" />
                </button>
            </Show>
        </div>
    }
}

/// An edge in words: "Split on response code, 200, to Set caller details".
pub(crate) fn edge_name(desk: Desk, id: &EdgeId) -> String {
    desk.read(|editor| {
        let flow = editor.flow();
        let Some(edge) = flow.edges.get(id) else {
            return String::new();
        };
        let label = |id| flow.nodes.get(id).map_or("", |node| node.label.as_str());
        let exits = editor.exits(&edge.source);
        let exit = exits.iter().find(|exit| exit.port == edge.port);
        let exit = match exit {
            Some(exit) if !exit.label.is_empty() => format!(", {},", exit.label),
            _ => String::new(),
        };
        format!("{}{exit} to {}", label(&edge.source), label(&edge.target))
    })
}

fn moved(to: Point) -> String {
    format!("translate({}px, {}px)", to.x, to.y)
}

/// The free text of an edge, edited in the inspector.
#[component]
pub(crate) fn EdgeLabelField(desk: Desk, id: EdgeId) -> impl IntoView {
    let label = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.revision.track();
            desk.read(|editor| {
                let edge = editor.flow().edges.get(&id);
                edge.map(|edge| edge.label.clone()).unwrap_or_default()
            })
        })
    };
    let typed = move |label: String| {
        desk.run(Command::SetEdgeLabel {
            edge: id.clone(),
            label,
        });
    };
    view! {
        <crate::components::Field label="Label" hint="A word on the connection, for people." optional=true>
            <crate::components::TextInput
                value=label
                on_input=typed
                on_change=move |_| {
                    desk.run(Command::EndTyping);
                }
                read_only=Signal::derive(move || !desk.can_edit().get())
            />
        </crate::components::Field>
    }
}
