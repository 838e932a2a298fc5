//! What is disabled is not on the wire: it is put back where another flow has
//! it, as far as what it stands between is still there.

use std::{hash::Hash, sync::Arc};

use rustc_hash::FxHashMap;

use super::sent_as;
use crate::{Edge, EdgeId, Flow, FlowKind, NodeId, Port, bypass::Bypass, model::Map};

/// Puts the nodes that were left out of `with` into a flow without such. What
/// the flow sends stays the same.
pub(super) fn put_back(flow: &mut Flow, with: &Flow, bypass: &Bypass) {
    let left_out = with.nodes.iter();
    let left_out = left_out.filter(|(id, _)| !bypass.flow.nodes.contains_key(*id));
    let nodes: Map<_, _> = left_out
        .map(|(id, node)| (id.clone(), Arc::clone(node)))
        .collect();
    // Another step under one of these keys is not what was disabled.
    if nodes.keys().any(|id| flow.nodes.contains_key(id)) {
        return;
    }
    lead_to_them(flow, bypass);
    for id in nodes.keys() {
        flow.positions.insert(id.clone(), with.position(id));
    }
    place(&mut flow.nodes, nodes, with.nodes.keys());
    // An exit that leads elsewhere by now is left to that.
    let (now, then) = (leaving(flow), leaving(&bypass.flow));
    let left_out = with.edges.iter().filter(|(id, edge)| {
        let ends_are_there =
            flow.nodes.contains_key(&edge.source) && flow.nodes.contains_key(&edge.target);
        ends_are_there
            && !bypass.flow.edges.contains_key(*id)
            && !flow.edges.contains_key(*id)
            && now.get(&(&edge.source, &edge.port)) == then.get(&(&edge.source, &edge.port))
    });
    let edges = left_out
        .map(|(id, edge)| (id.clone(), Arc::clone(edge)))
        .collect();
    place(&mut flow.edges, edges, with.edges.keys());
}

/// Makes the edges that led on lead to what is disabled again.
fn lead_to_them(flow: &mut Flow, bypass: &Bypass) {
    let by_ends: FxHashMap<_, _> = bypass
        .led_on()
        .map(|(id, drawn, led)| ((&led.source, &led.port, &led.target), (id, drawn)))
        .collect();
    let edges = std::mem::take(&mut flow.edges);
    let mut taken: Map<EdgeId, Arc<Edge>> = Map::default();
    taken.reserve(edges.len());
    for (id, edge) in edges {
        let found = by_ends.get(&(&edge.source, &edge.port, &edge.target));
        let found = found.filter(|(drawn_id, _)| !taken.contains_key(*drawn_id));
        let Some((drawn_id, drawn)) = found else {
            taken.insert(id, edge);
            continue;
        };
        let mut led = Edge::clone(&edge);
        led.target = drawn.target.clone();
        led.wire_id = if flow.kind == FlowKind::Shared {
            drawn.wire_id.clone()
        } else {
            sent_as(led.wire_id, id.as_str(), drawn_id.as_str())
        };
        taken.insert((*drawn_id).clone(), Arc::new(led));
    }
    flow.edges = taken;
}

/// How many edges leave each exit.
fn leaving(flow: &Flow) -> FxHashMap<(&NodeId, &Port), usize> {
    let mut leaving = FxHashMap::default();
    for edge in flow.edges.values() {
        *leaving.entry((&edge.source, &edge.port)).or_default() += 1;
    }
    leaving
}

/// Puts entries behind those that they follow in an order.
fn place<'o, K: Clone + Eq + Hash + 'o, V>(
    into: &mut Map<K, V>,
    mut entries: Map<K, V>,
    order: impl Iterator<Item = &'o K>,
) {
    // By the places of those that they follow; before all others without one.
    let mut behind: FxHashMap<Option<usize>, Vec<(K, V)>> = FxHashMap::default();
    let mut last = None;
    for key in order {
        if let Some(entry) = entries.swap_remove_entry(key) {
            behind.entry(last).or_default().push(entry);
        } else {
            last = into.get_index_of(key).or(last);
        }
    }
    let mut placed: Map<K, V> = behind.remove(&None).into_iter().flatten().collect();
    for (index, (key, value)) in std::mem::take(into).into_iter().enumerate() {
        placed.insert(key, value);
        let following = behind.remove(&Some(index));
        placed.extend(following.into_iter().flatten());
    }
    *into = placed;
}
