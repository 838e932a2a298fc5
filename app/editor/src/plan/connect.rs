//! Drawing an edge.

use flow::Sort as _;
use std::sync::Arc;

use flow::{Edge, EdgeId, Flow, NodeId, Op, Port, Transaction};

use super::name_of;
use crate::{
    connectable::{Connector, check_reroute},
    scene::Scene,
};

/// The edits that draw an edge: what leaves by the same exit goes first.
pub(super) fn connect_ops(
    flow: &Flow,
    scene: &Scene,
    source: &NodeId,
    port: &Port,
    target: &NodeId,
) -> Vec<Op> {
    let mut replaced: Vec<_> = scene.graph().edges_by(flow, source, port).collect();
    replaced.order();
    let edge = Edge::new(source.clone(), port.clone(), target.clone());
    replaced
        .into_iter()
        .map(|id| Op::Disconnect { id: id.clone() })
        .chain([Op::Connect {
            id: None,
            edge: Arc::new(edge),
            index: None,
        }])
        .collect()
}

/// Draws an edge, or says why it cannot be drawn.
pub(crate) fn plan_connect(
    flow: &Flow,
    scene: &Scene,
    source: NodeId,
    port: Port,
    target: &NodeId,
) -> Result<Transaction, crate::NotConnectable> {
    let connector = Connector::new(scene, source, port);
    connector.check(flow, scene, target)?;
    let label = format!(
        "Connect {} to {}",
        name_of(flow, &connector.source),
        name_of(flow, target)
    );
    let ops = connect_ops(flow, scene, &connector.source, &connector.port, target);
    Ok(Transaction::new(label, ops))
}

/// Leads an edge elsewhere, with all that is on it, or says why it cannot be.
/// Nothing where it is there already.
pub(crate) fn plan_reroute(
    flow: &Flow,
    scene: &Scene,
    id: &EdgeId,
    (source, port): (NodeId, Port),
    target: NodeId,
) -> Result<Option<Transaction>, crate::NotConnectable> {
    check_reroute(flow, scene, id, (&source, &port), &target)?;
    let Some(edge) = flow.edges.get(id) else {
        return Err(crate::NotConnectable::Missing);
    };
    let moved = Edge {
        source,
        port,
        target,
        ..Edge::clone(edge)
    };
    if moved == **edge {
        return Ok(None);
    }
    let graph = scene.graph();
    let same_exit = graph.edges_by(flow, &moved.source, &moved.port);
    let mut removed: Vec<EdgeId> = same_exit.chain([id]).cloned().collect();
    removed.order();
    removed.dedup();
    let label = format!(
        "Lead a connection from {} to {}",
        name_of(flow, &moved.source),
        name_of(flow, &moved.target)
    );
    let ops = removed
        .into_iter()
        .map(|id| Op::Disconnect { id })
        .chain([Op::Connect {
            id: None,
            edge: Arc::new(moved),
            index: None,
        }])
        .collect();
    Ok(Some(Transaction::new(label, ops)))
}

/// Removes the edges that are still there. None without any.
pub(crate) fn plan_cut(flow: &Flow, edges: Vec<EdgeId>) -> Option<Transaction> {
    let mut edges = edges;
    edges.retain(|id| flow.edges.contains_key(id));
    let label = match edges.len() {
        0 => return None,
        1 => "Cut a connection".to_owned(),
        count => format!("Cut {count} connections"),
    };
    let ops = edges.into_iter().map(|id| Op::Disconnect { id }).collect();
    Some(Transaction::new(label, ops))
}
