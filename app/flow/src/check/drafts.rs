//! What is mapped, against what is drawn of the callee and is not live yet. A
//! flow is sent to what is live; that somebody is changing that keeps nobody
//! from publishing, and is told.

use std::collections::BTreeSet;

use super::{Report, mappings::OUTPUT, mappings::with_article, rules};
use crate::{
    Entity, FieldSpec, Interface, Node, NodeId, Pair, PairsRole, Parameter, Place,
    expression::{self, parse_template},
};

/// One side of an interface.
pub(super) type SideOf = fn(&Interface) -> &Vec<Parameter>;
pub(super) const INPUTS: SideOf = |interface| &interface.inputs;
pub(super) const OUTPUTS: SideOf = |interface| &interface.outputs;

/// What to do where only the draft has a name; none where it does not either.
pub(super) fn has(entity: &Entity, of: SideOf, name: &str) -> Option<String> {
    let draft = of(entity.draft.as_ref()?);
    named(draft, name).map(|_| {
        format!(
            "The draft of “{}” has it, and is not live: publish that first.",
            entity.name
        )
    })
}

/// Reports the rows of a mapping that fit what is live and will not fit what is
/// drawn once that is published.
pub(super) fn pairs(
    report: &mut Report<'_>,
    (id, node, spec): (&NodeId, &Node, &'static FieldSpec),
    entity: &Entity,
    (role, pairs): (PairsRole, &[Pair]),
) {
    let (Some(live), Some(draft)) = (&entity.interface, &entity.draft) else {
        return;
    };
    let (of, what) = match role {
        PairsRole::Inputs => (INPUTS, "input"),
        PairsRole::Outputs | PairsRole::Results => (OUTPUTS, "output"),
        PairsRole::Named | PairsRole::Variables => return,
    };
    let (live, draft) = (of(live), of(draft));
    for (row, pair) in pairs.iter().enumerate() {
        for name in names(role, pair) {
            let Some(before) = named(live, &name) else {
                continue;
            };
            let change = match named(draft, &name) {
                None => format!("has no {what} “{name}” any more"),
                Some(after) if after.datatype != before.datatype => {
                    let datatype = after.datatype.known();
                    let now = datatype.map_or("another type".to_owned(), with_article);
                    format!("makes the {what} “{name}” {now}")
                }
                Some(_) => continue,
            };
            let message = format!(
                "The draft of “{}” {change}: publishing it will break this.",
                entity.name
            );
            let place = Place::field(id, spec.key).row(row);
            report.add(rules::MAPPING_DRAFT_DIFFERS, place, message);
        }
    }
    if role == PairsRole::Inputs {
        let wanted = draft.iter().filter(|input| {
            let name = input.name.as_str();
            input.required && named(live, name).is_none() && !gives(node, spec, name)
        });
        for input in wanted {
            let message = format!(
                "The draft of “{}” requires an input “{}”, which this does not give: publishing it will break this.",
                entity.name, input.name
            );
            let place = Place::field(id, spec.key);
            report.add(rules::MAPPING_DRAFT_DIFFERS, place, message);
        }
    }
}

fn named<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a Parameter> {
    parameters.iter().find(|parameter| parameter.name == name)
}

fn gives(node: &Node, spec: &FieldSpec, name: &str) -> bool {
    node.pairs(spec.key).iter().any(|pair| pair.name == name)
}

/// The inputs or outputs that a row is about: its own name, or what its value
/// reads of what came back.
fn names(role: PairsRole, pair: &Pair) -> BTreeSet<String> {
    if role != PairsRole::Results {
        return BTreeSet::from([pair.name.to_string()]);
    }
    let template = parse_template(pair.value.as_str().unwrap_or_default());
    let reads = template.expressions().flat_map(expression::reads);
    let outputs = reads.filter(|read| read.root() == OUTPUT);
    outputs
        .filter_map(|read| read.path.get(1).map(ToString::to_string))
        .collect()
}
