use std::sync::Arc;

use flow::{EdgeId, Kind, Node, Op, Point, Port, Transaction};

use crate::{
    Command, FromServer, Input, Overlay, Place,
    testing::{PANE, Person, modifiers, phone_lookup},
};

#[test]
fn a_drag_lands_on_the_grid_unless_mod_is_held_and_shift_locks_an_axis() {
    // By how much, what is held, and where the lookup at (400, 180) lands.
    let table = [
        ((33.0, 61.0), "", (440.0, 240.0)),
        ((-200.0, 9.0), "", (200.0, 180.0)),
        ((333.0, 61.0), "Mod", (733.0, 241.0)),
        ((333.0, 61.0), "Shift", (740.0, 180.0)),
        ((61.0, 333.0), "Shift", (400.0, 520.0)),
        ((333.0, 61.0), "Mod Shift", (733.0, 180.0)),
    ];
    for (by, held, expected) in table {
        let mut person = Person::at(phone_lookup());
        if held.contains("Shift") {
            // A press with Shift would toggle: it must be selected by the drag.
            assert!(person.selected().is_empty());
        }
        person.drag_with("lookup", by, held);
        assert_eq!(person.at_of("lookup"), expected, "{by:?} {held}");
        assert_eq!(person.sent_labels(), ["Move lookup"]);
        assert_eq!(person.selected(), ["lookup"]);
    }
}

#[test]
fn less_than_the_threshold_is_no_drag() {
    for (touch, distance, moves) in [
        (false, 3.9, false),
        (false, 4.0, true),
        (true, 5.9, false),
        (true, 6.0, true),
    ] {
        let mut person = Person::at(phone_lookup());
        if touch {
            person = person.with_touch();
        }
        let from = person.middle_of("lookup");
        person.down(from, modifiers(""));
        person.move_to(from + Point::new(distance, 0.0), modifiers("Mod"));
        let drags = matches!(person.editor.overlay(), Overlay::Dragging { .. });
        assert_eq!(drags, moves, "touch {touch}, {distance} px");
    }
}

#[test]
fn a_drag_of_one_of_several_moves_all_in_one_edit() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.click_with("end", "Shift");
    person.drag("set", (-100.0, 40.0));
    assert_eq!(person.at_of("set"), (140.0, 500.0));
    assert_eq!(person.at_of("end"), (460.0, 640.0));
    assert_eq!(person.sent_labels(), ["Move 2 nodes"]);
}

#[test]
fn a_drag_is_a_preview_until_the_button_goes_up() {
    let mut person = Person::at(phone_lookup());
    let from = person.middle_of("lookup");
    person.hold(from, from + Point::new(200.0, 0.0), "");
    assert_eq!(person.at_of("lookup"), (400.0, 180.0));
    let shown = person.editor.position_shown(&"lookup".into());
    assert_eq!(shown, Point::new(600.0, 180.0));
    assert!(person.outbox.is_empty());
}

#[test]
fn every_way_to_give_up_a_drag_leaves_everything_as_it_was() {
    for way in ["Escape", "cancel", "command"] {
        let mut person = Person::at(phone_lookup());
        let from = person.middle_of("lookup");
        person.hold(from, from + Point::new(200.0, 0.0), "");
        match way {
            "Escape" => assert!(person.keys("Escape")),
            "cancel" => _ = person.input(Input::PointerCancel),
            _ => _ = person.run(Command::Clear),
        }
        assert_eq!(person.editor.overlay(), Overlay::Idle, "{way}");
        person.up(from + Point::new(200.0, 0.0), modifiers(""));
        assert_eq!(person.at_of("lookup"), (400.0, 180.0), "{way}");
        assert!(person.outbox.is_empty(), "{way}");
    }
}

#[test]
fn escape_gives_up_a_drag_whatever_else_is_held() {
    for held in ["Alt", "Shift", "Mod"] {
        let mut person = Person::at(phone_lookup());
        let from = person.middle_of("lookup");
        let to = from + Point::new(200.0, 0.0);
        person.hold(from, to, held);
        assert!(person.keys(&format!("{held}+Escape")), "{held}");
        person.up(to, modifiers(held));
        assert_eq!(person.at_of("lookup"), (400.0, 180.0), "{held}");
        assert_eq!(person.flow().nodes.len(), phone_lookup().nodes.len());
        assert!(person.outbox.is_empty(), "{held}");
    }
}

