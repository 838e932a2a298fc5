//! Commands that are given by name.

use flow::{Flow, FlowKind};

use crate::{
    Does, Editor, Effect, PageDeed, SHORTCUTS,
    testing::{Person, phone_lookup},
};

fn does(id: &str) -> &'static Does {
    let row = SHORTCUTS.iter().find(|row| row.id == id);
    &row.expect("a row of the table").does
}

fn refused(editor: &Editor, id: &str) -> Option<&'static str> {
    editor.unavailable(does(id))
}

#[test]
fn a_command_that_would_do_nothing_says_why() {
    let empty = Person::at(Flow::new(FlowKind::Lookup, "Empty"));
    let reading = Person::reading(phone_lookup());
    let mut selected = Person::at(phone_lookup());
    selected.click("lookup");
    let select = Some("Select a step first.");
    let look = Some("You can look at this flow but not change it.");
    for (id, when_empty, when_reading, when_selected) in [
        ("delete", select, look, None),
        ("duplicate", select, look, None),
        ("move-up", select, look, None),
        ("rename", select, look, None),
        ("connect", select, look, None),
        ("copy", select, select, None),
        ("properties", select, select, None),
        ("fit-all", Some("The flow is empty."), None, None),
        ("select-all", Some("The flow is empty."), None, None),
        ("quick-add", None, look, None),
        (
            "undo",
            Some("There is nothing to undo."),
            look,
            Some("There is nothing to undo."),
        ),
        (
            "redo",
            Some("There is nothing to redo."),
            look,
            Some("There is nothing to redo."),
        ),
        ("zoom-in", None, None, None),
        ("shortcuts", None, None, None),
    ] {
        assert_eq!(
            refused(&empty.editor, id),
            when_empty,
            "{id} in an empty flow"
        );
        assert_eq!(
            refused(&reading.editor, id),
            when_reading,
            "{id} while reading"
        );
        assert_eq!(
            refused(&selected.editor, id),
            when_selected,
            "{id} with a selection"
        );
    }
}

#[test]
fn what_is_given_by_name_does_what_its_keys_do() {
    let mut person = Person::at(phone_lookup());
    person.click("lookup");
    let count = person.flow().nodes.len();
    person.give("duplicate");
    assert_eq!(person.flow().nodes.len(), count + 1);
    assert_eq!(refused(&person.editor, "undo"), None);
    person.give("undo");
    assert_eq!(person.flow().nodes.len(), count);
    person.click("lookup");
    person.give("rename");
    assert!(person.effects.contains(&Effect::Rename("lookup".into())));
}

#[test]
fn what_only_the_page_does_changes_nothing_here() {
    let mut person = Person::at(phone_lookup());
    let before = person.editor.clone();
    let update = person.give("shortcuts");
    assert_eq!(does("shortcuts"), &Does::Page(PageDeed::ShowShortcuts));
    assert_eq!((update.consumed, update.outbox.len()), (false, 0));
    assert_eq!(person.editor.flow(), before.flow());
}
