//! Putting a node between two others makes room for it.

use std::sync::Arc;

use flow::{Edge, EdgeId, Flow, FlowKind, Kind, Node, NodeId, Point, Port};

use crate::{
    Command, Place, geometry,
    testing::{Person, phone_lookup},
};

/// Nodes that set variables, by name and place; each leads to those after it.
fn chain(nodes: &[(&str, (f64, f64))]) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Chain");
    for (id, (x, y)) in nodes {
        let mut node = Node::of(&Kind::SET_VARIABLES);
        (*id).clone_into(&mut node.label);
        flow.nodes.insert((*id).into(), Arc::new(node));
        flow.positions.insert((*id).into(), Point::new(*x, *y));
    }
    for pair in nodes.windows(2) {
        if let [(from, _), (to, _)] = pair {
            let edge = Edge::new((*from).into(), Port::new("out"), (*to).into());
            flow.edges.insert(edge.key(), Arc::new(edge));
        }
    }
    flow
}

fn edge(source: &str, port: &str, target: &str) -> EdgeId {
    EdgeId::between(&source.into(), &Port::new(port), &target.into())
}

/// Inserts a node on an edge by its `+`; gives the node.
fn insert(person: &mut Person, edge: EdgeId) -> NodeId {
    person.run(Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at: Place::OnEdge {
            edge,
            at_in_canvas: None,
        },
    });
    person.editor.selection().only_node().cloned().unwrap()
}

fn covered(flow: &Flow) -> bool {
    let cards: Vec<_> = flow
        .nodes
        .keys()
        .map(|id| geometry::node_rect(flow.position(id)))
        .collect();
    let mut pairs = cards
        .iter()
        .enumerate()
        .flat_map(|(at, one)| cards.iter().skip(at + 1).map(move |other| (one, other)));
    pairs.any(|(one, other)| one.grown(-1.0).intersects(other))
}

#[test]
fn a_node_on_an_edge_makes_room_by_moving_what_follows_in_one_edit() {
    let mut person = Person::at(phone_lookup());
    let before = person.flow().clone();
    let new = insert(&mut person, edge("lookup", "out", "split"));
    assert_eq!(person.sent_labels(), ["Insert Set variables"]);
    // As far below its source as tidying would have it, and what follows
    // equally far below.
    assert_eq!(person.at_of(new.as_str()), (400.0, 320.0));
    let moved = [
        ("split", (400.0, 460.0)),
        ("set", (240.0, 600.0)),
        ("end", (560.0, 740.0)),
    ];
    for (id, at) in moved {
        assert_eq!(person.at_of(id), at, "{id}");
    }
    for id in ["start", "lookup"] {
        assert_eq!(
            person.flow().position(&id.into()),
            before.position(&id.into()),
            "{id}"
        );
    }
    assert!(!covered(person.flow()));
    person.keys("Mod+z");
    assert_eq!(person.flow().positions, before.positions);
}

#[test]
fn where_there_is_room_nothing_else_moves() {
    let nodes = [("a", (0.0, 0.0)), ("b", (0.0, 300.0)), ("c", (0.0, 440.0))];
    let mut person = Person::at(chain(&nodes));
    let new = insert(&mut person, edge("a", "out", "b"));
    assert_eq!(person.at_of("b"), (0.0, 300.0));
    assert_eq!(person.at_of("c"), (0.0, 440.0));
    assert!((104.0..=196.0).contains(&person.at_of(new.as_str()).1));
}

#[test]
fn a_wide_gap_gives_way_before_what_lies_behind_it_moves() {
    let nodes = [
        ("a", (0.0, 0.0)),
        ("b", (0.0, 140.0)),
        ("c", (0.0, 380.0)),
        ("d", (0.0, 700.0)),
    ];
    let mut person = Person::at(chain(&nodes));
    insert(&mut person, edge("a", "out", "b"));
    // Of the 240 between b and c a hundred are to spare, between c and d more.
    assert_eq!(person.at_of("b"), (0.0, 280.0));
    assert_eq!(person.at_of("c"), (0.0, 420.0));
    assert_eq!(person.at_of("d"), (0.0, 700.0));
}

#[test]
fn what_lies_in_the_way_of_what_moves_is_pushed_along_and_the_rest_stays() {
    let mut flow = chain(&[("a", (0.0, 0.0)), ("b", (0.0, 140.0))]);
    for (id, at) in [("below", (60.0, 240.0)), ("beside", (400.0, 240.0))] {
        flow.nodes.insert(id.into(), Arc::new(Node::of(&Kind::END)));
        flow.positions.insert(id.into(), Point::new(at.0, at.1));
    }
    let mut person = Person::at(flow);
    insert(&mut person, edge("a", "out", "b"));
    assert!(!covered(person.flow()));
    assert!(person.at_of("below").1 > person.at_of("b").1);
    assert_eq!(person.at_of("beside"), (400.0, 240.0));
}

#[test]
fn a_flow_to_the_right_makes_room_to_the_right() {
    let nodes = [("a", (0.0, 0.0)), ("b", (360.0, 0.0)), ("c", (720.0, 0.0))];
    let mut person = Person::at(chain(&nodes));
    let new = insert(&mut person, edge("a", "out", "b"));
    assert_eq!(person.at_of(new.as_str()), (360.0, 0.0));
    assert_eq!(person.at_of("b"), (720.0, 0.0));
    assert_eq!(person.at_of("c"), (1_080.0, 0.0));
}

#[test]
fn an_edge_that_leads_back_pushes_neither_end() {
    let mut flow = chain(&[("a", (0.0, 0.0)), ("b", (400.0, 300.0))]);
    let back = Edge::new("b".into(), Port::new("out"), "a".into());
    flow.edges.insert(back.key(), Arc::new(back));
    let mut person = Person::at(flow);
    insert(&mut person, edge("b", "out", "a"));
    assert_eq!(person.at_of("a"), (0.0, 0.0));
    assert_eq!(person.at_of("b"), (400.0, 300.0));
}
