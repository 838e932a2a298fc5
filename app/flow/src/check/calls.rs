//! What a flow refers to: whether it is there, and whether calls come round.

use rustc_hash::FxHashMap;

use super::{
    Report,
    near::{listed, nearest},
    report::{named, set},
    rules,
};
use crate::{
    Entity, EntityKind, EntityRef, FieldSpec, FieldValue, Fix, Node, NodeId, Place, Workspace,
};

/// How many names are compared to find the one that was meant.
const MAX_COMPARED: usize = 500;
/// How many ways round are followed: each may lead through everything.
const MAX_WAYS: usize = 200;
/// How many steps of a way round a message names.
const SHOWN_STEPS: usize = 6;

/// Whether what a node refers to is there, and can be named in what is sent.
pub(super) fn reference(
    report: &mut Report<'_>,
    id: &NodeId,
    node: &Node,
    spec: &'static FieldSpec,
    (kind, reference): (EntityKind, &EntityRef),
) {
    let place = || Place::field(id, spec.key);
    match (report.workspace.find(kind, reference), reference) {
        (Some(entity), EntityRef::Name(name)) => match &entity.id {
            Some(upstream) => {
                let message = format!(
                    "{} names the {} “{name}”, and what is sent needs its id. Use it.",
                    named(node),
                    kind.title()
                );
                let value = FieldValue::Reference(EntityRef::Id(upstream.clone()));
                let fix = Fix::new("Use its id", vec![set(id, spec.key, value)]);
                report.add_with(rules::REFERENCE_BY_NAME, place(), message, fix);
            }
            None => {
                let message = format!(
                    "The {} “{name}”, which {} uses, was not published yet and has no id. Publish it, or choose another by its id in Genesys Cloud.",
                    kind.title(),
                    named(node)
                );
                report.add(rules::REFERENCE_NOT_PUBLISHED, place(), message);
            }
        },
        (Some(_), EntityRef::Id(_)) => {}
        (None, _) if !report.workspace.is_complete() => {
            let message = format!(
                "The {} “{reference}”, which {} uses, cannot be seen from here, so that what it takes and gives back is not checked. Check it together with what it uses.",
                kind.title(),
                named(node)
            );
            report.add(rules::REFERENCE_NOT_SEEN, place(), message);
            if let EntityRef::Name(name) = reference {
                by_name(report, id, spec, name);
            }
        }
        (None, _) => missing(report, id, node, spec, (kind, reference)),
    }
}

/// A name where only an id can be sent.
pub(super) fn by_name(report: &mut Report<'_>, id: &NodeId, spec: &FieldSpec, name: &str) {
    let message = format!(
        "{} of {} is named “{name}”, and what is sent needs its id. Choose it again once it was published.",
        spec.label,
        report.name(id)
    );
    report.add(
        rules::REFERENCE_BY_NAME,
        Place::field(id, spec.key),
        message,
    );
}

fn missing(
    report: &mut Report<'_>,
    id: &NodeId,
    node: &Node,
    spec: &'static FieldSpec,
    (kind, reference): (EntityKind, &EntityRef),
) {
    let all = report.workspace.entities().iter();
    let those: Vec<&Entity> = all.filter(|entity| entity.kind == kind).collect();
    let wanted = reference.as_str();
    let names = those.iter().map(|entity| entity.name.as_str());
    let near = nearest(wanted, names.clone().take(MAX_COMPARED));
    let near = near.and_then(|near| those.iter().find(|entity| entity.name == near));
    let advice = match near {
        Some(near) => format!("Did you mean “{}”?", near.name),
        None if those.is_empty() => format!("There is no {} yet: make one.", kind.title()),
        None => format!("Choose one of {}.", listed(names)),
    };
    let message = format!(
        "{} uses the {} “{wanted}”, which is not there. {advice}",
        named(node),
        kind.title()
    );
    let fix = near.map(|near| {
        let op = set(id, spec.key, FieldValue::Reference(near.reference()));
        Fix::new(format!("Use “{}”", near.name), vec![op])
    });
    let place = Place::field(id, spec.key);
    report.add_with(rules::REFERENCE_MISSING, place, message, fix);
}

/// Calls that come back to the flow that is checked, by whichever way.
pub(super) fn cycles(report: &mut Report<'_>) {
    let flow = report.flow;
    let Some(kind) = flow.kind.entity() else {
        return;
    };
    let workspace = report.workspace;
    let itself = EntityRef::Name(flow.name.clone());
    let back = Back::new(workspace, workspace.index_of(kind, &itself));
    let mut ways = 0..MAX_WAYS;
    for call in flow.calls() {
        let is_itself = call.kind == kind && *call.reference == itself;
        let called = workspace.index_of(call.kind, call.reference);
        let comes_back = called.map_or(is_itself, |index| back.comes_back(index));
        if !comes_back {
            continue;
        }
        let way = ways.next().and(called);
        let way = way.map(|index| back.way_from(index)).unwrap_or_default();
        let names = way
            .iter()
            .filter_map(|index| workspace.entities().get(*index));
        let names = names.map(|entity| entity.name.as_str());
        let message = format!(
            "{} comes round: {}. A flow never calls itself, neither directly nor by others. Call something else.",
            report.name(call.node),
            round(&flow.name, names.collect())
        );
        let place = Place::field(call.node, call.field);
        report.add(rules::CALLS_COME_ROUND, place, message);
    }
}

/// A way round from a flow back to it, the middle of a long one left out.
fn round<'n>(flow: &'n str, mut way: Vec<&'n str>) -> String {
    if way.last() != Some(&flow) {
        way.push(flow);
    }
    if way.len() > SHOWN_STEPS {
        let gap = SHOWN_STEPS / 2..way.len() - SHOWN_STEPS / 2;
        way.splice(gap, ["…"]);
    }
    way.insert(0, flow);
    way.join(" → ")
}

/// For everything that leads back to a flow the next step of a shortest way.
struct Back {
    to: Option<usize>,
    next: FxHashMap<usize, usize>,
}

impl Back {
    fn new(workspace: &Workspace, to: Option<usize>) -> Self {
        let mut back = Self {
            to,
            next: FxHashMap::default(),
        };
        let Some(to) = to else {
            return back;
        };
        let mut callers: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (index, entity) in workspace.entities().iter().enumerate() {
            for (kind, reference) in &entity.calls {
                if let Some(called) = workspace.index_of(*kind, reference) {
                    callers.entry(called).or_default().push(index);
                }
            }
        }
        let mut queue = std::collections::VecDeque::from([to]);
        while let Some(at) = queue.pop_front() {
            for caller in callers.get(&at).map_or(&[][..], Vec::as_slice) {
                if *caller != to && !back.next.contains_key(caller) {
                    back.next.insert(*caller, at);
                    queue.push_back(*caller);
                }
            }
        }
        back
    }

    /// Whether a way leads from something back to the flow.
    fn comes_back(&self, from: usize) -> bool {
        self.to == Some(from) || self.next.contains_key(&from)
    }

    /// The steps from something that comes back to the flow, both ends
    /// included.
    fn way_from(&self, from: usize) -> Vec<usize> {
        let mut way = vec![from];
        let mut at = from;
        while let Some(next) = self.next.get(&at).filter(|_| self.to != Some(at)) {
            at = *next;
            way.push(at);
        }
        way
    }
}
