//! Patchbay's own file.

use serde_json::Value;
use serde_path_to_error::Segment;

use super::{Fault, within_limits};
use crate::{Flow, FlowFile, MAX_GROUPS, MAX_NOTES, MAX_REGIONS, NodeId, pointer::token};

pub(super) fn read(document: Value) -> Result<FlowFile, Fault> {
    let format = document.get("patchbay").and_then(Value::as_str);
    if format != Some(FlowFile::FORMAT) {
        let message = format!(
            "This file is not in the format “{}”. A newer Patchbay may have written it.",
            FlowFile::FORMAT
        );
        return Err(Fault::new(message, "/patchbay"));
    }
    let mut file: FlowFile = serde_path_to_error::deserialize(document).map_err(|error| {
        let path = pointer(error.path());
        Fault::new(format!("The file is damaged: {}.", error.inner()), path)
    })?;
    check(&file.flow)?;
    for id in file.flow.nodes.keys() {
        if !file.flow.positions.contains_key(id) {
            file.flow
                .positions
                .insert(id.clone(), crate::Point::default());
        }
    }
    Ok(file)
}

/// What holds of every flow that was made by edits.
fn check(flow: &Flow) -> Result<(), Fault> {
    within_limits(
        (flow.nodes.len(), "/flow/nodes"),
        (flow.edges.len(), "/flow/edges"),
    )?;
    if flow.regions.len() > MAX_REGIONS {
        let message = format!(
            "The flow has {} named parts, and at most {MAX_REGIONS} are possible. Spread it over several flows.",
            flow.regions.len()
        );
        return Err(Fault::new(message, "/flow/regions"));
    }
    for (id, node) in &flow.nodes {
        if let Some(region) = &node.region
            && !flow.regions.contains_key(region)
        {
            let message = format!("There is no part “{region}”. Add it, or remove what names it.");
            let path = format!("/flow/nodes/{}/region", token(id.as_str()));
            return Err(Fault::new(message, path));
        }
    }
    for (id, edge) in &flow.edges {
        for (end, name) in [(&edge.source, "source"), (&edge.target, "target")] {
            if !flow.nodes.contains_key(end) {
                let path = format!("/flow/edges/{}/{name}", token(id.as_str()));
                return Err(no_such_node(end, path));
            }
        }
    }
    for (count, most, what) in [
        (flow.notes.len(), MAX_NOTES, "notes"),
        (flow.groups.len(), MAX_GROUPS, "groups"),
    ] {
        if count > most {
            let message = format!(
                "The flow has {count} {what}, and at most {most} are possible. Remove some."
            );
            return Err(Fault::new(message, format!("/flow/{what}")));
        }
    }
    for (id, group) in &flow.grouped {
        let path = || format!("/flow/grouped/{}", token(id.as_str()));
        if !flow.nodes.contains_key(id) {
            return Err(no_such_node(id, path()));
        }
        if !flow.groups.contains_key(group) {
            let message = format!("There is no group “{group}”. Add it, or remove what names it.");
            return Err(Fault::new(message, path()));
        }
    }
    let stray = flow
        .positions
        .keys()
        .find(|id| !flow.nodes.contains_key(*id));
    match stray {
        Some(id) => Err(no_such_node(
            id,
            format!("/flow/positions/{}", token(id.as_str())),
        )),
        None => Ok(()),
    }
}

fn no_such_node(id: &NodeId, path: String) -> Fault {
    Fault::new(
        format!("There is no node “{id}”. Add it, or remove what names it."),
        path,
    )
}

pub(super) fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => token(key),
            Segment::Enum { variant } => token(variant),
            // Beyond this the place is not known.
            Segment::Unknown => break,
        };
        pointer.push('/');
        pointer.push_str(&name);
    }
    pointer
}
