use flow::{Op, Point, Port, Transaction};

use crate::{
    Command, Effect, FromServer, NotConnectable, Overlay, Verdict,
    testing::{Person, modifiers, phone_lookup},
};

/// The phone lookup with an end that nothing leads to.
fn with_spare_end() -> Person {
    let mut flow = phone_lookup();
    let end = flow.nodes[&flow::NodeId::new("end")].clone();
    flow.nodes.insert("spare".into(), end);
    flow.positions
        .insert("spare".into(), Point::new(900.0, 600.0));
    Person::at(flow)
}

#[test]
fn an_edge_from_a_taken_exit_replaces_the_one_there_in_one_edit() {
    let mut person = with_spare_end();
    person.connect("lookup", "out", "spare");
    assert!(person.edges().contains(&"lookup.out>spare"));
    assert!(!person.edges().contains(&"lookup.out>split"));
    assert_eq!(person.sent_labels(), ["Connect lookup to end"]);
    assert_eq!(person.last_ops().len(), 2);
}

#[test]
fn the_edge_at_a_taken_exit_is_marked_only_while_letting_go_would_replace_it() {
    let to_go = |person: &Person| -> Vec<String> {
        let edges = person.editor.edges_to_go();
        edges.iter().map(ToString::to_string).collect()
    };
    let mut person = with_spare_end();
    let nowhere = Point::new(900.0, 300.0);
    person.hold(person.exit_of("lookup", "out"), nowhere, "");
    assert!(to_go(&person).is_empty(), "the offer of a node keeps it");
    let spare = person.middle_of("spare");
    person.move_to(spare, modifiers(""));
    assert_eq!(to_go(&person), ["lookup.out>split"]);
    person.move_to(person.middle_of("start"), modifiers(""));
    assert!(to_go(&person).is_empty(), "refused");
    person.move_to(spare, modifiers(""));
    person.up(spare, modifiers(""));
    assert!(to_go(&person).is_empty());
    assert!(!person.edges().contains(&"lookup.out>split"));
}

#[test]
fn what_cannot_be_connected_is_refused_with_the_reason() {
    let table = [
        ("lookup", "out", "lookup", NotConnectable::SelfLoop),
        ("lookup", "out", "start", NotConnectable::NoEntry),
        ("lookup", "out", "split", NotConnectable::AlreadyConnected),
        ("set", "out", "lookup", NotConnectable::Cycle),
        ("set", "out", "split", NotConnectable::Cycle),
        ("split", "gone", "end", NotConnectable::NoSuchExit),
        ("split", "default", "nowhere", NotConnectable::Missing),
    ];
    for (source, port, target, reason) in table {
        let mut person = Person::at(phone_lookup());
        let port = Port::new(port);
        let verdict = person
            .editor
            .connectable(&source.into(), &port, &target.into());
        assert_eq!(verdict, Err(reason), "{source} to {target}");
        person.run(Command::Connect {
            source: source.into(),
            port,
            target: target.into(),
        });
        assert!(person.outbox.is_empty());
        assert!(person.announced(&reason.to_string()));
    }
}

#[test]
fn over_a_card_that_cannot_be_entered_the_reason_is_shown_and_letting_go_changes_nothing() {
    let mut person = Person::at(phone_lookup());
    let (from, to) = (person.exit_of("set", "out"), person.middle_of("lookup"));
    person.hold(from, to, "");
    let Overlay::Connecting {
        verdict,
        valid_targets,
        ..
    } = person.editor.overlay()
    else {
        panic!("not connecting");
    };
    assert_eq!(
        *verdict,
        Verdict::Refused {
            node: "lookup".into(),
            reason: NotConnectable::Cycle
        }
    );
    assert!(valid_targets.is_empty(), "its one end is connected already");
    person.up(to, modifiers(""));
    assert!(person.outbox.is_empty());
    assert!(person.announced("circle"));
}

