//! Bringing together two flows that descend from one.
//!
//! What only one side changed is taken from there, part by part: fields, rows
//! of fields, settings, edges. Where both changed one part to different
//! values, the result has ours, and the conflict is reported with both; unless
//! somebody has chosen a side for that part.

mod choice;
mod edges;
mod layout;
mod nodes;
mod one_sided;
mod order;
mod regions;

use std::hash::Hash;

pub use choice::{Choices, Side};
use indexmap::IndexMap;
pub use one_sided::changed_by_one_side;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Extra, Flow, Interface, Part,
    part::shown,
    rows::{Rows, parameter_key, variable_key},
};

/// Two flows brought together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// The flow with the changes of both sides; at conflicts it has ours.
    pub flow: Flow,
    /// The parts that both sides changed, in the order of the document.
    pub conflicts: Vec<Conflict>,
}

/// A part that both sides changed, each in another way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// Which part.
    #[serde(flatten)]
    pub part: Part,
    /// What it was, as JSON; none where it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// What we made of it, which is in the result; none where we removed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ours: Option<Value>,
    /// What they made of it; none where they removed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Value>,
    /// What happened, in a sentence.
    pub sentence: String,
}

/// Brings together two flows that descend from one. Where something is drawn
/// is never a conflict: ours is taken.
pub fn merge(base: &Flow, ours: &Flow, theirs: &Flow) -> Merged {
    merge_with(base, ours, theirs, &Choices::default())
}

/// The same where somebody has chosen sides: a part that is among the choices
/// is as they say, and no conflict any more. What follows from a choice may be
/// a conflict that was none before, as an edge to a step that it removes.
pub fn merge_with(base: &Flow, ours: &Flow, theirs: &Flow, choices: &Choices) -> Merged {
    let mut merger = Merger {
        flows: Sides { base, ours, theirs },
        choices,
        conflicts: Vec::new(),
    };
    let flow = merger.flow();
    Merged {
        flow,
        conflicts: merger.conflicts,
    }
}

/// A value of each of the three flows.
#[derive(Clone, Copy)]
struct Sides<T> {
    base: T,
    ours: T,
    theirs: T,
}

impl<T> Sides<T> {
    fn map<U>(self, of: impl Fn(T) -> U) -> Sides<U> {
        Sides {
            base: of(self.base),
            ours: of(self.ours),
            theirs: of(self.theirs),
        }
    }
}

/// Entries under keys, in their order.
type Entries<K, V> = IndexMap<K, V, FxBuildHasher>;

struct Merger<'a> {
    flows: Sides<&'a Flow>,
    choices: &'a Choices,
    conflicts: Vec<Conflict>,
}

impl<'a> Merger<'a> {
    fn flow(&mut self) -> Flow {
        let flows = self.flows;
        let kind = flows.map(|flow| Some(&flow.kind));
        let kind = self.one(|| Part::FlowKind, kind).unwrap_or_default();
        let name = self.text(Part::Name, flows.map(|flow| &flow.name));
        let description = self.text(Part::Description, flows.map(|flow| &flow.description));
        let wire_type = flows.map(|flow| flow.wire_type.as_ref());
        let wire_type = self.one(|| Part::WireType, wire_type);
        let inputs = self.rows(
            flows.map(|flow| &flow.interface.inputs),
            parameter_key,
            |name| Part::Input { name: name.into() },
            || Part::Inputs,
        );
        let outputs = self.rows(
            flows.map(|flow| &flow.interface.outputs),
            parameter_key,
            |name| Part::Output { name: name.into() },
            || Part::Outputs,
        );
        let variables = self.rows(
            flows.map(|flow| &flow.variables),
            variable_key,
            |name| Part::Variable { name: name.into() },
            || Part::Variables,
        );
        let extra = self.members(flows.map(|flow| &flow.extra), |pointer| Part::FlowMember {
            pointer,
        });
        let defended = self.defended();
        let nodes = self.nodes(&defended);
        let positions = self.positions(&nodes);
        let notes = self.notes();
        let (groups, grouped) = self.groups(&nodes);
        let edges = self.edges(&defended);
        let edges = self.connected(edges, &nodes);
        let regions = self.regions(&nodes);
        Flow {
            kind,
            name,
            description,
            wire_type,
            interface: Interface { inputs, outputs },
            nodes,
            edges,
            positions,
            notes,
            groups,
            grouped,
            regions,
            variables,
            extra,
        }
    }

