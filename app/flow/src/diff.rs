//! What differs between two flows. Where nodes are drawn is told apart from
//! what the flow does.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Edge, EdgeId, Extra, FieldKey, FieldValue, Flow, GroupId, Interface, Node, NodeId, NoteId,
    Part, RegionId,
    part::shown,
    rows::{Rows, case_key, pair_key, parameter_key, variable_key},
};

/// A part that two flows do not have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// Which part.
    #[serde(flatten)]
    pub part: Part,
    /// What it was, as JSON; none for what was added, and for orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What it became, as JSON; none for what was removed, and for orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// What happened, in a sentence.
    pub sentence: String,
}

impl Difference {
    /// Whether it concerns only where something is drawn.
    pub fn is_layout(&self) -> bool {
        self.part.is_layout()
    }

    /// What it was, as a sentence shows it.
    pub fn before_in_words(&self) -> Option<String> {
        self.before.as_ref().map(shown)
    }

    /// What it became, as a sentence shows it.
    pub fn after_in_words(&self) -> Option<String> {
        self.after.as_ref().map(shown)
    }
}

/// What differs between two flows: first the flow's own settings, then nodes
/// and edges, each in the order of the later flow with what was removed behind.
/// Nodes and edges are the same where their keys are.
pub fn diff(before: &Flow, after: &Flow) -> Vec<Difference> {
    let mut comparison = Comparison {
        before,
        after,
        differences: Vec::new(),
    };
    comparison.flow();
    comparison.differences
}

struct Comparison<'a> {
    before: &'a Flow,
    after: &'a Flow,
    differences: Vec<Difference>,
}

