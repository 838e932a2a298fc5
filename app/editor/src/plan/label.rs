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

/// “3 nodes and a note”.
pub(crate) fn count_of<'a>(
    flow: &'a Flow,
    nodes: impl ExactSizeIterator<Item = &'a NodeId>,
    notes: usize,
) -> String {
    let notes = match notes {
        0 => return count_of_nodes(flow, nodes),
        1 => "a note".to_owned(),
        many => format!("{many} notes"),
    };
    if nodes.len() == 0 {
        return notes;
    }
    format!("{} and {notes}", count_of_nodes(flow, nodes))
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
