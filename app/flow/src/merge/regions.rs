//! Named parts of three flows.

use std::sync::Arc;

use super::{Entries, Merger, at, order};
use crate::{Flow, Node, NodeId, Part, Region, RegionId};

impl Merger<'_> {
    /// The parts of the flow. One that a side removed stays where the other
    /// side has put a node into it.
    pub(super) fn regions(
        &mut self,
        nodes: &Entries<NodeId, Arc<Node>>,
    ) -> Entries<RegionId, Arc<Region>> {
        let sides = self.flows.map(|flow| &flow.regions);
        let mut regions = Entries::default();
        for id in order::of_entries(sides) {
            let region = at(sides, id);
            let merged = self.one(|| Part::Region { id: id.clone() }, region);
            let kept = merged.or_else(|| {
                let either = region.ours.or(region.theirs).or(region.base);
                either.filter(|_| self.is_needed(id, nodes)).cloned()
            });
            if let Some(region) = kept {
                regions.insert(id.clone(), Arc::new(region));
            }
        }
        regions
    }

    /// Whether a node of the result is in a part in which the sides that
    /// removed the part do not have it.
    fn is_needed(&self, region: &RegionId, nodes: &Entries<NodeId, Arc<Node>>) -> bool {
        let is_in = |node: &Node| node.region.as_ref() == Some(region);
        let removed_by = [self.flows.ours, self.flows.theirs];
        let removed_by =
            removed_by.map(|flow| Some(flow).filter(|flow| !flow.regions.contains_key(region)));
        let has_not =
            |flow: &Flow, id: &NodeId| !flow.nodes.get(id).is_some_and(|node| is_in(node));
        let mut inside = nodes.iter().filter(|(_, node)| is_in(node));
        inside.any(|(id, _)| removed_by.iter().flatten().all(|flow| has_not(flow, id)))
    }
}