#[test]
fn cards_are_drawn_to_the_alignment_with_others_and_lines_show_it() {
    let mut flow = phone_lookup();
    // Off the grid on purpose: alignment comes before the grid.
    flow.positions
        .insert("end".into(), Point::new(733.0, 600.0));
    let mut person = Person::at(flow);
    let from = person.middle_of("lookup");
    person.hold(from, from + Point::new(326.0, 0.0), "");
    let Overlay::Dragging { by, guides, .. } = person.editor.overlay() else {
        panic!("not dragging");
    };
    assert_eq!(by, Point::new(333.0, 0.0));
    let upright: Vec<_> = guides
        .iter()
        .filter(|line| line.from.x == line.to.x)
        .collect();
    assert_eq!(upright.len(), 1);
    assert_eq!(upright[0].from, Point::new(833.0, 180.0));
    assert_eq!(upright[0].to, Point::new(833.0, 664.0));
}

#[test]
fn alt_drags_copies_and_leaves_the_nodes() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.click_with("end", "Shift");
    person.drag_with("set", (-200.0, 100.0), "Alt");
    assert_eq!(person.at_of("set"), (240.0, 460.0));
    assert_eq!(person.flow().nodes.len(), 7);
    assert_eq!(
        person.flow().edges.len(),
        6,
        "the edge between them is copied"
    );
    assert_eq!(person.sent_labels(), ["Copy 2 nodes"]);
    assert_eq!(person.selected(), ["n-me-1", "n-me-2"]);
    assert_eq!(person.at_of("n-me-1"), (40.0, 560.0));
}

#[test]
fn a_drag_goes_on_with_what_others_leave_of_it() {
    let removed = |seq, id: &str| FromServer::Applied {
        seq,
        transaction: Transaction::new("Delete", vec![Op::RemoveNode { id: id.into() }]),
        author: "Ann".into(),
    };
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.click_with("end", "Shift");
    let from = person.middle_of("set");
    let to = from + Point::new(-100.0, 0.0);
    person.hold(from, to, "");
    person.receive(removed(1, "set"));
    assert!(matches!(person.editor.overlay(), Overlay::Dragging { nodes, .. } if nodes.len() == 1));
    person.up(to, modifiers(""));
    assert_eq!(person.at_of("end"), (460.0, 600.0));

    let from = person.middle_of("end");
    person.hold(from, from + Point::new(50.0, 50.0), "");
    person.receive(FromServer::Acknowledged {
        id: "me-1".into(),
        seq: 2,
    });
    person.receive(removed(3, "end"));
    assert_eq!(person.editor.overlay(), Overlay::Idle);
    assert!(person.announced("no longer there"));
}

#[test]
fn what_is_dragged_stays_under_the_pointer_when_others_move_it() {
    let mut person = Person::at(phone_lookup());
    let from = person.middle_of("set");
    let to = from + Point::new(-100.0, 60.0);
    person.hold(from, to, "");
    let shown = person.editor.position_shown(&"set".into());
    let moved = Op::MoveNode {
        id: "set".into(),
        to: Point::new(700.0, 700.0),
    };
    person.receive(FromServer::Applied {
        seq: 1,
        transaction: Transaction::new("Move", vec![moved]),
        author: "Ann".into(),
    });
    assert_eq!(person.editor.position_shown(&"set".into()), shown);
    person.up(to, modifiers(""));
    assert_eq!(person.at_of("set"), (shown.x, shown.y));
}

#[test]
fn near_the_border_the_view_goes_on_and_the_node_with_it() {
    let mut person = Person::at(phone_lookup());
    let from = person.middle_of("lookup");
    person.hold(from, Point::new(PANE.width - 4.0, from.y), "");
    assert!(person.editor.wants_ticks());
    let shown_before = person.editor.position_shown(&"lookup".into());
    for frame in 0..30 {
        person.input(Input::Tick {
            at_millis: f64::from(frame) * 16.0,
        });
    }
    let shown = person.editor.position_shown(&"lookup".into());
    assert!(shown.x > shown_before.x + 100.0);
    assert_eq!(shown.y, shown_before.y);
    person.move_to(Point::new(640.0, 400.0), modifiers(""));
    assert!(!person.editor.wants_ticks(), "an idle page does nothing");
}

#[test]
fn a_reader_who_drags_moves_the_view_and_nothing_else() {
    let mut person = Person::reading(phone_lookup());
    let camera = person.editor.camera();
    person.drag("lookup", (100.0, 50.0));
    assert!(person.outbox.is_empty());
    let moved = person.editor.camera().offset_in_screen - camera.offset_in_screen;
    assert_eq!(moved, Point::new(100.0, 50.0));
}

