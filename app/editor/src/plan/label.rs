//! Words for what a transaction does.

use flow::{Flow, NodeId};

/// What a person calls a node: its label, else its kind's title.
pub(crate) fn name_of<'a>(flow: &'a Flow, id: &'a NodeId) -> &'a str {
    let Some(node) = flow.nodes.get(id) else {
        return id.as_str();
    };
    if node.label.trim().is_empty() {
        node.kind
            .spec()
            .map_or(node.kind.as_str(), |spec| spec.title)
    } else {
        &node.label
    }
}

/// “Lookup” for one node, “3 nodes” for several.
pub(crate) fn count_of_nodes<'a>(
    flow: &'a Flow,
    nodes: impl ExactSizeIterator<Item = &'a NodeId>,
) -> String {
    let mut nodes = nodes;
    match (nodes.len(), nodes.next()) {
        (1, Some(only)) => name_of(flow, only).to_owned(),
        (count, _) => format!("{count} nodes"),
    }
}
