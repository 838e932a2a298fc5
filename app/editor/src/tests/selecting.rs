use std::sync::Arc;

use flow::{EdgeId, EntityRef, FieldValue, Flow, FlowKind, Kind, Node, Point, Port};

use crate::{
    Command, Effect, Hit, Input, Overlay,
    geometry::node_rect,
    testing::{Person, modifiers, phone_lookup},
};

#[test]
fn clicks_select_and_with_shift_or_mod_toggle() {
    type Clicks<'a> = &'a [(&'a str, &'a str)];
    let table: &[(Clicks<'_>, &[&str])] = &[
        (&[("set", "")], &["set"]),
        (&[("set", ""), ("end", "")], &["end"]),
        (&[("set", ""), ("end", "Shift")], &["set", "end"]),
        (&[("set", ""), ("end", "Mod")], &["set", "end"]),
        (&[("set", ""), ("end", "Shift"), ("set", "Shift")], &["end"]),
        (&[("set", ""), ("end", "Shift"), ("set", "")], &["set"]),
    ];
    for (clicks, expected) in table {
        let mut person = Person::at(phone_lookup());
        for (node, held) in *clicks {
            person.click_with(node, held);
        }
        assert_eq!(person.selected(), *expected, "{clicks:?}");
    }
}

#[test]
fn a_click_beside_everything_selects_nothing_unless_shift_is_held() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.click_at(Point::new(1000.0, 100.0), "Shift");
    assert_eq!(person.selected(), ["set"]);
    person.click_at(Point::new(1000.0, 100.0), "");
    assert!(person.selected().is_empty());
}

#[test]
fn an_edge_is_selected_by_its_line() {
    let mut person = Person::at(phone_lookup());
    let edge = EdgeId::new("set.out>end");
    let curve = person.editor.curve_shown(&edge).unwrap();
    let on_line = curve.point_at(0.4);
    person.click_at(person.on_screen(on_line + Point::new(3.0, 0.0)), "");
    assert!(person.editor.selection().edges().contains(&edge));
    person.keys("Delete");
    assert_eq!(person.sent_labels(), ["Delete a connection"]);
    assert!(!person.edges().contains(&"set.out>end"));
}

#[test]
fn a_marquee_selects_what_it_touches_and_with_shift_adds() {
    let mut person = Person::at(phone_lookup());
    // Only the corner of the set node is touched.
    person.marquee((100.0, 440.0), (241.0, 461.0), "");
    assert_eq!(person.selected(), ["set"]);
    person.marquee((1000.0, 800.0 - 10.0), (755.0, 640.0), "Shift");
    assert_eq!(person.selected(), ["set", "end"]);
    person.marquee((20.0, 20.0), (1200.0, 350.0), "");
    assert_eq!(person.selected(), ["start", "lookup", "split"]);
    assert!(person.outbox.is_empty());
}

#[test]
fn a_marquee_that_is_given_up_leaves_what_was_selected() {
    let mut person = Person::at(phone_lookup());
    person.click("end");
    person.hold(Point::new(20.0, 20.0), Point::new(1200.0, 350.0), "");
    assert_eq!(person.selected().len(), 3);
    person.keys("Escape");
    assert_eq!(person.selected(), ["end"]);
    assert_eq!(person.editor.overlay(), Overlay::Idle);
}

#[test]
fn a_double_click_opens_a_node_or_offers_one() {
    let mut person = Person::at(phone_lookup());
    person.double_click_at(person.middle_of("set"));
    let opened = Effect::OpenProperties("set".into());
    assert_eq!(person.effects.last(), Some(&opened));
    let at_in_screen = Point::new(1000.0, 100.0);
    person.double_click_at(at_in_screen);
    let offered = Effect::QuickAdd {
        at_in_screen,
        from: None,
    };
    assert_eq!(person.effects.last(), Some(&offered));
}

#[test]
fn clicks_too_late_too_far_or_on_something_else_are_no_double_click() {
    let mut person = Person::at(phone_lookup());
    let middle = person.middle_of("set");
    person.click_at(middle, "");
    person.millis += 500.0;
    person.click_now(middle, "");
    person.click_at(middle, "");
    person.click_now(middle + Point::new(7.0, 0.0), "");
    person.click_at(middle, "");
    person.click_now(Point::new(1000.0, 100.0), "");
    assert!(person.effects.is_empty());
}

