use flow::{Flow, Kind, Op, Point, Port};

use crate::{
    Command, Effect, Found, Keymap, Place, Preferences,
    geometry::node_rect,
    testing::{Person, phone_lookup},
};

#[test]
fn keys_do_to_the_selection_what_the_table_says() {
    // Selected before, struck, sent.
    let table: &[(&str, &str, &[&str])] = &[
        ("set", "Delete", &["Delete set"]),
        ("set", "Backspace", &["Delete set"]),
        ("set end", "Delete", &["Delete 2 nodes"]),
        ("set", "Mod+Delete", &["Delete set"]),
        ("set", "Mod+d", &["Duplicate set"]),
        ("set", "Mod+x", &["Delete set"]),
        ("set", "Mod+c", &[]),
        ("set", "Mod+Right", &["Move set"]),
        ("", "Delete", &[]),
        ("", "Mod+Right", &[]),
        ("", "Mod+a Mod+Shift+Down", &["Move 5 nodes"]),
        ("set", "Mod+Right Mod+z", &["Move set", "Undo: Move set"]),
        (
            "set",
            "Mod+Right Mod+z Mod+Shift+z",
            &["Move set", "Undo: Move set", "Redo: Move set"],
        ),
        (
            "set",
            "Mod+Right Mod+z Mod+y",
            &["Move set", "Undo: Move set", "Redo: Move set"],
        ),
        ("", "Mod+z", &[]),
    ];
    for (selected, struck, sent) in table {
        let mut person = Person::at(phone_lookup());
        person.run(Command::Select {
            nodes: selected.split_whitespace().map(Into::into).collect(),
            mode: crate::SelectMode::Replace,
        });
        assert!(person.keys(struck), "{struck} is used");
        assert_eq!(person.sent_labels(), *sent, "{selected}: {struck}");
    }
}

#[test]
fn arrows_with_mod_move_by_the_grid_and_with_shift_by_five() {
    for (struck, expected) in [
        ("Mod+Left", (220.0, 460.0)),
        ("Mod+Up", (240.0, 440.0)),
        ("Mod+Shift+Right", (340.0, 460.0)),
        ("Mod+Shift+Down", (240.0, 560.0)),
    ] {
        let mut person = Person::at(phone_lookup());
        person.click("set");
        person.keys(struck);
        assert_eq!(person.at_of("set"), expected, "{struck}");
    }
}

#[test]
fn up_and_down_follow_the_graph_where_a_node_has_no_sibling() {
    let mut person = Person::at(phone_lookup());
    person.click("start");
    for (struck, focus) in [
        ("Down", "lookup"),
        ("Down", "split"),
        // Nothing but siblings from here.
        ("Right", "set"),
        ("Up", "set"),
        ("Down", "end"),
        ("Down", "end"),
        ("Left", "split"),
        ("Up", "lookup"),
        ("Up", "start"),
        ("Up", "start"),
    ] {
        person.keys(struck);
        assert_eq!(person.editor.focus(), Some(&focus.into()), "{struck}");
    }
}

#[test]
fn arrows_follow_the_graph() {
    let mut person = Person::at(phone_lookup());
    for (struck, focus) in [
        ("Right", "start"),
        ("Right", "lookup"),
        ("Right", "split"),
        ("Right", "set"),
        ("Down", "end"),
        ("Up", "set"),
        ("Left", "split"),
        ("Left", "lookup"),
        ("Left", "start"),
    ] {
        assert!(person.keys(struck));
        assert_eq!(person.editor.focus(), Some(&focus.into()), "{struck}");
        assert_eq!(person.selected(), [focus]);
        let moved = Effect::FocusNode(focus.into());
        assert_eq!(person.effects.last(), Some(&moved));
    }
    person.keys("Left");
    assert!(person.announced("Nothing leads here."));
}

