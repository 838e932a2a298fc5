//! The way from one flow to another: the edits that make the one into the
//! other, so that a change which was worked out as a whole goes the way of
//! every other edit.

use std::sync::Arc;

use crate::{Flow, FlowSetting, Node, NodeId, Op, Point, Transaction, apply};

/// The edits that lead from a flow to another of its kind. What no edit can
/// change stays as it is in the first: the order of what both have,
/// and notes, which stand beside the flow.
pub fn transition(from: &Flow, to: &Flow) -> Vec<Op> {
    let mut ops = Vec::new();
    settings(from, to, &mut ops);
    let replaced = |id: &NodeId, node: &Arc<Node>| {
        to.nodes
            .get(id)
            .is_some_and(|other| !is_edited_into(node, other))
    };
    // A node that is made anew loses its edges and its group.
    let is_anew = |id: &NodeId| match from.nodes.get(id) {
        Some(node) => replaced(id, node),
        None => true,
    };
    for (id, edge) in &from.edges {
        let stays = to.edges.get(id).is_some_and(|other| {
            (&other.source, &other.port, &other.target) == (&edge.source, &edge.port, &edge.target)
                && (&other.wire_id, &other.extra) == (&edge.wire_id, &edge.extra)
        });
        if !stays {
            ops.push(Op::Disconnect { id: id.clone() });
        }
    }
    for (id, node) in &from.nodes {
        if !to.nodes.contains_key(id) || replaced(id, node) {
            ops.push(Op::RemoveNode { id: id.clone() });
        }
    }
    regions(from, to, &mut ops);
    for (index, (id, node)) in to.nodes.iter().enumerate() {
        match from.nodes.get(id).filter(|_| !is_anew(id)) {
            Some(before) => edits(id, before, node, &mut ops),
            None => ops.push(Op::AddNode {
                id: id.clone(),
                node: Arc::clone(node),
                position: at(to, id),
                index: Some(index),
            }),
        }
        if !is_anew(id) && at(from, id) != at(to, id) {
            ops.push(Op::MoveNode {
                id: id.clone(),
                to: at(to, id),
            });
        }
    }
    for (index, (id, edge)) in to.edges.iter().enumerate() {
        let kept = from.edges.get(id).filter(|before| {
            (&before.source, &before.port, &before.target)
                == (&edge.source, &edge.port, &edge.target)
                && (&before.wire_id, &before.extra) == (&edge.wire_id, &edge.extra)
                && !is_anew(&edge.source)
                && !is_anew(&edge.target)
        });
        match kept {
            Some(before) if before.label == edge.label => {}
            Some(_) => ops.push(Op::SetEdgeLabel {
                id: id.clone(),
                label: edge.label.clone(),
            }),
            None => ops.push(Op::Connect {
                id: (edge.key() != *id).then(|| id.clone()),
                edge: Arc::clone(edge),
                index: Some(index),
            }),
        }
    }
    beside(from, to, &mut ops);
    ops
}

fn at(flow: &Flow, id: &NodeId) -> Point {
    flow.positions.get(id).copied().unwrap_or_default()
}

/// Whether edits lead from one node to the other; else it is made anew.
fn is_edited_into(before: &Node, after: &Node) -> bool {
    let Node {
        kind,
        label: _,
        fields: _,
        exits,
        region,
        joins,
        disabled: _,
        wire_id,
        extra,
    } = before;
    (kind, exits, region, joins, wire_id, extra)
        == (
            &after.kind,
            &after.exits,
            &after.region,
            &after.joins,
            &after.wire_id,
            &after.extra,
        )
}

fn edits(id: &NodeId, before: &Node, after: &Node, ops: &mut Vec<Op>) {
    if before.label != after.label {
        ops.push(Op::SetLabel {
            id: id.clone(),
            label: after.label.clone(),
        });
    }
    if before.disabled != after.disabled {
        ops.push(Op::SetDisabled {
            id: id.clone(),
            disabled: after.disabled,
        });
    }
    let cleared = before
        .fields
        .keys()
        .filter(|key| !after.fields.contains_key(*key))
        .map(|key| (key, None));
    let set = after
        .fields
        .iter()
        .filter(|(key, value)| before.fields.get(*key) != Some(*value))
        .map(|(key, value)| (key, Some(value.clone())));
    for (field, value) in cleared.chain(set) {
        ops.push(Op::SetField {
            id: id.clone(),
            field: field.clone(),
            value,
        });
    }
}

fn settings(from: &Flow, to: &Flow, ops: &mut Vec<Op>) {
    let settings = [
        (from.name != to.name).then(|| FlowSetting::Name(to.name.clone())),
        (from.description != to.description)
            .then(|| FlowSetting::Description(to.description.clone())),
        (from.variables != to.variables).then(|| FlowSetting::Variables(to.variables.clone())),
        (from.wire_type != to.wire_type).then(|| FlowSetting::WireType(to.wire_type.clone())),
        (from.interface.inputs != to.interface.inputs)
            .then(|| FlowSetting::Inputs(to.interface.inputs.clone())),
        (from.interface.outputs != to.interface.outputs)
            .then(|| FlowSetting::Outputs(to.interface.outputs.clone())),
        (from.extra != to.extra).then(|| FlowSetting::Members(to.extra.clone())),
    ];
    ops.extend(settings.into_iter().flatten().map(Op::SetFlow));
}

fn regions(from: &Flow, to: &Flow, ops: &mut Vec<Op>) {
    for (index, (id, region)) in to.regions.iter().enumerate() {
        match from.regions.get(id) {
            None => ops.push(Op::AddRegion {
                id: id.clone(),
                region: Arc::clone(region),
                index: Some(index),
            }),
            Some(before) if before.name != region.name => ops.push(Op::SetRegionName {
                id: id.clone(),
                name: region.name.clone(),
            }),
            Some(_) => {}
        }
    }
    for id in from.regions.keys() {
        if !to.regions.contains_key(id) {
            ops.push(Op::RemoveRegion { id: id.clone() });
        }
    }
}

/// Groups again of nodes that were made anew, and of those that came. A group
/// goes with the last node that leaves it, so that what the edits before make
/// is looked at.
fn beside(from: &Flow, to: &Flow, ops: &mut Vec<Op>) {
    let mut flow = from.clone();
    if apply(&mut flow, &Transaction::new("", ops.clone())).is_err() {
        // Who applies them is told why.
        return;
    }
    let added = to
        .groups
        .iter()
        .filter(|(id, _)| !flow.groups.contains_key(*id));
    ops.extend(added.map(|(id, group)| Op::AddGroup {
        id: id.clone(),
        group: Arc::clone(group),
    }));
    let moved = to
        .grouped
        .iter()
        .filter(|(node, group)| flow.grouped.get(*node) != Some(*group));
    ops.extend(moved.map(|(node, group)| Op::SetNodeGroup {
        id: node.clone(),
        group: Some(group.clone()),
    }));
}