#[test]
fn three_clicks_are_one_double_click() {
    let mut person = Person::at(phone_lookup());
    let middle = person.middle_of("set");
    person.double_click_at(middle);
    person.click_now(middle, "");
    assert_eq!(person.effects.len(), 1);
}

#[test]
fn ports_come_before_cards_before_edges_and_the_selected_card_is_uppermost() {
    let mut flow = phone_lookup();
    flow.positions
        .insert("end".into(), Point::new(260.0, 470.0));
    let mut person = Person::at(flow);
    let hover = |person: &mut Person, at: Point| {
        person.move_to(at, modifiers(""));
        person.editor.hover().cloned()
    };
    let both = person.on_screen(Point::new(300.0, 500.0));
    assert_eq!(hover(&mut person, both), Some(Hit::Node("end".into())));
    person.run(Command::Select {
        nodes: vec!["set".into()],
        mode: crate::SelectMode::Replace,
    });
    assert_eq!(hover(&mut person, both), Some(Hit::Node("set".into())));

    let exit = person.exit_of("lookup", "out");
    let on_exit = Some(Hit::Exit {
        node: "lookup".into(),
        port: flow::Port::OUT,
    });
    assert_eq!(hover(&mut person, exit + Point::new(0.0, 11.0)), on_exit);
    assert_eq!(hover(&mut person, exit - Point::new(0.0, 11.0)), on_exit);
    assert_ne!(hover(&mut person, exit + Point::new(0.0, 13.0)), on_exit);
    let entry = person.on_screen(Point::new(500.0, 178.0));
    assert_eq!(
        hover(&mut person, entry),
        Some(Hit::Entry {
            node: "lookup".into()
        })
    );
    person.input(Input::PointerLeave);
    assert_eq!(person.editor.hover(), None);
}

#[test]
fn seen_from_afar_a_card_can_still_be_taken_hold_of() {
    let mut person = Person::at(phone_lookup());
    for zoom in [0.1, 0.2, 0.3, 0.5, 1.0, 4.0] {
        person.run(Command::ZoomTo(zoom));
        person.run(Command::Reveal("lookup".into()));
        person.move_to(person.middle_of("lookup"), modifiers(""));
        let on_card = Some(&Hit::Node("lookup".into()));
        assert_eq!(person.editor.hover(), on_card, "at {zoom}");
    }
}

#[test]
fn a_card_of_a_few_pixels_is_hit_closely_beside_it_and_no_further() {
    let mut person = Person::at(phone_lookup());
    for (zoom, above_in_screen, hits) in [(0.1, 1.4, true), (0.1, 1.6, false), (1.0, 1.4, false)] {
        person.run(Command::ZoomTo(zoom));
        person.run(Command::Reveal("lookup".into()));
        let card = node_rect(person.editor.position_shown(&"lookup".into()));
        // Beside the middle, where the entry is.
        let corner = Point::new(card.min.x + 20.0, card.min.y);
        let above = person.editor.camera().to_screen(corner) - Point::new(0.0, above_in_screen);
        person.move_to(above, modifiers(""));
        let hit = person.editor.hover() == Some(&Hit::Node("lookup".into()));
        assert_eq!(hit, hits, "{above_in_screen} above it at {zoom}");
    }
}

#[test]
fn what_does_not_exist_cannot_be_selected_or_focused() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::Select {
        nodes: vec!["set".into(), "nowhere".into()],
        mode: crate::SelectMode::Add,
    });
    person.run(Command::SetFocus(Some("nowhere".into())));
    person.run(Command::SelectEdge("nowhere".into()));
    person.run(Command::Reveal("nowhere".into()));
    assert_eq!(person.selected(), ["set"]);
    assert_eq!(person.editor.focus(), None);
}

#[test]
fn near_the_border_the_view_goes_on_and_the_marquee_with_it() {
    let mut person = Person::at(phone_lookup());
    person.hold(Point::new(900.0, 20.0), Point::new(2.0, 300.0), "");
    assert!(person.editor.wants_ticks());
    for frame in 0..30 {
        let at_millis = f64::from(frame) * 16.0;
        person.input(crate::Input::Tick { at_millis });
    }
    assert!(person.editor.camera().offset_in_screen.x > 100.0);
    let Overlay::Marquee(area) = person.editor.overlay() else {
        panic!("no marquee");
    };
    assert!(area.min.x < -100.0 && area.max.x == 900.0, "{area:?}");
}

