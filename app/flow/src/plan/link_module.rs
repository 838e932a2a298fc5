//! Linking a module into a call flow: it is executed first (spec, decision 15).

use thiserror::Error;

use super::{Plan, PlannedChange};
use crate::{
    DataType, Entity, FieldKey, FieldValue, Flow, FlowKind, Interface, Kind, Node, NodeId, Pair,
    Parameter, Transaction, Workspace,
    check::{is_variable_name, named},
    kind::call::{INPUTS, OUTPUTS},
    put_first,
};

/// The field of a Flow module node that says which module it is.
const MODULE: &str = "module";

/// Why a module is not linked into a flow.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CannotLink {
    /// It is no call flow.
    #[error("Only call flows link modules, and this is {}.", .0.with_article())]
    Kind(FlowKind),
    /// It links the module already.
    #[error("It links the module already, in {0}.")]
    Linked(String),
    /// Nothing says where the flow begins.
    #[error("It has no Start. Add one, then link the module.")]
    NoStart,
    /// The flow is as large as a flow can be.
    #[error("There is no room for another step. Remove some, then link the module.")]
    Full,
}

/// The edit that has a call flow execute a module before all else. The node gets
/// this id and this name; what it is given and what it gives back is mapped
/// where a declared variable has the same name and type.
///
/// # Errors
/// Where the module cannot be linked, or is already.
pub fn plan_link(
    flow: &Flow,
    module: &Entity,
    (id, label): (NodeId, &str),
    workspace: &Workspace,
) -> Result<Plan, CannotLink> {
    if flow.kind != FlowKind::Call {
        return Err(CannotLink::Kind(flow.kind));
    }
    if let Some(call) = module.calls_in(flow).next() {
        let linked = flow.nodes.get(call.node);
        return Err(CannotLink::Linked(
            linked.map_or_else(String::new, |node| named(node)),
        ));
    }
    let node = node(flow, module, label);
    let sentence = sentence(&node, module);
    let ops = put_first(flow, id.clone(), node).ok_or(CannotLink::NoStart)?;
    let transaction = Transaction::new(format!("Link “{}”", module.name), ops);
    let places = vec![PlannedChange { node: id, sentence }];
    Plan::of(flow, workspace, transaction, places).ok_or(CannotLink::Full)
}

fn node(flow: &Flow, module: &Entity, label: &str) -> Node {
    let mut node = Node::of(&Kind::FLOW_MODULE);
    label.clone_into(&mut node.label);
    let reference = FieldValue::Reference(module.reference());
    node.fields.insert(FieldKey::of(MODULE), reference);
    let nothing = Interface::default();
    let Interface { inputs, outputs } = module.interface.as_ref().unwrap_or(&nothing);
    let inputs = inputs.iter().filter(|input| is_there(flow, input));
    let inputs = inputs.map(|input| Pair::text(&input.name, format!("{{{{{}}}}}", input.name)));
    map(&mut node, INPUTS, inputs.collect());
    let outputs = outputs.iter().filter(|output| is_declared(flow, output));
    let outputs =
        outputs.map(|output| Pair::text(&output.name, format!("{{{{output.{}}}}}", output.name)));
    map(&mut node, OUTPUTS, outputs.collect());
    node
}

/// A mapping that is empty is left out (spec, decision 1).
fn map(node: &mut Node, field: &'static str, pairs: Vec<Pair>) {
    if pairs.is_empty() {
        node.fields.remove(field);
    } else {
        node.fields
            .insert(FieldKey::of(field), FieldValue::Pairs(pairs));
    }
}

/// Whether a variable of the name and the type of an input is there before the
/// flow starts.
fn is_there(flow: &Flow, input: &Parameter) -> bool {
    let is_phone_number =
        input.name == "phoneNumber" && input.datatype.known() == Some(DataType::String);
    is_phone_number || is_declared(flow, input)
}

fn is_declared(flow: &Flow, parameter: &Parameter) -> bool {
    let mut variables = flow.variables.iter();
    is_variable_name(&parameter.name)
        && variables.any(|variable| {
            variable.name == parameter.name && parameter.datatype.known() == Some(variable.datatype)
        })
}

fn sentence(node: &Node, module: &Entity) -> String {
    let mapped = node.pairs(INPUTS).len() + node.pairs(OUTPUTS).len();
    let mappings = match mapped {
        0 => String::new(),
        1 => ", with one mapping prefilled".to_owned(),
        count => format!(", with {count} mappings prefilled"),
    };
    format!(
        "{} executes the module “{}” before all else{mappings}.",
        named(node),
        module.name
    )
}