#[test]
fn the_edge_snaps_to_the_nearest_entry_in_reach_on_the_screen() {
    for zoom in [1.0, 0.5, 2.0] {
        let mut person = with_spare_end();
        person.run(Command::ZoomTo(zoom));
        person.run(Command::Reveal("spare".into()));
        let entry = person.on_screen(Point::new(1000.0, 600.0));
        for (away, snaps) in [(38.0, true), (42.0, false)] {
            let from = person.exit_of("set", "out");
            person.hold(from, entry - Point::new(0.0, away), "");
            let Overlay::Connecting {
                verdict,
                to_in_canvas,
                ..
            } = person.editor.overlay()
            else {
                panic!("not connecting");
            };
            let snapped = *verdict == Verdict::Snap("spare".into());
            assert_eq!(snapped, snaps, "{away} px at {zoom}");
            if snapped {
                assert_eq!(to_in_canvas, Point::new(1000.0, 600.0));
            }
            person.keys("Escape");
        }
    }
}

#[test]
fn letting_go_on_the_empty_canvas_offers_a_node_which_is_then_connected_in_one_edit() {
    let mut person = Person::at(phone_lookup());
    let drop = Point::new(900.0, 300.0);
    person.pull(person.exit_of("set", "out"), drop, "");
    assert!(person.outbox.is_empty());
    let from = Some(("set".into(), Port::OUT));
    assert_eq!(
        person.effects.last(),
        Some(&Effect::QuickAdd {
            at_in_screen: drop,
            from
        })
    );
    person.run(Command::AddNode {
        kind: flow::Kind::END,
        at: crate::Place::After {
            node: "set".into(),
            port: Port::OUT,
            at_in_canvas: Some(person.editor.camera().to_canvas(drop)),
        },
    });
    assert!(person.edges().contains(&"set.out>n-me-1"));
    assert!(!person.edges().contains(&"set.out>end"));
    assert_eq!(person.at_of("n-me-1"), (800.0, 300.0));
    assert_eq!(person.outbox.len(), 1);
}

#[test]
fn two_clicks_connect_as_well_as_a_drag() {
    let mut person = with_spare_end();
    person.click_at(person.exit_of("set", "out"), "");
    assert!(matches!(
        person.editor.overlay(),
        Overlay::Connecting { .. }
    ));
    person.move_to(person.middle_of("spare"), modifiers(""));
    person.click("spare");
    assert_eq!(person.sent_labels(), ["Connect set to end"]);
    assert!(person.edges().contains(&"set.out>spare"));
}

#[test]
fn between_two_clicks_escape_or_the_same_exit_gives_up_silently() {
    for again in [false, true] {
        let mut person = Person::at(phone_lookup());
        let exit = person.exit_of("split", "default");
        person.click_at(exit, "");
        if again {
            person.click_at(exit, "");
        } else {
            person.keys("Escape");
        }
        assert_eq!(person.editor.overlay(), Overlay::Idle);
        assert!(person.outbox.is_empty() && person.effects.is_empty());
    }
}

#[test]
fn connecting_ends_when_others_remove_the_node_or_the_exit() {
    let edits = [
        Op::RemoveNode { id: "split".into() },
        Op::SetField {
            id: "split".into(),
            field: "cases".into(),
            value: None,
        },
    ];
    for op in edits {
        let mut person = Person::at(phone_lookup());
        person.hold(
            person.exit_of("split", "case-1"),
            Point::new(900.0, 500.0),
            "",
        );
        person.receive(FromServer::Applied {
            seq: 1,
            transaction: Transaction::new("Edit", vec![op]),
            author: "Ann".into(),
        });
        assert_eq!(person.editor.overlay(), Overlay::Idle);
        assert!(person.announced("no longer there"));
    }
}

#[test]
fn what_others_draw_meanwhile_changes_what_may_be_entered() {
    let mut person = with_spare_end();
    person.hold(person.exit_of("set", "out"), person.middle_of("spare"), "");
    let edge = flow::Edge::new("set".into(), Port::OUT, "spare".into());
    person.receive(FromServer::Applied {
        seq: 1,
        transaction: Transaction::new(
            "Connect",
            vec![Op::Connect {
                id: None,
                edge: edge.into(),
                index: None,
            }],
        ),
        author: "Ann".into(),
    });
    let Overlay::Connecting { verdict, .. } = person.editor.overlay() else {
        panic!("not connecting");
    };
    assert_eq!(
        *verdict,
        Verdict::Refused {
            node: "spare".into(),
            reason: NotConnectable::AlreadyConnected
        }
    );
}

