//! Moving nodes.

use flow::{Flow, NodeId, NoteId, Op, Point, Transaction};

use super::count_of;
use crate::selection::OrderedSet;

/// Moves the nodes and notes that exist. None if nothing would move.
pub(crate) fn plan_move(
    flow: &Flow,
    (nodes, notes): (&OrderedSet<NodeId>, &OrderedSet<NoteId>),
    by: Point,
) -> Option<Transaction> {
    if (nodes.is_empty() && notes.is_empty()) || by == Point::default() {
        return None;
    }
    let moved_notes = notes.iter().filter_map(|id| {
        let note = flow.notes.get(id)?;
        Some(Op::PlaceNote {
            id: id.clone(),
            at: rounded(note.at + by),
            size: note.size,
        })
    });
    let ops = nodes
        .iter()
        .filter(|id| flow.nodes.contains_key(*id))
        .map(|id| Op::MoveNode {
            id: id.clone(),
            to: rounded(flow.position(id) + by),
        })
        .chain(moved_notes)
        .collect();
    let label = format!("Move {}", count_of(flow, nodes.iter(), notes.len()));
    Some(Transaction::new(label, ops))
}

/// Moves nodes to where tidying has them. None if nothing would move.
pub(crate) fn plan_tidy(moves: Vec<(NodeId, Point)>) -> Option<Transaction> {
    if moves.is_empty() {
        return None;
    }
    let moves = moves.into_iter();
    let ops = moves.map(|(id, to)| Op::MoveNode { id, to }).collect();
    Some(Transaction::new("Tidy up", ops))
}

/// To a hundredth of a unit: what is finer is noise of the arithmetic, and
/// would be written to files.
pub(crate) fn rounded(point: Point) -> Point {
    let round = |at: f64| (at * 100.0).round() / 100.0;
    Point::new(round(point.x), round(point.y))
}
