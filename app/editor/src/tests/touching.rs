use flow::{Point, Port};

use crate::{
    Effect, Hit, Input, Overlay,
    geometry::distance,
    testing::{Person, modifiers, phone_lookup},
};

fn finger() -> Person {
    Person::at(phone_lookup()).with_touch()
}

fn second(at: Option<(f64, f64)>) -> Input {
    Input::SecondFinger {
        at_in_screen: at.map(|(x, y)| Point::new(x, y)),
    }
}

#[test]
fn two_fingers_move_and_zoom_what_is_between_them() {
    let mut person = finger();
    person.down(Point::new(400.0, 300.0), modifiers(""));
    person.input(second(Some((600.0, 300.0))));
    let between = person.editor.camera().to_canvas(Point::new(500.0, 300.0));
    // Twice as far apart, and all of it further down.
    person.move_to(Point::new(300.0, 400.0), modifiers(""));
    person.input(second(Some((700.0, 400.0))));
    let camera = person.editor.camera();
    assert!((camera.zoom - 2.0).abs() < 0.1, "{camera:?}");
    let now = camera.to_screen(between);
    assert!(distance(now, Point::new(500.0, 400.0)) < 20.0, "{now:?}");
    // The finger that stays goes on moving the view.
    person.input(second(None));
    let zoom = person.editor.camera().zoom;
    person.move_to(Point::new(350.0, 400.0), modifiers(""));
    assert_eq!(person.editor.camera().zoom, zoom);
    assert_eq!(
        person.editor.camera().offset_in_screen - camera.offset_in_screen,
        Point::new(50.0, 0.0)
    );
    person.up(Point::new(350.0, 400.0), modifiers(""));
    assert_eq!(person.editor.overlay(), Overlay::Idle);
}

#[test]
fn a_second_finger_gives_up_what_the_first_began() {
    let mut person = finger();
    let from = person.middle_of("set");
    person.hold(from, from + Point::new(80.0, 0.0), "");
    person.input(second(Some((900.0, 300.0))));
    person.move_to(Point::new(200.0, 200.0), modifiers(""));
    person.up(Point::new(200.0, 200.0), modifiers(""));
    person.input(second(None));
    assert!(person.outbox.is_empty());
    assert_eq!(person.editor.overlay(), Overlay::Idle);
}

#[test]
fn a_finger_that_rests_asks_for_the_menu_and_one_that_moves_does_not() {
    let ticks = |person: &mut Person, from: f64| {
        for frame in 0..40 {
            let at_millis = from + f64::from(frame) * 16.0;
            person.input(Input::Tick { at_millis });
        }
    };
    let mut person = finger();
    let at_in_screen = person.middle_of("set");
    person.down(at_in_screen, modifiers(""));
    let since = person.millis;
    assert!(person.editor.wants_ticks());
    person.input(Input::Tick {
        at_millis: since + 499.0,
    });
    assert!(person.effects.is_empty());
    ticks(&mut person, since);
    let on = Some(Hit::Node("set".into()));
    assert_eq!(person.effects, [Effect::ContextMenu { at_in_screen, on }]);
    assert!(!person.editor.wants_ticks(), "once is enough");
    // What follows of the press does nothing.
    person.move_to(at_in_screen + Point::new(90.0, 0.0), modifiers(""));
    person.up(at_in_screen + Point::new(90.0, 0.0), modifiers(""));
    assert!(person.outbox.is_empty());

    let mut person = finger();
    let from = person.middle_of("set");
    person.hold(from, from + Point::new(40.0, 0.0), "");
    let since = person.millis;
    ticks(&mut person, since);
    assert!(person.effects.is_empty());
    let mut person = Person::at(phone_lookup());
    person.down(person.middle_of("set"), modifiers(""));
    assert!(!person.editor.wants_ticks(), "a mouse has a button for it");
}

#[test]
fn a_tap_on_an_exit_and_one_on_a_node_connect_and_a_second_on_the_exit_offers() {
    let mut flow = phone_lookup();
    flow.edges.retain(|_, edge| edge.source.as_str() != "set");
    let mut person = Person::at(flow.clone()).with_touch();
    let exit = person.exit_of("set", "out");
    person.click_at(exit, "");
    assert!(
        person.effects.is_empty(),
        "an offer would hide what is tapped next"
    );
    person.click("end");
    assert_eq!(person.sent_labels(), ["Connect set to end"]);

    let mut person = Person::at(flow).with_touch();
    person.click_at(exit, "");
    person.click_at(exit, "");
    let offer = Effect::OfferNext {
        node: "set".into(),
        port: Port::OUT,
    };
    assert_eq!(person.effects, [offer]);
    assert_eq!(person.editor.overlay(), Overlay::Idle);
}

#[test]
fn ports_can_be_hit_within_24_pixels_wherever_their_nodes_can_be_read() {
    for zoom in [0.6, 1.0, 2.0] {
        let mut person = finger();
        person.run(crate::Command::ZoomTo(zoom));
        let exit = person.exit_of("set", "out");
        for away in [(11.9, 0.0), (-11.9, 0.0), (0.0, 11.9)] {
            person.move_to(exit + Point::new(away.0, away.1), modifiers(""));
            let expected = Hit::Exit {
                node: "set".into(),
                port: Port::OUT,
            };
            assert_eq!(person.editor.hover(), Some(&expected), "{away:?} at {zoom}");
        }
    }
}