#[test]
fn a_reader_connects_nothing() {
    let mut person = Person::reading(phone_lookup());
    person.connect("set", "out", "end");
    person.click_at(person.exit_of("set", "out"), "");
    assert_eq!(person.editor.overlay(), Overlay::Idle);
    assert!(person.outbox.is_empty());
}

/// The phone lookup without what leaves “set”.
fn with_free_exit() -> Person {
    let mut flow = phone_lookup();
    flow.edges.retain(|_, edge| edge.source.as_str() != "set");
    Person::at(flow)
}

fn offers(person: &Person) -> usize {
    let is_offer = |effect: &&Effect| matches!(effect, Effect::OfferNext { .. });
    person.effects.iter().filter(is_offer).count()
}

#[test]
fn a_click_on_a_free_exit_offers_what_may_follow_and_connects_to_what_is_clicked_next() {
    let mut person = with_free_exit();
    let exit = person.exit_of("set", "out");
    person.click_at(exit, "");
    let offer = Effect::OfferNext {
        node: "set".into(),
        port: Port::OUT,
    };
    assert_eq!(person.effects, [offer]);
    person.click("end");
    assert_eq!(person.sent_labels(), ["Connect set to end"]);
    // The exit is taken now: nothing is offered, and it can still be led on.
    person.click_at(exit, "");
    assert_eq!(offers(&person), 1);
    assert!(matches!(
        person.editor.overlay(),
        Overlay::Connecting { .. }
    ));
    // The same exit again, or a step that was added meanwhile, ends it.
    person.click_at(exit, "");
    assert_eq!(person.editor.overlay(), Overlay::Idle);
}

#[test]
fn a_shaky_press_on_an_exit_is_as_good_as_a_click() {
    for shake in [3.0, 5.0, 9.0] {
        let mut person = with_free_exit();
        let exit = person.exit_of("set", "out");
        person.pull(exit, exit + Point::new(0.0, -shake), "");
        assert_eq!(offers(&person), 1, "{shake}");
        assert!(person.outbox.is_empty());
        person.click("end");
        assert_eq!(person.sent_labels(), ["Connect set to end"], "{shake}");
    }
}

#[test]
fn a_node_is_refused_as_its_own_target_only_once_the_pointer_was_elsewhere() {
    let refused = |person: &Person| {
        matches!(
            person.editor.overlay(),
            Overlay::Connecting {
                verdict: Verdict::Refused { .. },
                ..
            }
        )
    };
    let mut person = with_free_exit();
    let (exit, middle) = (person.exit_of("set", "out"), person.middle_of("set"));
    person.click_at(exit, "");
    assert!(matches!(
        person.editor.overlay(),
        Overlay::Connecting {
            verdict: Verdict::Origin,
            ..
        }
    ));
    person.move_to(middle, modifiers(""));
    assert!(!refused(&person), "it has not left the node");
    person.move_to(exit + Point::new(0.0, 60.0), modifiers(""));
    person.move_to(middle, modifiers(""));
    assert!(refused(&person));
}

#[test]
fn near_the_border_the_view_goes_on_under_an_edge_that_is_drawn() {
    let mut person = Person::at(phone_lookup());
    let from = person.exit_of("set", "out");
    person.hold(
        from,
        Point::new(700.0, crate::testing::PANE.height - 4.0),
        "",
    );
    assert!(person.editor.wants_ticks());
    let before = person.editor.camera();
    for frame in 0..30 {
        let at_millis = f64::from(frame) * 16.0;
        person.input(crate::Input::Tick { at_millis });
    }
    let moved = person.editor.camera().offset_in_screen - before.offset_in_screen;
    assert!(moved.y < -100.0 && moved.x == 0.0, "{moved:?}");
}
