//! Where one is: a node with its exits and where they lead, or one way out.

use flow::{EdgeId, Exit, Flow, NodeId, Port};

use super::count;
use crate::{Leads, navigation::ends_after, plan::name_of, scene::Scene};

/// How many problems a node has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What keeps the flow from being published.
    pub errors: usize,
    /// What somebody should look at.
    pub warnings: usize,
}

/// A node in words: “Lookup Customer, look up customer, 2 of 5, 1 error, exits:
/// to End”.
pub(crate) fn node(flow: &Flow, scene: &Scene, id: &NodeId, found: Found) -> String {
    let Some(node) = flow.nodes.get(id) else {
        return String::new();
    };
    let kind = match (node.kind.spec(), node.kind.foreign_type()) {
        (Some(spec), _) => spec.title.to_lowercase(),
        (None, Some(wire)) => format!("unknown kind {wire}"),
        (None, None) => node.kind.as_str().to_owned(),
    };
    let mut words = vec![name_of(flow, id).to_owned(), kind];
    if node.disabled {
        words.push("disabled".to_owned());
    }
    if let Some(place) = scene.place_of(flow, id) {
        words.push(format!("{} of {}", place + 1, flow.nodes.len()));
    }
    if found.errors > 0 {
        words.push(count(found.errors, "error"));
    }
    if found.warnings > 0 {
        words.push(count(found.warnings, "warning"));
    }
    let graph = scene.graph();
    let exits: Vec<String> = graph
        .exits(id)
        .iter()
        .map(|exit| {
            let targets: Vec<_> = graph
                .edges_by(flow, id, &exit.port)
                .filter_map(|edge| graph.ends(edge))
                .map(|(_, target)| name_of(flow, target))
                .collect();
            if targets.is_empty() {
                way(&exit.label, "not connected")
            } else {
                way(&exit.label, &format!("to {}", targets.join(" and ")))
            }
        })
        .collect();
    if !exits.is_empty() {
        words.push(format!("exits: {}", exits.join(", ")));
    }
    if ends_after(flow, scene, id) {
        words.push("the flow ends here".to_owned());
    }
    words.join(", ")
}

/// A way out of a node in words, as its row in the outline says it: “success
/// to Play greeting”, “default goes on at End”.
pub(crate) fn exit(
    flow: &Flow,
    scene: &Scene,
    node: &NodeId,
    port: &Port,
    leads: &Leads,
) -> String {
    let found = exit_of(scene, node, port);
    let label = match found {
        Some(exit) => exit.label.clone(),
        None => format!("{} (no longer an exit)", port.as_str()),
    };
    match leads {
        Leads::Nowhere => way(&label, "not connected"),
        Leads::Ends => way(&label, "the flow ends here"),
        Leads::Inside(edge) | Leads::Below(edge) => {
            way(&label, &format!("to {}", target(flow, edge)))
        }
        Leads::Elsewhere(edge) => way(&label, &format!("goes on at {}", target(flow, edge))),
    }
}

/// An edge by its exit, in words: “Found of Split”, “Start”.
pub(crate) fn replaced_way(flow: &Flow, scene: &Scene, node: &NodeId, port: &Port) -> String {
    let name = name_of(flow, node);
    match exit_of(scene, node, port) {
        Some(exit) if !exit.label.is_empty() => format!("{} of {name}", exit.label),
        _ => name.to_owned(),
    }
}

fn exit_of<'a>(scene: &'a Scene, node: &NodeId, port: &Port) -> Option<&'a Exit> {
    let exits = scene.graph().exits(node);
    exits.iter().find(|exit| exit.port == *port)
}

fn target<'a>(flow: &'a Flow, edge: &EdgeId) -> &'a str {
    let edge = flow.edges.get(edge);
    edge.map_or("", |edge| name_of(flow, &edge.target))
}

fn way(label: &str, leads: &str) -> String {
    if label.is_empty() {
        leads.to_owned()
    } else {
        format!("{label} {leads}")
    }
}
