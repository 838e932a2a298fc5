//! The lists of a document that hold its named parts, and the list of actions
//! that a document without parts begins with.

use crate::RegionKind;

/// The members that hold named parts, with the sort of part that each is for.
const CONTAINERS: [(&str, &str, RegionKind); 3] = [
    ("menus", "menu", RegionKind::Menu),
    ("tasks", "task", RegionKind::Task),
    ("states", "state", RegionKind::State),
];

/// The member that holds the actions which are in no part.
pub(super) const START: &str = "startUpTaskActions";

/// The types of flow that begin with such actions.
const STARTING_WITH_ACTIONS: [&str; 2] = ["commonModule", "inqueueCall"];

/// Whether a flow of this type begins with actions that are in no part.
pub(super) fn starts_with_actions(wire_type: &str) -> bool {
    let mut types = STARTING_WITH_ACTIONS.iter();
    types.any(|name| name.eq_ignore_ascii_case(wire_type))
}

/// Whether this member holds named parts.
pub(super) fn is_container(member: &str) -> bool {
    CONTAINERS.iter().any(|(name, ..)| *name == member)
}

/// The sort of a part by the list that it is in and what it is called there.
pub(super) fn kind(container: &str, sort: &str) -> RegionKind {
    let mut known = CONTAINERS.into_iter();
    let known = known.find(|(member, item, _)| (*member, *item) == (container, sort));
    known.map_or_else(
        || RegionKind::Foreign(format!("{container}/{sort}").into()),
        |(.., kind)| kind,
    )
}

/// The list that a part of this sort is in, and what it is called there; none
/// for a foreign sort that does not say so.
pub(super) fn place(kind: &RegionKind) -> Option<(&str, &str)> {
    if let RegionKind::Foreign(name) = kind {
        return name.split_once('/');
    }
    let mut known = CONTAINERS.iter();
    let (member, item, _) = known.find(|(.., known)| known == kind)?;
    Some((member, item))
}

/// The member of a part that holds its steps. The steps of a menu are its
/// choices, none of which leads on to the next.
pub(super) fn steps(kind: &RegionKind) -> &'static str {
    match kind {
        RegionKind::Menu => "choices",
        RegionKind::Task | RegionKind::State | RegionKind::Foreign(_) => "actions",
    }
}
