use std::sync::Arc;

use flow::{FlowFile, Point};

use crate::{
    Command, Effect,
    testing::{Person, phone_lookup},
};

impl Person {
    /// What copying these nodes puts on the clipboard.
    pub(crate) fn clip(&mut self, nodes: &str) -> String {
        self.run(Command::Select {
            nodes: nodes.split_whitespace().map(Into::into).collect(),
            mode: crate::SelectMode::Replace,
        });
        self.keys("Mod+c");
        let copied = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        copied.unwrap()
    }

    fn paste(&mut self, text: &str, at_in_canvas: Option<(f64, f64)>) {
        self.run(Command::Paste {
            text: text.to_owned(),
            at_in_canvas: at_in_canvas.map(|(x, y)| Point::new(x, y)),
            keeps_incoming: false,
        });
    }
}

#[test]
fn what_is_pasted_has_new_ids_its_inner_edges_and_no_ids_of_the_wire() {
    let mut flow = phone_lookup();
    for node in flow.nodes.values_mut() {
        Arc::make_mut(node).wire_id = Some("wire".into());
    }
    for edge in flow.edges.values_mut() {
        Arc::make_mut(edge).wire_id = Some("wire".into());
        Arc::make_mut(edge).label = "kept".into();
    }
    let mut person = Person::at(flow);
    let text = person.clip("end set split");
    person.paste(&text, None);
    assert_eq!(person.sent_labels(), ["Paste 3 nodes"]);
    assert_eq!(person.selected(), ["n-me-1", "n-me-2", "n-me-3"]);
    let added = &person.edges()[5..];
    assert_eq!(
        added,
        [
            "n-me-1.case-1>n-me-2",
            "n-me-1.default>n-me-3",
            "n-me-2.out>n-me-3"
        ]
    );
    assert!(
        person
            .flow()
            .nodes
            .values()
            .skip(5)
            .all(|node| node.wire_id.is_none())
    );
    let edges: Vec<_> = person.flow().edges.values().skip(5).collect();
    assert!(
        edges
            .iter()
            .all(|edge| edge.wire_id.is_none() && edge.label == "kept")
    );
}

#[test]
fn repeated_pastes_do_not_cover_each_other() {
    let mut person = Person::at(phone_lookup());
    let text = person.clip("set");
    for at in [None, Some((900.0, 200.0))] {
        let before = person.flow().nodes.len();
        for _ in 0..3 {
            person.paste(&text, at);
        }
        let mut places: Vec<_> = person
            .flow()
            .nodes
            .keys()
            .skip(before)
            .map(|id| person.at_of(id.as_str()))
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        places.dedup();
        assert_eq!(places.len(), 3, "{places:?}");
        assert!(!places.contains(&(240.0, 460.0)), "the original is there");
    }
}

#[test]
fn a_paste_goes_with_its_middle_to_the_pointer_or_into_view() {
    let mut person = Person::at(phone_lookup());
    let text = person.clip("set");
    person.paste(&text, Some((1000.0, 232.0)));
    assert_eq!(person.at_of("n-me-1"), (900.0, 200.0));
    person.run(Command::CentreOn(Point::new(9000.0, 9000.0)));
    person.paste(&text, None);
    assert_eq!(person.at_of("n-me-2"), (8900.0, 8960.0));
}

#[test]
fn a_whole_flows_file_can_be_pasted_but_for_its_start() {
    let file = FlowFile::new(phone_lookup(), None);
    let text = serde_json::to_string(&file).unwrap();
    let mut person = Person::at(phone_lookup());
    person.paste(&text, None);
    assert_eq!(person.flow().nodes.len(), 9);
    assert_eq!(person.flow().edges.len(), 9);
}

#[test]
fn anything_else_is_refused_with_a_sentence_and_changes_nothing() {
    let whole = Person::at(phone_lookup()).clip("set end");
    let twice = whole.replace("\"end\"", "\"set\"");
    let dangling = whole.replace("\"target\": \"end\"", "\"target\": \"nowhere\"");
    let broken = whole.replace("\"nodes\"", "\"knots\"");
    let huge = format!("{whole}{}", " ".repeat(flow::MAX_DOCUMENT_BYTES));
    let deep = "[".repeat(100_000);
    let empty = serde_json::to_string(&FlowFile::new(flow::Flow::default(), None)).unwrap();
    for text in [
        "",
        "hello",
        "{}",
        "{\"patchbay\":\"clipboard/9\"}",
        "{\"nodes\":[],\"edges\":[]}",
        &twice,
        &dangling,
        &broken,
        &huge,
        &deep,
        &empty,
    ] {
        let mut person = Person::at(phone_lookup());
        person.paste(text, None);
        let refused = matches!(person.effects.last(), Some(Effect::PasteRefused(said)) if said.ends_with('.'));
        assert!(refused, "{}", &text[..text.len().min(60)]);
        assert!(person.outbox.is_empty());
    }
}

