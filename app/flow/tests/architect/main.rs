//! Flows of the public platform become flows and come back as the same trees.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod broken;
mod edits;
mod examples;
mod kept;
mod places;
mod properties;
mod shapes;

use flow::{Flow, FlowKind, FlowSetting, Transaction, apply, architect, import};
use serde_json::Value;

/// A tree as text, in which the order of members shows.
fn exactly(tree: &Value) -> String {
    serde_json::to_string_pretty(tree).expect("a value prints")
}

fn read(document: &Value) -> Flow {
    architect::read(document.clone()).unwrap_or_else(|error| panic!("{error}"))
}

fn written(flow: &Flow) -> Value {
    architect::write(flow).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Fails unless a document comes back as the same tree, order included; also
/// through our own file, and with every node at a place of its own.
fn assert_kept(document: &Value) -> Flow {
    let flow = read(document);
    assert_eq!(flow.kind, FlowKind::Architect);
    assert_eq!(exactly(&written(&flow)), exactly(document));
    let own = flow::FlowFile::new(flow.clone(), None).to_json();
    let own = import(&own.expect("a file prints")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(own.flow, flow);
    assert_eq!(exactly(&written(&own.flow)), exactly(document));
    let places: std::collections::BTreeSet<_> = flow
        .positions
        .values()
        .map(|at| (at.x.to_bits(), at.y.to_bits()))
        .collect();
    assert_eq!(
        places.len(),
        flow.nodes.len(),
        "cards do not cover each other"
    );
    flow
}

/// The flow made anew by edits, as a person would draw it.
fn drawn(flow: &Flow) -> Flow {
    use flow::Op;
    let mut drawn = Flow::new(flow.kind, "");
    drawn.extra = flow.extra.clone();
    let settings = [
        FlowSetting::Name(flow.name.clone()),
        FlowSetting::Description(flow.description.clone()),
        FlowSetting::WireType(flow.wire_type.clone()),
    ];
    let settings = settings.into_iter().map(Op::SetFlow);
    let regions = flow.regions.iter().map(|(id, region)| Op::AddRegion {
        id: id.clone(),
        region: region.clone(),
        index: None,
    });
    let nodes = flow.nodes.iter().map(|(id, node)| Op::AddNode {
        id: id.clone(),
        node: node.clone(),
        position: flow.position(id),
        index: None,
    });
    let edges = flow.edges.iter().map(|(id, edge)| Op::Connect {
        id: Some(id.clone()),
        edge: edge.clone(),
        index: None,
    });
    let all = settings.chain(regions).chain(nodes).chain(edges).collect();
    apply(&mut drawn, &Transaction::new("Draw", all)).expect("a flow can be drawn");
    drawn
}
