use flow::{NodeId, Op, Point, Transaction};

use crate::{
    Effect, FromServer,
    testing::{Person, assert_same_flow, phone_lookup},
};

fn moved(node: &str, x: f64) -> Transaction {
    let to = Point::new(x, 0.0);
    Transaction::new(
        "Move",
        vec![Op::MoveNode {
            id: node.into(),
            to,
        }],
    )
}

fn removed(node: &str) -> Transaction {
    Transaction::new("Delete", vec![Op::RemoveNode { id: node.into() }])
}

fn applied(seq: u64, transaction: Transaction) -> FromServer {
    FromServer::Applied {
        seq,
        transaction,
        author: "Ann".into(),
    }
}

fn acknowledged(id: &str, seq: u64) -> FromServer {
    FromServer::Acknowledged { id: id.into(), seq }
}

fn waiting(person: &Person) -> Vec<&str> {
    person
        .editor
        .unacknowledged()
        .map(|pending| pending.id.as_str())
        .collect()
}

#[test]
fn an_edit_is_shown_at_once_and_waits_until_it_is_acknowledged() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    person.drag("set", (100.0, 0.0));
    assert_eq!(waiting(&person), ["me-1", "me-2"]);
    let update = person.receive(acknowledged("me-1", 1));
    assert!(update.changes.is_empty(), "it was shown already");
    assert_eq!(waiting(&person), ["me-2"]);
    assert_eq!(person.editor.seq(), 1);
}

#[test]
fn an_own_edit_stays_on_top_of_what_others_do_until_it_has_its_place() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    let update = person.receive(applied(1, moved("lookup", 7.0)));
    assert_eq!(person.at_of("lookup"), (500.0, 180.0));
    assert!(update.changes.moved.contains(&NodeId::new("lookup")));
    person.receive(acknowledged("me-1", 2));
    assert_eq!(person.at_of("lookup"), (500.0, 180.0));
    person.receive(applied(3, moved("lookup", 7.0)));
    assert_eq!(person.at_of("lookup"), (7.0, 0.0));
}

#[test]
fn what_no_longer_applies_is_not_shown_and_kept_until_the_server_has_judged() {
    let mut person = Person::at(phone_lookup());
    person.drag("set", (100.0, 0.0));
    person.receive(applied(1, removed("set")));
    assert_eq!(waiting(&person), ["me-1"], "sent again after a reconnect");
    assert!(besides_words(&person).is_empty());
    person.receive(FromServer::Refused {
        id: "me-1".into(),
        reason: "the node “set” is no longer there".into(),
    });
    let Some(Effect::Lost {
        transaction,
        sentence,
    }) = person.effects.last()
    else {
        panic!("not reported");
    };
    assert_eq!(transaction.label, "Move set");
    assert!(sentence.starts_with("“Move set” was not kept: the node “set” is no longer there."));
    assert!(waiting(&person).is_empty());
}

#[test]
fn what_the_server_took_after_all_is_not_called_lost() {
    let mut person = Person::at(phone_lookup());
    person.drag("set", (100.0, 0.0));
    person.receive(applied(1, removed("set")));
    let node = phone_lookup().nodes[&NodeId::new("set")].clone();
    let back = Op::AddNode {
        id: "set".into(),
        node,
        position: Point::default(),
        index: None,
    };
    person.receive(applied(2, Transaction::new("Undo", vec![back])));
    assert_eq!(person.at_of("set"), (340.0, 460.0), "it applies again");
    person.receive(acknowledged("me-1", 3));
    assert!(besides_words(&person).is_empty() && waiting(&person).is_empty());
}

#[test]
fn a_message_that_comes_twice_counts_once() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    for _ in 0..2 {
        person.receive(applied(1, moved("end", 7.0)));
        person.receive(acknowledged("me-1", 2));
    }
    person.receive(applied(1, moved("end", 9.0)));
    assert_eq!(person.editor.seq(), 2);
    assert_eq!(person.at_of("end"), (7.0, 0.0));
    assert!(besides_words(&person).is_empty());
}

#[test]
fn a_gap_asks_once_for_what_is_missing_and_changes_nothing() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    let before = person.flow().clone();
    person.receive(applied(2, removed("set")));
    person.receive(applied(3, removed("end")));
    person.receive(acknowledged("me-1", 4));
    assert_eq!(besides_words(&person), [&Effect::Resync]);
    assert_same_flow(person.flow(), &before);
    // What was missing comes, then the rest again.
    person.receive(applied(1, moved("end", 7.0)));
    person.receive(applied(2, removed("set")));
    assert_eq!(person.editor.seq(), 2);
    person.receive(applied(4, moved("end", 8.0)));
    assert_eq!(besides_words(&person), [&Effect::Resync, &Effect::Resync]);
}

#[test]
fn an_acknowledgement_of_an_edit_that_is_not_here_asks_for_what_is_missing() {
    let mut person = Person::at(phone_lookup());
    person.receive(acknowledged("another-1", 1));
    assert_eq!(besides_words(&person), [&Effect::Resync]);
    assert_eq!(person.editor.seq(), 0);
}

#[test]
fn acknowledgements_in_another_order_than_the_edits_are_followed() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    person.drag("lookup", (100.0, 0.0));
    person.receive(acknowledged("me-2", 1));
    assert_eq!(waiting(&person), ["me-1"]);
    // The server applied the first one last.
    person.receive(acknowledged("me-1", 2));
    assert_eq!(person.at_of("lookup"), (500.0, 180.0));
}

#[test]
fn a_welcome_brings_the_servers_flow_and_keeps_what_is_pending() {
    let mut person = Person::at(phone_lookup());
    person.drag("lookup", (100.0, 0.0));
    person.click("set");
    let mut flow = phone_lookup();
    flow::apply(&mut flow, &removed("set")).unwrap();
    flow.name = "Renamed".into();
    let update = person.receive(FromServer::Welcome {
        seq: 9,
        flow: Box::new(flow),
    });
    assert!(update.selection && update.changes.settings);
    assert_eq!(
        update.changes.nodes,
        [NodeId::new("set")].into_iter().collect()
    );
    assert_eq!(update.changes.edges.len(), 2);
    assert_eq!(person.at_of("lookup"), (500.0, 180.0));
    assert_eq!(waiting(&person), ["me-1"]);
    assert_eq!(person.editor.seq(), 9);
}

#[test]
fn an_edit_that_the_welcome_contains_is_acknowledged_without_being_made_twice() {
    let mut person = Person::at(phone_lookup());
    person.click("set");
    person.keys("Mod+d");
    person.drag("n-me-1", (0.0, 100.0));
    let with_both = person.flow().clone();
    person.receive(FromServer::Welcome {
        seq: 2,
        flow: Box::new(with_both.clone()),
    });
    person.receive(acknowledged("me-1", 1));
    person.receive(acknowledged("me-2", 2));
    assert_same_flow(person.flow(), &with_both);
    assert!(waiting(&person).is_empty() && person.editor.seq() == 2);
    person.keys("Mod+z Mod+z");
    assert_same_flow(person.flow(), &phone_lookup());
}

/// What came out but for what is said.
fn besides_words(person: &Person) -> Vec<&Effect> {
    let effects = person.effects.iter();
    effects
        .filter(|effect| !matches!(effect, Effect::Announce(_)))
        .collect()
}