#[test]
fn a_double_click_on_a_node_that_calls_another_flow_asks_to_open_that() {
    let mut flow = Flow::new(FlowKind::Call, "Incoming");
    let mut node = Node::of(&Kind::FLOW_MODULE);
    let (field, _) = node.callee().unwrap();
    let callee = FieldValue::Reference(EntityRef::Name("Greet".into()));
    node.fields.insert(field.into(), callee);
    flow.nodes.insert("calls".into(), Arc::new(node));
    flow.nodes
        .insert("open".into(), Arc::new(Node::of(&Kind::FLOW_MODULE)));
    flow.positions
        .insert("open".into(), Point::new(400.0, 400.0));
    let mut person = Person::at(flow);
    person.double_click_at(person.middle_of("calls"));
    assert_eq!(
        person.effects.last(),
        Some(&Effect::OpenCallee("calls".into()))
    );
    // One that calls nothing yet has properties to fill in.
    person.double_click_at(person.middle_of("open"));
    assert_eq!(
        person.effects.last(),
        Some(&Effect::OpenProperties("open".into()))
    );
    // Enter always shows those.
    person.click("calls");
    person.keys("Enter");
    assert_eq!(
        person.effects.last(),
        Some(&Effect::OpenProperties("calls".into()))
    );
}

#[test]
fn a_menu_inside_of_the_selection_is_about_all_of_it_and_outside_selects_first() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.click_with("end", "Shift");
    for (node, selected) in [("end", &["set", "end"][..]), ("lookup", &["lookup"])] {
        let at_in_screen = person.middle_of(node);
        person.input(Input::ContextMenu { at_in_screen });
        assert_eq!(person.selected(), selected);
        let on = Some(Hit::Node(node.into()));
        assert_eq!(
            person.effects.last(),
            Some(&Effect::ContextMenu { at_in_screen, on })
        );
    }
    let empty = Point::new(1000.0, 100.0);
    person.input(Input::ContextMenu {
        at_in_screen: empty,
    });
    assert_eq!(person.selected(), ["lookup"]);
    let edge = EdgeId::between(&"lookup".into(), &Port::OUT, &"split".into());
    let on_edge = person.editor.curve_shown(&edge).unwrap().label_point();
    person.input(Input::ContextMenu {
        at_in_screen: person.on_screen(on_edge),
    });
    assert!(person.selected().is_empty());
    assert!(person.editor.selection().edges().contains(&edge));
}

#[test]
fn shift_with_an_arrow_selects_all_that_leads_here_or_follows() {
    let mut person = Person::at(phone_lookup());
    person.click("split");
    person.keys("Shift+Left");
    assert_eq!(person.selected(), ["split", "start", "lookup"]);
    assert!(person.announced("3 selected"));
    person.keys("Shift+Right");
    assert_eq!(person.selected().len(), 5);
    // It stays while the keyboard goes on.
    person.keys("Tab");
    assert_eq!(person.selected().len(), 5);
    person.keys("Escape Shift+Right");
    assert_eq!(person.selected(), ["set", "end"]);
}

#[test]
fn after_esc_a_key_takes_nothing_that_was_only_pointed_at() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.keys("Escape");
    for keys in ["Delete", "Mod+Delete", "Mod+d", "Mod+x", "Mod+Right"] {
        person.keys(keys);
        assert!(person.outbox.is_empty(), "{keys}");
    }
    // Who came there by keys keeps the place.
    person.run(Command::SetFocus(Some("set".into())));
    person.keys("Escape Delete");
    assert!(!person.flow().nodes.contains_key(&flow::NodeId::from("set")));
}

#[test]
fn while_an_edge_is_selected_no_key_means_the_node_before_it() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::SetFocus(Some("set".into())));
    person.run(Command::SelectEdge(EdgeId::new("start.out>lookup")));
    person.effects.clear();
    person.keys("F2 Enter");
    let is_said = |effect: &Effect| matches!(effect, Effect::Announce(_));
    assert!(person.effects.iter().all(is_said), "{:?}", person.effects);
}
