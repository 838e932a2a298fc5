//! Drawing an edge.

use std::sync::Arc;

use flow::{Edge, Flow, NodeId, Op, Port, Transaction};

use super::name_of;
use crate::{connectable::Connector, scene::Scene};

/// The edits that draw an edge: what leaves by the same exit goes first.
pub(super) fn connect_ops(
    flow: &Flow,
    scene: &Scene,
    source: &NodeId,
    port: &Port,
    target: &NodeId,
) -> Vec<Op> {
    let mut replaced: Vec<_> = scene.graph().edges_by(flow, source, port).collect();
    replaced.sort();
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