#[test]
fn tab_walks_in_reading_order_and_leaves_the_canvas_at_either_end() {
    let order = ["start", "lookup", "split", "set", "end"];
    let mut person = Person::at(phone_lookup());
    for node in order {
        assert!(person.keys("Tab"));
        assert_eq!(person.editor.focus(), Some(&node.into()));
    }
    assert!(!person.keys("Tab"), "the browser goes on");
    assert_eq!(person.editor.focus(), None);
    for node in order.iter().rev() {
        assert!(person.keys("Shift+Tab"));
        assert_eq!(person.editor.focus(), Some(&(*node).into()));
    }
    assert!(!person.keys("Shift+Tab"));
}

#[test]
fn the_keyboard_brings_what_it_focuses_into_view() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::PanBy(Point::new(5000.0, 0.0)));
    person.keys("Tab");
    let middle = person.middle_of("start");
    assert!((0.0..1280.0).contains(&middle.x));
}

#[test]
fn the_selection_goes_along_with_the_keyboard_unless_space_keeps_it() {
    let table: &[(&str, &[&str])] = &[
        ("Tab", &["start"]),
        ("Tab Tab", &["lookup"]),
        ("Tab Space Tab", &["start"]),
        ("Tab Space Tab Tab Space", &["start", "split"]),
        ("Tab Space Tab Tab Space Space", &["start"]),
        ("Tab Space Space", &[]),
        ("Tab Space Space Tab", &["lookup"]),
    ];
    for (struck, selected) in table {
        let mut person = Person::at(phone_lookup());
        person.keys(struck);
        assert_eq!(person.selected(), *selected, "{struck}");
    }
}

#[test]
fn after_a_click_beside_everything_keys_act_on_nothing() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.click_at(Point::new(1000.0, 100.0), "");
    person.keys("Delete Mod+Right Mod+d");
    assert!(person.outbox.is_empty());
}

#[test]
fn keys_ask_the_browser_for_what_only_it_can_do() {
    let node = || "set".into();
    let table = [
        ("Enter", Effect::OpenProperties(node())),
        ("F2", Effect::Rename(node())),
        (
            "c",
            Effect::PickConnection {
                node: node(),
                exit: None,
            },
        ),
    ];
    for (struck, effect) in table {
        let mut person = Person::at(phone_lookup());
        person.click("set");
        person.keys(struck);
        assert_eq!(person.effects.last(), Some(&effect), "{struck}");
        assert!(person.outbox.is_empty());
    }
    let mut person = Person::at(phone_lookup());
    person.keys("n");
    let offered = person.effects.last();
    assert!(matches!(offered, Some(Effect::QuickAdd { from: None, .. })));
}

#[test]
fn c_means_the_exit_of_the_selected_edge_before_the_focused_node() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.run(Command::SelectEdge("split.default>end".into()));
    person.keys("c");
    let effect = Effect::PickConnection {
        node: "split".into(),
        exit: Some(flow::Port::new("default")),
    };
    assert_eq!(person.effects.last(), Some(&effect));
}

#[test]
fn a_step_that_is_added_on_top_of_another_goes_beside_it() {
    for after in [false, true] {
        let mut person = Person::at(phone_lookup());
        let middle = node_rect(person.flow().position(&"start".into())).centre();
        let at = if after {
            Place::After {
                node: "set".into(),
                port: Port::OUT,
                at_in_canvas: Some(middle),
            }
        } else {
            Place::InCanvas(middle)
        };
        person.run(Command::AddNode {
            kind: Kind::SET_VARIABLES,
            at,
        });
        let positions = &person.flow().positions;
        let added = node_rect(positions[&flow::NodeId::new("n-me-1")]).grown(-1.0);
        for (id, position) in positions.iter().filter(|(id, _)| id.as_str() != "n-me-1") {
            assert!(!node_rect(*position).intersects(&added), "on {id}");
        }
    }
}

#[test]
fn steps_added_by_keys_alone_do_not_hide_each_other() {
    let mut person = Person::at(Flow::default());
    for _ in 0..4 {
        person.keys("n");
        let Some(&Effect::QuickAdd { at_in_screen, .. }) = person.effects.last() else {
            panic!("nothing is offered");
        };
        let middle = person.editor.camera().to_canvas(at_in_screen);
        person.run(Command::AddNode {
            kind: Kind::END,
            at: Place::InCanvas(middle),
        });
    }
    let cards: Vec<_> = person
        .flow()
        .positions
        .values()
        .copied()
        .map(node_rect)
        .collect();
    for (index, card) in cards.iter().enumerate() {
        let others = cards.iter().skip(index + 1);
        assert!(
            others
                .into_iter()
                .all(|other| !other.intersects(&card.grown(-1.0)))
        );
    }
}

