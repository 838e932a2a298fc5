//! Groups of nodes.

use std::{collections::BTreeSet, sync::Arc};

use flow::{Flow, Group, GroupId, NodeId, Op, Tint, Transaction};

use super::count_of_nodes;
use crate::{scene::Scene, selection::OrderedSet};

/// The title of a group that nobody has named.
const UNNAMED: &str = "Group";

/// Puts nodes into a new group; those that were in others leave them. None
/// without nodes, and where they are a group already.
pub(crate) fn plan_group(
    flow: &Flow,
    scene: &Scene,
    nodes: &OrderedSet<NodeId>,
    id: &GroupId,
) -> Option<Transaction> {
    let grown = group_that_grows(flow, scene, nodes);
    let nodes: Vec<_> = existing(flow, nodes).collect();
    if nodes.is_empty() || group_of_exactly(flow, scene, nodes.iter().copied()).is_some() {
        return None;
    }
    let group = grown.map_or_else(
        || {
            Arc::new(Group {
                title: UNNAMED.to_owned(),
                tint: Tint::Blue,
            })
        },
        Arc::clone,
    );
    let mut ops = vec![Op::AddGroup {
        id: id.clone(),
        group,
    }];
    ops.extend(nodes.iter().map(|node| Op::SetNodeGroup {
        id: (*node).clone(),
        group: Some(id.clone()),
    }));
    let label = format!("Group {}", count_of_nodes(flow, nodes.into_iter()));
    Some(Transaction::new(label, ops))
}

/// The only group that these nodes are of, where they are all of it: with more in
/// it, it keeps its name and colour.
fn group_that_grows<'a>(
    flow: &'a Flow,
    scene: &Scene,
    nodes: &OrderedSet<NodeId>,
) -> Option<&'a Arc<Group>> {
    let mut groups = existing(flow, nodes).filter_map(|id| flow.grouped.get(id));
    let first = groups.next()?;
    let is_only = groups.all(|other| other == first);
    let grows = is_only && is_whole(scene, first, nodes);
    grows.then(|| flow.groups.get(first)).flatten()
}

/// Whether all nodes of a group are among these.
fn is_whole(scene: &Scene, group: &GroupId, nodes: &OrderedSet<NodeId>) -> bool {
    let members = scene.beside().members(group);
    members.iter().all(|id| nodes.contains(id))
}

/// Dissolves the groups of which all nodes are among these, and takes the
/// others out of theirs. None where none of them is in a group.
pub(crate) fn plan_ungroup(
    flow: &Flow,
    scene: &Scene,
    nodes: &OrderedSet<NodeId>,
) -> Option<Transaction> {
    let groups: BTreeSet<&GroupId> = existing(flow, nodes)
        .filter_map(|id| flow.grouped.get(id))
        .collect();
    let is_whole = |id: &GroupId| is_whole(scene, id, nodes);
    let (whole, parts): (Vec<_>, Vec<_>) = groups.into_iter().partition(|id| is_whole(id));
    let dissolved = whole.iter().map(|id| Op::RemoveGroup { id: (*id).clone() });
    let leaving = existing(flow, nodes).filter(|id| {
        flow.grouped
            .get(*id)
            .is_some_and(|group| parts.contains(&group))
    });
    let leaving = leaving.map(|id| Op::SetNodeGroup {
        id: id.clone(),
        group: None,
    });
    let ops: Vec<_> = dissolved.chain(leaving).collect();
    if ops.is_empty() {
        return None;
    }
    let label = match (whole.as_slice(), parts.is_empty()) {
        ([only], true) => format!("Ungroup {}", title_of(flow, only)),
        _ => "Ungroup".to_owned(),
    };
    Some(Transaction::new(label, ops))
}

/// The group that has these nodes and no others.
pub(crate) fn group_of_exactly<'a>(
    flow: &Flow,
    scene: &Scene,
    nodes: impl ExactSizeIterator<Item = &'a NodeId>,
) -> Option<GroupId> {
    let count = nodes.len();
    let mut groups = nodes.map(|id| flow.grouped.get(id));
    let first = groups.next()??;
    let is_one = groups.all(|group| group == Some(first));
    (is_one && scene.beside().members(first).len() == count).then(|| first.clone())
}

/// What a person calls a group.
pub(crate) fn title_of<'a>(flow: &'a Flow, id: &GroupId) -> &'a str {
    let title = flow.groups.get(id).map_or("", |group| group.title.trim());
    if title.is_empty() { UNNAMED } else { title }
}

fn existing<'a>(flow: &'a Flow, nodes: &'a OrderedSet<NodeId>) -> impl Iterator<Item = &'a NodeId> {
    nodes.iter().filter(|id| flow.nodes.contains_key(*id))
}
