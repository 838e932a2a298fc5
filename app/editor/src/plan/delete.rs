//! Removing what is selected.

use flow::Sort as _;
use std::{cmp::Reverse, sync::Arc};

use flow::{Edge, EdgeId, Flow, NodeId, Op, Transaction};
use rustc_hash::FxHashSet;

use super::count_of;
use crate::{
    scene::Scene,
    selection::{OrderedSet, Selection},
};

/// Removes the selected nodes, edges and notes. None if nothing is selected.
pub(crate) fn plan_delete(
    flow: &Flow,
    scene: &Scene,
    selection: &Selection,
) -> Option<Transaction> {
    if selection.is_empty() {
        return None;
    }
    // Edges that a removed node takes with it need no edit of their own.
    let alone = |id: &&EdgeId| {
        scene.graph().ends(id).is_some_and(|(source, target)| {
            !selection.nodes().contains(source) && !selection.nodes().contains(target)
        })
    };
    let disconnected = selection
        .edges()
        .iter()
        .filter(alone)
        .map(|id| Op::Disconnect { id: id.clone() });
    let ops = disconnected
        .chain(removals(flow, selection.nodes()))
        .chain(
            selection
                .notes()
                .iter()
                .map(|id| Op::RemoveNote { id: id.clone() }),
        )
        .collect();
    Some(Transaction::new(label(flow, selection), ops))
}

/// Removes the selected nodes and leads what led to them to where they led:
/// along the first connected exit of each.
pub(crate) fn plan_delete_and_heal(
    flow: &Flow,
    scene: &Scene,
    selection: &Selection,
) -> Option<Transaction> {
    let mut transaction = plan_delete(flow, scene, selection)?;
    let removed = selection.nodes();
    let mut entering: Vec<(usize, &Edge)> = removed
        .iter()
        .flat_map(|id| scene.graph().incoming(id))
        .filter_map(|id| {
            let (index, _, edge) = flow.edges.get_full(id)?;
            (!removed.contains(&edge.source)).then_some((index, &**edge))
        })
        .collect();
    entering.order_by_key(|(index, _)| *index);
    for (_, edge) in entering {
        if let Some(target) = way_out(flow, scene, removed, &edge.target) {
            transaction.ops.push(Op::Connect {
                id: None,
                edge: Arc::new(Edge::new(
                    edge.source.clone(),
                    edge.port.clone(),
                    target.clone(),
                )),
                index: None,
            });
        }
    }
    Some(transaction)
}

/// The first node outside that is reached from a removed one, by the first
/// connected exit of each node on the way.
fn way_out<'a>(
    flow: &'a Flow,
    scene: &'a Scene,
    removed: &OrderedSet<NodeId>,
    from: &'a NodeId,
) -> Option<&'a NodeId> {
    let mut met = FxHashSet::default();
    let mut at = from;
    while removed.contains(at) {
        if !met.insert(at) {
            return None;
        }
        let graph = scene.graph();
        let edge = graph
            .exits(at)
            .iter()
            .find_map(|exit| graph.edges_by(flow, at, &exit.port).next())?;
        (_, at) = graph.ends(edge)?;
    }
    Some(at)
}

/// From the last to the first: taking from the end of a list moves nothing.
fn removals(flow: &Flow, nodes: &OrderedSet<NodeId>) -> impl Iterator<Item = Op> {
    let mut removed: Vec<_> = nodes.iter().collect();
    removed.order_by_key(|id| Reverse(flow.nodes.get_index_of(*id)));
    removed
        .into_iter()
        .map(|id| Op::RemoveNode { id: id.clone() })
}

fn label(flow: &Flow, selection: &Selection) -> String {
    let notes = selection.notes().len();
    match (selection.nodes().len(), selection.edges().len()) {
        (0, 0) => format!("Delete {}", count_of(flow, [].iter(), notes)),
        (0, 1) => "Delete a connection".to_owned(),
        (0, edges) => format!("Delete {edges} connections"),
        _ => format!("Delete {}", count_of(flow, selection.nodes().iter(), notes)),
    }
}