#[test]
fn the_choice_for_a_keyboard_connection_is_what_may_be_connected() {
    let person = Person::at(phone_lookup());
    let targets = person.editor.valid_targets(&"lookup".into(), &Port::OUT);
    assert_eq!(targets, ["set".into(), "end".into()]);
    let targets = person
        .editor
        .valid_targets(&"split".into(), &Port::new("case-1"));
    assert_eq!(targets, ["end".into()]);
}

#[test]
fn single_letters_can_be_switched_off() {
    let mut person = Person::at(phone_lookup());
    person.editor.prefer(Preferences {
        single_letter_keys: false,
        ..Preferences::default()
    });
    person.click("set");
    // Signs that need Shift on some layouts too: whoever dictates says them.
    for key in ["n", "c", "a", "1", "0", ".", "Shift+1", "Shift+2"] {
        assert!(!person.keys(key), "{key}");
    }
    assert!(person.effects.is_empty());
}

#[test]
fn a_key_under_a_held_button_does_not_change_the_flow() {
    let mut person = Person::at(phone_lookup());
    let from = person.middle_of("set");
    person.hold(from, from + Point::new(100.0, 0.0), "");
    assert!(person.keys("Delete"));
    assert!(person.keys("Mod+z"));
    assert!(person.outbox.is_empty());
    assert_eq!(person.flow().nodes.len(), 5);
}

#[test]
fn deleting_and_healing_leads_what_came_before_to_what_comes_after() {
    // Deleted; the edges that are there afterwards.
    let table: &[(&str, &[&str])] = &[
        (
            "lookup",
            &[
                "split.case-1>set",
                "split.default>end",
                "set.out>end",
                "start.out>split",
            ],
        ),
        ("lookup split", &["set.out>end", "start.out>set"]),
        ("split set", &["start.out>lookup", "lookup.out>end"]),
        (
            "end",
            &["start.out>lookup", "lookup.out>split", "split.case-1>set"],
        ),
    ];
    for (deleted, expected) in table {
        let mut person = Person::at(phone_lookup());
        person.run(Command::Select {
            nodes: deleted.split_whitespace().map(Into::into).collect(),
            mode: crate::SelectMode::Replace,
        });
        person.keys("Mod+Delete");
        assert_eq!(person.edges(), *expected, "{deleted}");
        assert_eq!(person.outbox.len(), 1);
    }
}

#[test]
fn after_a_removal_the_keyboard_is_at_a_node_that_stays() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.keys("Delete");
    assert_eq!(person.editor.focus(), Some(&"split".into()));
    person.keys("Mod+a Delete");
    assert_eq!(person.editor.focus(), None);
    assert!(person.flow().nodes.is_empty());
}

#[test]
fn a_node_is_described_with_its_place_and_where_each_exit_leads() {
    let mut person = Person::at(phone_lookup());
    let table = [
        ("start", "start, start, 1 of 5, exits: to lookup"),
        (
            "lookup",
            "lookup, look up customer, 2 of 5, exits: to split",
        ),
        (
            "split",
            "split, split, 3 of 5, exits: Found to set, default to end",
        ),
        ("end", "end, end, 5 of 5"),
    ];
    for (node, words) in table {
        assert_eq!(
            person.editor.describe(&node.into(), Found::default()),
            words
        );
    }
    person.run(Command::Disconnect("split.default>end".into()));
    assert_eq!(
        person.editor.describe(&"split".into(), Found::default()),
        "split, split, 3 of 5, exits: Found to set, default not connected"
    );
}

