//! Named parts of three flows.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Entries, Merger, at, order};
use crate::{Node, NodeId, Part, Region, RegionId};

impl Merger<'_> {
    /// The parts of the flow. One that a node of the result is in stays, even
    /// where one side removed it.
    pub(super) fn regions(
        &mut self,
        nodes: &Entries<NodeId, Arc<Node>>,
    ) -> Entries<RegionId, Arc<Region>> {
        let used: FxHashSet<&RegionId> = nodes
            .values()
            .filter_map(|node| node.region.as_ref())
            .collect();
        let sides = self.flows.map(|flow| &flow.regions);
        let mut regions = Entries::default();
        for id in order::of_entries(sides) {
            let region = at(sides, id);
            let merged = self.one(|| Part::Region { id: id.clone() }, region);
            let kept = merged.or_else(|| {
                let either = region.ours.or(region.theirs).or(region.base);
                either.filter(|_| used.contains(id)).cloned()
            });
            if let Some(region) = kept {
                regions.insert(id.clone(), Arc::new(region));
            }
        }
        regions
    }
}
