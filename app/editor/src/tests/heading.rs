//! Which way a flow leads by where its nodes lie, and what follows from it.

use std::sync::Arc;

use flow::{Case, FieldKey, FieldValue, Flow, Kind, Op, Point, Port, Transaction};

use crate::{
    Command, FromServer, Hit,
    Orientation::{LeftRight, TopDown},
    Place,
    testing::{Person, phone_lookup},
};

/// The phone lookup, from left to right.
fn rightward() -> Flow {
    let mut flow = phone_lookup();
    for at in flow.positions.values_mut() {
        *at = Point::new(at.y * 3.0, at.x);
    }
    flow
}

#[test]
fn a_flow_leads_where_nearly_all_of_its_edges_lead() {
    assert_eq!(Person::at(phone_lookup()).editor.orientation(), TopDown);
    assert_eq!(Person::at(rightward()).editor.orientation(), LeftRight);
    // Where it is put beside: two of five edges lead to the right.
    let mut person = Person::at(phone_lookup());
    person.drag("end", (700.0, -280.0));
    assert_eq!(person.editor.orientation(), TopDown);
}

#[test]
fn edges_leave_and_enter_at_the_sides_where_the_flow_leads_to_the_right() {
    let person = Person::at(rightward());
    for edge in person.flow().edges.keys() {
        let curve = person.editor.curve_shown(edge).unwrap();
        assert_eq!(curve.bend.control_from.y, curve.from.y, "{edge}");
        assert_eq!(curve.arrow().direction, Point::new(1.0, 0.0), "{edge}");
    }
}

#[test]
fn when_somebody_turns_the_flow_everything_is_told_to_look_otherwise() {
    let mut person = Person::at(phone_lookup());
    let ops = rightward()
        .positions
        .iter()
        .map(|(id, to)| Op::MoveNode {
            id: id.clone(),
            to: *to,
        })
        .collect();
    let update = person.receive(FromServer::Applied {
        seq: 1,
        author: "Ann".into(),
        transaction: Transaction::new("Tidy up", ops),
    });
    assert_eq!(person.editor.orientation(), LeftRight);
    let flow = person.flow();
    assert!(
        flow.nodes
            .keys()
            .all(|id| update.changes.nodes.contains(id))
    );
    assert!(
        flow.edges
            .keys()
            .all(|id| update.changes.edges.contains(id))
    );
}

#[test]
fn the_next_step_goes_where_the_flow_leads() {
    let mut flow = rightward();
    flow.edges.retain(|_, edge| edge.source.as_str() != "set");
    let mut person = Person::at(flow);
    let set = person.at_of("set");
    person.run(Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at: Place::After {
            node: "set".into(),
            port: Port::OUT,
            at_in_canvas: None,
        },
    });
    assert_eq!(person.at_of("n-me-1"), (set.0 + 360.0, set.1));
    // And beside it what follows next, where there is no room.
    person.run(Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at: Place::After {
            node: "set".into(),
            port: Port::OUT,
            at_in_canvas: None,
        },
    });
    assert_eq!(person.at_of("n-me-2").0, set.0 + 360.0);
    assert!(person.at_of("n-me-2").1 > set.1 + 64.0);
}

#[test]
fn an_exit_beyond_its_card_is_found_by_the_pointer() {
    let mut flow = rightward();
    let cases = (1..=9).map(|number| Case {
        port: Port::new(format!("case-{number}")),
        value: number.to_string(),
        label: String::new(),
    });
    let split = Arc::make_mut(&mut flow.nodes[&flow::NodeId::new("split")]);
    split
        .fields
        .insert(FieldKey::new("cases"), FieldValue::Cases(cases.collect()));
    let mut person = Person::at(flow);
    for port in ["case-1", "case-5", "default"] {
        let at = person.exit_of("split", port) + Point::new(5.0, 0.0);
        person.move_to(at, crate::Modifiers::default());
        let expected = Hit::Exit {
            node: "split".into(),
            port: Port::new(port),
        };
        assert_eq!(person.editor.hover(), Some(&expected));
    }
    person.connect("split", "case-1", "end");
    assert!(person.edges().contains(&"split.case-1>end"));
}
