//! The right panel: the properties of what is selected, or of the flow.

mod callee;
mod cases;
mod declared;
mod edge;
mod exits;
mod field;
mod flow_settings;
mod foreign;
mod group;
mod interface;
mod node;
mod note;
mod pairs;
mod reference;
mod remark;
pub(crate) mod rows;
mod several;
mod variables;

use dom::{ev::KeyboardEvent, prelude::*};
use flow::{EdgeId, NodeId, NoteId};

use super::{
    comparison::Panel as Comparison,
    desk::Desk,
    projection::Selected,
    resizer::{Axis, Resizer},
};
use crate::{
    components::{IconButton, TooltipSide},
    part::part,
    parts,
};

/// What the panel is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum About {
    Flow,
    Node(NodeId),
    Edge(EdgeId),
    Note(NoteId),
    Several,
    /// What both sides changed, whatever is selected.
    Comparison,
}

/// The right panel.
#[component]
pub(crate) fn Inspector(desk: Desk, open: RwSignal<bool>, width: RwSignal<f64>) -> impl IntoView {
    let about = Memo::new(move |_| {
        if desk.is_comparing() {
            return About::Comparison;
        }
        desk.selected.with(|selected| {
            let Selected {
                nodes,
                edges,
                notes,
            } = selected;
            match (nodes.as_slice(), edges.as_slice(), notes.as_slice()) {
                ([], [], []) => About::Flow,
                ([node], [], []) => About::Node(node.clone()),
                ([], [edge], []) => About::Edge(edge.clone()),
                ([], [], [note]) => About::Note(note.clone()),
                _ => About::Several,
            }
        })
    });
    let content = move |about: About| match about {
        About::Flow => view! { <flow_settings::FlowSettings desk open /> },
        about => part(parts::properties, move |properties| {
            properties(desk, about.clone(), open)
        }),
    };
    // Back to the node that the properties belong to.
    let back = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            // There they lie over what the focus goes back to.
            if super::is_narrow() {
                open.set(false);
            }
            let node = desk.selected.with_untracked(|selected| {
                let only = selected.nodes.as_slice();
                only.first().filter(|_| only.len() == 1).cloned()
            });
            match node {
                Some(node) => desk.focus_node(node),
                None => desk.focus_home(),
            }
        }
    };
    view! {
        <aside
            class="panel panel--right"
            aria-label="Properties"
            data-panel="inspector"
            on:keydown=back
        >
            <Resizer
                axis=Axis::Width
                label="Width of the properties panel"
                size=width
                range=(260.0, 640.0)
                on_size=move |to| width.set(to)
            />
            // Keyed, so that no field of one node becomes the field of another
            // that what is being typed would then go into.
            <For each=move || [about.get()] key=About::clone let:about>
                {content(about)}
            </For>
        </aside>
    }
}

/// The properties of what is selected.
pub(crate) fn properties(desk: Desk, about: About, open: RwSignal<bool>) -> View {
    match about {
        About::Flow => View::Empty,
        About::Node(id) => view! { <node::NodeProperties desk id open /> },
        About::Edge(id) => view! { <edge::EdgeProperties desk id open /> },
        About::Note(id) => view! { <note::NoteProperties desk id open /> },
        About::Several => view! { <several::SeveralSelected desk open /> },
        About::Comparison => view! { <Comparison desk /> },
    }
}

/// The button that hides the panel.
#[component]
fn Hide(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <IconButton
            icon="panel-right"
            label="Hide this panel"
            side=TooltipSide::End
            small=true
            on_click=move |_| open.set(false)
        />
    }
}
