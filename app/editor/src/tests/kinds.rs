//! Which steps which flow takes.

use std::sync::Arc;

use flow::{Edge, Flow, FlowKind, Kind, Node, Point, Port};

use crate::{
    Command, Effect, Found, NotAddable, Place,
    testing::{Person, phone_lookup},
};

/// Start and a step that sets variables.
fn module() -> Flow {
    let mut flow = Flow::new(FlowKind::Module, "Module");
    let nodes = [
        ("start", Kind::START, 40.0),
        ("set", Kind::SET_VARIABLES, 180.0),
    ];
    for (id, kind, y) in nodes {
        let mut node = Node::of(&kind);
        node.label = id.to_owned();
        flow.positions.insert(id.into(), Point::new(400.0, y));
        flow.nodes.insert(id.into(), Arc::new(node));
    }
    let edge = Edge::new("start".into(), Port::OUT, "set".into());
    flow.edges.insert(edge.key(), Arc::new(edge));
    flow
}

fn add(person: &mut Person, kind: Kind) {
    let at = Place::Centre;
    person.run(Command::AddNode { kind, at });
}

#[test]
fn a_flow_takes_the_steps_of_its_kind_and_one_start() {
    let not_here = Err(NotAddable::NotInKind(FlowKind::Module));
    let table = [
        (Kind::SET_VARIABLES, Ok(())),
        (Kind::DISCONNECT, Ok(())),
        (Kind::foreign("TeleportNode"), Ok(())),
        (Kind::LOOKUP, not_here),
        (Kind::END, not_here),
        (Kind::START, Err(NotAddable::SecondStart)),
    ];
    for (kind, expected) in table {
        let mut person = Person::at(module());
        assert_eq!(person.editor.addable(&kind), expected, "{kind:?}");
        add(&mut person, kind.clone());
        assert_eq!(person.outbox.len(), usize::from(expected.is_ok()));
        if expected.is_err() {
            let said = person.effects.last();
            let names = |said: &String| said.contains("was not added: a ");
            assert!(
                matches!(said, Some(Effect::Announce(said)) if names(said)),
                "{said:?}"
            );
        }
    }
    let mut person = Person::at(Flow::new(FlowKind::Module, "Empty"));
    add(&mut person, Kind::START);
    assert_eq!(person.outbox.len(), 1);
}

#[test]
fn what_a_flow_cannot_take_is_left_out_of_a_paste_and_named() {
    // Copied, pasted into, selected there afterwards, said.
    let table: &[(&str, Flow, usize, &str)] = &[
        ("lookup set", phone_lookup(), 2, ""),
        (
            "start lookup set end",
            phone_lookup(),
            3,
            "Left out Start: a flow begins at one place only.",
        ),
        (
            "start split set end",
            module(),
            2,
            "Left out Start: a flow begins at one place only. Left out End: a module has no such step.",
        ),
        ("start split", Flow::new(FlowKind::Module, "Empty"), 2, ""),
    ];
    for (copied, into, count, said) in table {
        let text = Person::at(phone_lookup()).clip(copied);
        let mut person = Person::at(into.clone());
        person.run(Command::Paste {
            text,
            at_in_canvas: None,
            keeps_incoming: false,
        });
        assert_eq!(person.selected().len(), *count, "{copied}");
        let left_out = person.effects.iter().find_map(|effect| match effect {
            Effect::LeftOut(sentence) => Some(sentence.as_str()),
            _ => None,
        });
        assert_eq!(left_out.unwrap_or_default(), *said, "{copied}");
    }
}

#[test]
fn a_paste_of_which_nothing_fits_is_refused_and_changes_nothing() {
    let text = Person::at(phone_lookup()).clip("end");
    let mut person = Person::at(module());
    person.run(Command::Paste {
        text,
        at_in_canvas: None,
        keeps_incoming: false,
    });
    assert!(person.outbox.is_empty());
    let said = "Nothing was pasted. Left out End: a module has no such step.";
    let refused = Effect::PasteRefused(said.to_owned());
    assert_eq!(person.effects.last(), Some(&refused));
}

#[test]
fn the_only_start_is_not_duplicated() {
    let mut person = Person::at(module());
    person.click("start");
    person.keys("Mod+d");
    assert!(person.outbox.is_empty());
    let said = "Left out Start: a flow begins at one place only.".to_owned();
    assert_eq!(person.effects.last(), Some(&Effect::LeftOut(said)));
}

#[test]
fn outside_of_lookup_flows_a_flow_ends_where_nothing_follows() {
    let person = Person::at(module());
    let table = [
        ("start", "start, start, 1 of 2, exits: to set"),
        (
            "set",
            "set, set variables, 2 of 2, exits: not connected, the flow ends here",
        ),
    ];
    for (node, words) in table {
        assert_eq!(
            person.editor.describe(&node.into(), Found::default()),
            words
        );
    }
    assert!(person.editor.ends_after(&"set".into()));
    let mut lookup = Person::at(phone_lookup());
    lookup.run(Command::Disconnect("set.out>end".into()));
    assert!(!lookup.editor.ends_after(&"set".into()));
    assert!(!lookup.editor.ends_after(&"end".into()));
}
