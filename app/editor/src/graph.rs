//! Which edges touch which node: what a flow does not say without a walk over
//! all its edges.

use std::collections::hash_map::Entry;

use flow::{Changes, EdgeId, Exit, Flow, NodeId, Port};
use rustc_hash::{FxHashMap, FxHashSet};

/// The flow's graph by node, kept up with the changes to the flow.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    nodes: FxHashMap<NodeId, Links>,
    /// The ends of each edge as they are linked here: an edge that is gone
    /// from the flow no longer tells them.
    ends: FxHashMap<EdgeId, (NodeId, NodeId)>,
}

/// What belongs to one node.
#[derive(Clone, Debug, Default)]
struct Links {
    exits: Vec<Exit>,
    outgoing: Vec<EdgeId>,
    incoming: Vec<EdgeId>,
}

impl Graph {
    /// Follows the changes to a flow; says whether nodes, exits or edges are
    /// others now.
    pub(crate) fn update(&mut self, flow: &Flow, changes: &Changes) -> bool {
        let mut differs = !changes.edges.is_empty();
        if !self.ends.is_empty() {
            for edge in &changes.edges {
                self.unlink(edge);
            }
        }
        self.nodes.reserve(changes.nodes.len());
        self.ends.reserve(changes.edges.len());
        for id in &changes.nodes {
            match flow.nodes.get(id) {
                Some(node) => {
                    let exits = node.exits();
                    match self.nodes.entry(id.clone()) {
                        Entry::Occupied(links) => {
                            let links = links.into_mut();
                            differs |= links.exits != exits;
                            links.exits = exits;
                        }
                        Entry::Vacant(place) => {
                            differs = true;
                            place.insert(Links {
                                exits,
                                ..Links::default()
                            });
                        }
                    }
                }
                None => differs |= self.nodes.remove(id).is_some(),
            }
        }
        for id in &changes.edges {
            if let Some(edge) = flow.edges.get(id) {
                self.link(id, &edge.source, &edge.target);
            }
        }
        differs
    }

    fn link(&mut self, id: &EdgeId, source: &NodeId, target: &NodeId) {
        if let Some(links) = self.nodes.get_mut(source) {
            links.outgoing.push(id.clone());
        }
        if let Some(links) = self.nodes.get_mut(target) {
            links.incoming.push(id.clone());
        }
        self.ends
            .insert(id.clone(), (source.clone(), target.clone()));
    }

    fn unlink(&mut self, id: &EdgeId) {
        if let Some((source, target)) = self.ends.remove(id) {
            if let Some(links) = self.nodes.get_mut(&source) {
                links.outgoing.retain(|other| other != id);
            }
            if let Some(links) = self.nodes.get_mut(&target) {
                links.incoming.retain(|other| other != id);
            }
        }
    }

    /// The exits of a node, in drawing order.
    pub(crate) fn exits(&self, id: &NodeId) -> &[Exit] {
        self.nodes.get(id).map_or(&[], |links| &links.exits)
    }

    /// The edges that leave a node, in no particular order.
    pub(crate) fn outgoing(&self, id: &NodeId) -> &[EdgeId] {
        self.nodes.get(id).map_or(&[], |links| &links.outgoing)
    }

    /// The edges that enter a node, in no particular order.
    pub(crate) fn incoming(&self, id: &NodeId) -> &[EdgeId] {
        self.nodes.get(id).map_or(&[], |links| &links.incoming)
    }

    /// The edges that touch a node; one that leads back to it comes once.
    pub(crate) fn edges_at<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = &'a EdgeId> {
        let leaves_it_too =
            move |edge: &&EdgeId| self.ends.get(*edge).is_none_or(|(source, _)| source != id);
        self.outgoing(id)
            .iter()
            .chain(self.incoming(id).iter().filter(leaves_it_too))
    }

    /// The source and the target of an edge.
    pub(crate) fn ends(&self, id: &EdgeId) -> Option<(&NodeId, &NodeId)> {
        self.ends.get(id).map(|(source, target)| (source, target))
    }

    /// The edges that leave by one exit; more than one only in flows from
    /// elsewhere.
    pub(crate) fn edges_by<'a>(
        &'a self,
        flow: &'a Flow,
        node: &NodeId,
        port: &'a Port,
    ) -> impl Iterator<Item = &'a EdgeId> {
        self.outgoing(node)
            .iter()
            .filter(move |id| flow.edges.get(*id).is_some_and(|edge| edge.port == *port))
    }

    /// The nodes that lead to a node, itself included.
    pub(crate) fn ancestors(&self, of: &NodeId) -> FxHashSet<NodeId> {
        self.reached(of, |links| &links.incoming, |(source, _)| source)
    }

    /// The nodes that a node leads to, itself included.
    pub(crate) fn descendants(&self, of: &NodeId) -> FxHashSet<NodeId> {
        self.reached(of, |links| &links.outgoing, |(_, target)| target)
    }

    fn reached(
        &self,
        from: &NodeId,
        ways: fn(&Links) -> &Vec<EdgeId>,
        end: fn(&(NodeId, NodeId)) -> &NodeId,
    ) -> FxHashSet<NodeId> {
        let mut found: FxHashSet<NodeId> = [from.clone()].into_iter().collect();
        let mut open = vec![from.clone()];
        while let Some(node) = open.pop() {
            for edge in self.nodes.get(&node).map(ways).into_iter().flatten() {
                if let Some(next) = self.ends.get(edge).map(end)
                    && found.insert(next.clone())
                {
                    open.push(next.clone());
                }
            }
        }
        found
    }

    /// Everything in it, in an order that does not depend on how it came about.
    #[cfg(test)]
    pub(crate) fn sorted(&self) -> std::collections::BTreeMap<NodeId, [Vec<EdgeId>; 2]> {
        let sort = |edges: &[EdgeId]| {
            let mut edges = edges.to_vec();
            edges.sort();
            edges
        };
        self.nodes
            .iter()
            .map(|(id, links)| (id.clone(), [sort(&links.outgoing), sort(&links.incoming)]))
            .collect()
    }
}