impl Comparison<'_> {
    fn flow(&mut self) {
        let (before, after) = (self.before, self.after);
        // Every member is named, so that a new one cannot be forgotten here.
        let Flow {
            kind,
            name,
            description,
            wire_type,
            interface,
            nodes,
            edges,
            positions: _,
            notes,
            groups,
            grouped: _,
            regions,
            variables,
            extra,
        } = after;
        self.value(Part::FlowKind, Some(&before.kind), Some(kind));
        self.text(Part::Name, &before.name, name);
        self.text(Part::Description, &before.description, description);
        let (before_type, type_name) = (before.wire_type.as_ref(), wire_type.as_ref());
        self.value(Part::WireType, before_type, type_name);
        let Interface { inputs, outputs } = interface;
        let part = |name: &str| Part::Input { name: name.into() };
        self.rows(
            &before.interface.inputs,
            inputs,
            parameter_key,
            part,
            || Part::Inputs,
        );
        let part = |name: &str| Part::Output { name: name.into() };
        self.rows(
            &before.interface.outputs,
            outputs,
            parameter_key,
            part,
            || Part::Outputs,
        );
        let part = |name: &str| Part::Variable { name: name.into() };
        self.rows(&before.variables, variables, variable_key, part, || {
            Part::Variables
        });
        self.members(&before.extra, extra, |pointer| Part::FlowMember { pointer });
        let part = |id: &RegionId| Part::Region { id: id.clone() };
        for (id, region) in regions {
            let old = before.regions.get(id).map(|region| &**region);
            self.value(part(id), old, Some(&**region));
        }
        for (id, region) in &before.regions {
            if !regions.contains_key(id) {
                self.value(part(id), Some(&**region), None);
            }
        }
        self.order(before.regions.keys(), regions.keys(), || Part::RegionOrder);
        for (id, node) in nodes {
            match before.nodes.get(id) {
                Some(old) => self.node(id, old, node),
                None => self.value(Part::Node { id: id.clone() }, None, Some(&**node)),
            }
        }
        for (id, node) in &before.nodes {
            if !nodes.contains_key(id) {
                self.value(Part::Node { id: id.clone() }, Some(&**node), None);
            }
        }
        self.order(before.nodes.keys(), nodes.keys(), || Part::NodeOrder);
        for (id, edge) in edges {
            match before.edges.get(id) {
                Some(old) => self.edge(id, old, edge),
                None => self.value(Part::Edge { id: id.clone() }, None, Some(&**edge)),
            }
        }
        for (id, edge) in &before.edges {
            if !edges.contains_key(id) {
                self.value(Part::Edge { id: id.clone() }, Some(&**edge), None);
            }
        }
        self.order(before.edges.keys(), edges.keys(), || Part::EdgeOrder);
        self.beside(&before.notes, notes, |id: &NoteId| Part::Note {
            id: id.clone(),
        });
        self.beside(&before.groups, groups, |id: &GroupId| Part::Group {
            id: id.clone(),
        });
    }

    /// What stands beside the logic.
    fn beside<K: Ord, V: PartialEq + Serialize>(
        &mut self,
        before: &BTreeMap<K, Arc<V>>,
        after: &BTreeMap<K, Arc<V>>,
        part: impl Fn(&K) -> Part,
    ) {
        for (id, value) in after {
            let old = before.get(id).map(|old| &**old);
            self.value(part(id), old, Some(&**value));
        }
        for (id, value) in before {
            if !after.contains_key(id) {
                self.value(part(id), Some(&**value), None);
            }
        }
    }

    fn node(&mut self, id: &NodeId, before: &Node, after: &Node) {
        let Node {
            kind,
            label,
            fields,
            exits,
            region,
            joins,
            disabled,
            wire_id,
            extra,
        } = after;
        let id = || id.clone();
        self.value(Part::NodeKind { id: id() }, Some(&before.kind), Some(kind));
        self.text(Part::NodeLabel { id: id() }, &before.label, label);
        let part = Part::NodeExits { id: id() };
        self.value(part, Some(&before.exits), Some(exits));
        let part = Part::NodeRegion { id: id() };
        self.value(part, before.region.as_ref(), region.as_ref());
        let part = Part::NodeJoins { id: id() };
        self.value(part, Some(&before.joins), Some(joins));
        let part = Part::NodeDisabled { id: id() };
        self.value(part, Some(&before.disabled), Some(disabled));
        let part = Part::NodeWireId { id: id() };
        self.value(part, before.wire_id.as_ref(), wire_id.as_ref());
        let keys: BTreeSet<_> = before.fields.keys().chain(fields.keys()).collect();
        for key in keys {
            self.field(&id(), key, before.fields.get(key), fields.get(key));
        }
        let part = |pointer| Part::NodeMember { id: id(), pointer };
        self.members(&before.extra, extra, part);
        let (from, to) = (self.before.position(&id()), self.after.position(&id()));
        self.value(Part::NodePosition { id: id() }, Some(&from), Some(&to));
        let (from, to) = (
            self.before.grouped.get(&id()),
            self.after.grouped.get(&id()),
        );
        self.value(Part::NodeGroup { id: id() }, from, to);
    }

    fn field(
        &mut self,
        id: &NodeId,
        field: &FieldKey,
        before: Option<&FieldValue>,
        after: Option<&FieldValue>,
    ) {
        let whole = || Part::Field {
            id: id.clone(),
            field: field.clone(),
        };
        let row = |key: &str| Part::Row {
            id: id.clone(),
            field: field.clone(),
            key: key.into(),
        };
        match (before, after) {
            (Some(FieldValue::Cases(before)), Some(FieldValue::Cases(after))) => {
                self.rows(before, after, case_key, row, whole);
            }
            (Some(FieldValue::Pairs(before)), Some(FieldValue::Pairs(after))) => {
                self.rows(before, after, pair_key, row, whole);
            }
            _ => self.value(whole(), before, after),
        }
    }

    fn edge(&mut self, id: &EdgeId, before: &Edge, after: &Edge) {
        let Edge {
            source,
            port,
            target,
            label,
            wire_id,
            extra,
        } = after;
        let id = || id.clone();
        let ends = (&before.source, &before.port, &before.target);
        self.value(
            Part::EdgeEnds { id: id() },
            Some(&ends),
            Some(&(source, port, target)),
        );
        self.text(Part::EdgeLabel { id: id() }, &before.label, label);
        let part = Part::EdgeWireId { id: id() };
        self.value(part, before.wire_id.as_ref(), wire_id.as_ref());
        let part = |pointer| Part::EdgeMember { id: id(), pointer };
        self.members(&before.extra, extra, part);
    }

    /// A text, of which an empty one is as good as none.
    fn text(&mut self, part: Part, before: &String, after: &String) {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        self.value(part, some(before).as_ref(), some(after).as_ref());
    }

    /// Rows that are told apart by their keys; where keys repeat, the whole.
    fn rows<V: PartialEq + Serialize>(
        &mut self,
        before: &Vec<V>,
        after: &Vec<V>,
        key: fn(&V) -> &str,
        part: impl Fn(&str) -> Part,
        whole: impl Fn() -> Part,
    ) {
        let (Some(old), Some(new)) = (Rows::of(before, key), Rows::of(after, key)) else {
            self.value(whole(), Some(before), Some(after));
            return;
        };
        for row in after {
            self.value(part(key(row)), old.get(key(row)), Some(row));
        }
        for row in before {
            if new.get(key(row)).is_none() {
                self.value(part(key(row)), Some(row), None);
            }
        }
        self.order(before.iter().map(key), after.iter().map(key), whole);
    }

    fn members(&mut self, before: &Extra, after: &Extra, part: impl Fn(String) -> Part) {
        for (pointer, value) in after {
            self.value(part(pointer.clone()), before.get(pointer), Some(value));
        }
        for (pointer, value) in before {
            if !after.contains_key(pointer) {
                self.value(part(pointer.clone()), Some(value), None);
            }
        }
    }

    /// Whether what is in both stands in another order.
    fn order<K: Eq + std::hash::Hash>(
        &mut self,
        before: impl Iterator<Item = K>,
        after: impl Iterator<Item = K>,
        part: impl FnOnce() -> Part,
    ) {
        let before: IndexSet<K, FxBuildHasher> = before.collect();
        let shared = after.filter_map(|key| before.get_index_of(&key));
        if !shared.is_sorted() {
            let part = part();
            let sentence = match &part {
                Part::NodeOrder | Part::EdgeOrder | Part::RegionOrder => {
                    format!("{} is another one.", part.named(&[]))
                }
                Part::Inputs | Part::Outputs => {
                    format!("{} is in another order.", part.named(&[]))
                }
                Part::Variables => "The declared variables are in another order.".to_owned(),
                _ => format!("The rows in {} are in another order.", self.name(&part)),
            };
            self.differences.push(Difference {
                part,
                before: None,
                after: None,
                sentence,
            });
        }
    }

    fn value<T: PartialEq + Serialize>(
        &mut self,
        part: Part,
        before: Option<&T>,
        after: Option<&T>,
    ) {
        if before == after {
            return;
        }
        // What a flow holds has a form as JSON.
        let json = |value: &T| serde_json::to_value(value).unwrap_or_default();
        let (before, after) = (before.map(json), after.map(json));
        let sentence = self.sentence(&part, before.as_ref(), after.as_ref());
        self.differences.push(Difference {
            part,
            before,
            after,
            sentence,
        });
    }

    fn name(&self, part: &Part) -> String {
        part.named(&[self.after, self.before])
    }

    fn sentence(&self, part: &Part, before: Option<&Value>, after: Option<&Value>) -> String {
        let name = self.name(part);
        let is_whole = matches!(
            part,
            Part::Node { .. }
                | Part::Edge { .. }
                | Part::Variable { .. }
                | Part::Input { .. }
                | Part::Output { .. }
                | Part::Region { .. }
        );
        match (before, after) {
            _ if part.is_layout() => match (part, before, after) {
                (Part::NodePosition { id }, ..) => {
                    let node = Part::Node { id: id.clone() };
                    format!("{} was moved.", self.name(&node))
                }
                (Part::Note { .. } | Part::Group { .. }, None, _) => format!("{name} was added."),
                (Part::Note { .. } | Part::Group { .. }, _, None) => format!("{name} was removed."),
                (Part::Note { .. } | Part::Group { .. }, ..) => format!("{name} was changed."),
                _ => format!("{name} is another one."),
            },
            (_, Some(after)) if matches!(part, Part::NodeDisabled { .. }) => {
                let Part::NodeDisabled { id } = part else {
                    return format!("{name} is another one.");
                };
                let node = self.name(&Part::Node { id: id.clone() });
                let what = if *after == Value::Bool(true) {
                    "disabled"
                } else {
                    "enabled"
                };
                format!("{node} was {what}.")
            }
            (None, Some(_)) if is_whole => format!("{name} was added."),
            (Some(_), None) if is_whole => format!("{name} was removed."),
            (None, Some(after)) => format!("{name} was set to {}.", shown(after)),
            (Some(before), None) => format!("{name} was removed; it was {}.", shown(before)),
            (Some(before), Some(after)) => {
                format!("{name} changed from {} to {}.", shown(before), shown(after))
            }
            (None, None) => format!("{name} is another one."),
        }
    }
}
