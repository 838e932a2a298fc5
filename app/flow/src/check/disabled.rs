//! Disabled nodes that cannot be left out, and ways that end at one.

use super::{Report, rules};
use crate::{
    Exit, Fix, FlowKind, NodeId, Place, Port,
    bypass::{Stop, enabled},
};

/// Reports the disabled nodes that cannot be left out.
pub(super) fn kept(report: &mut Report<'_>) {
    let kept = report.bypass.map_or(&[][..], |bypass| &bypass.kept);
    for (id, why) in kept {
        let message = why.sentence(&report.name(id));
        let fix = enable(report, id);
        report.add_with(rules::DISABLED_BRANCHES, Place::node(id), message, fix);
    }
}

/// Reports an exit that leads to disabled nodes and no further. Returns whether
/// it is one.
pub(super) fn leads_nowhere(report: &mut Report<'_>, id: &NodeId, exit: &Exit) -> bool {
    let stop = report.bypass.and_then(|bypass| bypass.stop(id, &exit.port));
    let Some(stop) = stop else {
        return false;
    };
    let from = if exit.label.is_empty() {
        report.name(id)
    } else {
        format!("The exit “{}” of {}", exit.label, report.name(id))
    };
    let at = report.name(stop.node());
    let message = match stop {
        Stop::Nowhere(_) => format!(
            "{from} leads to {at}, which is disabled, and nothing follows it. Connect {at} to a next step, or enable it."
        ),
        Stop::Circle(_) => format!(
            "{from} leads only to steps that are disabled and come round to {at}. Connect one of them to a next step, or enable one."
        ),
    };
    // Outside of lookup flows a flow may do nothing.
    let does_nothing = report.flow.kind != FlowKind::Lookup && exit.label.is_empty();
    let rule = if does_nothing {
        rules::FLOW_EMPTY
    } else {
        rules::DISABLED_LEADS_NOWHERE
    };
    let place = Place::port(stop.node(), &only_exit(report, stop.node()));
    let fix = enable(report, stop.node());
    report.add_with(rule, place, message, fix);
    true
}

fn only_exit(report: &Report<'_>, id: &NodeId) -> Port {
    let node = report.drawn.nodes.get(id);
    let exit = node.and_then(|node| node.exits().into_iter().next());
    exit.map_or(Port::OUT, |exit| exit.port)
}

fn enable(report: &Report<'_>, id: &NodeId) -> Fix {
    Fix::new(format!("Enable {}", report.name(id)), vec![enabled(id)])
}
