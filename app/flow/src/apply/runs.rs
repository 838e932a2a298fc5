//! Runs of like edits: nodes that come or go, edges that come or go. A run
//! walks over the flow once, however long it is; one by one, each edit would
//! walk over everything behind it.

use std::{collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashSet;

use super::{Applied, Refused, groups, regions, set};
use crate::{Edge, EdgeId, Flow, MAX_EDGES, MAX_NODES, NodeId, Op, model::Map};

/// Whether two edits that follow one another are of one run.
pub(super) fn belong_together(one: &Op, next: &Op) -> bool {
    matches!(
        (one, next),
        (Op::AddNode { .. }, Op::AddNode { .. })
            | (Op::RemoveNode { .. }, Op::RemoveNode { .. })
            | (Op::Connect { .. }, Op::Connect { .. })
            | (Op::Disconnect { .. }, Op::Disconnect { .. })
            | (Op::AddRegion { .. }, Op::AddRegion { .. })
            | (Op::RemoveRegion { .. }, Op::RemoveRegion { .. })
            | (Op::SetNodeGroup { .. }, Op::SetNodeGroup { .. })
    )
}

/// Applies a run: all of it, or nothing. Returns how many entries it walked
/// over.
pub(super) fn apply(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    match run {
        [Op::AddNode { .. }, ..] => add_nodes(flow, run, applied),
        [Op::RemoveNode { .. }, ..] => remove_nodes(flow, run, applied),
        [Op::Connect { .. }, ..] => connect(flow, run, applied),
        [Op::Disconnect { .. }, ..] => disconnect(flow, run, applied),
        [Op::AddRegion { .. }, ..] => regions::add(flow, run, applied),
        [Op::RemoveRegion { .. }, ..] => regions::remove(flow, run, applied),
        [Op::SetNodeGroup { .. }, ..] => groups::regroup(flow, run, applied),
        [op] => set::apply(flow, op, applied).map(|()| 1),
        _ => Ok(0),
    }
}

fn add_nodes(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    let mut coming = FxHashSet::default();
    let mut new = Vec::with_capacity(run.len());
    for op in run {
        let Op::AddNode {
            id,
            node,
            position,
            index,
        } = op
        else {
            continue;
        };
        if flow.nodes.contains_key(id) || !coming.insert(id) {
            return Err(Refused::NodeExists { id: id.clone() });
        }
        if let Some(region) = &node.region
            && !flow.regions.contains_key(region)
        {
            return Err(Refused::RegionMissing { id: region.clone() });
        }
        new.push((*index, id.clone(), Arc::clone(node), *position));
    }
    if flow.nodes.len() + new.len() > MAX_NODES {
        return Err(Refused::TooMany {
            what: "nodes".into(),
            limit: MAX_NODES,
        });
    }
    for (_, id, _, position) in &new {
        flow.positions.insert(id.clone(), *position);
        applied.inverse.push(Op::RemoveNode { id: id.clone() });
        applied.changes.nodes.insert(id.clone());
    }
    let new = new
        .into_iter()
        .map(|(index, id, node, _)| (index, id, node));
    Ok(insert(&mut flow.nodes, new.collect()))
}

fn connect(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    let mut coming = FxHashSet::default();
    let mut new: Vec<(Option<usize>, EdgeId, Arc<Edge>)> = Vec::with_capacity(run.len());
    for op in run {
        let Op::Connect { id, edge, index } = op else {
            continue;
        };
        for end in [&edge.source, &edge.target] {
            if !flow.nodes.contains_key(end) {
                return Err(Refused::NodeMissing { id: end.clone() });
            }
        }
        let id = id.clone().unwrap_or_else(|| edge.key());
        if !flow.edges.contains_key(&id) && coming.insert(id.clone()) {
            new.push((*index, id, Arc::clone(edge)));
        }
    }
    if flow.edges.len() + new.len() > MAX_EDGES {
        return Err(Refused::TooMany {
            what: "edges".into(),
            limit: MAX_EDGES,
        });
    }
    for (_, id, _) in &new {
        applied.inverse.push(Op::Disconnect { id: id.clone() });
        applied.changes.edges.insert(id.clone());
    }
    Ok(insert(&mut flow.edges, new))
}

fn disconnect(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    let gone: FxHashSet<&EdgeId> = run
        .iter()
        .filter_map(|op| match op {
            Op::Disconnect { id } => Some(id),
            _ => None,
        })
        .collect();
    if !gone.iter().any(|id| flow.edges.contains_key(*id)) {
        return Ok(run.len());
    }
    let walked = flow.edges.len();
    remove_edges(flow, applied, |id, _| gone.contains(id));
    Ok(walked)
}

fn remove_nodes(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    let mut gone: FxHashSet<&NodeId> = FxHashSet::default();
    for op in run {
        if let Op::RemoveNode { id } = op
            && !(flow.nodes.contains_key(id) && gone.insert(id))
        {
            return Err(Refused::NodeMissing { id: id.clone() });
        }
    }
    let mut walked = flow.nodes.len() + flow.edges.len();
    remove_edges(flow, applied, |_, edge| {
        gone.contains(&edge.source) || gone.contains(&edge.target)
    });
    // In the order of the nodes' keys, whatever the order of a set.
    let leaving: BTreeSet<&NodeId> = gone.iter().copied().collect();
    walked += groups::leave(flow, leaving.into_iter(), applied);
    for (index, id, node) in take(&mut flow.nodes, |id, _| gone.contains(id)) {
        let position = flow.positions.swap_remove(&id).unwrap_or_default();
        applied.changes.nodes.insert(id.clone());
        applied.inverse.push(Op::AddNode {
            id,
            node,
            position,
            index: Some(index),
        });
    }
    Ok(walked)
}

fn remove_edges(flow: &mut Flow, applied: &mut Applied, goes: impl Fn(&EdgeId, &Edge) -> bool) {
    for (index, id, edge) in take(&mut flow.edges, goes) {
        applied.changes.edges.insert(id.clone());
        applied.inverse.push(Op::Connect {
            id: Some(id),
            edge,
            index: Some(index),
        });
    }
}

/// Takes entries out of a map, in one walk. They are returned with the places
/// that they had, the last first: an inverse is undone from its last edit to
/// its first, so the first comes back first.
pub(super) fn take<K: Clone + Eq + std::hash::Hash, V>(
    map: &mut Map<K, Arc<V>>,
    goes: impl Fn(&K, &V) -> bool,
) -> Vec<(usize, K, Arc<V>)> {
    let mut taken = Vec::new();
    let mut index = 0;
    map.retain(|key, value| {
        let stays = !goes(key, value);
        if !stays {
            taken.push((index, key.clone(), Arc::clone(value)));
        }
        index += 1;
        stays
    });
    taken.reverse();
    taken
}

/// Inserts new entries, each at its place at the time of its insertion or at
/// the end. Returns how many entries were walked over.
pub(super) fn insert<K: Eq + std::hash::Hash, V>(
    map: &mut Map<K, V>,
    new: Vec<(Option<usize>, K, V)>,
) -> usize {
    let before = map.len();
    let places: Vec<usize> = (before..)
        .zip(&new)
        .map(|(end, (index, ..))| index.unwrap_or(end).min(end))
        .collect();
    if (before..).zip(&places).all(|(end, place)| end == *place) {
        map.extend(new.into_iter().map(|(_, key, value)| (key, value)));
        return places.len();
    }
    if !places.is_sorted_by(|one, next| one < next) {
        let count = new.len();
        for (place, (_, key, value)) in places.into_iter().zip(new) {
            map.shift_insert(place, key, value);
        }
        return count * map.len();
    }
    // Ascending places are those that the entries have in the end, so one walk
    // puts old and new in order.
    let mut old = std::mem::take(map).into_iter();
    map.reserve(before + places.len());
    for (place, (_, key, value)) in places.into_iter().zip(new) {
        let gap = place - map.len();
        map.extend(old.by_ref().take(gap));
        map.insert(key, value);
    }
    map.extend(old);
    map.len()
}