#[test]
fn a_reader_changes_nothing_with_any_command() {
    let commands = [
        Command::Delete,
        Command::DeleteAndHeal,
        Command::Duplicate,
        Command::Cut,
        Command::Undo,
        Command::Redo,
        Command::Nudge {
            by: Point::new(20.0, 0.0),
        },
        Command::AddNode {
            kind: flow::Kind::END,
            at: crate::Place::Centre,
        },
        Command::SetLabel {
            node: "set".into(),
            label: "other".into(),
        },
        Command::SetField {
            node: "lookup".into(),
            field: "url".into(),
            value: None,
        },
        Command::SetField {
            node: "lookup".into(),
            field: "url".into(),
            value: Some(flow::FieldValue::text("https://example.org")),
        },
        Command::SetFlow(flow::FlowSetting::Name("other".into())),
        Command::Disconnect("set.out>end".into()),
        Command::SetEdgeLabel {
            edge: "set.out>end".into(),
            label: "x".into(),
        },
        Command::ApplyFix(flow::Fix {
            label: "Fix".into(),
            ops: vec![Op::RemoveNode { id: "set".into() }],
        }),
        Command::Connect {
            source: "lookup".into(),
            port: Port::OUT,
            target: "end".into(),
        },
        Command::Paste {
            text: Person::at(phone_lookup()).clip("set"),
            at_in_canvas: None,
            keeps_incoming: false,
        },
    ];
    for command in commands {
        let mut person = Person::reading(phone_lookup());
        person.click("set");
        person.run(command.clone());
        assert!(person.outbox.is_empty(), "{command:?}");
        crate::testing::assert_same_flow(person.flow(), &phone_lookup());
    }
}

#[test]
fn keys_that_a_person_chose_act_and_those_of_the_table_no_longer_do() {
    let mut person = Person::at(phone_lookup());
    person.editor.prefer(Preferences {
        keymap: Keymap::remembered("duplicate Mod+J\nrename\n"),
        ..Preferences::default()
    });
    person.click("set");
    assert!(!person.keys("Mod+d"));
    assert!(!person.keys("F2"));
    assert!(person.outbox.is_empty());
    assert!(person.keys("Mod+j"));
    assert_eq!(person.sent_labels(), ["Duplicate set"]);
}

#[test]
fn a_offers_what_may_follow_at_the_next_free_exit() {
    let mut flow = phone_lookup();
    flow.edges
        .retain(|_, edge| edge.port != Port::new("default"));
    let mut person = Person::at(flow);
    person.click("split");
    person.keys("a");
    let offered = person.effects.last();
    assert!(matches!(
        offered,
        Some(Effect::OfferNext { node, port })
            if node.as_str() == "split" && *port == Port::new("default")
    ));
    let offers = person.effects.len();
    person.click("lookup");
    person.keys("a");
    assert!(person.announced("free exit"));
    assert!(
        !person.effects[offers..]
            .iter()
            .any(|effect| matches!(effect, Effect::OfferNext { .. }))
    );
}

#[test]
fn what_is_renamed_moved_or_added_by_keys_comes_into_view() {
    for keys in ["F2", "Mod+Right", "Mod+d"] {
        let mut person = Person::at(phone_lookup());
        person.run(Command::SetFocus(Some("set".into())));
        person.run(Command::PanBy(Point::new(3_000.0, 0.0)));
        person.keys(keys);
        let shown = person.editor.focus().expect("a focused node").clone();
        let card = node_rect(person.flow().position(&shown));
        let camera = person.editor.camera();
        let seen = camera.visible_area(person.editor.viewport());
        assert!(seen.encloses(&card), "{keys}");
    }
}

#[test]
fn the_view_stays_when_more_moves_than_it_can_show_or_nothing_does() {
    let mut flow = phone_lookup();
    flow.positions
        .insert("end".into(), Point::new(9_000.0, 9_000.0));
    for (mut person, keys) in [
        (Person::at(flow), "Mod+a Mod+Right"),
        (Person::reading(phone_lookup()), "Mod+a Mod+Right"),
        (Person::reading(phone_lookup()), "Mod+a Mod+d"),
    ] {
        person.run(Command::ZoomTo(1.0));
        person.run(Command::PanBy(Point::new(300.0, 200.0)));
        let camera = person.editor.camera();
        person.keys(keys);
        assert_eq!(person.editor.camera(), camera, "{keys}");
    }
}
