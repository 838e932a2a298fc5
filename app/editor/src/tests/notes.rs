use flow::{NoteId, NoteSize, Op, Point, Tint, Transaction};

use crate::{
    Command, Effect, FromServer, Rect, Size,
    geometry::{node_rect, note_rect},
    testing::{PANE, Person, phone_lookup},
};

/// A person who has added a note with its middle here.
fn with_note(x: f64, y: f64) -> (Person, NoteId) {
    let mut person = Person::at(phone_lookup());
    let at_in_canvas = Some(Point::new(x, y));
    person.run(Command::AddNote { at_in_canvas });
    let id = person.flow().notes.keys().next().expect("a note").clone();
    (person, id)
}

impl Person {
    fn note(&self, id: &NoteId) -> &flow::Note {
        &self.flow().notes[id]
    }

    fn rect(&self, id: &NoteId) -> Rect {
        note_rect(self.note(id))
    }

    fn edits_note(&self) -> usize {
        let edits = |effect: &&Effect| matches!(effect, Effect::EditNote(_));
        self.effects.iter().filter(edits).count()
    }
}

#[test]
fn a_note_that_nobody_has_chosen_a_place_for_is_not_hidden_by_a_card() {
    let mut person = Person::at(phone_lookup());
    let on_card = person.middle_of("lookup");
    person.move_to(on_card, crate::Modifiers::NONE);
    assert!(person.keys("Shift+s"));
    let note = person.flow().notes.values().next().expect("a note");
    for at in person.flow().positions.values() {
        assert!(!note_rect(note).intersects(&node_rect(*at)));
    }
    let away = note_rect(note).centre().x - person.editor.camera().to_canvas(on_card).x;
    assert!(away < 300.0, "{away}");
}

#[test]
fn shift_s_adds_a_note_under_the_pointer_selects_it_and_lets_it_be_written() {
    let mut person = Person::at(phone_lookup());
    person.move_to(Point::new(1_000.0, 300.0), crate::Modifiers::NONE);
    assert!(person.keys("Shift+s"));
    let (id, note) = person.flow().notes.iter().next().expect("a note");
    assert_eq!(note_rect(note).centre(), Point::new(1_000.0, 300.0));
    assert_eq!((note.text.as_str(), note.size), ("", NoteSize::default()));
    assert_eq!(person.editor.selection().only_note(), Some(id));
    assert_eq!(person.editor.focused_note(), Some(id));
    assert!(person.effects.contains(&Effect::EditNote(id.clone())));
    assert_eq!(person.sent_labels(), ["Add a note"]);
}

#[test]
fn a_note_that_finds_room_only_out_of_sight_is_shown() {
    let mut person = Person::at(phone_lookup());
    // At the right border of the pane, on a card.
    let at_border = person.middle_of("lookup");
    let beyond = Point::new(PANE.width - 60.0 - at_border.x, 0.0);
    let middle = person
        .editor
        .camera()
        .to_canvas(Point::new(PANE.width / 2.0, PANE.height / 2.0));
    person.run(Command::CentreOn(middle - beyond));
    let at_border = person.middle_of("lookup");
    person.move_to(at_border, crate::Modifiers::NONE);
    person.keys("Shift+s");
    let note = person.flow().notes.values().next().expect("a note");
    let seen = person
        .editor
        .camera()
        .visible_area(person.editor.viewport());
    assert!(seen.encloses(&note_rect(note)), "{seen:?}");
}

#[test]
fn without_a_pointer_a_note_goes_to_the_middle_of_the_view() {
    let mut person = Person::at(phone_lookup());
    person.run(Command::CentreOn(Point::new(1_000.0, 300.0)));
    person.keys("Shift+s");
    let note = person.flow().notes.values().next().expect("a note");
    assert_eq!(note_rect(note).centre(), Point::new(1_000.0, 300.0));
}

