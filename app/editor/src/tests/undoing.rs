use flow::{FieldValue, FlowSetting, NodeId, Op, Point, Transaction};

use crate::{
    Command, Effect, FromServer,
    testing::{Person, assert_same_flow, phone_lookup},
};

fn from_ann(seq: u64, ops: Vec<Op>) -> FromServer {
    FromServer::Applied {
        seq,
        transaction: Transaction::new("Edit", ops),
        author: "Ann".into(),
    }
}

fn set_label(node: &str, label: &str) -> Op {
    Op::SetLabel {
        id: node.into(),
        label: label.into(),
    }
}

impl Person {
    fn types(&mut self, node: &str, text: &str) {
        self.millis += 300.0;
        self.run_now(Command::SetField {
            node: node.into(),
            field: "url".into(),
            value: Some(FieldValue::text(text)),
        });
    }

    fn url(&self) -> &str {
        self.flow().nodes[&NodeId::new("lookup")].text("url")
    }
}

#[test]
fn undo_and_redo_walk_through_every_edit_and_back() {
    let mut person = Person::at(phone_lookup());
    let mut states = vec![person.flow().clone()];
    person.drag("lookup", (100.0, 0.0));
    states.push(person.flow().clone());
    person.connect("lookup", "out", "end");
    states.push(person.flow().clone());
    person.keys("Mod+a Mod+d");
    states.push(person.flow().clone());
    person.keys("Mod+a Delete");
    states.push(person.flow().clone());
    for state in states.iter().rev().skip(1) {
        person.keys("Mod+z");
        assert_same_flow(person.flow(), state);
    }
    assert_eq!(person.editor.can_undo(), None);
    for state in states.iter().skip(1) {
        person.keys("Mod+y");
        assert_same_flow(person.flow(), state);
    }
    assert_eq!(person.editor.can_redo(), None);
}

#[test]
fn a_new_edit_ends_what_can_be_made_again() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    person.keys("Mod+z");
    assert_eq!(person.editor.can_redo(), Some("Move lookup"));
    person.drag("end", (100.0, 0.0));
    assert_eq!(person.editor.can_redo(), None);
}

#[test]
fn keystrokes_in_one_field_are_one_step_each_sent_at_once() {
    let mut person = Person::at(phone_lookup());
    for text in ["h", "ht", "htt"] {
        person.types("lookup", text);
    }
    assert_eq!(person.outbox.len(), 3);
    assert_eq!(person.editor.can_undo(), Some("Set URL of lookup"));
    person.keys("Mod+z");
    assert_eq!(person.url(), "");
    assert_eq!(person.editor.can_undo(), None);
    person.keys("Mod+y");
    assert_eq!(person.url(), "htt");
}

#[test]
fn a_pause_a_left_field_another_command_or_another_place_begins_a_new_step() {
    for way in ["pause", "left", "command", "place", "undone"] {
        let mut person = Person::at(phone_lookup());
        person.types("lookup", "one");
        match way {
            "pause" => person.millis += 1_001.0,
            "left" => _ = person.run_now(Command::EndTyping),
            "command" => _ = person.run_now(Command::SelectAll),
            "place" => person.types("set", "other"),
            _ => _ = person.keys("Mod+z Mod+y"),
        }
        person.types("lookup", "two");
        person.keys("Mod+z");
        assert_eq!(person.url(), "one", "{way}");
    }
}

#[test]
fn typing_what_is_there_already_is_no_edit() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::SetLabel {
        node: "set".into(),
        label: "set".into(),
    });
    person.run(Command::SetFlow(FlowSetting::Name("Phone lookup".into())));
    person.run(Command::Disconnect("nowhere".into()));
    assert!(person.outbox.is_empty());
    assert_eq!(person.editor.can_undo(), None);
}

#[test]
fn undo_takes_back_own_edits_only_and_keeps_those_of_others() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    person.receive(FromServer::Acknowledged {
        id: "me-1".into(),
        seq: 1,
    });
    person.receive(from_ann(2, vec![set_label("lookup", "hers")]));
    person.receive(from_ann(
        3,
        vec![Op::MoveNode {
            id: "end".into(),
            to: Point::new(0.0, 0.0),
        }],
    ));
    person.keys("Mod+z");
    assert_eq!(person.at_of("lookup"), (400.0, 180.0));
    assert_eq!(person.at_of("end"), (0.0, 0.0));
    assert_eq!(person.flow().nodes[&NodeId::new("lookup")].label, "hers");
    person.keys("Mod+z");
    assert!(person.announced("nothing to undo"));
}

#[test]
fn what_others_removed_drops_out_of_a_step_and_an_empty_step_is_skipped_aloud() {
    let mut person = Person::at(phone_lookup());
    person.drag("start", (-100.0, 0.0));
    person.drag("set", (100.0, 0.0));
    person.click("set");
    person.click_with("end", "Shift");
    person.drag("end", (0.0, 100.0));
    for (seq, id) in [(1, "me-1"), (2, "me-2"), (3, "me-3")] {
        let id = id.into();
        person.receive(FromServer::Acknowledged { id, seq });
    }
    person.receive(from_ann(4, vec![Op::RemoveNode { id: "set".into() }]));
    person.keys("Mod+z");
    assert_eq!(person.at_of("end"), (560.0, 600.0), "the rest of the step");
    assert_eq!(person.last_ops().len(), 1);
    person.keys("Mod+z");
    assert!(person.announced("Undo: Move set: skipped"));
    assert_eq!(person.at_of("start"), (400.0, 40.0), "the step before it");
}

#[test]
fn undoing_a_removal_brings_back_what_others_had_changed_before_it() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.keys("Delete");
    // Her edit came to the server first.
    person.receive(from_ann(1, vec![set_label("set", "hers")]));
    person.receive(FromServer::Acknowledged {
        id: "me-1".into(),
        seq: 2,
    });
    person.keys("Mod+z");
    assert_eq!(person.flow().nodes[&NodeId::new("set")].label, "hers");
    assert_eq!(person.flow().edges.len(), 5);
}

#[test]
fn an_edit_that_was_not_taken_cannot_be_taken_back() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    person.drag("set", (100.0, 0.0));
    person.receive(from_ann(1, vec![Op::RemoveNode { id: "set".into() }]));
    person.receive(FromServer::Refused {
        id: "me-2".into(),
        reason: "the node “set” is no longer there".into(),
    });
    assert!(matches!(person.effects.last(), Some(Effect::Lost { .. })));
    assert_eq!(person.editor.can_undo(), Some("Move lookup"));
}
