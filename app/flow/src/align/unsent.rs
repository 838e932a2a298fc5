//! What the wire says without ids: where flows begin whose Start is implicit,
//! and which nodes are further actions of others. They are known by what they
//! are, and their places in the document mean nothing.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Edge, EdgeId, Flow, FlowKind, Kind, NodeId, direct::node_chains, model::Map};

/// The nodes of a flow that have no id on the wire.
#[derive(Default)]
pub(super) struct Unsent<'a> {
    /// The Start, where it is implicit.
    start: Option<&'a NodeId>,
    /// The further actions, each list behind the node that they belong to.
    further: Vec<(&'a NodeId, Vec<&'a NodeId>)>,
    /// The node that comes first on the wire wherever it stands here.
    entry: Option<&'a NodeId>,
}

impl<'a> Unsent<'a> {
    pub(super) fn of(flow: &'a Flow) -> Self {
        let mut unsent = Self::default();
        if matches!(flow.kind, FlowKind::Lookup | FlowKind::Architect) {
            return unsent;
        }
        let mut starts = flow.nodes.iter().filter(|(_, node)| is_start(node));
        unsent.start = starts.next().map(|(id, _)| id);
        if flow.kind != FlowKind::Shared {
            return unsent;
        }
        let is_entry = |edge: &&std::sync::Arc<Edge>| {
            let source = flow.nodes.get(&edge.source);
            source.is_some_and(|node| is_start(node))
        };
        let entered = flow.edges.values().find(is_entry).map(|edge| &edge.target);
        for chain in node_chains(flow) {
            let Some((head, further)) = chain.split_first() else {
                continue;
            };
            if entered == Some(head) {
                unsent.entry = Some(head);
            }
            // A round of actions that follow one another has no certain first.
            let is_round = flow.nodes.get(*head).is_some_and(|node| node.joins);
            if !is_round && !further.is_empty() {
                unsent.further.push((head, further.to_vec()));
            }
        }
        unsent
    }

    /// The Start and the further actions.
    pub(super) fn ids(&self) -> FxHashSet<&'a NodeId> {
        let further = self.further.iter().flat_map(|(_, further)| further);
        self.start.into_iter().chain(further.copied()).collect()
    }

    /// Which of them are the same as which of another flow's, where the nodes
    /// that they belong to are the same by `same`.
    pub(super) fn pairs<'b>(
        &self,
        other: &Unsent<'b>,
        same: impl Fn(&'a NodeId) -> Option<&'b NodeId>,
    ) -> Vec<(&'a NodeId, &'b NodeId)> {
        let mut pairs: Vec<_> = self.start.zip(other.start).into_iter().collect();
        let others = other.further.iter().map(|(head, further)| (*head, further));
        let others: FxHashMap<_, _> = others.collect();
        for (head, further) in &self.further {
            let same = same(head).and_then(|head| others.get(head));
            let same = same.into_iter().flat_map(|further| further.iter().copied());
            pairs.extend(further.iter().copied().zip(same));
        }
        pairs
    }
}

fn is_start(node: &crate::Node) -> bool {
    node.kind == Kind::START
}

/// Puts the nodes whose places mean nothing where another flow has them.
pub(super) fn arrange(flow: &mut Flow, with: &Flow) {
    let sent = flow.as_sent();
    let unsent = Unsent::of(&sent);
    let free: FxHashSet<NodeId> = unsent
        .ids()
        .into_iter()
        .chain(unsent.entry)
        .cloned()
        .collect();
    drop(sent);
    if free.is_empty() {
        return;
    }
    let nodes = std::mem::take(&mut flow.nodes);
    flow.nodes = arranged(nodes, with.nodes.keys(), |id| free.contains(id));
    if flow.kind == FlowKind::Shared {
        let edges = std::mem::take(&mut flow.edges);
        flow.edges = by_sources(edges, with.edges.keys());
    }
}

/// Entries of which the free ones stand where `with` has them. The others keep
/// their order.
fn arranged<'w, K: Clone + Eq + Hash + 'w, V>(
    entries: Map<K, V>,
    with: impl Iterator<Item = &'w K> + Clone,
    is_free: impl Fn(&K) -> bool,
) -> Map<K, V> {
    let known: FxHashSet<&K> = with.clone().collect();
    let is_bound = |key: &K| known.contains(key) && !is_free(key);
    let (mut free, mut others) = (Map::<K, Option<V>>::default(), Vec::new());
    let mut bound = FxHashSet::default();
    for (key, value) in entries {
        if is_free(&key) {
            free.insert(key, Some(value));
        } else {
            bound.extend(is_bound(&key).then(|| key.clone()));
            others.push((key, value));
        }
    }
    let mut others = others.into_iter();
    let mut arranged = Map::default();
    for key in with {
        if let Some(value) = free.get_mut(key).and_then(Option::take) {
            arranged.insert(key.clone(), value);
        } else if bound.contains(key) {
            // Up to the next that has a place there.
            for (key, value) in others.by_ref() {
                let is_last = bound.contains(&key);
                arranged.insert(key, value);
                if is_last {
                    break;
                }
            }
        }
    }
    arranged.extend(others);
    let left = free.into_iter();
    arranged.extend(left.filter_map(|(key, value)| Some((key, value?))));
    arranged
}

/// Edges in the order of `with`, as far as those of each node keep theirs.
fn by_sources<'w, V: AsRef<Edge>>(
    edges: Map<EdgeId, V>,
    with: impl Iterator<Item = &'w EdgeId>,
) -> Map<EdgeId, V> {
    let mut places: FxHashMap<NodeId, std::collections::VecDeque<usize>> = FxHashMap::default();
    let mut sources: FxHashMap<EdgeId, NodeId> = FxHashMap::default();
    let mut waiting = Vec::with_capacity(edges.len());
    for (place, (key, edge)) in edges.into_iter().enumerate() {
        let source = edge.as_ref().source.clone();
        places.entry(source.clone()).or_default().push_back(place);
        sources.insert(key.clone(), source);
        waiting.push(Some((key, edge)));
    }
    let mut arranged = Map::default();
    for key in with {
        let queue = sources.get(key).and_then(|source| places.get_mut(source));
        let place = queue.and_then(std::collections::VecDeque::pop_front);
        let edge = place.and_then(|place| waiting.get_mut(place)?.take());
        arranged.extend(edge);
    }
    arranged.extend(waiting.into_iter().flatten());
    arranged
}
