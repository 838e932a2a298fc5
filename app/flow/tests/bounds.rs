//! What one edit may hold and how much work it may cause.
#![allow(clippy::expect_used)]

use std::sync::Arc;

use flow::{
    Edge, FieldValue, Flow, FlowKind, Kind, MAX_NODE_BYTES, MAX_NODES, MAX_OPS, MAX_REGIONS,
    MAX_TEXT_BYTES, Node, NodeId, Op, Pair, Point, Port, Refused, Region, RegionId, RegionKind,
    Transaction, apply,
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

fn region(number: usize) -> RegionId {
    RegionId::new(format!("r{number}"))
}

fn add_region(number: usize) -> Op {
    Op::AddRegion {
        id: region(number),
        region: Arc::new(Region {
            kind: RegionKind::Task,
            name: format!("Task {number}"),
            wire_id: None,
            extra: Default::default(),
        }),
        index: None,
    }
}

fn add_in(number: usize, part: usize) -> Op {
    let mut node = Node::of(&Kind::foreign("disconnect"));
    node.region = Some(region(part));
    Op::AddNode {
        id: id(number),
        node: Arc::new(node),
        position: Point::new(0.0, 0.0),
        index: None,
    }
}

#[test]
fn a_part_comes_before_the_nodes_in_it_and_goes_after_them() {
    let mut flow = Flow::new(FlowKind::Architect, "Parts");
    let edit = |ops| Transaction::new("Edit", ops);
    let draw = edit(vec![add_region(0), add_region(1), add_in(0, 1)]);
    apply(&mut flow, &draw).expect("a part, and a node in it");
    let before = flow.clone();
    let rename = |number| Op::SetRegionName {
        id: region(number),
        name: "Renamed".into(),
    };
    let remove = |number| Op::RemoveRegion { id: region(number) };
    let missing = Refused::RegionMissing { id: region(9) };
    let cases = [
        (vec![add_region(1)], Refused::RegionExists { id: region(1) }),
        (
            vec![add_region(2), add_region(2)],
            Refused::RegionExists { id: region(2) },
        ),
        (
            vec![remove(0), remove(1)],
            Refused::RegionInUse { id: region(1) },
        ),
        (vec![remove(9)], missing.clone()),
        (
            vec![remove(0), remove(0)],
            Refused::RegionMissing { id: region(0) },
        ),
        (vec![rename(9)], missing.clone()),
        (vec![add_in(1, 9)], missing),
        (
            (2..=MAX_REGIONS).map(add_region).collect(),
            Refused::TooMany {
                what: "named parts".into(),
                limit: MAX_REGIONS,
            },
        ),
    ];
    for (ops, refused) in cases {
        let ops = [vec![rename(0)], ops].concat();
        assert_eq!(apply(&mut flow, &edit(ops)), Err(refused));
        assert_eq!(flow, before);
    }
    let all = edit(vec![
        Op::RemoveNode { id: id(0) },
        remove(1),
        rename(0),
        remove(0),
    ]);
    let removed = apply(&mut flow, &all).expect("a part without nodes goes");
    assert!(flow.regions.is_empty());
    assert!(
        [region(0), region(1)]
            .iter()
            .all(|id| removed.changes.regions.contains(id))
    );
    apply(&mut flow, &edit(removed.inverse)).expect("and comes back");
    assert_eq!(flow, before);
    assert!(
        flow.regions.keys().eq(before.regions.keys()),
        "in its order"
    );
}

#[test]
fn as_many_parts_as_there_may_be_are_removed_in_one_go() {
    let mut flow = Flow::new(FlowKind::Architect, "Parts");
    let nodes = (0..MAX_NODES - 1).map(add);
    let add = (0..MAX_REGIONS).map(add_region).chain(nodes);
    let all = Transaction::new("Add", add.collect());
    apply(&mut flow, &all).expect("parts and nodes within the limits");
    let before = flow.clone();
    let remove = (0..MAX_REGIONS).map(|number| Op::RemoveRegion { id: region(number) });
    let removed = apply(&mut flow, &Transaction::new("Remove", remove.collect()));
    let removed = removed.expect("one walk is enough for all of them");
    apply(&mut flow, &Transaction::new("Undo", removed.inverse)).expect("the inverse applies");
    assert!(flow.regions.keys().eq(before.regions.keys()));
}
