//! Nodes of three flows.

use std::{collections::BTreeSet, sync::Arc};

use rustc_hash::FxHashSet;

use super::{Entries, Merger, Sides, at, order};
use crate::{
    FieldKey, FieldValue, Node, NodeId, Part,
    rows::{case_key, pair_key},
};

impl<'a> Merger<'a> {
    /// The nodes that they removed and we changed, or led an edge to or from:
    /// they stay, with the edges that they have here.
    pub(super) fn defended(&self) -> FxHashSet<&'a NodeId> {
        let Sides { base, ours, theirs } = self.flows;
        let is_removed =
            |id: &NodeId| base.nodes.contains_key(id) && !theirs.nodes.contains_key(id);
        let changed = ours
            .nodes
            .iter()
            .filter(|(id, node)| base.nodes.get(*id) != Some(*node));
        let drawn = ours
            .edges
            .iter()
            .filter(|(id, edge)| base.edges.get(*id) != Some(*edge));
        let ends = drawn.flat_map(|(_, edge)| [&edge.source, &edge.target]);
        let here = ends.filter(|id| ours.nodes.contains_key(*id));
        let all = changed.map(|(id, _)| id).chain(here);
        all.filter(|id| is_removed(id))
            .filter(|id| !self.takes_theirs(&Part::Node { id: (*id).clone() }))
            .collect()
    }

    pub(super) fn nodes(&mut self, defended: &FxHashSet<&NodeId>) -> Entries<NodeId, Arc<Node>> {
        let sides = self.flows.map(|flow| &flow.nodes);
        let mut nodes = Entries::default();
        for id in order::of_entries(sides) {
            let node = at(sides, id);
            let part = || Part::Node { id: id.clone() };
            let merged = match (node.ours, node.theirs) {
                (Some(ours), Some(theirs)) if ours.kind == theirs.kind => {
                    Some(self.node(id, node.base, ours, theirs))
                }
                (Some(ours), None) if defended.contains(id) => {
                    self.conflict(part(), node);
                    Some(ours.clone())
                }
                _ => self.one(part, node),
            };
            if let Some(node) = merged {
                nodes.insert(id.clone(), Arc::new(node));
            }
        }
        nodes
    }

    /// A node that both sides have. Fields mean the same as its kinds are the
    /// same; a base of another kind says nothing of them.
    fn node(&mut self, id: &NodeId, base: Option<&Node>, ours: &Node, theirs: &Node) -> Node {
        let sides = Sides {
            base: base.filter(|base| base.kind == ours.kind),
            ours: Some(ours),
            theirs: Some(theirs),
        };
        let Node {
            kind,
            label: _,
            fields: _,
            exits: _,
            region: _,
            joins: _,
            disabled: _,
            wire_id: _,
            extra: _,
        } = ours;
        let part = || Part::NodeLabel { id: id.clone() };
        let label = self.one(part, sides.map(|node| node.map(|node| &node.label)));
        let part = || Part::NodeExits { id: id.clone() };
        let exits = self.one(part, sides.map(|node| node.map(|node| &node.exits)));
        let part = || Part::NodeRegion { id: id.clone() };
        let region = sides.map(|node| node.and_then(|node| node.region.as_ref()));
        let region = self.one(part, region);
        let part = || Part::NodeJoins { id: id.clone() };
        let joins = self.one(part, sides.map(|node| node.map(|node| &node.joins)));
        let part = || Part::NodeDisabled { id: id.clone() };
        let disabled = self.one(part, sides.map(|node| node.map(|node| &node.disabled)));
        let part = || Part::NodeWireId { id: id.clone() };
        let wire_id = sides.map(|node| node.and_then(|node| node.wire_id.as_ref()));
        let wire_id = self.one(part, wire_id);
        let no_members = crate::Extra::new();
        let extra = self.members(
            sides.map(|node| node.map_or(&no_members, |node| &node.extra)),
            |pointer| Part::NodeMember {
                id: id.clone(),
                pointer,
            },
        );
        let keys: BTreeSet<_> = ours.fields.keys().chain(theirs.fields.keys()).collect();
        let mut fields = crate::Fields::default();
        for key in keys {
            let value = sides.map(|node| node.and_then(|node| node.fields.get(key)));
            if let Some(value) = self.field(id, key, value) {
                fields.insert(key.clone(), value);
            }
        }
        Node {
            kind: kind.clone(),
            label: label.unwrap_or_default(),
            fields,
            exits: exits.unwrap_or_default(),
            region,
            joins: joins.unwrap_or_default(),
            disabled: disabled.unwrap_or_default(),
            wire_id,
            extra,
        }
    }

    fn field(
        &mut self,
        id: &NodeId,
        field: &FieldKey,
        sides: Sides<Option<&FieldValue>>,
    ) -> Option<FieldValue> {
        let whole = || Part::Field {
            id: id.clone(),
            field: field.clone(),
        };
        let row = |key: &str| Part::Row {
            id: id.clone(),
            field: field.clone(),
            key: key.into(),
        };
        let (no_cases, no_pairs) = (Vec::new(), Vec::new());
        match (sides.ours, sides.theirs) {
            (Some(FieldValue::Cases(ours)), Some(FieldValue::Cases(theirs))) => {
                let base = match sides.base {
                    Some(FieldValue::Cases(base)) => base,
                    _ => &no_cases,
                };
                let cases = Sides { base, ours, theirs };
                Some(FieldValue::Cases(self.rows(cases, case_key, row, whole)))
            }
            (Some(FieldValue::Pairs(ours)), Some(FieldValue::Pairs(theirs))) => {
                let base = match sides.base {
                    Some(FieldValue::Pairs(base)) => base,
                    _ => &no_pairs,
                };
                let pairs = Sides { base, ours, theirs };
                Some(FieldValue::Pairs(self.rows(pairs, pair_key, row, whole)))
            }
            _ => self.one(whole, sides),
        }
    }
}
