//! The complete example of the phone-lookup guide: Start, lookup, End.

use std::sync::Arc;

use super::draw::{add, begun, named};
use crate::{Edge, FieldKey, FieldValue, Flow, FlowKind, Kind, Port};

pub(super) fn build() -> Flow {
    let mut flow = begun(FlowKind::Lookup, "Dev: Phone Lookup");
    flow.description = "External contact lookup by phone".to_owned();
    let mut lookup = named(&Kind::LOOKUP, "Lookup Customer");
    // The rest of the request is what the catalogue starts a lookup with.
    lookup.fields.insert(
        FieldKey::of("url"),
        FieldValue::text("https://lookup.sandbox.invalid/api/v1/customer-lookup"),
    );
    add(&mut flow, "lookup", lookup);
    add(&mut flow, "end", named(&Kind::END, "End"));
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