/// The phone lookup with an unconnected node far to the right.
fn with_stray(kind: Kind) -> Person {
    let mut flow = phone_lookup();
    let mut node = Node::of(&kind);
    node.label = "stray".to_owned();
    flow.nodes.insert("stray".into(), Arc::new(node));
    flow.positions
        .insert("stray".into(), Point::new(800.0, 0.0));
    Person::at(flow)
}

#[test]
fn an_unconnected_node_that_is_dropped_on_an_edge_goes_between_its_ends_in_one_edit() {
    let mut person = with_stray(Kind::SET_VARIABLES);
    let from = person.middle_of("stray");
    // Between lookup and split, a little beside the line.
    let onto = person.on_screen(Point::new(510.0, 282.0));
    person.hold(from, onto, "Mod");
    let edge = EdgeId::between(&"lookup".into(), &Port::new("out"), &"split".into());
    assert!(matches!(
        person.editor.overlay(),
        Overlay::Dragging { onto: Some(id), .. } if *id == edge
    ));
    person.up(onto, modifiers("Mod"));
    assert_eq!(person.sent_labels(), ["Insert stray"]);
    // Too close behind lookup and before split: as far as room is made.
    assert_eq!(person.at_of("stray"), (410.0, 320.0));
    assert_eq!(person.at_of("split"), (400.0, 460.0));
    assert!(!person.flow().edges.contains_key(&edge));
    let leads = |source: &str, target: &str| {
        let mut edges = person.flow().edges.values();
        edges.any(|edge| edge.source.as_str() == source && edge.target.as_str() == target)
    };
    assert!(leads("lookup", "stray") && leads("stray", "split"));
}

#[test]
fn what_is_connected_or_has_no_way_through_is_only_moved() {
    // What is dropped between lookup and split, and what is held meanwhile.
    let table = [
        (Kind::SET_VARIABLES, "set", "Move set"),
        (Kind::END, "stray", "Move stray"),
        (Kind::START, "stray", "Move stray"),
    ];
    for (kind, node, label) in table {
        let mut person = with_stray(kind.clone());
        let from = person.middle_of(node);
        let onto = person.on_screen(Point::new(500.0, 282.0));
        person.hold(from, onto, "Mod");
        assert!(matches!(
            person.editor.overlay(),
            Overlay::Dragging { onto: None, .. }
        ));
        person.up(onto, modifiers("Mod"));
        assert_eq!(person.sent_labels(), [label], "{kind:?}");
    }
}

#[test]
fn a_new_node_goes_into_the_edge_that_it_is_dropped_on() {
    let mut person = Person::at(phone_lookup());
    let at = Point::new(505.0, 280.0);
    let edge = person
        .editor
        .edge_to_insert_into(&Kind::SET_VARIABLES, at)
        .unwrap();
    assert_eq!(person.editor.edge_to_insert_into(&Kind::END, at), None);
    let far = Point::new(800.0, 280.0);
    assert_eq!(
        person.editor.edge_to_insert_into(&Kind::SET_VARIABLES, far),
        None
    );
    person.run(Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at: Place::OnEdge {
            edge: edge.clone(),
            at_in_canvas: Some(at),
        },
    });
    assert_eq!(person.sent_labels(), ["Insert Set variables"]);
    assert_eq!(person.flow().nodes.len(), 6);
    assert_eq!(person.flow().edges.len(), 6);
    assert_eq!(person.selected().len(), 1);
    // The edge is gone by now: nothing is added, and the reason is said.
    person.run(Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at: Place::OnEdge {
            edge,
            at_in_canvas: None,
        },
    });
    assert_eq!(person.flow().nodes.len(), 6);
    assert!(person.announced("cannot go between"));
}

#[test]
fn a_movement_within_a_step_of_the_grid_shows_nothing_new() {
    let mut person = Person::at(phone_lookup());
    let from = person.middle_of("lookup");
    person.down(from, modifiers(""));
    // How far from where it was taken hold of, and whether that shows something new.
    for (distance, shows) in [(52.0, true), (55.0, false), (58.0, false), (75.0, true)] {
        let update = person.move_to(from + Point::new(distance, 37.0), modifiers(""));
        assert_eq!(update.overlay, shows, "{distance}");
    }
}
