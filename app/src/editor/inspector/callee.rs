//! What a node calls takes and gives back, and what follows from it for the
//! rows of its mappings.

use dom::prelude::*;
use flow::{EntityKind, Interface, Node, Pair, PairsRole, Parameter};
use serde_json::Value;

use super::{super::desk::Desk, field::NodeSignal};

/// The interface of what a node calls, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Callee {
    kind: EntityKind,
    interface: Interface,
}

impl Callee {
    /// What a node calls; none while that is not known.
    pub(super) fn of(desk: Desk, node: NodeSignal) -> Memo<Option<Self>> {
        Memo::new(move |_| {
            let (kind, reference) = node.with(|node| {
                let node: &Node = node.as_ref()?;
                let (field, kind) = node.callee()?;
                Some((kind, node.reference(field)?.clone()))
            })?;
            let entity = desk.workspace.find(kind, &reference)?;
            Some(Self {
                kind,
                interface: entity.interface?,
            })
        })
    }

    /// What the rows of a mapping are about: inputs or outputs.
    fn declared(&self, role: PairsRole) -> &[Parameter] {
        match role {
            PairsRole::Inputs => &self.interface.inputs,
            PairsRole::Outputs | PairsRole::Results => &self.interface.outputs,
            PairsRole::Named | PairsRole::Variables => &[],
        }
    }

    /// The names that a row may have.
    pub(super) fn names(&self, role: PairsRole) -> Vec<String> {
        match role {
            // Here a name is a variable of the caller.
            PairsRole::Results => Vec::new(),
            _ => names(self.declared(role)),
        }
    }

    /// The values that a row may have.
    pub(super) fn values(&self, role: PairsRole) -> Vec<String> {
        match role {
            PairsRole::Results => {
                let names = names(self.declared(role)).into_iter();
                names.map(|name| read(self.kind, &name)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the callee declares of a row.
    pub(super) fn parameter(&self, role: PairsRole, pair: &Pair) -> Option<&Parameter> {
        let name = match (role, &pair.value) {
            (PairsRole::Results, Value::String(value)) => read_output(value)?,
            _ => pair.name.as_str(),
        };
        let mut declared = self.declared(role).iter();
        declared.find(|parameter| parameter.name == name)
    }

    /// Rows for everything that is declared and that no row maps yet.
    pub(super) fn missing(&self, role: PairsRole, rows: &[Pair]) -> Vec<Pair> {
        let is_mapped = |parameter: &&Parameter| {
            let mut found = rows.iter().filter_map(|row| self.parameter(role, row));
            found.any(|other| other.name == parameter.name)
        };
        let missing = self.declared(role).iter();
        let missing = missing.filter(|parameter| !is_mapped(parameter));
        missing
            .map(|parameter| {
                let name = &parameter.name;
                match role {
                    PairsRole::Results => Pair::text(name, read(self.kind, name)),
                    _ => Pair::text(name, format!("{{{{{name}}}}}")),
                }
            })
            .collect()
    }
}

fn names(parameters: &[Parameter]) -> Vec<String> {
    let names = parameters.iter().map(|parameter| parameter.name.clone());
    names.collect()
}

/// The text that reads an output (spec, decision 11).
fn read(kind: EntityKind, name: &str) -> String {
    match kind {
        EntityKind::SharedFlow => format!("${{output.{name}}}"),
        EntityKind::Module | EntityKind::DataAction => format!("{{{{output.{name}}}}}"),
    }
}

/// The output that a value reads and nothing else.
fn read_output(value: &str) -> Option<&str> {
    let value = value.trim();
    let inner = value
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    let inner = inner.or_else(|| value.strip_prefix("{{")?.strip_suffix("}}"));
    inner?.trim().strip_prefix("output.")
}

/// An example of a value, by what the rows stand for.
pub(super) fn value_example(role: PairsRole, kind: Option<EntityKind>) -> Option<&'static str> {
    match (role, kind) {
        (PairsRole::Inputs, _) => Some("{{customer}}"),
        (PairsRole::Outputs, _) => Some("{{User.Name}}"),
        (PairsRole::Results, Some(EntityKind::Module)) => Some("{{output.result}}"),
        (PairsRole::Results, _) => Some("${output.result}"),
        (PairsRole::Named | PairsRole::Variables, _) => None,
    }
}

/// What the button says that maps everything.
pub(super) fn map_all_label(role: PairsRole) -> &'static str {
    match role {
        PairsRole::Outputs | PairsRole::Results => "Map all outputs",
        PairsRole::Inputs | PairsRole::Named | PairsRole::Variables => "Map all inputs",
    }
}

/// A parameter as a row shows it: "integer, required".
pub(super) fn described(parameter: &Parameter) -> String {
    let mut words = vec![type_in_words(parameter)];
    if parameter.required {
        words.push("required".to_owned());
    }
    let words = words.join(", ");
    match parameter.description.trim() {
        "" => words,
        description => format!("{words}: {description}"),
    }
}

fn type_in_words(parameter: &Parameter) -> String {
    match &parameter.datatype {
        flow::ParameterType::Known(datatype) => datatype.as_str().to_owned(),
        flow::ParameterType::Foreign(Value::String(text)) => text.clone(),
        flow::ParameterType::Foreign(value) => value.to_string(),
    }
}
