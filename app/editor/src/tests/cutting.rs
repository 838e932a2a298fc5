use flow::Point;

use crate::{
    Overlay, Rights,
    testing::{Person, modifiers, phone_lookup},
};

/// Across both edges that leave “split”.
const ACROSS: (Point, Point) = (Point::new(300.0, 420.0), Point::new(760.0, 420.0));

#[test]
fn alt_draws_a_line_that_cuts_what_it_crosses_in_one_edit() {
    let mut person = Person::at(phone_lookup());
    person.hold(ACROSS.0, ACROSS.1, "Alt");
    let Overlay::Cutting {
        crossed,
        from_in_canvas,
        to_in_canvas,
    } = person.editor.overlay()
    else {
        panic!("no line");
    };
    let marked: Vec<_> = crossed.iter().map(flow::EdgeId::as_str).collect();
    assert_eq!(marked, ["split.case-1>set", "split.default>end"]);
    assert_eq!((from_in_canvas, to_in_canvas), ACROSS);
    person.up(ACROSS.1, modifiers("Alt"));
    assert_eq!(person.sent_labels(), ["Cut 2 connections"]);
    assert_eq!(
        person.edges(),
        ["start.out>lookup", "lookup.out>split", "set.out>end"]
    );
    person.keys("Mod+z");
    assert_eq!(person.edges().len(), 5);
}

#[test]
fn a_line_that_crosses_nothing_or_is_given_up_cuts_nothing() {
    let mut person = Person::at(phone_lookup());
    person.pull(Point::new(900.0, 100.0), Point::new(1100.0, 300.0), "Alt");
    person.hold(ACROSS.0, ACROSS.1, "Alt");
    // What is marked goes by where the line is now.
    person.move_to(Point::new(320.0, 420.0), modifiers("Alt"));
    assert!(matches!(
        person.editor.overlay(),
        Overlay::Cutting { crossed: &[], .. }
    ));
    person.move_to(ACROSS.1, modifiers("Alt"));
    person.keys("Escape");
    assert_eq!(person.editor.overlay(), Overlay::Idle);
    person.up(ACROSS.1, modifiers("Alt"));
    assert!(person.outbox.is_empty());
    assert!(person.selected().is_empty());
}

#[test]
fn who_may_only_look_selects_with_alt_as_without() {
    let mut person = Person::at(phone_lookup());
    person.editor.set_rights(Rights::Read);
    person.hold(ACROSS.0, ACROSS.1, "Alt");
    assert!(matches!(person.editor.overlay(), Overlay::Marquee(_)));
}
