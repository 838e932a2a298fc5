//! Which nodes of a shared flow go over the wire together: a node there may
//! have several actions, and each of them is a node here.

use rustc_hash::FxHashSet;

use super::step;
use crate::{Edge, EdgeId, Flow, Kind, Node, NodeId, Port, kind::wire::Dialect};

/// The edges that leave each node, by its place in document order.
pub(super) struct Outgoing<'a>(Vec<Vec<(&'a EdgeId, &'a Edge)>>);

impl<'a> Outgoing<'a> {
    pub(super) fn of(flow: &'a Flow) -> Self {
        let mut outgoing = vec![Vec::new(); flow.nodes.len()];
        for (id, edge) in &flow.edges {
            let source = flow.nodes.get_index_of(&edge.source);
            if let Some(edges) = source.and_then(|index| outgoing.get_mut(index)) {
                edges.push((id, &**edge));
            }
        }
        Self(outgoing)
    }

    pub(super) fn from(&self, flow: &Flow, id: &NodeId) -> &[(&'a EdgeId, &'a Edge)] {
        let index = flow.nodes.get_index_of(id);
        index
            .and_then(|index| self.0.get(index))
            .map_or(&[], Vec::as_slice)
    }
}

/// The nodes of a shared flow as they go over the wire: each with those that
/// are further actions of it behind it, the one that comes first in front.
pub(crate) fn node_chains(flow: &Flow) -> Vec<Vec<&NodeId>> {
    chains(flow, &Outgoing::of(flow))
}

/// The nodes in groups that go over the wire as one node with several actions.
pub(super) fn chains<'a>(flow: &'a Flow, outgoing: &Outgoing<'a>) -> Vec<Vec<&'a NodeId>> {
    let mut entered = vec![0_usize; flow.nodes.len()];
    for edge in flow.edges.values() {
        let target = flow.nodes.get_index_of(&edge.target);
        if let Some(count) = target.and_then(|index| entered.get_mut(index)) {
            *count += 1;
        }
    }
    // The node that goes over the wire as the next action of another one.
    let joined = |id: &NodeId, node: &Node| -> Option<&'a NodeId> {
        // Several edges are what a node of its own has behind its actions.
        let [(_, edge)] = outgoing.from(flow, id) else {
            return None;
        };
        let index = flow.nodes.get_index_of(&edge.target)?;
        let (target, next) = flow.nodes.get_index(index)?;
        let is_plain = edge.port == Port::OUT && edge.extra.is_empty() && edge.label.is_empty();
        // What only a node of its own can say keeps it one.
        let is_bare = has_action(next)
            && next.label == default_label(&next.kind)
            && next
                .extra
                .keys()
                .all(|pointer| pointer.starts_with(IN_ACTION));
        let is_entered_once = entered.get(index) == Some(&1);
        let can_follow = is_plain && node.kind != Kind::START;
        (next.joins && is_bare && is_entered_once && can_follow).then_some(target)
    };
    let mut follows: FxHashSet<&NodeId> = FxHashSet::default();
    for (id, node) in &flow.nodes {
        follows.extend(joined(id, node));
    }
    let mut taken: FxHashSet<&NodeId> = FxHashSet::default();
    let mut chains = Vec::new();
    // Nodes that follow each other round and round begin somewhere too: the
    // second walk takes what the first has left.
    for is_first_walk in [true, false] {
        for (id, node) in &flow.nodes {
            if node.kind == Kind::START || (is_first_walk && follows.contains(id)) {
                continue;
            }
            let mut chain = Vec::new();
            let mut next = Some(id);
            while let Some(id) = next.filter(|id| taken.insert(*id)) {
                chain.push(id);
                next = flow.nodes.get(id).and_then(|node| joined(id, node));
            }
            if !chain.is_empty() {
                chains.push(chain);
            }
        }
    }
    let starts = flow.edges.values().filter(|edge| {
        let source = flow.nodes.get(&edge.source);
        source.is_some_and(|node| node.kind == Kind::START)
    });
    let entry = starts.map(|edge| &edge.target).next();
    if let Some(at) = chains
        .iter()
        .position(|chain| chain.first().copied() == entry)
    {
        let first = chains.remove(at);
        chains.insert(0, first);
    }
    chains
}

/// Whether a node does something: foreign documents have some that do nothing.
pub(super) fn has_action(node: &Node) -> bool {
    !step::type_name(node, Dialect::Shared).is_empty()
}

/// The label of a further action, which has none on the wire.
pub(crate) fn default_label(kind: &Kind) -> &str {
    match kind.spec() {
        Some(spec) => spec.title,
        None => kind.foreign_type().unwrap_or(kind.as_str()),
    }
}

/// How the pointers begin under which unknown members of an action are kept;
/// those of the node itself go without.
pub(crate) const IN_ACTION: &str = "/action/";
