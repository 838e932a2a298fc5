use std::sync::Arc;

use flow::{EdgeId, Kind, Node, Op, Point, Port, Transaction};

use crate::{
    Command, Effect, FromServer, Overlay, Place, Verdict,
    geometry::{End, Orientation, entry_anchor},
    testing::{Person, modifiers, phone_lookup},
};

const EDGE: &str = "split.case-1>set";

/// The phone lookup with a spare end to the right and a label on an edge.
fn person() -> Person {
    let mut flow = phone_lookup();
    flow.nodes
        .insert("spare".into(), Arc::new(Node::of(&Kind::END)));
    flow.positions
        .insert("spare".into(), Point::new(900.0, 600.0));
    Arc::make_mut(&mut flow.edges[&EdgeId::new(EDGE)]).label = "kept".into();
    Person::at(flow)
}

impl Person {
    fn handle(&self, edge: &str, end: End) -> Point {
        let curve = self.editor.curve_shown(&EdgeId::new(edge)).unwrap();
        self.on_screen(curve.handle(end))
    }
}

#[test]
fn either_end_of_an_edge_can_be_led_elsewhere_in_one_edit() {
    // Which end, where to, what there is then; selected before or not.
    let table = [
        (End::Target, "spare", "split.case-1>spare"),
        (End::Source, "lookup", "lookup.out>set"),
    ];
    for (end, node, expected) in table {
        for selected in [false, true] {
            let mut person = person();
            if selected {
                person.run(Command::SelectEdge(EdgeId::new(EDGE)));
            }
            let to = match end {
                End::Target => person.middle_of(node),
                End::Source => person.exit_of(node, "out"),
            };
            person.pull(person.handle(EDGE, end), to, "");
            assert_eq!(person.outbox.len(), 1, "{expected}, selected: {selected}");
            let edge = person.flow().edges.get(&EdgeId::new(expected)).unwrap();
            assert_eq!(edge.label, "kept");
            assert!(!person.edges().contains(&EDGE));
        }
    }
}

#[test]
fn an_edge_that_left_by_the_same_exit_goes_in_the_same_edit() {
    let mut person = person();
    let exit = person.exit_of("split", "default");
    person.hold(person.handle(EDGE, End::Source), exit, "");
    assert_eq!(
        person.editor.edges_to_go(),
        [&EdgeId::new("split.default>end")]
    );
    person.up(exit, modifiers(""));
    assert_eq!(person.outbox.len(), 1);
    assert!(person.edges().contains(&"split.default>set"));
    assert!(!person.edges().contains(&"split.default>end"));
}

#[test]
fn where_it_was_it_stays_without_an_edit() {
    let mut person = person();
    for (end, back) in [
        (End::Source, person.exit_of("split", "case-1")),
        (End::Target, person.middle_of("set")),
    ] {
        person.hold(person.handle(EDGE, end), Point::new(900.0, 300.0), "");
        person.move_to(back, modifiers(""));
        person.up(back, modifiers(""));
        assert!(person.edges().contains(&EDGE));
        assert!(person.outbox.is_empty());
    }
}

#[test]
fn what_cannot_be_is_refused_with_the_reason_and_escape_gives_up() {
    // “set” leads to “end”, which has no exit; led from “set” it would be a loop.
    let table = [
        ("set", "cannot lead to itself"),
        ("end", "no longer has this exit"),
    ];
    for (node, reason) in table {
        let mut person = person();
        let to = person.middle_of(node);
        person.hold(person.handle(EDGE, End::Source), to, "");
        assert!(matches!(
            person.editor.overlay(),
            Overlay::Rerouting {
                verdict: Verdict::Refused { .. },
                ..
            }
        ));
        person.up(to, modifiers(""));
        assert!(
            person.outbox.is_empty() && person.announced(reason),
            "{node}"
        );
    }
    for end in [End::Source, End::Target] {
        let mut person = person();
        let to = Point::new(900.0, 300.0);
        person.hold(person.handle(EDGE, end), to, "");
        person.keys("Escape");
        person.up(to, modifiers(""));
        assert_eq!(person.editor.overlay(), Overlay::Idle);
        assert!(person.outbox.is_empty() && person.effects.is_empty());
    }
}

#[test]
fn on_the_empty_canvas_a_node_is_offered_which_the_edge_then_enters_or_leaves() {
    let drop = Point::new(900.0, 200.0);
    let mut person = person();
    person.pull(person.handle(EDGE, End::Target), drop, "");
    let from = Some(("split".into(), Port::new("case-1")));
    let offer = Effect::QuickAdd {
        at_in_screen: drop,
        from,
    };
    assert_eq!(person.effects.last(), Some(&offer));
    person.pull(person.handle(EDGE, End::Source), drop, "");
    let edge = EdgeId::new(EDGE);
    let offer = Effect::QuickAddBefore {
        at_in_screen: drop,
        edge: edge.clone(),
    };
    assert_eq!(person.effects.last(), Some(&offer));
    assert!(person.outbox.is_empty());
    let at = Place::Before {
        edge,
        at_in_canvas: drop,
    };
    person.run(Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at,
    });
    assert_eq!(person.sent_labels(), ["Add Set variables"]);
    assert_eq!(
        person.flow().edges[&EdgeId::new("n-me-1.out>set")].label,
        "kept"
    );
    assert!(!person.edges().contains(&EDGE));
    assert_eq!(
        person.at_of("n-me-1"),
        (800.0, 140.0),
        "its exit is where it was dropped"
    );
}

#[test]
fn an_edge_that_others_remove_is_let_go_of() {
    for end in [End::Source, End::Target] {
        let mut person = person();
        person.hold(person.handle(EDGE, end), Point::new(900.0, 300.0), "");
        person.receive(FromServer::Applied {
            seq: 1,
            transaction: Transaction::new(
                "",
                vec![Op::Disconnect {
                    id: EdgeId::new(EDGE),
                }],
            ),
            author: "Ann".into(),
        });
        assert_eq!(person.editor.overlay(), Overlay::Idle);
        assert!(person.announced("no longer there"));
    }
}

#[test]
fn delete_removes_the_edge_that_is_selected() {
    let mut person = person();
    person.run(Command::SelectEdge(EdgeId::new(EDGE)));
    person.keys("Delete");
    assert_eq!(person.sent_labels(), ["Delete a connection"]);
    assert!(!person.edges().contains(&EDGE));
}

#[test]
fn an_edge_is_taken_by_its_head_and_the_card_by_its_rim() {
    for (below_the_rim, moved) in [(-8.0, false), (-3.0, false), (3.0, true)] {
        let mut person = person();
        let before = person.at_of("set");
        let entry = entry_anchor(person.flow().position(&"set".into()), Orientation::TopDown);
        let from = person.on_screen(entry + Point::new(0.0, below_the_rim));
        person.pull(from, person.middle_of("spare"), "");
        assert_eq!(person.at_of("set") != before, moved, "{below_the_rim}");
        let rerouted = person.edges().contains(&"split.case-1>spare");
        assert_eq!(rerouted, !moved, "{below_the_rim}");
    }
}
