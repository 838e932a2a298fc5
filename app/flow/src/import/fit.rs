//! What an imported flow may hold is what an edit may leave, so that edits of
//! it can always be taken back.

use super::{Fault, sort::Sort};
use crate::{Flow, NodeId, Refused, apply::bounds, pointer::token};

/// Whether every part of a flow is of a size that edits could have made.
pub(super) fn fit(flow: &Flow, sort: Sort) -> Result<(), Fault> {
    let at_top = |name: &str| match sort {
        Sort::OwnFlow => format!("/flow/{name}"),
        _ => format!("/{name}"),
    };
    let fault = |refused: Refused, path: String| {
        let message = format!("This is more than can be kept: {refused}. Make it less.");
        Fault::new(message, path)
    };
    for (text, name) in [(&flow.name, "name"), (&flow.description, "description")] {
        bounds::text(text).map_err(|refused| fault(refused, at_top(name)))?;
    }
    for (index, (id, node)) in flow.nodes.iter().enumerate() {
        bounds::node(id, node)
            .and_then(|()| bounds::place(id, flow.position(id)))
            .map_err(|refused| fault(refused, node_path(sort, index, id)))?;
    }
    for (index, (id, edge)) in flow.edges.iter().enumerate() {
        let path = || match sort {
            Sort::OwnFlow => format!("/flow/edges/{}", token(id.as_str())),
            Sort::LookupFlow => format!("/nodes/edges/{index}"),
            Sort::Module => format!("/definition/edges/{index}"),
            // There edges stand with the nodes that they leave.
            _ => "/nodes".to_owned(),
        };
        bounds::edge(id, edge).map_err(|refused| fault(refused, path()))?;
    }
    // Only Patchbay's own file has these.
    for (id, note) in &flow.notes {
        let path = || format!("/flow/notes/{}", token(id.as_str()));
        bounds::note(id, note).map_err(|refused| fault(refused, path()))?;
    }
    for (id, group) in &flow.groups {
        let path = || format!("/flow/groups/{}", token(id.as_str()));
        bounds::group(id, group).map_err(|refused| fault(refused, path()))?;
    }
    bounds::variables(&flow.variables).map_err(|refused| fault(refused, at_top("variables")))?;
    for (parameters, name) in [
        (&flow.interface.inputs, "inputs"),
        (&flow.interface.outputs, "outputs"),
    ] {
        // In a module they are read out of the description.
        let path = match sort {
            Sort::OwnFlow => format!("/flow/interface/{name}"),
            Sort::Module => "/description".to_owned(),
            _ => format!("/{name}"),
        };
        bounds::parameters(parameters).map_err(|refused| fault(refused, path))?;
    }
    Ok(())
}

fn node_path(sort: Sort, index: usize, id: &NodeId) -> String {
    match sort {
        Sort::OwnFlow => format!("/flow/nodes/{}", token(id.as_str())),
        Sort::LookupFlow => format!("/nodes/nodes/{index}"),
        // The Start, which is not in the document, comes first.
        Sort::Module => format!("/definition/nodes/{}", index.saturating_sub(1)),
        // A node of the document may be several here.
        _ => "/nodes".to_owned(),
    }
}
