//! The complete example of the phone-lookup guide: Start, lookup, End.

use std::sync::Arc;

use crate::{Edge, FieldKey, FieldValue, Flow, FlowKind, Kind, Node, NodeId, Point, Port};

pub(super) fn build() -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Dev: Phone Lookup");
    flow.description = "External contact lookup by phone".to_owned();
    let mut lookup = node(&Kind::LOOKUP, "Lookup Customer");
    // The rest of the request is what the catalogue starts a lookup with.
    lookup.fields.insert(
        FieldKey::of("url"),
        FieldValue::text("https://lookup.sandbox.invalid/api/v1/customer-lookup"),
    );
    let nodes = [
        ("start", node(&Kind::START, "Start"), 100.0),
        ("lookup", lookup, 250.0),
        ("end", node(&Kind::END, "End"), 400.0),
    ];
    for (id, node, y) in nodes {
        let id = NodeId::new(id);
        flow.positions.insert(id.clone(), Point::new(100.0, y));
        flow.nodes.insert(id, Arc::new(node));
    }
    let edges = [
        ("e1", "start", "lookup", "To Lookup"),
        ("e2", "lookup", "end", "To End"),
    ];
    for (wire_id, source, target, label) in edges {
        let mut edge = Edge::new(source.into(), Port::OUT, target.into());
        edge.wire_id = Some(wire_id.to_owned());
        edge.label = label.to_owned();
        flow.edges.insert(edge.key(), Arc::new(edge));
    }
    flow
}

fn node(kind: &Kind, label: &str) -> Node {
    let mut node = Node::of(kind);
    node.label = label.to_owned();
    node
}
