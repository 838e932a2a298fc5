//! The properties of a note: its words, its colour, its size.

use dom::prelude::*;
use editor::{Command, Rect, Size};
use flow::{Note, NoteId, NoteSize, Tint};
use std::ops::RangeInclusive;

use super::{
    super::{canvas::MOST_LETTERS, desk::Desk, tints::TintPicker},
    Hide,
};
use crate::components::{Button, ButtonKind, Field, Icon, IntegerInput, TextArea};

/// The panel of one note.
#[component]
pub(super) fn NoteProperties(desk: Desk, id: NoteId, open: RwSignal<bool>) -> impl IntoView {
    let note = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.drawn.track();
            desk.read(|editor| editor.flow().notes.get(&id).cloned())
        })
    };
    let of = move |value: fn(&Note) -> f64| {
        Signal::derive(move || {
            let length = note.with(|note| note.as_ref().map(|note| value(note)));
            length.unwrap_or_default().round() as i64
        })
    };
    let text = Memo::new(move |_| {
        note.with(|note| {
            note.as_ref()
                .map(|note| note.text.clone())
                .unwrap_or_default()
        })
    });
    let tint = Memo::new(move |_| {
        note.with(|note| note.as_ref().map_or(Tint::default(), |note| note.tint))
    });
    let edit = desk.can_edit();
    let read_only = Signal::derive(move || !edit.get());
    let write = {
        let id = id.clone();
        move |text: String| {
            desk.run(Command::SetNoteText {
                note: id.clone(),
                text,
                needs_height: None,
            });
        }
    };
    let resize = move |id: NoteId, change: fn(Size, f64) -> Size| {
        move |length: i64| {
            let Some(note) = note.get_untracked() else {
                return;
            };
            let size = Size::new(note.size.width, note.size.height);
            desk.run(Command::PlaceNote {
                note: id.clone(),
                rect: Rect::new(note.at, change(size, length as f64)),
            });
        }
    };
    let set_width = resize(id.clone(), |size, width| Size { width, ..size });
    let set_height = resize(id, |size, height| Size { height, ..size });
    let act = move |command: Command| {
        move |_| {
            desk.run(command.clone());
        }
    };
    view! {
        <header class="inspector__head">
            <span class="tile" data-category="unknown">
                <Icon name="sticky-note" />
            </span>
            <div class="inspector__heading">
                <h2 class="inspector__title truncate">"Note"</h2>
                <p class="inspector__kind">"On the canvas only, never sent"</p>
            </div>
            <Hide open />
        </header>
        <div class="panel__body">
            <section class="section">
                <Field label="Text" hint=format!("Up to {MOST_LETTERS} characters.")>
                    <TextArea
                        value=text
                        on_input=write
                        on_change=move |_| {
                            desk.run(Command::EndTyping);
                        }
                        lines=5
                        read_only
                    />
                </Field>
                <Field label="Colour">
                    <TintPicker
                        chosen=tint
                        on_choose=move |tint| {
                            desk.run(Command::TintNotes(tint));
                        }
                        read_only
                    />
                </Field>
                <div class="field-row">
                    <Field label="Width">
                        <IntegerInput
                            value=of(|note| note.size.width)
                            on_input=set_width
                            range=lengths(NoteSize::LEAST.width, NoteSize::MOST.width)
                            read_only
                        />
                    </Field>
                    <Field label="Height">
                        <IntegerInput
                            value=of(|note| note.size.height)
                            on_input=set_height
                            range=lengths(NoteSize::LEAST.height, NoteSize::MOST.height)
                            read_only
                        />
                    </Field>
                </div>
            </section>
            <Show when=move || edit.get()>
                <section class="section inspector__actions">
                    <Button icon="copy" small=true wide=true on_click=act(Command::Duplicate)>
                        "Duplicate"
                    </Button>
                    <Button
                        kind=ButtonKind::Danger
                        icon="trash"
                        small=true
                        wide=true
                        on_click=act(Command::Delete)
                    >
                        "Delete"
                    </Button>
                </section>
            </Show>
        </div>
    }
}

fn lengths(least: f64, most: f64) -> RangeInclusive<i64> {
    least as i64..=most as i64
}
