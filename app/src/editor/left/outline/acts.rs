//! What can be done with the row that the keyboard is at. Each ends in a command
//! or in a list that does.

use dom::prelude::*;
use editor::{Command, Leads, OutlineEntry, OutlineKey, OutlineStep, SelectMode};
use flow::{EdgeId, NodeId, Point};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    super::super::desk::{AddThen, Desk, FieldTarget, Home, Picking, QuickAdd},
    tree::Tree,
};

/// Opens the list of steps that may come first, or stand alone.
pub(super) fn add(tree: Tree) {
    tree.desk.set_home(Home::Outline);
    let middle = tree.desk.read(|editor| {
        let pane = editor.viewport();
        Point::new(pane.width / 2.0, pane.height / 2.0)
    });
    tree.desk.quick_add.set(Some(QuickAdd {
        at_in_screen: middle,
        then: AddThen::Alone,
    }));
}

/// Opens the list of steps that may come after the row: behind an exit that
/// leads nowhere, else between it and where it leads.
pub(super) fn add_here(tree: Tree) {
    let desk = tree.desk;
    if !may_edit(desk) {
        return;
    }
    let then = match tree.entry() {
        None | Some(OutlineEntry::NotReached) => return add(tree),
        Some(OutlineEntry::Exit {
            node, port, leads, ..
        }) => match leads.edge() {
            Some(edge) => AddThen::OnEdge(edge.clone()),
            None => AddThen::After(node, port),
        },
        Some(OutlineEntry::Node { id, .. }) => match place_after(desk, &id) {
            Ok(then) => then,
            Err(reason) => return desk.announce(reason),
        },
    };
    let at_in_screen = match &then {
        AddThen::After(node, port) | AddThen::Next(node, port) => desk.read(|editor| {
            let below = editor.entry_after(node, port);
            editor.camera().to_screen(below)
        }),
        AddThen::Alone | AddThen::Before(_) | AddThen::OnEdge(_) => Point::default(),
    };
    desk.set_home(Home::Outline);
    desk.quick_add.set(Some(QuickAdd { at_in_screen, then }));
}

/// Where a step after a node goes, or why there is no such place.
fn place_after(desk: Desk, node: &NodeId) -> Result<AddThen, &'static str> {
    desk.read(|editor| {
        let exits = editor.exits(node);
        let free = exits
            .iter()
            .find(|exit| editor.edge_from(node, &exit.port).is_none());
        match (free, exits) {
            (Some(free), _) => Ok(AddThen::After(node.clone(), free.port.clone())),
            (None, [only]) => match editor.edge_from(node, &only.port) {
                Some(edge) => Ok(AddThen::OnEdge(edge.clone())),
                None => Ok(AddThen::After(node.clone(), only.port.clone())),
            },
            (None, []) => Err("Nothing can follow this step: it has no exit."),
            (None, _) => Err("Every exit of this step leads somewhere. Choose the exit first."),
        }
    })
}

/// Opens the list of where an exit can lead.
pub(super) fn connect(tree: Tree) {
    let picking = match tree.entry() {
        Some(OutlineEntry::Node { id, .. }) => Picking {
            node: id,
            exit: None,
        },
        Some(OutlineEntry::Exit { node, port, .. }) => Picking {
            node,
            exit: Some(port),
        },
        Some(OutlineEntry::NotReached) | None => return,
    };
    if !may_edit(tree.desk) {
        return;
    }
    let exits = tree.desk.read(|editor| editor.exits(&picking.node).len());
    if exits == 0 {
        return tree
            .desk
            .announce("This step has no exit that could lead on.");
    }
    tree.desk.set_home(Home::Outline);
    tree.desk.picking.set(Some(picking));
}

/// The edge by which a row's only or own exit leads on.
pub(super) fn edge_onwards(desk: Desk, entry: &OutlineEntry) -> Option<EdgeId> {
    match entry {
        OutlineEntry::Exit { leads, .. } => leads.edge().cloned(),
        OutlineEntry::Node { id, .. } => desk.read(|editor| match editor.exits(id) {
            [only] => editor.edge_from(id, &only.port).cloned(),
            _ => None,
        }),
        OutlineEntry::NotReached => None,
    }
}

/// Removes the connection by which the row leads on.
pub(super) fn disconnect(tree: Tree) {
    let edge = tree
        .entry()
        .and_then(|entry| edge_onwards(tree.desk, &entry));
    match edge {
        Some(edge) => {
            tree.desk.run(Command::Disconnect(edge));
            tree.desk.focus_home();
        }
        None => tree.desk.announce("This leads nowhere yet."),
    }
}

/// Moves the keyboard to where a way out leads.
pub(super) fn follow(tree: Tree) {
    let edge = tree
        .entry()
        .and_then(|entry| edge_onwards(tree.desk, &entry));
    let target = edge.and_then(|edge| {
        let edges = |editor: &editor::Editor| editor.flow().edges.get(&edge).cloned();
        tree.desk.read(edges).map(|edge| edge.target.clone())
    });
    if let Some(target) = target {
        go_to(tree, OutlineKey::Node(target));
    }
}

fn go_to(tree: Tree, key: OutlineKey) {
    tree.reach(key);
    if let Some(at) = tree.at.get_untracked() {
        tree.go(at);
    }
}

