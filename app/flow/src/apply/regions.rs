//! Runs of named parts that come or go.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{
    Applied, Refused,
    runs::{insert, take},
};
use crate::{Flow, MAX_REGIONS, Op, RegionId};

/// Adds the regions of a run. Returns how many entries it walked over.
pub(super) fn add(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    let mut coming = FxHashSet::default();
    let mut new = Vec::with_capacity(run.len());
    for op in run {
        let Op::AddRegion { id, region, index } = op else {
            continue;
        };
        if flow.regions.contains_key(id) || !coming.insert(id) {
            return Err(Refused::RegionExists { id: id.clone() });
        }
        new.push((*index, id.clone(), Arc::clone(region)));
    }
    if flow.regions.len() + new.len() > MAX_REGIONS {
        return Err(Refused::TooMany {
            what: "named parts".into(),
            limit: MAX_REGIONS,
        });
    }
    for (_, id, _) in &new {
        applied.inverse.push(Op::RemoveRegion { id: id.clone() });
        applied.changes.regions.insert(id.clone());
    }
    Ok(insert(&mut flow.regions, new))
}

/// Removes the regions of a run, of which none may have a node in it. Returns
/// how many entries it walked over.
pub(super) fn remove(flow: &mut Flow, run: &[Op], applied: &mut Applied) -> Result<usize, Refused> {
    let mut gone: FxHashSet<&RegionId> = FxHashSet::default();
    for op in run {
        if let Op::RemoveRegion { id } = op
            && !(flow.regions.contains_key(id) && gone.insert(id))
        {
            return Err(Refused::RegionMissing { id: id.clone() });
        }
    }
    let mut used = flow.nodes.values().filter_map(|node| node.region.as_ref());
    if let Some(id) = used.find(|id| gone.contains(id)) {
        return Err(Refused::RegionInUse { id: id.clone() });
    }
    let walked = flow.nodes.len() + flow.regions.len();
    for (index, id, region) in take(&mut flow.regions, |id, _| gone.contains(id)) {
        applied.changes.regions.insert(id.clone());
        applied.inverse.push(Op::AddRegion {
            id,
            region,
            index: Some(index),
        });
    }
    Ok(walked)
}
