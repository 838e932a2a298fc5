//! Adding nodes: what may be added, and what adding does.

use std::sync::Arc;

use editor::{Command, Place, SelectMode, geometry};
use flow::{Edge, EdgeId, Fix, Kind, KindSpec, Node, NodeId, Op, Point, catalogue};
use leptos::prelude::Set;

use super::desk::{AddThen, Desk, QuickAdd, random_name};

/// How far below an exit the next node goes, in canvas units.
const BELOW: f64 = 56.0;

/// Whether a node of this kind can be connected where quick add was opened.
pub(crate) fn fits(spec: &KindSpec, then: &AddThen) -> bool {
    match then {
        AddThen::Alone => true,
        AddThen::After(..) => spec.has_entry,
        AddThen::OnEdge(_) => spec.has_entry && !Node::of(&spec.kind).exits().is_empty(),
    }
}

/// Whether another node of this kind makes sense: a flow has one start.
pub(crate) fn has_start(desk: Desk) -> bool {
    desk.read(|editor| {
        let mut nodes = editor.flow().nodes.values();
        nodes.any(|node| node.kind == Kind::START)
    })
}

/// The kinds whose names or words hold what is searched for.
pub(crate) fn matching(search: &str) -> Vec<&'static KindSpec> {
    let search = search.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&search);
    let mut found: Vec<_> = catalogue()
        .iter()
        .copied()
        .filter(|spec| holds(spec.title) || holds(spec.help) || holds(spec.category.title()))
        .collect();
    // What is called so comes before what only mentions it.
    found.sort_by_key(|spec| !holds(spec.title));
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
        AddThen::OnEdge(edge) => insert(desk, kind, &edge),
    }
}

/// Offers what may follow the selected node at its next free exit; whether
/// there is such an exit.
pub(crate) fn offer_after_selected(desk: Desk) -> bool {
    let found = desk.read(|editor| {
        let node = editor.selection().only_node()?;
        let mut exits = editor.exits(node).iter();
        let free = exits.find(|exit| editor.edge_from(node, &exit.port).is_none())?;
        let below = editor.exit_anchor_shown(node, &free.port) + Point::new(0.0, BELOW);
        Some(QuickAdd {
            at_in_screen: editor.camera().to_screen(below),
            then: AddThen::After(node.clone(), free.port.clone()),
        })
    });
    let is_some = found.is_some();
    if is_some {
        desk.quick_add.set(found);
    }
    is_some
}

/// Adds a node where a click or Enter in the palette puts it: behind the
/// selected node if an exit of it is free, else in the middle.
pub(crate) fn add_in_place(desk: Desk, kind: &Kind) {
    let has_entry = kind.spec().is_none_or(|spec| spec.has_entry);
    let after = desk.read(|editor| {
        let node = editor.selection().only_node()?;
        let mut exits = editor.exits(node).iter();
        let free = exits.find(|exit| editor.edge_from(node, &exit.port).is_none())?;
        has_entry.then(|| (node.clone(), free.port.clone()))
    });
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

/// Puts a node between the ends of an edge, as one step of undo.
fn insert(desk: Desk, kind: &Kind, edge_id: &EdgeId) {
    let found = desk.read(|editor| {
        let edge = editor.flow().edges.get(edge_id)?.clone();
        Some((edge, editor.curve_shown(edge_id)?.label_point()))
    });
    let Some((edge, middle)) = found else { return };
    let node = Node::of(kind);
    let Some(exit) = node.exits().into_iter().next() else {
        return;
    };
    let id = NodeId::new(format!("n-{}", random_name()));
    let half = Point::new(
        geometry::NODE_SIZE.width / 2.0,
        geometry::NODE_SIZE.height / 2.0,
    );
    let title = kind.spec().map_or("a node", |spec| spec.title);
    let connect = |edge: Edge| Op::Connect {
        id: None,
        edge: Arc::new(edge),
        index: None,
    };
    let ops = vec![
        Op::AddNode {
            id: id.clone(),
            node: Arc::new(node),
            position: geometry::snap_to_grid(middle - half),
            index: None,
        },
        Op::Disconnect {
            id: edge_id.clone(),
        },
        connect(Edge::new(
            edge.source.clone(),
            edge.port.clone(),
            id.clone(),
        )),
        connect(Edge::new(id.clone(), exit.port, edge.target.clone())),
    ];
    desk.run(Command::ApplyFix(Fix {
        label: format!("Insert {title}"),
        ops,
    }));
    desk.run(Command::Select {
        nodes: vec![id.clone()],
        mode: SelectMode::Replace,
    });
    desk.run(Command::SetFocus(Some(id)));
}
