//! Random people. Whatever they do, and however badly they are connected, no
//! rule is broken and all see the same in the end.

mod deeds;
mod network;

use flow::Point;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use crate::{
    Effect,
    testing::{Person, assert_same_flow, phone_lookup},
};
use deeds::{Deed, Stir, deed, stir};
use network::{Network, event};

/// So many cases, or in proportion more when `PROPTEST_CASES` asks for more
/// than proptest's own 256.
fn cases(modest: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: (asked.cases.saturating_mul(modest) / 256).max(1),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..asked
    }
}

proptest! {
    #![proptest_config(cases(48))]

    /// The person checks every rule after every single input.
    #[test]
    fn no_sequence_of_inputs_commands_and_edits_of_others_breaks_a_rule(
        stirs in prop::collection::vec(stir(), 1..60)
    ) {
        let mut person = Person::at(phone_lookup());
        let mut seq = 0;
        for stir in stirs {
            match stir {
                Stir::Input(input) => { person.input(input); }
                Stir::Deed(deed) => deed.run(&mut person),
                Stir::Others(deed) => {
                    // Somebody else does it to the acknowledged flow.
                    if let Some(transaction) = deed.by_somebody_else(&person) {
                        seq += 1;
                        person.receive(crate::FromServer::Applied { seq, transaction, author: "Ann".into() });
                    }
                }
            }
        }
    }

    #[test]
    fn undoing_everything_gives_the_flow_that_was_opened(
        deeds in prop::collection::vec(deed(), 1..25)
    ) {
        let mut person = Person::at(phone_lookup());
        for deed in deeds {
            deed.run(&mut person);
        }
        let after = person.flow().clone();
        let mut steps = 0;
        while person.editor.can_undo().is_some() {
            person.keys("Mod+z");
            steps += 1;
        }
        assert_same_flow(person.flow(), &phone_lookup());
        // Deeds may have ended with some steps undone: those come back too.
        for _ in 0..steps {
            person.keys("Mod+y");
        }
        assert_same_flow(person.flow(), &after);
    }

    #[test]
    fn everybody_converges_with_the_server_under_delay_duplication_loss_and_reconnect(
        people in 2_usize..=5,
        events in prop::collection::vec(event(), 1..120),
    ) {
        let mut network = Network::of(people, phone_lookup());
        for event in events {
            network.step(event);
        }
        network.settle();
        for person in network.people() {
            assert_same_flow(person.flow(), network.flow());
            prop_assert_eq!(person.editor.unacknowledged().count(), 0);
            prop_assert_eq!(person.editor.seq(), network.seq());
        }
    }

    #[test]
    fn undo_amid_the_edits_of_others_stays_sound_and_converges(
        events in prop::collection::vec(event(), 1..60),
        undone in 0_usize..3,
    ) {
        let mut network = Network::of(3, phone_lookup());
        for event in events {
            network.step(event);
        }
        network.settle();
        network.undo_everything_of(undone);
        network.settle();
        for person in network.people() {
            assert_same_flow(person.flow(), network.flow());
        }
    }
}

/// The laws above say little if the connections are never bad enough.
#[test]
fn the_simulated_network_meets_losses_gaps_and_undo_amid_others() {
    let mut runner = TestRunner::deterministic();
    let events = prop::collection::vec(event(), 120);
    let mut effects = Vec::new();
    for _ in 0..20 {
        let mut network = Network::of(4, phone_lookup());
        for event in events.new_tree(&mut runner).unwrap().current() {
            network.step(event);
        }
        network.settle();
        (0..4).for_each(|who| network.undo_everything_of(who));
        network.settle();
        effects.extend(network.people().flat_map(|person| person.effects.clone()));
    }
    let met = |wanted: fn(&Effect) -> bool| effects.iter().filter(|effect| wanted(effect)).count();
    assert!(met(|effect| matches!(effect, Effect::Lost { .. })) > 5);
    assert!(met(|effect| *effect == Effect::Resync) > 5);
    assert!(met(|effect| matches!(effect, Effect::Announce(said) if said.contains("skipped"))) > 5);
}

#[test]
fn a_point_of_no_number_breaks_nothing() {
    let nowhere = Point::new(f64::NAN, f64::INFINITY);
    let mut person = Person::at(phone_lookup());
    person.pull(nowhere, Point::new(300.0, 300.0), "");
    person.pull(Point::new(300.0, 300.0), nowhere, "");
    person.pull(person.middle_of("set"), nowhere, "");
    person.pull(person.exit_of("set", "out"), nowhere, "");
    assert!(person.outbox.is_empty());
    assert_same_flow(person.flow(), &phone_lookup());
}

impl Deed {
    /// The same as an edit of a person with other ids, who sees the
    /// acknowledged flow.
    fn by_somebody_else(&self, person: &Person) -> Option<flow::Transaction> {
        let acknowledged = person.editor.acknowledged().clone();
        let mut other = Person::named(&format!("o{}", person.millis), acknowledged, 0);
        self.run(&mut other);
        other.outbox.pop().map(|pending| pending.transaction)
    }
}