#[test]
fn a_note_is_dragged_with_what_is_selected_and_one_step_takes_it_back() {
    let (mut person, id) = with_note(900.0, 300.0);
    person.click_with("lookup", "");
    person.click_at(person.on_screen(person.rect(&id).centre()), "Shift");
    let (before, card) = (person.note(&id).at, person.at_of("lookup"));
    let from = person.on_screen(person.rect(&id).centre());
    person.pull(from, from + Point::new(100.0, 40.0), "");
    assert_eq!(person.note(&id).at, before + Point::new(100.0, 40.0));
    assert_eq!(person.at_of("lookup"), (card.0 + 100.0, card.1 + 40.0));
    assert_eq!(person.editor.can_undo(), Some("Move lookup and a note"));
    person.keys("Mod+z");
    assert_eq!(
        (person.note(&id).at, person.at_of("lookup")),
        (before, card)
    );
}

#[test]
fn a_node_on_a_note_is_what_is_pressed() {
    let (mut person, id) = with_note(500.0, 212.0);
    person.click("lookup");
    assert_eq!(person.selected(), ["lookup"]);
    assert!(!person.editor.selection().notes().contains(&id));
}

#[test]
fn the_corner_of_a_note_makes_it_larger_on_the_grid_and_never_too_small() {
    let (mut person, id) = with_note(900.0, 300.0);
    let corner = |person: &Person| person.on_screen(person.rect(&id).max - Point::new(2.0, 2.0));
    let from = corner(&person);
    person.pull(from, from + Point::new(47.0, 33.0), "");
    assert_eq!(person.note(&id).size, NoteSize::new(240.0, 160.0));
    assert_eq!(person.editor.can_undo(), Some("Resize a note"));
    let from = corner(&person);
    person.pull(from, from - Point::new(900.0, 900.0), "");
    assert_eq!(person.note(&id).size, NoteSize::LEAST);
    // A press that moves nothing changes nothing.
    let sent = person.outbox.len();
    person.click_at(corner(&person), "");
    assert_eq!(person.outbox.len(), sent);
}

#[test]
fn a_resize_is_given_up_when_somebody_else_removes_the_note() {
    let (mut person, id) = with_note(900.0, 300.0);
    let added = person.outbox.pop().expect("the note was sent");
    person.receive(FromServer::Acknowledged {
        id: added.id,
        seq: 1,
    });
    let corner = person.on_screen(person.rect(&id).max - Point::new(2.0, 2.0));
    person.hold(corner, corner + Point::new(60.0, 60.0), "");
    person.receive(FromServer::Applied {
        seq: 2,
        transaction: Transaction::new("Delete", vec![Op::RemoveNote { id }]),
        author: "Ann".into(),
    });
    assert!(person.announced("The note is no longer there."));
    assert_eq!(person.editor.focused_note(), None);
}

#[test]
fn a_double_click_enter_and_f2_let_a_note_be_written() {
    let (mut person, id) = with_note(900.0, 300.0);
    let before = person.edits_note();
    person.double_click_at(person.on_screen(person.rect(&id).centre()));
    assert_eq!(person.edits_note(), before + 1);
    person.keys("Enter");
    person.keys("F2");
    assert_eq!(person.edits_note(), before + 3);
}

#[test]
fn what_is_written_at_once_is_one_step() {
    let (mut person, id) = with_note(900.0, 300.0);
    for text in ["C", "Ca", "Call\nback"] {
        person.millis += 200.0;
        person.run_now(Command::SetNoteText {
            note: id.clone(),
            text: text.to_owned(),
            needs_height: None,
        });
    }
    assert_eq!(person.editor.can_undo(), Some("Write a note"));
    person.keys("Mod+z");
    assert_eq!(person.note(&id).text, "");
}

#[test]
fn a_note_grows_with_what_is_written_and_one_step_takes_both_back() {
    let (mut person, id) = with_note(900.0, 300.0);
    let write = |needs_height| Command::SetNoteText {
        note: id.clone(),
        text: format!("So high: {needs_height:?}"),
        needs_height,
    };
    person.run(write(Some(90.0)));
    assert_eq!(person.note(&id).size, NoteSize::default());
    person.run(write(Some(171.0)));
    assert_eq!(person.note(&id).size, NoteSize::new(200.0, 180.0));
    person.keys("Mod+z");
    assert_eq!(person.note(&id).size, NoteSize::default());
    assert_eq!(person.note(&id).text, "So high: Some(90.0)");
}

