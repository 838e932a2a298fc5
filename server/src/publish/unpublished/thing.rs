//! The differences of two flows, by the things that they are about.

use std::collections::HashMap;

use api::{ThingChange, UnpublishedDetail};
use flow::{Difference, Flow, NodeId, Op, Part};

/// Details of one thing that are shown.
const SHOWN: usize = 8;

/// A thing in a flow that people change as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// The flow's name and what is said of it.
    Settings,
    /// What it takes and gives back.
    Interface,
    /// Its named parts.
    Regions,
    /// A node.
    Node(NodeId),
    /// The connections between nodes.
    Connections,
    /// The order of nodes and connections in the document.
    Order,
}

/// A thing that differs.
pub(super) struct Thing {
    pub(super) key: Key,
    pub(super) title: String,
    pub(super) change: ThingChange,
    pub(super) details: Vec<UnpublishedDetail>,
    /// How many more details there are.
    pub(super) more: usize,
}

/// What differs between what is live and what is drawn, each thing once.
pub(super) fn things(live: &Flow, drawn: &Flow) -> Vec<Thing> {
    let mut by_thing: Vec<(Key, Vec<Difference>)> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    for difference in flow::diff(live, drawn) {
        if difference.is_layout() {
            continue;
        }
        let key = Key::of(&difference.part);
        let place = *places.entry(key.clone()).or_insert(by_thing.len());
        match by_thing.get_mut(place) {
            Some((_, differences)) => differences.push(difference),
            None => by_thing.push((key, vec![difference])),
        }
    }
    let flows = [drawn, live];
    let things = by_thing.into_iter();
    things
        .map(|(key, differences)| Thing::of(key, differences, &flows))
        .collect()
}

impl Key {
    fn of(part: &Part) -> Self {
        if let Some(node) = part.place().node {
            return Self::Node(node);
        }
        match part {
            Part::Edge { .. }
            | Part::EdgeEnds { .. }
            | Part::EdgeLabel { .. }
            | Part::EdgeWireId { .. }
            | Part::EdgeMember { .. } => Self::Connections,
            Part::Input { .. } | Part::Inputs | Part::Output { .. } | Part::Outputs => {
                Self::Interface
            }
            Part::Region { .. } => Self::Regions,
            Part::NodeOrder | Part::EdgeOrder | Part::RegionOrder => Self::Order,
            _ => Self::Settings,
        }
    }

    /// The things that an edit changes.
    pub(super) fn changed_by(op: &Op) -> Vec<Self> {
        use flow::FlowSetting;
        match op {
            Op::RemoveNode { id } => vec![Self::Node(id.clone()), Self::Connections, Self::Order],
            Op::AddNode { id, .. } => vec![Self::Node(id.clone()), Self::Order],
            Op::SetLabel { id, .. } | Op::SetDisabled { id, .. } | Op::SetField { id, .. } => {
                vec![Self::Node(id.clone())]
            }
            Op::Connect { .. } | Op::Disconnect { .. } => vec![Self::Connections, Self::Order],
            Op::SetEdgeLabel { .. } => vec![Self::Connections],
            Op::AddRegion { .. } | Op::RemoveRegion { .. } | Op::SetRegionName { .. } => {
                vec![Self::Regions, Self::Order]
            }
            Op::SetFlow(FlowSetting::Inputs(_) | FlowSetting::Outputs(_)) => vec![Self::Interface],
            Op::SetFlow(_) => vec![Self::Settings],
            // What is left moves things, and stands beside the logic.
            _ => Vec::new(),
        }
    }

    fn title(&self, flows: &[&Flow]) -> String {
        match self {
            Self::Settings => "Name and description".to_owned(),
            Self::Interface => "Inputs and outputs".to_owned(),
            Self::Regions => "Parts of the flow".to_owned(),
            Self::Node(id) => Part::Node { id: id.clone() }.named(flows),
            Self::Connections => "Connections".to_owned(),
            Self::Order => "Order in the document".to_owned(),
        }
    }
}

impl Thing {
    fn of(key: Key, differences: Vec<Difference>, flows: &[&Flow]) -> Self {
        let whole = differences.iter().find(|found| is_node(found));
        let change = match whole {
            Some(found) if found.before.is_none() => ThingChange::Added,
            Some(_) => ThingChange::Removed,
            None => ThingChange::Changed,
        };
        let mut details = match (change, &key) {
            // All of it is new, or gone.
            (ThingChange::Added | ThingChange::Removed, _) => Vec::new(),
            (ThingChange::Changed, Key::Connections) if differences.len() > SHOWN => {
                vec![counted(&differences)]
            }
            _ => differences
                .iter()
                .map(|found| detail(found, flows))
                .collect(),
        };
        let more = details.len().saturating_sub(SHOWN);
        details.truncate(SHOWN);
        Self {
            title: key.title(flows),
            key,
            change,
            details,
            more,
        }
    }
}

fn is_node(difference: &Difference) -> bool {
    matches!(difference.part, Part::Node { .. })
}

/// A value that changed, or the sentence where there is more to say than values.
fn detail(difference: &Difference, flows: &[&Flow]) -> UnpublishedDetail {
    let is_whole = matches!(difference.part, Part::Edge { .. } | Part::EdgeEnds { .. });
    let has_values = difference.before.is_some() || difference.after.is_some();
    if is_whole || !has_values {
        return UnpublishedDetail {
            what: difference.sentence.clone(),
            before: None,
            after: None,
        };
    }
    UnpublishedDetail {
        what: difference.part.within(flows),
        before: difference.before_in_words(),
        after: difference.after_in_words(),
    }
}

/// Many connections by their numbers.
fn counted(differences: &[Difference]) -> UnpublishedDetail {
    let of = |wanted: fn(&Difference) -> bool| differences.iter().filter(|it| wanted(it)).count();
    let added = of(|it| matches!(it.part, Part::Edge { .. }) && it.before.is_none());
    let removed = of(|it| matches!(it.part, Part::Edge { .. }) && it.after.is_none());
    let changed = differences.len() - added - removed;
    let counts = [(added, "added"), (removed, "removed"), (changed, "changed")];
    let words: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    UnpublishedDetail {
        what: format!("{}.", words.join(", ")),
        before: None,
        after: None,
    }
}
