//! What one side alone changed: a merge takes it without asking anybody.

use rustc_hash::FxHashSet;

use super::{Choices, Conflict, Side};
use crate::{Difference, Edge, EdgeId, Flow, NodeId, Part, Port, diff};

/// What only one side changed since `base`, ours before theirs, each in the
/// order of the document. Where something is drawn is not among it, nor what
/// is a conflict or was decided by a choice.
pub fn changed_by_one_side(
    base: &Flow,
    ours: &Flow,
    theirs: &Flow,
    conflicts: &[Conflict],
    choices: &Choices,
) -> Vec<(Side, Difference)> {
    let flows = [base, ours, theirs];
    let edge = |id: &EdgeId| flows.iter().find_map(|flow| flow.edges.get(id));
    let ours = diff(base, ours);
    let theirs = diff(base, theirs);
    let asked = Asked::of(
        conflicts
            .iter()
            .map(|conflict| &conflict.part)
            .chain(choices.keys()),
    );
    let by = |side: Side, changes: &[Difference], others: &[Difference]| {
        // What both changed to the same is nobody's alone.
        let others: FxHashSet<&Part> = others.iter().map(|change| &change.part).collect();
        let alone = changes.iter().filter(|change| {
            let leads = change.part.place().edge;
            let leads = leads.and_then(|id| edge(&id));
            !(change.is_layout()
                || others.contains(&change.part)
                || asked.holds(&change.part)
                || leads.is_some_and(|edge| asked.leads(edge)))
        });
        alone.map(|change| (side, change.clone())).collect()
    };
    let mut changes: Vec<_> = by(Side::Ours, &ours, &theirs);
    changes.extend(by(Side::Theirs, &theirs, &ours));
    changes
}

/// The parts that people are asked about, or were.
#[derive(Default)]
struct Asked<'a> {
    parts: FxHashSet<&'a Part>,
    /// Asked about as a whole, and so with all that is in them.
    nodes: FxHashSet<&'a NodeId>,
    edges: FxHashSet<&'a EdgeId>,
    /// Where an exit leads is one question about all edges from there.
    exits: FxHashSet<(&'a NodeId, &'a Port)>,
}

impl<'a> Asked<'a> {
    fn of(parts: impl Iterator<Item = &'a Part>) -> Self {
        let mut asked = Self::default();
        for part in parts {
            match part {
                Part::Node { id } => {
                    asked.nodes.insert(id);
                }
                Part::Edge { id } => {
                    asked.edges.insert(id);
                }
                Part::Exit { id, port } => {
                    asked.exits.insert((id, port));
                }
                _ => {}
            }
            asked.parts.insert(part);
        }
        asked
    }

    fn holds(&self, part: &Part) -> bool {
        let place = part.place();
        let node = place.node.as_ref();
        let edge = place.edge.as_ref();
        self.parts.contains(part)
            || node.is_some_and(|id| self.nodes.contains(id))
            || edge.is_some_and(|id| self.edges.contains(id))
    }

    fn leads(&self, edge: &Edge) -> bool {
        self.exits.contains(&(&edge.source, &edge.port))
    }
}
