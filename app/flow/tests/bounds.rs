//! What one edit may hold and how much work it may cause.
#![allow(clippy::expect_used)]

use std::sync::Arc;

use flow::{
    Edge, FieldValue, Flow, FlowKind, Kind, MAX_NODE_BYTES, MAX_NODES, MAX_OPS, MAX_TEXT_BYTES,
    Node, NodeId, Op, Pair, Point, Port, Refused, Transaction, apply,
};

fn id(number: usize) -> NodeId {
    NodeId::new(format!("n{number}"))
}

fn add(number: usize) -> Op {
    Op::AddNode {
        id: id(number),
        node: Arc::new(Node::of(&Kind::SET_VARIABLES)),
        position: Point::new(0.0, 0.0),
        index: None,
    }
}

fn connect(from: usize, to: usize) -> Op {
    Op::Connect {
        id: None,
        edge: Arc::new(Edge::new(id(from), Port::OUT, id(to))),
        index: None,
    }
}

/// A chain as long as a flow may be.
fn long_chain() -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Chain");
    let nodes = (0..MAX_NODES).map(add);
    let edges = (1..MAX_NODES).map(|to| connect(to - 1, to));
    let all = Transaction::new("Draw", nodes.chain(edges).collect());
    apply(&mut flow, &all).expect("a chain within the limits");
    flow
}

#[test]
fn what_is_too_large_to_open_again_is_refused() {
    let large = "x".repeat(MAX_TEXT_BYTES + 1);
    let mut labelled = Node::of(&Kind::END);
    labelled.label = large.clone();
    let mut heavy = Node::of(&Kind::LOOKUP);
    let header = Pair::text("X-Large", "x".repeat(MAX_TEXT_BYTES));
    let headers = vec![header; MAX_NODE_BYTES / MAX_TEXT_BYTES + 1];
    heavy
        .fields
        .insert("headers".into(), FieldValue::Pairs(headers));
    let node = |node: Node| Op::AddNode {
        id: "new".into(),
        node: Arc::new(node),
        position: Point::new(0.0, 0.0),
        index: None,
    };
    let far = |x: f64| Op::MoveNode {
        id: id(0),
        to: Point::new(x, 0.0),
    };
    let cases = [
        ("a label", node(labelled)),
        ("a node's fields", node(heavy.clone())),
        (
            "a field",
            Op::SetField {
                id: id(0),
                field: "headers".into(),
                value: heavy.field("headers").cloned(),
            },
        ),
        (
            "an id",
            Op::AddNode {
                id: NodeId::new(large.clone()),
                node: Arc::new(Node::of(&Kind::END)),
                position: Point::new(0.0, 0.0),
                index: None,
            },
        ),
        ("a place without a number", far(f64::NAN)),
        ("a place out of reach", far(1e308)),
    ];
    let mut flow = Flow::new(FlowKind::Lookup, "Small");
    apply(&mut flow, &Transaction::new("Add", vec![add(0)])).expect("one node");
    let before = flow.clone();
    for (what, op) in cases {
        let refused = apply(&mut flow, &Transaction::new("Too much", vec![add(1), op]));
        assert!(
            matches!(
                refused,
                Err(Refused::TooLong { .. } | Refused::OffCanvas { .. })
            ),
            "{what}: {refused:?}"
        );
        assert_eq!(flow, before, "{what} changes nothing");
    }
    let labelled = Transaction::new(large, vec![add(1)]);
    assert!(matches!(
        apply(&mut flow, &labelled),
        Err(Refused::TooLong { .. })
    ));
}

#[test]
fn edits_that_walk_over_the_flow_again_and_again_are_refused() {
    let mut flow = long_chain();
    let before = flow.clone();
    let again_and_again = (0..MAX_OPS / 2).flat_map(|_| {
        let mut back = add(5);
        if let Op::AddNode { index, .. } = &mut back {
            *index = Some(0);
        }
        [Op::RemoveNode { id: id(5) }, back]
    });
    let edit = Transaction::new("Churn", again_and_again.collect());
    assert_eq!(apply(&mut flow, &edit), Err(Refused::TooMuchAtOnce));
    assert_eq!(flow, before);
    assert!(flow.nodes.keys().eq(before.nodes.keys()), "order included");

    let too_many = Transaction::new("Many", (0..=MAX_OPS).map(|_| connect(0, 1)).collect());
    assert_eq!(apply(&mut flow, &too_many), Err(Refused::TooMuchAtOnce));
}

/// Every other node, so that what comes back belongs between what stayed.
#[test]
fn half_of_a_large_flow_is_removed_and_brought_back_in_its_order() {
    let mut flow = long_chain();
    let before = flow.clone();
    let every_other = (0..MAX_NODES).step_by(2).rev();
    let remove = every_other.map(|number| Op::RemoveNode { id: id(number) });
    let removed = apply(&mut flow, &Transaction::new("Remove", remove.collect()))
        .expect("nodes that are there");
    assert_eq!(flow.nodes.len(), MAX_NODES / 2);
    assert!(flow.edges.is_empty());
    apply(&mut flow, &Transaction::new("Undo", removed.inverse)).expect("the inverse applies");
    assert!(flow.nodes.keys().eq(before.nodes.keys()));
    assert!(flow.edges.keys().eq(before.edges.keys()));
    assert_eq!(flow, before);
}