/// Opens a node's properties; goes along an exit; adds where one leads nowhere.
pub(super) fn open(tree: Tree) {
    match tree.entry() {
        Some(OutlineEntry::Node { id, .. }) => {
            tree.desk.set_home(Home::Outline);
            tree.desk.go_to(FieldTarget {
                node: id,
                field: None,
                row: None,
            });
        }
        Some(OutlineEntry::Exit { leads, .. }) => match leads {
            Leads::Nowhere | Leads::Ends => add_here(tree),
            Leads::Inside(_) | Leads::Below(_) | Leads::Elsewhere(_) => follow(tree),
        },
        Some(OutlineEntry::NotReached) => turn(tree),
        None => {}
    }
}

/// Selects the edge of a row, with its properties.
pub(super) fn open_edge(tree: Tree, edge: EdgeId) {
    tree.desk.run(Command::SelectEdge(edge));
    tree.desk.open_right.set(true);
}

/// Lets the node of a row be renamed in its row.
pub(super) fn rename(tree: Tree) {
    if let Some(OutlineEntry::Node { id, .. }) = tree.entry()
        && may_edit(tree.desk)
    {
        tree.renaming.set(Some(id));
    }
}

/// Deletes what is selected if the row is a part of it, else what the row is.
pub(super) fn delete(tree: Tree) {
    match tree.entry() {
        Some(OutlineEntry::Node { id, .. }) => delete_nodes(tree, id, Command::Delete),
        Some(OutlineEntry::Exit { .. }) => disconnect(tree),
        Some(OutlineEntry::NotReached) | None => {}
    }
}

/// Deletes a node and joins what led to it with what came after it.
pub(super) fn delete_and_heal(tree: Tree) {
    if let Some(OutlineEntry::Node { id, .. }) = tree.entry() {
        delete_nodes(tree, id, Command::DeleteAndHeal);
    }
}

fn delete_nodes(tree: Tree, id: NodeId, command: Command) {
    if !may_edit(tree.desk) {
        return;
    }
    select_if_alone(tree.desk, id);
    // The keyboard goes on from the row before.
    let before = tree.at.get_untracked().and_then(|at| {
        let (outline, shown) = (tree.outline.get_untracked(), tree.shown.get_untracked());
        let before = outline.neighbour(&shown, at, OutlineStep::Previous)?;
        Some(outline.rows().get(before)?.entry.key())
    });
    tree.desk.run(command);
    if let Some(before) = before {
        tree.reach(before);
    } else {
        tree.desk.focus_home();
    }
}

/// Copies a node beside itself.
pub(super) fn duplicate(tree: Tree) {
    if let Some(OutlineEntry::Node { id, .. }) = tree.entry() {
        select_if_alone(tree.desk, id);
        tree.desk.run(Command::Duplicate);
    }
}

fn select_if_alone(desk: Desk, id: NodeId) {
    if !desk
        .selected
        .with_untracked(|selected| selected.nodes.contains(&id))
    {
        desk.run(Command::Select {
            nodes: vec![id],
            mode: SelectMode::Replace,
        });
    }
}

/// Selects the node of a row too, or no longer.
pub(super) fn toggle_selected(tree: Tree) {
    if let Some(OutlineEntry::Node { id, .. }) = tree.entry() {
        tree.desk.run(Command::SetFocus(Some(id)));
        tree.desk.run(Command::ToggleFocused);
    }
}

/// Moves the focus to the node on the drawing.
pub(super) fn show_on_canvas(tree: Tree) {
    let node = tree.entry().and_then(|entry| entry.node().cloned());
    let Some(node) = node else {
        return;
    };
    tree.desk.show_canvas.set(true);
    tree.desk.select_and_reveal(&node);
    tree.desk.set_home(Home::Canvas);
    tree.desk.focus_node(node);
}

/// Hides or shows what stands below the row; whether that changed something.
pub(super) fn fold(tree: Tree, folds: bool) -> bool {
    let outline = tree.outline.get_untracked();
    let row = tree.at.get_untracked();
    let row = row.and_then(|at| Some((at, outline.rows().get(at)?)));
    let Some((_, row)) = row.filter(|(at, row)| row.has_children(*at)) else {
        return false;
    };
    let key = row.entry.key();
    let folded = tree
        .folded
        .try_update_untracked(|folded| folded.set(key, folds))
        .unwrap_or_default();
    if folded {
        tree.folded.notify();
    }
    folded
}

/// Hides what stands below the row, or shows it if it is hidden.
pub(super) fn turn(tree: Tree) {
    if !fold(tree, true) {
        fold(tree, false);
    }
}

/// Opens the menu of the row beside it.
pub(super) fn open_menu(tree: Tree) {
    let row = document().active_element();
    let row: Option<Element> = row.and_then(|row| row.dyn_into().ok());
    if let Some(rect) = row.map(|row| row.get_bounding_client_rect()) {
        tree.menu.open_at(rect.left() + 32.0, rect.bottom());
    }
}

fn may_edit(desk: Desk) -> bool {
    let may = desk.can_edit().get_untracked();
    if !may {
        desk.announce("You can look at this flow but not change it.");
    }
    may
}
