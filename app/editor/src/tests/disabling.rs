use flow::NodeId;

use crate::{
    Command, Effect, SelectMode,
    testing::{Person, phone_lookup},
};

impl Person {
    fn disabled(&self) -> Vec<&str> {
        let nodes = self.flow().nodes.iter();
        let disabled = nodes.filter(|(_, node)| node.disabled);
        disabled.map(|(id, _)| id.as_str()).collect()
    }

    fn refused(&self) -> Vec<&str> {
        let refused = self.effects.iter().filter_map(|effect| match effect {
            Effect::Refused(sentence) => Some(sentence.as_str()),
            _ => None,
        });
        refused.collect()
    }

    fn select(&mut self, nodes: &[&str]) {
        self.run(Command::Select {
            nodes: nodes.iter().map(|id| NodeId::from(*id)).collect(),
            mode: SelectMode::Replace,
        });
    }
}

#[test]
fn d_disables_the_node_at_hand_and_enables_it_again() {
    let mut person = Person::at(phone_lookup());
    person.click("lookup");
    assert!(person.keys("d"));
    assert_eq!(person.disabled(), ["lookup"]);
    assert!(person.announced("lookup disabled."));
    assert_eq!(person.editor.can_undo(), Some("Disable lookup"));
    person.keys("d");
    assert_eq!(person.disabled(), [""; 0]);
    person.keys("Mod+z");
    assert_eq!(person.disabled(), ["lookup"]);
}

#[test]
fn of_several_nodes_those_are_disabled_that_can_be_and_one_step_takes_it_back() {
    let mut person = Person::at(phone_lookup());
    person.keys("Mod+a d");
    assert_eq!(person.disabled(), ["lookup", "set"]);
    let refused = person.refused();
    assert!(
        refused.len() == 1 && refused[0].contains("“start” is where the flow begins"),
        "{refused:?}"
    );
    assert!(refused[0].ends_with("2 more steps cannot be disabled either."));
    person.keys("Mod+z");
    assert_eq!(person.disabled(), [""; 0]);
}

#[test]
fn a_mixed_selection_is_disabled_before_it_is_enabled() {
    let mut person = Person::at(phone_lookup());
    person.select(&["lookup"]);
    person.run(Command::ToggleDisabled);
    person.select(&["lookup", "set"]);
    person.run(Command::ToggleDisabled);
    assert_eq!(person.disabled(), ["lookup", "set"]);
    person.run(Command::ToggleDisabled);
    assert_eq!(person.disabled(), [""; 0]);
}

#[test]
fn what_has_not_one_way_on_is_refused_with_the_reason_and_what_to_do() {
    for (node, reason) in [
        ("start", "Disable the steps behind it."),
        ("end", "leave nothing to go on with"),
        ("split", "has 2 exits"),
    ] {
        let mut person = Person::at(phone_lookup());
        person.select(&[node]);
        person.run(Command::ToggleDisabled);
        assert_eq!(person.disabled(), [""; 0]);
        assert!(person.outbox.is_empty());
        let refused = person.refused();
        assert!(
            refused.len() == 1 && refused[0].contains(reason),
            "{refused:?}"
        );
    }
}

#[test]
fn who_may_only_look_disables_nothing_and_is_told_so() {
    let mut person = Person::reading(phone_lookup());
    person.click("lookup");
    person.keys("d");
    assert_eq!(person.disabled(), [""; 0]);
    assert!(person.announced("You can look at this flow but not change it."));
}

#[test]
fn a_disabled_node_says_so_and_its_copies_are_disabled_too() {
    let mut person = Person::at(phone_lookup());
    person.click("lookup");
    person.keys("d");
    let said = person
        .editor
        .describe(&"lookup".into(), crate::Found::default());
    assert!(
        said.contains("look up customer, disabled, 2 of 5"),
        "{said}"
    );
    person.keys("Mod+d");
    assert_eq!(person.disabled().len(), 2);
}