#[test]
fn notes_are_marqueed_copied_pasted_duplicated_and_deleted_with_nodes() {
    let (mut person, id) = with_note(900.0, 300.0);
    person.run(Command::SetNoteText {
        note: id.clone(),
        text: "Ask Ann".to_owned(),
        needs_height: None,
    });
    person.run(Command::Clear);
    person.marquee((380.0, 160.0), (1_100.0, 420.0), "");
    assert!(person.editor.selection().notes().contains(&id));
    let text = person.editor.clipboard_text().expect("text");
    person.run(Command::Paste {
        text,
        at_in_canvas: Some(Point::new(2_000.0, 2_000.0)),
        keeps_incoming: false,
    });
    let texts = |person: &Person| {
        let notes = person.flow().notes.values();
        notes.map(|note| note.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(texts(&person), ["Ask Ann", "Ask Ann"]);
    assert_eq!(person.editor.can_undo(), Some("Paste 2 nodes and 1 note"));
    person.keys("Mod+d");
    assert_eq!(texts(&person).len(), 3);
    person.keys("Delete");
    assert_eq!(texts(&person).len(), 2);
    assert_eq!(person.editor.can_undo(), Some("Delete 2 nodes and a note"));
}

#[test]
fn a_note_alone_is_copied_and_pasted_beside_itself() {
    let (mut person, id) = with_note(900.0, 300.0);
    let text = person.editor.clipboard_text().expect("text");
    person.run(Command::Paste {
        text,
        at_in_canvas: None,
        keeps_incoming: false,
    });
    let copy = person
        .editor
        .selection()
        .only_note()
        .expect("the copy")
        .clone();
    assert_ne!(copy, id);
    assert_eq!(
        person.note(&copy).at,
        person.note(&id).at + Point::new(40.0, 40.0)
    );
}

#[test]
fn tab_goes_from_the_last_node_to_the_notes_and_out_and_back() {
    let (mut person, id) = with_note(900.0, 300.0);
    person.run(Command::SetFocus(Some("end".into())));
    assert!(person.keys("Tab"));
    assert_eq!(person.editor.focused_note(), Some(&id));
    assert_eq!(person.editor.selection().only_note(), Some(&id));
    assert!(person.effects.contains(&Effect::FocusNote(id.clone())));
    assert!(!person.keys("Tab"), "past the last the browser goes on");
    assert!(person.keys("Shift+Tab"));
    assert_eq!(person.editor.focused_note(), Some(&id));
    assert!(person.keys("Shift+Tab"));
    assert_eq!(person.editor.focus(), Some(&"end".into()));
    assert_eq!(person.selected(), ["end"]);
}

#[test]
fn keys_move_and_delete_the_focused_note() {
    let (mut person, id) = with_note(900.0, 300.0);
    let before = person.note(&id).at;
    person.keys("Mod+Right Mod+Shift+Down");
    assert_eq!(person.note(&id).at, before + Point::new(20.0, 100.0));
    person.keys("Delete");
    assert!(person.flow().notes.is_empty());
    assert!(person.effects.contains(&Effect::FocusCanvas));
}

#[test]
fn colours_and_sizes_can_be_set_without_a_pointer() {
    let (mut person, id) = with_note(900.0, 300.0);
    person.run(Command::TintNotes(Tint::Green));
    assert_eq!(person.note(&id).tint, Tint::Green);
    let at = person.note(&id).at;
    person.run(Command::PlaceNote {
        note: id.clone(),
        rect: Rect::new(at, Size::new(10_000.0, 90.0)),
    });
    let expected = NoteSize::new(NoteSize::MOST.width, 90.0);
    assert_eq!(person.note(&id).size, expected);
}

#[test]
fn the_whole_flow_is_fitted_with_its_notes() {
    let (person, id) = with_note(5_000.0, 300.0);
    let bounds = person.editor.bounds().expect("there is something");
    assert!(bounds.encloses(&person.rect(&id)));
}
