//! Asking for it, waiting for it and giving it up.

use flow::{Op, Point, Transaction};

use super::{done, finish, task_of, tidy_up};
use crate::{
    Command, Effect, FromServer,
    Orientation::TopDown,
    SelectMode,
    testing::{PANE, Person, assert_same_flow, phone_lookup},
};

fn tangled_lookup() -> flow::Flow {
    let mut flow = phone_lookup();
    for at in flow.positions.values_mut() {
        *at = Point::new(at.y, at.x);
    }
    flow
}

fn select(person: &mut Person, nodes: &[&str]) {
    person.run(Command::Select {
        nodes: nodes.iter().map(|id| (*id).into()).collect(),
        mode: SelectMode::Replace,
    });
}

#[test]
fn it_is_one_edit_that_undo_takes_back() {
    let mut person = Person::at(tangled_lookup());
    tidy_up(&mut person, TopDown);
    assert_eq!(person.sent_labels(), ["Tidy up"]);
    assert!(person.announced("Tidied up: "));
    person.keys("Mod+z");
    assert_same_flow(person.flow(), &tangled_lookup());
}

#[test]
fn it_is_told_once() {
    let mut person = Person::at(tangled_lookup());
    tidy_up(&mut person, TopDown);
    let told = person.effects.iter().filter_map(|effect| match effect {
        Effect::Announce(said) => Some(said.as_str()),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), ["Tidied up: 5 nodes moved."]);
}

#[test]
fn what_was_seen_whole_is_seen_whole_and_of_a_part_most_stays_in_view() {
    let shown = |person: &Person| {
        let area = person.editor.camera().visible_area(PANE);
        let nodes = person.flow().nodes.keys();
        let seen = nodes
            .filter(|id| area.encloses(&crate::geometry::node_rect(person.flow().position(id))));
        (seen.count(), person.flow().nodes.len())
    };
    for orientation in [TopDown, crate::Orientation::LeftRight] {
        let mut person = Person::at(tangled_lookup());
        person.run(Command::FitAll);
        tidy_up(&mut person, orientation);
        let (seen, all) = shown(&person);
        assert_eq!(seen, all, "{orientation:?}");

        // Close up and far away, nothing of it would be seen.
        let mut person = Person::at(tangled_lookup());
        person.run(Command::CentreOn(Point::new(50_000.0, 50_000.0)));
        tidy_up(&mut person, orientation);
        let (seen, all) = shown(&person);
        assert_eq!(seen, all, "{orientation:?}");
    }
    // What stays where most of it is seen moves no view.
    let mut person = Person::at(phone_lookup());
    let before = person.editor.camera();
    person.drag("end", (40.0, 0.0));
    tidy_up(&mut person, TopDown);
    assert_eq!(person.editor.camera(), before);
}

#[test]
fn the_shortcut_tidies_the_selection_where_it_is_several_nodes() {
    for (selected, everything) in [(&[][..], true), (&["set"], true), (&["set", "end"], false)] {
        let mut person = Person::at(tangled_lookup());
        select(&mut person, selected);
        person.keys("Shift+Alt+T");
        let effects = std::mem::take(&mut person.effects);
        let [Effect::Tidy(task)] = &effects[..] else {
            panic!("{effects:?}");
        };
        person.run(Command::MoveTidied(Box::new(done(task))));
        assert_eq!(
            person.at_of("start") != (40.0, 400.0),
            everything,
            "{selected:?}"
        );
        assert_eq!(person.outbox.len(), 1);
    }
}

#[test]
fn what_is_tidy_is_left_alone() {
    let mut person = Person::at(tangled_lookup());
    tidy_up(&mut person, TopDown);
    tidy_up(&mut person, TopDown);
    assert_eq!(person.outbox.len(), 1);
    assert!(person.announced("Everything is tidy already."));
}

#[test]
fn who_may_only_read_tidies_nothing() {
    let mut person = Person::reading(tangled_lookup());
    let update = person.run(Command::TidyUp(TopDown));
    assert_eq!(task_of(&update), None);
    assert!(person.announced("not change it"));
}

#[test]
fn escape_gives_it_up_and_keeps_the_selection() {
    let mut person = Person::at(tangled_lookup());
    select(&mut person, &["set", "end"]);
    let update = person.run(Command::TidyUp(TopDown));
    let task = task_of(&update).expect("a task");
    assert!(person.editor.is_tidying(task));
    assert!(person.keys("Escape"));
    assert!(!person.editor.is_tidying(task));
    assert_eq!(person.selected(), ["set", "end"]);
    person.run(Command::MoveTidied(Box::new(done(task))));
    assert!(person.outbox.is_empty());
    assert!(person.announced("Nothing moved."));
}

#[test]
fn asking_again_makes_the_first_task_void() {
    let mut person = Person::at(tangled_lookup());
    let first = person.run(Command::TidyUp(TopDown));
    let second = person.run(Command::TidyUp(TopDown));
    person.run(Command::MoveTidied(Box::new(done(
        task_of(&first).expect("a task"),
    ))));
    assert!(person.outbox.is_empty());
    finish(&mut person, second);
    assert_eq!(person.outbox.len(), 1);
}

#[test]
fn an_edit_meanwhile_begins_it_anew_and_stays() {
    let mut person = Person::at(tangled_lookup());
    let asked = person.run(Command::TidyUp(TopDown));
    let task = task_of(&asked).expect("a task").clone();
    person.receive(FromServer::Applied {
        seq: 1,
        author: "somebody".to_owned(),
        transaction: Transaction::new("Delete", vec![Op::RemoveNode { id: "set".into() }]),
    });
    let again = person.run(Command::MoveTidied(Box::new(done(&task))));
    assert!(
        person.outbox.is_empty(),
        "what is planned for another flow is not done"
    );
    finish(&mut person, again);
    assert_eq!(person.outbox.len(), 1);
    assert!(!person.flow().nodes.contains_key(&flow::NodeId::new("set")));
}

#[test]
fn it_ends_where_others_never_pause() {
    let mut person = Person::at(tangled_lookup());
    let mut update = person.run(Command::TidyUp(TopDown));
    for turn in 0..20 {
        let Some(task) = task_of(&update).cloned() else {
            assert!(person.announced("others keep changing the flow"));
            assert!(person.outbox.is_empty());
            return;
        };
        let to = Point::new(f64::from(turn) * 20.0, 0.0);
        let ops = vec![Op::MoveNode {
            id: "set".into(),
            to,
        }];
        person.receive(FromServer::Applied {
            seq: u64::try_from(turn).unwrap_or_default() + 1,
            author: "somebody".to_owned(),
            transaction: Transaction::new("Move", ops),
        });
        update = person.run(Command::MoveTidied(Box::new(done(&task))));
    }
    panic!("it went on");
}

#[test]
fn at_the_border_of_the_canvas_it_says_why_nothing_moves() {
    let mut flow = tangled_lookup();
    for (number, at) in flow.positions.values_mut().enumerate() {
        *at = Point::new(1e7 - 20.0 * number as f64, 1e7);
    }
    let mut person = Person::at(flow.clone());
    tidy_up(&mut person, TopDown);
    let stays_in_reach = |at: &Point| at.x.abs() <= 1e7 && at.y.abs() <= 1e7;
    assert!(person.flow().positions.values().all(stays_in_reach));
    assert_eq!(person.outbox.len(), 1);
}
