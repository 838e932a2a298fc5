//! Edits that let flows call something, or something else.

use std::sync::Arc;

use crate::{
    Call, Edge, EntityKind, EntityRef, FieldKey, FieldValue, Flow, Kind, Node, NodeId, Op, Point,
    Port,
};

/// How far apart steps stand, in canvas units.
const STEP: f64 = 150.0;

/// The edits that put a node between Start and what came first (spec, decision
/// 15), as linking a module into a call flow does. None where the flow has no
/// Start, and where nothing can follow the node.
pub fn put_first(flow: &Flow, id: NodeId, node: Node) -> Option<Vec<Op>> {
    let mut starts = flow
        .nodes
        .iter()
        .filter(|(_, node)| node.kind == Kind::START);
    let (start, _) = starts.next()?;
    let exit = node.exits().into_iter().next()?.port;
    let firsts: Vec<_> = flow.edges_from(start).collect();
    let below = |id: &NodeId| flow.position(id) + Point::new(0.0, STEP);
    let position = below(start);
    // What stands in the way makes room.
    let moved = firsts.first().map(|(_, edge)| &edge.target);
    let moved = moved.filter(|first| flow.position(first).y < position.y + STEP);
    let mut ops: Vec<Op> = moved
        .map(|first| Op::MoveNode {
            id: first.clone(),
            to: Point::new(flow.position(first).x, position.y + STEP),
        })
        .into_iter()
        .collect();
    ops.extend(
        firsts
            .iter()
            .map(|(key, _)| Op::Disconnect { id: (*key).clone() }),
    );
    ops.push(Op::AddNode {
        id: id.clone(),
        node: Arc::new(node),
        position,
        index: None,
    });
    let connect = |edge: Edge| Op::Connect {
        id: None,
        edge: Arc::new(edge),
        index: None,
    };
    ops.push(connect(Edge::new(start.clone(), Port::OUT, id.clone())));
    // What is known of the edges that led there stays with them.
    ops.extend(firsts.into_iter().map(|(_, edge)| {
        connect(Edge {
            source: id.clone(),
            port: exit.clone(),
            ..edge.clone()
        })
    }));
    Some(ops)
}

/// The edits after which whatever called one thing calls another: repointing
/// (shared-flows guide, step 3). None where nothing calls it.
pub fn repoint(flow: &Flow, kind: EntityKind, from: &EntityRef, to: &EntityRef) -> Vec<Op> {
    let calls = flow
        .calls()
        .filter(|call| call.kind == kind && call.reference == from);
    calls.map(|call| calls_instead(call, to)).collect()
}

/// The edit after which a node calls something else.
pub(crate) fn calls_instead(call: Call<'_>, to: &EntityRef) -> Op {
    Op::SetField {
        id: call.node.clone(),
        field: FieldKey::of(call.field),
        value: Some(FieldValue::Reference(to.clone())),
    }
}
