use flow::{Flow, FlowKind, Point};

use crate::{
    Button, Camera, Command, IdSource, Input, Key, Modifiers, Opening, Overlay, Preferences,
    Rights, WheelUnit,
    geometry::distance,
    testing::{PANE, Person, assert_same_flow, modifiers, phone_lookup},
};

fn wheel(delta: (f64, f64), held: &str, unit: WheelUnit, pinch: bool) -> Input {
    Input::Wheel {
        at_in_screen: Point::new(300.0, 200.0),
        delta: Point::new(delta.0, delta.1),
        unit,
        modifiers: modifiers(held),
        pinch,
    }
}

#[test]
fn the_wheel_pans_with_shift_sideways() {
    let table = [
        ((0.0, 100.0), "", WheelUnit::Pixels, (0.0, -100.0)),
        ((30.0, -50.0), "", WheelUnit::Pixels, (-30.0, 50.0)),
        ((0.0, 100.0), "Shift", WheelUnit::Pixels, (-100.0, 0.0)),
        ((100.0, 0.0), "Shift", WheelUnit::Pixels, (-100.0, 0.0)),
        ((0.0, 3.0), "", WheelUnit::Lines, (0.0, -60.0)),
        ((0.0, 1.0), "", WheelUnit::Pages, (0.0, -PANE.height)),
    ];
    for (delta, held, unit, (x, y)) in table {
        let mut person = Person::at(phone_lookup());
        let update = person.input(wheel(delta, held, unit, false));
        assert!(update.consumed);
        assert_eq!(
            person.editor.camera().offset_in_screen,
            Point::new(x, y),
            "{delta:?} {held}"
        );
    }
}

#[test]
fn with_mod_or_a_pinch_the_wheel_zooms_at_the_pointer() {
    let table = [
        (
            (0.0, -100.0),
            "Mod",
            WheelUnit::Pixels,
            false,
            0.2_f64.exp2(),
        ),
        (
            (0.0, 100.0),
            "Mod",
            WheelUnit::Pixels,
            false,
            (-0.2_f64).exp2(),
        ),
        ((0.0, -10.0), "", WheelUnit::Pixels, true, 0.2_f64.exp2()),
        ((0.0, -3.0), "Mod", WheelUnit::Lines, false, 0.15_f64.exp2()),
        ((0.0, 1e6), "Mod", WheelUnit::Pixels, false, 0.1),
        ((0.0, -1e6), "Mod", WheelUnit::Pixels, false, 4.0),
    ];
    for (delta, held, unit, pinch, zoom) in table {
        let mut person = Person::at(phone_lookup());
        let pointer = Point::new(300.0, 200.0);
        let fixed = person.editor.camera().to_canvas(pointer);
        person.input(wheel(delta, held, unit, pinch));
        let camera = person.editor.camera();
        assert!((camera.zoom - zoom).abs() < 1e-9, "{delta:?}");
        assert!(distance(camera.to_canvas(pointer), fixed) < 1e-9);
    }
}

#[test]
fn a_flow_that_is_larger_than_the_range_of_zooms_is_seen_whole_and_no_further_away() {
    let mut flow = phone_lookup();
    if let Some(position) = flow.positions.values_mut().next() {
        *position = Point::new(40_000.0, 9_000.0);
    }
    let mut person = Person::at(flow);
    person.run(Command::FitAll);
    let fitted = person.editor.camera().zoom;
    let all = person.editor.bounds().unwrap_or_default();
    let seen = person.editor.camera().visible_area(PANE);
    assert!(fitted < crate::MIN_ZOOM && seen.encloses(&all));

    person.run(Command::ZoomTo(1.0));
    person.input(wheel((0.0, 1e6), "Mod", WheelUnit::Pixels, false));
    assert!((person.editor.camera().zoom - fitted).abs() < 1e-9);
    person.run(Command::ZoomTo(1.0));
    for _ in 0..40 {
        person.run(Command::ZoomOut);
    }
    assert!((person.editor.camera().zoom - fitted).abs() < 1e-9);
}

#[test]
fn moving_the_view_by_hand_is_told_as_such_and_as_nothing_else() {
    let mut person = Person::at(phone_lookup());
    person.input(Input::KeyDown {
        key: Key::Space,
        modifiers: Modifiers::NONE,
    });
    let down = |x| Input::PointerDown {
        at_in_screen: Point::new(x, 20.0),
        button: Button::Primary,
        modifiers: Modifiers::NONE,
        pointer: crate::PointerKind::Mouse,
        at_millis: 0.0,
    };
    let moved = |x| Input::PointerMove {
        at_in_screen: Point::new(x, 20.0),
        modifiers: Modifiers::NONE,
    };
    let began = person.input(down(20.0));
    assert!(began.overlay);
    let went_on = person.input(moved(60.0));
    assert!(went_on.camera && !went_on.overlay && !went_on.hover && !went_on.selection);
}

#[test]
fn the_preference_swaps_panning_and_zooming() {
    let mut person = Person::at(phone_lookup());
    person.editor.prefer(Preferences {
        wheel_zooms: true,
        ..Preferences::default()
    });
    person.input(wheel((0.0, -100.0), "", WheelUnit::Pixels, false));
    assert!(person.editor.camera().zoom > 1.0);
    let zoom = person.editor.camera().zoom;
    person.input(wheel((0.0, -100.0), "Mod", WheelUnit::Pixels, false));
    assert_eq!(person.editor.camera().zoom, zoom);
}

