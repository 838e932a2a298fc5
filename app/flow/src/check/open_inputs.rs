//! Inputs that a callee declares and that a node gives nothing.

use rustc_hash::FxHashSet;

use super::{
    Report, is_variable_name,
    mappings::accepts,
    report::{MAX_PROBLEMS, named, pairs_bytes, set},
    rules,
    types::Types,
};
use crate::{
    Entity, FieldValue, Fix, Node, NodeId, Pair, Parameter, Place,
    calls::Call,
    expression::Environment,
    graph::Graph,
    kind::call::INPUTS,
    variables::{Availability, Variables},
};

/// An input without a value.
struct Open<'a> {
    /// The node's place in document order.
    index: usize,
    id: &'a NodeId,
    node: &'a Node,
    entity: &'a Entity,
    input: &'a Parameter,
}

/// Reports the inputs of what a flow calls that its nodes do not map. Where a
/// variable of an input's name is there, it is what was probably meant. Takes
/// the places of the nodes that call something.
pub(super) fn open_inputs(
    report: &mut Report<'_>,
    calling: impl Iterator<Item = usize>,
    (graph, variables, types): (&Graph, &Variables, &Types),
) {
    let all = all(report, calling);
    let questions: Vec<_> = all
        .iter()
        .map(|open| (open.index, open.input.name.as_str()))
        .collect();
    let answers = variables.availabilities(graph, &questions);
    for (open, availability) in all.iter().zip(answers) {
        let name = open.input.name.as_str();
        let message = format!(
            "{} does not say what the input “{name}” of “{}” is given. Map it.",
            named(open.node),
            open.entity.name
        );
        let rule = if open.input.required {
            rules::MAPPING_INPUT_MISSING
        } else {
            rules::MAPPING_INPUT_OPEN
        };
        let is_there = availability == Availability::Always && is_variable_name(name);
        let sort = types.type_of(name, None);
        let datatype = open.input.datatype.known();
        let fits = datatype.is_none_or(|datatype| accepts(datatype, sort));
        let fix = (is_there && fits).then(|| mapped(report, open)).flatten();
        report.add_with(rule, Place::field(open.id, INPUTS), message, fix);
    }
}

/// No more of them than are reported.
fn all<'a>(report: &Report<'a>, calling: impl Iterator<Item = usize>) -> Vec<Open<'a>> {
    let flow = report.flow;
    let mut all = Vec::new();
    for index in calling {
        let Some((id, node)) = flow.nodes.get_index(index) else {
            continue;
        };
        let call = Call::of(id, node);
        let entity = call.and_then(|call| report.workspace.find(call.kind, call.reference));
        let Some(entity) = entity else {
            continue;
        };
        let is_known = node.kind.spec().is_some_and(|spec| spec.is_in(flow.kind));
        // A field of another form is a problem of its own.
        let has_rows = matches!(node.field(INPUTS), None | Some(FieldValue::Pairs(_)));
        let inputs = entity.interface.iter().flat_map(|of| &of.inputs);
        if !is_known || !has_rows {
            continue;
        }
        let given: FxHashSet<&str> = node.pairs(INPUTS).iter().map(|pair| &*pair.name).collect();
        let open = inputs.filter(|input| !given.contains(input.name.as_str()));
        all.extend(open.map(|input| Open {
            index,
            id,
            node,
            entity,
            input,
        }));
        if all.len() >= MAX_PROBLEMS {
            break;
        }
    }
    all
}

/// Gives an input the variable of its name.
fn mapped(report: &mut Report<'_>, open: &Open<'_>) -> Option<Fix> {
    let name = open.input.name.as_str();
    let pairs = open.node.pairs(INPUTS);
    let bytes = pairs_bytes(pairs) + 64;
    report.fix(format!("Give it {{{{{name}}}}}"), bytes, || {
        let mut pairs = pairs.to_vec();
        pairs.push(Pair::text(name, format!("{{{{{name}}}}}")));
        set(open.id, INPUTS, FieldValue::Pairs(pairs))
    })
}
