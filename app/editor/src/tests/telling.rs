//! What is said after a command: what was done, and to how much.

use flow::{Kind, Port};

use crate::{
    Command, Effect, Found, Place, SelectMode,
    testing::{Person, phone_lookup},
};

fn last_said(person: &Person) -> Option<&str> {
    person.effects.iter().rev().find_map(|effect| match effect {
        Effect::Announce(said) | Effect::AnnounceState(said) => Some(said.as_str()),
        _ => None,
    })
}

#[test]
fn each_command_says_what_it_did() {
    let after = |port: &str| Place::After {
        node: "lookup".into(),
        port: Port::new(port),
        at_in_canvas: None,
    };
    let connect = |source: &str, port: &str, target: &str| Command::Connect {
        source: source.into(),
        port: Port::new(port),
        target: target.into(),
    };
    let on_edge = Place::OnEdge {
        edge: "set.out>end".into(),
        at_in_canvas: None,
    };
    let add = |at: Place| Command::AddNode {
        kind: Kind::SET_VARIABLES,
        at,
    };
    let table = [
        ("set", Command::Delete, "Deleted set, 2 connections."),
        (
            "set end split",
            Command::Delete,
            "Deleted 3 nodes, 4 connections.",
        ),
        (
            "set",
            Command::DeleteAndHeal,
            "Deleted set, 2 connections; Found of split to end.",
        ),
        (
            "",
            connect("split", "case-1", "end"),
            "Connected Found of split to end.",
        ),
        (
            "",
            Command::Disconnect("set.out>end".into()),
            "Deleted a connection.",
        ),
        (
            "",
            add(after("out")),
            "Added Set variables; lookup to Set variables.",
        ),
        (
            "",
            add(on_edge),
            "Inserted Set variables; set to Set variables, Set variables to end.",
        ),
        ("set", Command::Duplicate, "Duplicated set."),
        (
            "set end",
            Command::Nudge {
                by: flow::Point::new(20.0, 0.0),
            },
            "Moved 2 nodes.",
        ),
        ("", Command::SelectAll, "5 nodes selected."),
        ("", Command::ZoomTo(0.5), "Zoom 50%."),
        (
            "",
            Command::ApplyFix(flow::Fix {
                label: "Use https://".into(),
                ops: vec![flow::Op::SetLabel {
                    id: "set".into(),
                    label: "other".into(),
                }],
            }),
            "Done: Use https://.",
        ),
    ];
    for (selected, command, said) in table {
        let mut person = Person::at(phone_lookup());
        person.run(Command::Select {
            nodes: selected.split_whitespace().map(Into::into).collect(),
            mode: SelectMode::Replace,
        });
        person.run(command);
        assert_eq!(last_said(&person), Some(said));
    }
}

#[test]
fn undo_and_redo_say_what_they_took_back_and_made_again() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.keys("Delete Mod+z");
    assert_eq!(last_said(&person), Some("Undone: Delete set."));
    person.keys("Mod+Shift+z");
    assert_eq!(last_said(&person), Some("Redone: Delete set."));
}

#[test]
fn typing_says_nothing_of_its_own() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::SetLabel {
        node: "set".into(),
        label: "other".into(),
    });
    assert_eq!(last_said(&person), None);
}

#[test]
fn space_and_escape_say_how_much_is_selected() {
    let mut person = Person::at(phone_lookup());
    person.keys("Tab Space Tab Space");
    assert_eq!(last_said(&person), Some("2 nodes selected."));
    person.keys("Escape");
    assert_eq!(last_said(&person), Some("Nothing is selected."));
}

#[test]
fn a_node_is_described_with_its_problems() {
    let person = Person::at(phone_lookup());
    let found = Found {
        errors: 2,
        warnings: 1,
    };
    assert_eq!(
        person.editor.describe(&"start".into(), found),
        "start, start, 1 of 5, 2 errors, 1 warning, exits: to lookup"
    );
}