#[test]
fn space_or_the_middle_button_drags_the_view_and_not_the_node_under_it() {
    for middle in [false, true] {
        let mut person = Person::at(phone_lookup());
        let button = if middle {
            Button::Middle
        } else {
            Button::Primary
        };
        let at_in_screen = person.middle_of("lookup");
        if !middle {
            person.input(Input::KeyDown {
                key: Key::Space,
                modifiers: Modifiers::NONE,
            });
        }
        person.input(Input::PointerDown {
            at_in_screen,
            button,
            modifiers: Modifiers::NONE,
            pointer: crate::PointerKind::Mouse,
            at_millis: 0.0,
        });
        person.move_to(at_in_screen + Point::new(70.0, -20.0), Modifiers::NONE);
        assert_eq!(person.editor.overlay(), Overlay::Panning);
        person.input(Input::PointerUp {
            at_in_screen: at_in_screen + Point::new(70.0, -20.0),
            button,
            modifiers: Modifiers::NONE,
            at_millis: 100.0,
        });
        person.input(Input::KeyUp { key: Key::Space });
        let moved = person.editor.camera().offset_in_screen;
        assert_eq!(moved, Point::new(70.0, -20.0));
        assert_eq!(person.editor.overlay(), Overlay::Idle);
        assert!(person.selected().is_empty() && person.outbox.is_empty());
    }
}

#[test]
fn one_finger_on_the_empty_canvas_pans() {
    let mut person = Person::at(phone_lookup()).with_touch();
    person.pull(Point::new(1000.0, 100.0), Point::new(900.0, 150.0), "");
    let moved = person.editor.camera().offset_in_screen;
    assert_eq!(moved, Point::new(-100.0, 50.0));
}

#[test]
fn fitting_shows_everything_or_the_selection() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::PanBy(Point::new(5000.0, 9000.0)));
    person.keys("1");
    let all = person.editor.bounds().unwrap();
    let visible = |person: &Person| person.editor.camera().visible_area(PANE);
    assert!(visible(&person).encloses(&all));
    person.click("end");
    person.run(Command::PanBy(Point::new(5000.0, 9000.0)));
    person.run(Command::FitSelection);
    let middle = person.middle_of("end");
    assert!(distance(middle, Point::new(640.0, 400.0)) < 1e-6);
}

#[test]
fn revealing_moves_the_view_only_when_it_has_to() {
    let mut person = Person::at(phone_lookup());
    let camera = person.editor.camera();
    person.run(Command::Reveal("lookup".into()));
    assert_eq!(person.editor.camera(), camera);
    person.run(Command::PanBy(Point::new(5000.0, 0.0)));
    person.run(Command::Reveal("lookup".into()));
    assert!(distance(person.middle_of("lookup"), Point::new(640.0, 400.0)) < 1e-6);
    assert_eq!(person.selected(), ["lookup"]);
}

#[test]
fn a_view_of_no_number_is_not_taken() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::PanBy(Point::new(f64::NAN, 0.0)));
    person.run(Command::ZoomTo(f64::NAN));
    person.run(Command::CentreOn(Point::new(0.0, f64::INFINITY)));
    person.input(wheel((0.0, f64::NAN), "Mod", WheelUnit::Pixels, false));
    assert_eq!(person.editor.camera(), Camera::default());
}

#[test]
fn a_flow_that_is_opened_is_shown_whole_in_the_pane_and_as_somebody_prefers() {
    let mut person = Person::at(Flow::new(FlowKind::Lookup, "Empty"));
    person.editor.prefer(Preferences {
        wheel_zooms: true,
        ..Preferences::default()
    });
    let flow = phone_lookup();
    let update = person.editor.open(Opening {
        flow: flow.clone(),
        seq: 7,
        rights: Rights::Read,
        ids: IdSource::new("b"),
    });
    assert_same_flow(person.flow(), &flow);
    assert_eq!(person.editor.seq(), 7);
    assert_eq!(person.editor.rights(), Rights::Read);
    assert!(update.camera);
    assert_eq!(update.changes.nodes.len(), flow.nodes.len());
    let (seen, all) = (
        person
            .editor
            .camera()
            .visible_area(person.editor.viewport()),
        person.editor.bounds().expect("nodes have bounds"),
    );
    assert!(seen.encloses(&all), "{seen:?} does not show {all:?}");
    let zoom = person.editor.camera().zoom;
    person.input(wheel((0.0, -100.0), "", WheelUnit::Pixels, false));
    assert!(
        person.editor.camera().zoom > zoom,
        "the wheel zooms, as preferred"
    );
}

#[test]
fn a_space_bar_that_goes_up_elsewhere_is_not_held_here() {
    let mut person = Person::at(phone_lookup());
    person.input(Input::KeyDown {
        key: Key::Space,
        modifiers: modifiers(""),
    });
    person.input(Input::KeysLeft);
    let camera = person.editor.camera();
    person.drag("set", (40.0, 20.0));
    assert_eq!(person.editor.camera(), camera);
    assert_eq!(person.sent_labels().len(), 1);
}