    fn conflict<T: Serialize>(&mut self, part: Part, sides: Sides<Option<&T>>) {
        if self.choices.contains_key(&part) {
            return;
        }
        // What a flow holds has a form as JSON.
        let json =
            |value: Option<&T>| value.map(|value| serde_json::to_value(value).unwrap_or_default());
        let values = sides.map(json);
        let sentence = self.sentence(&part, &values);
        self.conflicts.push(Conflict {
            part,
            base: values.base,
            ours: values.ours,
            theirs: values.theirs,
            sentence,
        });
    }

    fn sentence(&self, part: &Part, values: &Sides<Option<Value>>) -> String {
        let flows = [self.flows.ours, self.flows.theirs, self.flows.base];
        let name = part.named(&flows);
        let is_whole = matches!(
            part,
            Part::Node { .. } | Part::Edge { .. } | Part::Region { .. }
        );
        match (&values.ours, &values.theirs) {
            (Some(_), None) if is_whole => {
                format!("{name} was changed here and removed there. It is kept.")
            }
            (None, Some(_)) if is_whole => {
                format!("{name} was removed here and changed there. It stays removed.")
            }
            (None, None) if is_whole => {
                format!("{name} leads to or from a step that one side removed. It is gone.")
            }
            (Some(_), Some(_)) if is_whole => {
                format!("{name} was changed here and there. What is here is kept.")
            }
            (ours, theirs) => {
                let side = |value: &Option<Value>| match value {
                    Some(value) => shown(value),
                    None => "nothing".to_owned(),
                };
                let (ours, theirs) = (side(ours), side(theirs));
                format!("{name} is {ours} here and {theirs} there. {ours} is kept.")
            }
        }
    }

    /// One value, or that there is none.
    fn one<T: Clone + PartialEq + Serialize>(
        &mut self,
        part: impl FnOnce() -> Part,
        sides: Sides<Option<&T>>,
    ) -> Option<T> {
        let Sides { base, ours, theirs } = sides;
        if ours == theirs || theirs == base {
            return ours.cloned();
        }
        if ours == base {
            return theirs.cloned();
        }
        let part = part();
        if self.takes_theirs(&part) {
            return theirs.cloned();
        }
        self.conflict(part, sides);
        ours.cloned()
    }

    /// Whether somebody has chosen their side of a part.
    fn takes_theirs(&self, part: &Part) -> bool {
        self.choices.get(part) == Some(&Side::Theirs)
    }

    fn text(&mut self, part: Part, sides: Sides<&String>) -> String {
        self.one(|| part, sides.map(Some)).unwrap_or_default()
    }

    /// Rows that are told apart by their keys; where keys repeat, the whole.
    fn rows<V: Clone + PartialEq + Serialize>(
        &mut self,
        sides: Sides<&Vec<V>>,
        key: fn(&V) -> &str,
        part: impl Fn(&str) -> Part,
        whole: impl FnOnce() -> Part,
    ) -> Vec<V> {
        let rows = sides.map(|rows| Rows::of(rows, key));
        let (Some(base), Some(ours), Some(theirs)) = (&rows.base, &rows.ours, &rows.theirs) else {
            return self.one(whole, sides.map(Some)).unwrap_or_default();
        };
        let keys = sides.map(|rows| rows.iter().map(key).collect::<Vec<_>>());
        order::merged(keys.base.as_slice(), &keys.ours, &keys.theirs)
            .into_iter()
            .filter_map(|key| {
                let row = Sides {
                    base: base.get(key),
                    ours: ours.get(key),
                    theirs: theirs.get(key),
                };
                self.one(|| part(key), row)
            })
            .collect()
    }

    /// What is not understood, by its pointer.
    fn members(&mut self, sides: Sides<&Extra>, part: impl Fn(String) -> Part) -> Extra {
        let keys = order::of_entries(sides);
        let merged = keys.into_iter().filter_map(|key| {
            let value = sides.map(|members| members.get(key));
            let value = self.one(|| part(key.clone()), value)?;
            Some((key.clone(), value))
        });
        merged.collect()
    }
}

/// A key's value in each of the three.
fn at<'a, K: Eq + Hash, V>(
    sides: Sides<&'a Entries<K, std::sync::Arc<V>>>,
    key: &K,
) -> Sides<Option<&'a V>> {
    sides.map(|entries| entries.get(key).map(|value| &**value))
}
