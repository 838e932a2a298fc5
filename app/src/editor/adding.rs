//! Adding nodes: what may be added, and what adding does.

use editor::{Command, Place, fuzzy};
use flow::Sort as _;
use flow::{FlowKind, Kind, KindSpec, Node, Point, catalogue};

use super::desk::{AddThen, Desk};

/// Whether a node of this kind can be connected where quick add was opened.
pub(crate) fn fits(spec: &KindSpec, then: &AddThen) -> bool {
    match then {
        AddThen::Alone => true,
        AddThen::After(..) | AddThen::Next(..) => spec.has_entry,
        AddThen::Before(_) => !Node::of(&spec.kind).exits().is_empty(),
        AddThen::OnEdge(_) => spec.has_entry && !Node::of(&spec.kind).exits().is_empty(),
    }
}

/// Whether a node of this kind may be added now: a flow has one Start.
pub(crate) fn available(desk: Desk, spec: &KindSpec) -> bool {
    desk.read(|editor| editor.addable(&spec.kind).is_ok())
}

/// The kinds of a sort of flow whose names or words hold what is searched for.
pub(crate) fn matching(flow: FlowKind, search: &str) -> Vec<&'static KindSpec> {
    let search = search.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&search);
    let is_called = |spec: &KindSpec| fuzzy::begin_words(spec.also, &search);
    let mut found: Vec<_> = catalogue()
        .iter()
        .copied()
        .filter(|spec| spec.is_in(flow))
        .filter(|spec| {
            holds(spec.title) || is_called(spec) || holds(spec.help) || holds(spec.category.title())
        })
        .collect();
    // What is called so comes first, then what others call so, then what only
    // mentions it.
    found.order_by_key(|spec| (!holds(spec.title), !is_called(spec)));
    found
}

/// Adds a node of a kind as quick add was asked to.
pub(crate) fn add(desk: Desk, kind: &Kind, at_in_canvas: Point, then: AddThen) {
    match then {
        AddThen::Alone => {
            desk.run(Command::AddNode {
                kind: kind.clone(),
                at: Place::InCanvas(at_in_canvas),
            });
        }
        AddThen::After(node, port) => {
            desk.run(Command::AddNode {
                kind: kind.clone(),
                at: Place::After {
                    node,
                    port,
                    at_in_canvas: Some(at_in_canvas),
                },
            });
            reveal_selected(desk);
        }
        AddThen::Next(node, port) => {
            desk.run(Command::AddNode {
                kind: kind.clone(),
                at: Place::After {
                    node,
                    port,
                    at_in_canvas: None,
                },
            });
            reveal_selected(desk);
        }
        AddThen::Before(edge) => {
            desk.run(Command::AddNode {
                kind: kind.clone(),
                at: Place::Before { edge, at_in_canvas },
            });
        }
        AddThen::OnEdge(edge) => {
            desk.run(Command::AddNode {
                kind: kind.clone(),
                at: Place::OnEdge {
                    edge,
                    at_in_canvas: None,
                },
            });
        }
    }
}

/// Adds a node where a click or Enter in the palette puts it: behind the
/// selected node if an exit of it is free, else in the middle.
pub(crate) fn add_in_place(desk: Desk, kind: &Kind) {
    let has_entry = kind.spec().is_none_or(|spec| spec.has_entry);
    let after = desk.read(|editor| editor.free_exit_of_selected().filter(|_| has_entry));
    let at = match after {
        Some((node, port)) => Place::After {
            node,
            port,
            at_in_canvas: None,
        },
        None => Place::Centre,
    };
    desk.run(Command::AddNode {
        kind: kind.clone(),
        at,
    });
    reveal_selected(desk);
}

/// Brings what was just added into view.
fn reveal_selected(desk: Desk) {
    if let Some(node) = desk.read(|editor| editor.selection().only_node().cloned()) {
        desk.run(Command::Reveal(node));
    }
}
