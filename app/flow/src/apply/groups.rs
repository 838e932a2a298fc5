//! Groups that come, go, or are changed, and the nodes in them. A group that
//! the last node leaves goes too.

use std::{collections::BTreeSet, sync::Arc};

use super::{Applied, Refused};
use crate::{Flow, Group, GroupId, MAX_GROUPS, NodeId, Op};

pub(super) fn apply(flow: &mut Flow, op: &Op, applied: &mut Applied) -> Result<(), Refused> {
    let (id, inverse) = match op {
        Op::AddGroup { id, group } => {
            match flow.groups.get(id) {
                // Whoever takes back what put nodes into it finds it there if
                // others did so too.
                Some(same) if same == group => return Ok(()),
                Some(_) => return Err(Refused::GroupExists { id: id.clone() }),
                None => {}
            }
            if flow.groups.len() >= MAX_GROUPS {
                return Err(Refused::TooMany {
                    what: "groups".into(),
                    limit: MAX_GROUPS,
                });
            }
            flow.groups.insert(id.clone(), Arc::clone(group));
            (id, Op::RemoveGroup { id: id.clone() })
        }
        Op::RemoveGroup { id } => {
            let Some(group) = flow.groups.remove(id) else {
                return Ok(());
            };
            let nodes: Vec<NodeId> = flow.members(id).cloned().collect();
            for node in nodes {
                flow.grouped.remove(&node);
                applied.inverse.push(Op::SetNodeGroup {
                    id: node,
                    group: Some(id.clone()),
                });
            }
            let id_back = id.clone();
            (id, Op::AddGroup { id: id_back, group })
        }
        Op::SetGroupTitle { id, title } => {
            let title = std::mem::replace(&mut group(flow, id)?.title, title.clone());
            let id_back = id.clone();
            (id, Op::SetGroupTitle { id: id_back, title })
        }
        Op::SetGroupTint { id, tint } => {
            let tint = std::mem::replace(&mut group(flow, id)?.tint, *tint);
            let id_back = id.clone();
            (id, Op::SetGroupTint { id: id_back, tint })
        }
        _ => return Ok(()),
    };
    applied.inverse.push(inverse);
    applied.changes.groups.insert(id.clone());
    Ok(())
}

/// Moves the nodes of a run to other groups, or out of any: all of them, or
/// nothing. Returns how many entries it walked over.
pub(super) fn regroup(
    flow: &mut Flow,
    run: &[Op],
    applied: &mut Applied,
) -> Result<usize, Refused> {
    for op in run {
        let Op::SetNodeGroup { id, group } = op else {
            continue;
        };
        if !flow.nodes.contains_key(id) {
            return Err(Refused::NodeMissing { id: id.clone() });
        }
        if let Some(group) = group
            && !flow.groups.contains_key(group)
        {
            return Err(Refused::GroupMissing { id: group.clone() });
        }
    }
    let walked = keep_empty(flow, run, applied);
    let mut left = BTreeSet::new();
    for op in run {
        if let Op::SetNodeGroup { id, group } = op {
            set(flow, id, group.clone(), &mut left, applied);
        }
    }
    Ok(run.len() + walked + remove_empty(flow, left, applied))
}

/// Has groups that nobody is in brought back by the inverse, where the last
/// node that leaves takes them along. Returns how many entries it walked over.
fn keep_empty(flow: &Flow, run: &[Op], applied: &mut Applied) -> usize {
    let targets = run.iter().filter_map(|op| match op {
        Op::SetNodeGroup { group, .. } => group.as_ref(),
        _ => None,
    });
    let mut empty: BTreeSet<&GroupId> = targets.collect();
    if empty.is_empty() {
        return 0;
    }
    for group in flow.grouped.values() {
        empty.remove(group);
    }
    for id in empty {
        if let Some(group) = flow.groups.get(id) {
            applied.inverse.push(Op::AddGroup {
                id: id.clone(),
                group: Arc::clone(group),
            });
        }
    }
    flow.grouped.len()
}

/// Takes nodes that are about to go out of their groups. Returns how many
/// entries it walked over.
pub(super) fn leave<'a>(
    flow: &mut Flow,
    nodes: impl Iterator<Item = &'a NodeId>,
    applied: &mut Applied,
) -> usize {
    if flow.grouped.is_empty() {
        return 0;
    }
    let mut left = BTreeSet::new();
    for id in nodes {
        set(flow, id, None, &mut left, applied);
    }
    remove_empty(flow, left, applied)
}

fn set(
    flow: &mut Flow,
    id: &NodeId,
    group: Option<GroupId>,
    left: &mut BTreeSet<GroupId>,
    applied: &mut Applied,
) {
    let before = match &group {
        Some(group) => flow.grouped.insert(id.clone(), group.clone()),
        None => flow.grouped.remove(id),
    };
    if before == group {
        return;
    }
    applied.changes.groups.extend(group);
    applied.changes.groups.extend(before.clone());
    left.extend(before.clone());
    applied.inverse.push(Op::SetNodeGroup {
        id: id.clone(),
        group: before,
    });
}

fn remove_empty(flow: &mut Flow, mut left: BTreeSet<GroupId>, applied: &mut Applied) -> usize {
    if left.is_empty() {
        return 0;
    }
    for group in flow.grouped.values() {
        left.remove(group);
    }
    for id in left {
        if let Some(group) = flow.groups.remove(&id) {
            applied.inverse.push(Op::AddGroup { id, group });
        }
    }
    flow.grouped.len()
}

fn group<'a>(flow: &'a mut Flow, id: &GroupId) -> Result<&'a mut Group, Refused> {
    let group = flow
        .groups
        .get_mut(id)
        .ok_or_else(|| Refused::GroupMissing { id: id.clone() })?;
    Ok(Arc::make_mut(group))
}