#[test]
fn cutting_copies_and_removes_in_one_edit() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.keys("Mod+x");
    let copied = person
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::CopyText(_)));
    assert!(copied);
    assert_eq!(person.sent_labels(), ["Delete set"]);
}

#[test]
fn a_flow_at_its_limit_takes_no_paste_and_says_so() {
    let mut flow = phone_lookup();
    let end = flow.nodes[&flow::NodeId::new("end")].clone();
    for number in flow.nodes.len()..flow::MAX_NODES {
        let id = flow::NodeId::new(format!("x{number}"));
        flow.positions.insert(id.clone(), Point::default());
        flow.nodes.insert(id, Arc::clone(&end));
    }
    let text = Person::at(phone_lookup()).clip("set");
    let mut editor = crate::Editor::new(crate::Opening {
        flow,
        seq: 0,
        rights: crate::Rights::Edit,
        ids: crate::IdSource::new("me"),
    });
    let paste = Command::Paste {
        text,
        at_in_canvas: None,
        keeps_incoming: false,
    };
    let update = editor.run(paste, 0.0);
    assert!(update.outbox.is_empty() && update.changes.is_empty());
    assert!(
        matches!(update.effects.last(), Some(Effect::Announce(said)) if said.contains("at most 10000 nodes"))
    );
}

#[test]
fn what_is_pasted_is_in_its_part_only_where_that_is_there() {
    let mut flow = phone_lookup();
    let part = flow::Region {
        kind: flow::RegionKind::Task,
        name: "Part".into(),
        wire_id: None,
        extra: flow::Extra::new(),
    };
    flow.regions.insert("part".into(), Arc::new(part));
    let node = flow.nodes.get_mut(&flow::NodeId::from("set")).unwrap();
    Arc::make_mut(node).region = Some("part".into());
    let mut here = Person::at(flow);
    let text = here.clip("set");
    let mut elsewhere = Person::at(phone_lookup());
    for (person, part) in [(&mut here, Some("part")), (&mut elsewhere, None)] {
        person.paste(&text, None);
        let (_, copy) = person.flow().nodes.last().unwrap();
        let region = copy.region.as_ref();
        assert_eq!(region.map(flow::RegionId::as_str), part);
    }
}

#[test]
fn without_a_place_a_paste_goes_to_the_pointer() {
    let mut person = Person::at(phone_lookup());
    let text = person.clip("set");
    person.move_to(Point::new(1000.0, 232.0), crate::Modifiers::NONE);
    person.paste(&text, None);
    assert_eq!(person.at_of("n-me-1"), (900.0, 200.0));
    // Where the pointer still is on what was copied, beside that.
    person.move_to(person.middle_of("set"), crate::Modifiers::NONE);
    person.paste(&text, None);
    assert_eq!(person.at_of("n-me-2"), (280.0, 500.0));
    person.input(crate::Input::PointerLeave);
    person.paste(&text, None);
    assert_eq!(
        person.at_of("n-me-2"),
        (280.0, 500.0),
        "beside what was copied"
    );
}

#[test]
fn what_led_to_the_copied_nodes_leads_to_the_pasted_ones_where_that_is_asked_for() {
    let paste = |text: &str| Command::Paste {
        text: text.to_owned(),
        at_in_canvas: Some(Point::new(900.0, 500.0)),
        keeps_incoming: true,
    };
    let mut person = Person::at(phone_lookup());
    let text = person.clip("set end");
    person.run(paste(&text));
    assert_eq!(person.sent_labels(), ["Paste 2 nodes"]);
    // The exits have one edge each: what led to the originals leads here now.
    let edges = person.edges();
    assert!(edges.contains(&"split.case-1>n-me-1") && edges.contains(&"split.default>n-me-2"));
    assert!(edges.contains(&"n-me-1.out>n-me-2"));
    assert!(!edges.contains(&"split.case-1>set") && !edges.contains(&"split.default>end"));
    // After cutting it is as it was before.
    let mut person = Person::at(phone_lookup());
    let text = person.clip("set");
    person.keys("Mod+x");
    person.run(paste(&text));
    assert!(person.edges().contains(&"split.case-1>n-me-1"));
    // In another flow, what led there is not.
    let mut other = Person::at(flow::Flow::new(flow::FlowKind::Lookup, "Other"));
    other.run(paste(&text));
    assert_eq!((other.flow().nodes.len(), other.edges().len()), (1, 0));
}
