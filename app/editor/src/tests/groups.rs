use flow::{GroupId, NodeId, Op, Point, Tint, Transaction};

use crate::{
    Command, Effect, FromServer, SelectMode,
    geometry::{frame_bar, node_rect},
    testing::{Person, phone_lookup},
};

fn grouped(nodes: &[&str]) -> (Person, GroupId) {
    let mut person = Person::at(phone_lookup());
    person.picks(nodes);
    person.keys("Mod+g");
    let id = person.flow().groups.keys().next().expect("a group").clone();
    (person, id)
}

impl Person {
    fn picks(&mut self, nodes: &[&str]) {
        self.run(Command::Select {
            nodes: nodes.iter().map(|id| NodeId::from(*id)).collect(),
            mode: SelectMode::Replace,
        });
    }

    fn members<'a>(&'a self, id: &'a GroupId) -> Vec<&'a str> {
        self.flow().members(id).map(NodeId::as_str).collect()
    }

    /// A place on the bar of a group's frame, away from cards.
    fn on_bar(&self, id: &GroupId) -> Point {
        let bar = frame_bar(self.editor.frame_shown(id).expect("a frame"));
        self.on_screen(bar.min + Point::new(12.0, 8.0))
    }
}

#[test]
fn mod_g_groups_what_is_selected_and_lets_the_group_be_named() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    assert_eq!(person.members(&id), ["lookup", "split"]);
    assert!(person.effects.contains(&Effect::RenameGroup(id.clone())));
    assert_eq!(person.editor.selected_group(), Some(id.clone()));
    let frame = person.editor.frame_shown(&id).expect("a frame");
    for node in ["lookup", "split"] {
        assert!(frame.encloses(&node_rect(person.flow().position(&node.into()))));
    }
    person.run(Command::SetGroupTitle {
        group: id.clone(),
        title: "Find the caller".to_owned(),
    });
    person.keys("Mod+z Mod+z");
    assert!(person.flow().groups.is_empty() && person.flow().grouped.is_empty());
}

#[test]
fn a_node_is_in_one_group_at_most_and_a_group_without_nodes_is_gone() {
    let (mut person, first) = grouped(&["lookup", "split"]);
    person.picks(&["split", "set"]);
    person.keys("Mod+g");
    assert_eq!(person.members(&first), ["lookup"]);
    person.picks(&["lookup"]);
    person.keys("Delete");
    assert!(!person.flow().groups.contains_key(&first));
    assert_eq!(person.flow().groups.len(), 1);
    person.keys("Mod+z");
    assert_eq!(person.members(&first), ["lookup"]);
}

#[test]
fn what_is_a_group_already_is_not_grouped_again() {
    let (mut person, _) = grouped(&["lookup", "split"]);
    let sent = person.outbox.len();
    person.keys("Mod+g");
    assert_eq!(person.outbox.len(), sent);
    assert!(person.announced("These steps are a group already."));
}

#[test]
fn mod_shift_g_dissolves_a_whole_group_and_takes_single_nodes_out() {
    let (mut person, id) = grouped(&["lookup", "split", "set"]);
    person.picks(&["set"]);
    person.keys("Mod+Shift+g");
    assert_eq!(person.members(&id), ["lookup", "split"]);
    person.picks(&["lookup", "split", "end"]);
    person.keys("Mod+Shift+g");
    assert!(person.flow().groups.is_empty());
    person.keys("Mod+Shift+g");
    assert!(person.announced("Select steps that are in a group first."));
    person.keys("Mod+z");
    assert_eq!(person.members(&id), ["lookup", "split"]);
}

