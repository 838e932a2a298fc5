//! What the kinds that call something outside of the flow have in common.

use super::{FieldInput, FieldSpec, PairsRole, Setting};
use crate::{
    EntityKind, Node,
    expression::{self, ExpressionNode},
};

/// The field that holds the inputs' mapping.
pub(crate) const INPUTS: &str = "inputs";
/// The field that holds the outputs' mapping.
pub(crate) const OUTPUTS: &str = "outputs";

/// The field that says what is called.
pub(super) const fn callee(
    key: &'static str,
    label: &'static str,
    help: &'static str,
    kind: EntityKind,
) -> FieldSpec {
    FieldSpec {
        key,
        label,
        help,
        input: FieldInput::Reference(kind),
        required: true,
        default: None,
    }
}

pub(super) const INPUT_MAPPING: FieldSpec = FieldSpec {
    key: INPUTS,
    label: "Inputs",
    help: "What each input is given. A value may use templates.",
    input: FieldInput::Pairs {
        role: PairsRole::Inputs,
        name_label: "Input",
        value_label: "Value",
        add_label: "Add input",
    },
    required: false,
    default: None,
};

pub(super) const RESULT_MAPPING: FieldSpec = FieldSpec {
    key: OUTPUTS,
    label: "Outputs",
    help: "The variables that keep what comes back: localResult from ${output.result}.",
    input: FieldInput::Pairs {
        role: PairsRole::Results,
        name_label: "Variable",
        value_label: "Output",
        add_label: "Add variable",
    },
    required: false,
    default: None,
};

/// What is called, as a card shows it.
pub(super) fn subtitle(node: &Node, field: &str, when_empty: &str) -> String {
    let reference = node.reference(field);
    let name = reference.map(|reference| reference.as_str().trim());
    name.filter(|name| !name.is_empty())
        .unwrap_or(when_empty)
        .to_owned()
}

/// The variables that a mapping with [`PairsRole::Results`] sets.
pub(super) fn results(node: &Node) -> Vec<Setting> {
    let names = node.pairs(OUTPUTS).iter().map(|pair| pair.name.trim());
    names.filter_map(Setting::of_path).collect()
}

/// The variables that a mapping with [`PairsRole::Outputs`] sets.
pub(super) fn targets(node: &Node) -> Vec<Setting> {
    let targets = node.pairs(OUTPUTS).iter();
    let targets = targets.filter_map(|pair| target(pair.value.as_str()?));
    targets.filter_map(|path| Setting::of_path(&path)).collect()
}

/// The variable that a template stands for and nothing else: `User.Name` of
/// `{{User.Name}}`.
pub(crate) fn target(text: &str) -> Option<String> {
    let template = expression::parse_template(text);
    let mut path = Vec::new();
    let mut at = template.sole_expression()?;
    loop {
        match &at.node {
            ExpressionNode::Member { of, name } => {
                path.push(name.as_str());
                at = of;
            }
            ExpressionNode::Variable(name) => {
                path.push(name);
                path.reverse();
                return Some(path.join("."));
            }
            _ => return None,
        }
    }
}