#[test]
fn the_bar_of_a_group_selects_its_nodes_and_moves_them() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    person.run(Command::Clear);
    person.click_at(person.on_bar(&id), "");
    assert_eq!(person.selected(), ["lookup", "split"]);
    person.run(Command::Clear);
    let (before, frame) = (person.at_of("split"), person.editor.frame_shown(&id));
    let from = person.on_bar(&id);
    person.pull(from, from + Point::new(200.0, 60.0), "");
    let after = person.at_of("split");
    assert_eq!(after, (before.0 + 200.0, before.1 + 60.0));
    let moved = frame.map(|frame| frame.shifted(Point::new(200.0, 60.0)));
    assert_eq!(person.editor.frame_shown(&id), moved);
    assert_eq!(person.editor.can_undo(), Some("Move 2 nodes"));
}

#[test]
fn the_frame_follows_a_node_while_it_is_dragged() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    let before = person.editor.frame_shown(&id).expect("a frame");
    person.run(Command::Clear);
    let from = person.middle_of("split");
    person.hold(from, from + Point::new(0.0, 200.0), "Shift");
    let now = person.editor.frame_shown(&id).expect("a frame");
    assert_eq!(now.max.y, before.max.y + 200.0);
    person.keys("Escape");
    assert_eq!(person.editor.frame_shown(&id), Some(before));
}

#[test]
fn a_double_click_on_the_bar_and_f2_let_a_group_be_renamed() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    let renames = |person: &Person| {
        let wanted = Effect::RenameGroup(id.clone());
        let effects = person.effects.iter();
        effects.filter(|effect| **effect == wanted).count()
    };
    let before = renames(&person);
    person.double_click_at(person.on_bar(&id));
    assert_eq!(renames(&person), before + 1);
    person.keys("F2");
    assert_eq!(renames(&person), before + 2);
}

#[test]
fn a_group_is_copied_with_its_nodes_and_not_with_a_part_of_them() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    person.run(Command::SetGroupTint {
        group: id.clone(),
        tint: Tint::Pink,
    });
    person.keys("Mod+d");
    let groups: Vec<_> = person.flow().groups.iter().collect();
    assert_eq!(groups.len(), 2);
    assert!(groups.iter().all(|(_, group)| group.tint == Tint::Pink));
    assert!(groups.iter().all(|(id, _)| person.members(id).len() == 2));
    person.picks(&["lookup"]);
    let text = person.editor.clipboard_text().expect("text");
    person.run(Command::Paste {
        text,
        at_in_canvas: None,
        keeps_incoming: false,
    });
    assert_eq!(person.flow().groups.len(), 2);
}

#[test]
fn a_group_survives_that_somebody_else_removes_one_of_its_nodes() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    person.receive(FromServer::Applied {
        seq: 1,
        transaction: Transaction::new("Delete", vec![Op::RemoveNode { id: "split".into() }]),
        author: "Ann".into(),
    });
    // The edit that grouped both does not apply any more; it is sent all the
    // same, and the server says so.
    assert!(person.flow().groups.is_empty());
    let pending = person.outbox.last().expect("the edit").id.clone();
    person.receive(FromServer::Refused {
        id: pending,
        reason: "the node is no longer there".to_owned(),
    });
    assert!(
        person
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Lost { .. }))
    );
    person.picks(&["lookup"]);
    person.keys("Mod+g");
    assert_eq!(person.flow().groups.len(), 1);
    assert_ne!(person.flow().groups.keys().next(), Some(&id));
}

#[test]
fn a_group_that_grows_keeps_its_name_and_colour() {
    let (mut person, id) = grouped(&["lookup", "split"]);
    person.run(Command::SetGroupTitle {
        group: id.clone(),
        title: "Find the caller".to_owned(),
    });
    person.run(Command::SetGroupTint {
        group: id,
        tint: Tint::Green,
    });
    person.picks(&["lookup", "split", "set"]);
    person.keys("Mod+g");
    let groups: Vec<_> = person.flow().groups.iter().collect();
    let [(grown, group)] = groups[..] else {
        panic!("one group, not {}", groups.len());
    };
    assert_eq!(
        (group.title.as_str(), group.tint),
        ("Find the caller", Tint::Green)
    );
    assert_eq!(person.members(grown).len(), 3);
}
