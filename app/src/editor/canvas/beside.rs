//! Notes and the frames of groups: paper below the edges and the nodes.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::{Command, Rect};
use flow::{GroupId, NoteId};
use web_sys::HtmlTextAreaElement;

use super::super::{
    desk::Desk,
    projection::{GroupShown, NoteShown, counted},
    rename,
    take_focus::take_focus,
};

/// The most letters that a note takes, each of any alphabet.
pub(crate) const MOST_LETTERS: u32 = 2_000;

/// Above and below the words of a note, in canvas units, as the style sheet
/// has it.
const PADDING: f64 = 10.0;

/// What is in view of them.
#[component]
pub(super) fn Beside(desk: Desk) -> impl IntoView {
    let beside = desk.projection.beside;
    view! {
        <div role="group" aria-label="Groups">
            <For each=move || beside.groups.get() key=Clone::clone let:id>
                {beside
                    .group(&id)
                    .map(|shown| view! { <GroupFrame desk id=id.clone() shown /> })}
            </For>
        </div>
        <div role="group" aria-label="Notes">
            <For each=move || beside.notes.get() key=Clone::clone let:id>
                {beside
                    .note(&id)
                    .map(|shown| view! { <NotePaper desk id=id.clone() shown /> })}
            </For>
        </div>
    }
}

#[component]
fn NotePaper(desk: Desk, id: NoteId, shown: ArcRwSignal<NoteShown>) -> impl IntoView {
    let shown = Memo::new(move |_| shown.get());
    let rect = Memo::new(move |_| shown.with(|shown| shown.rect));
    let text = Memo::new(move |_| shown.with(|shown| shown.note.text.clone()));
    let beside = desk.projection.beside;
    let writing = {
        let id = id.clone();
        Memo::new(move |_| beside.writing.with(|writing| writing.as_ref() == Some(&id)))
    };
    let focused = {
        let id = id.clone();
        Memo::new(move |_| beside.focused.with(|focused| focused.as_ref() == Some(&id)))
    };
    let name = move || {
        text.with(|text| match text.trim() {
            "" => "Note: empty".to_owned(),
            text => format!("Note: {text}"),
        })
    };
    let words = {
        let id = id.clone();
        move || {
            if writing.get() {
                view! { <Write desk id=id.clone() /> }.into_any()
            } else {
                view! { <span class="note__text">{text}</span> }.into_any()
            }
        }
    };
    view! {
        <div
            class="note"
            class:note--selected=move || shown.with(|shown| shown.selected)
            role="note"
            tabindex=move || if focused.get() { "0" } else { "-1" }
            aria-label=name
            data-note-id=id.as_str().to_owned()
            data-tint=move || shown.with(|shown| shown.note.tint.as_str())
            style:transform=move || placed(rect.get())
            style:width=move || format!("{}px", rect.get().width())
            style:height=move || format!("{}px", rect.get().height())
        >
            {words}
            <span class="note__corner"></span>
        </div>
    }
}

#[component]
fn GroupFrame(desk: Desk, id: GroupId, shown: ArcRwSignal<GroupShown>) -> impl IntoView {
    let shown = Memo::new(move |_| shown.get());
    let frame = Memo::new(move |_| shown.with(|shown| shown.frame));
    let title = Memo::new(move |_| shown.with(|shown| shown.group.title.clone()));
    let beside = desk.projection.beside;
    let renaming = {
        let id = id.clone();
        Memo::new(move |_| {
            beside
                .renaming
                .with(|renaming| renaming.as_ref() == Some(&id))
        })
    };
    let name = move || {
        shown.with(|shown| {
            let title = shown.group.title.trim();
            format!("Group: {title}, {}", counted(shown.nodes))
        })
    };
    let bar = {
        let id = id.clone();
        move || {
            if renaming.get() {
                view! { <Rename desk id=id.clone() /> }.into_any()
            } else {
                view! { <span class="group-frame__title">{title}</span> }.into_any()
            }
        }
    };
    view! {
        <div
            class="group-frame"
            class:group-frame--selected=move || shown.with(|shown| shown.selected)
            role="group"
            aria-label=name
            data-group-id=id.as_str().to_owned()
            data-tint=move || shown.with(|shown| shown.group.tint.as_str())
            style:transform=move || placed(frame.get())
            style:width=move || format!("{}px", frame.get().width())
            style:height=move || format!("{}px", frame.get().height())
        >
            <div class="group-frame__bar">{bar}</div>
        </div>
    }
}

/// The words of a note, written in place. All of one go is one step of undo.
#[component]
fn Write(desk: Desk, id: NoteId) -> impl IntoView {
    let field: NodeRef<html::Textarea> = NodeRef::new();
    let before = desk.read(|editor| {
        let note = editor.flow().notes.get(&id);
        note.map(|note| note.text.clone()).unwrap_or_default()
    });
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            take_focus(desk, field, |field: &HtmlTextAreaElement| {
                let end = field.value().encode_utf16().count() as u32;
                // Fails only on an element that is gone.
                let _ = field.set_selection_range(end, end);
            });
        }
    });
    let close = move |goes_back: bool| {
        let writing = desk.projection.beside.writing;
        // Closing takes the focus away, which would close it again.
        if writing.get_untracked().as_ref() != Some(&id) {
            return;
        }
        // In the page's own units, which are those of the canvas.
        let typed = field.get_untracked().map(|field| {
            let needs_height = f64::from(field.scroll_height()) + 2.0 * PADDING;
            (field.value(), needs_height)
        });
        writing.set(None);
        if let Some((text, needs_height)) = typed {
            desk.run(Command::EndTyping);
            desk.run(Command::SetNoteText {
                note: id.clone(),
                text,
                needs_height: Some(needs_height),
            });
            desk.run(Command::EndTyping);
        }
        if goes_back && let Some(surface) = desk.surface() {
            surface.focus_note(desk, id.clone());
        }
    };
    let keyed = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            let enters = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
            if enters || event.key() == "Escape" {
                event.prevent_default();
                close(true);
            }
        }
    };
    view! {
        <textarea
            node_ref=field
            class="note__write"
            data-control=""
            aria-label="Text of the note"
            placeholder="Write a note. Esc when done."
            maxlength=MOST_LETTERS.to_string()
            prop:value=before
            on:keydown=keyed
            on:blur=move |_| close(false)
        ></textarea>
    }
}

/// The title of a group, edited on its frame.
#[component]
fn Rename(desk: Desk, id: GroupId) -> impl IntoView {
    let field: NodeRef<html::Input> = NodeRef::new();
    let before = desk.read(|editor| {
        let group = editor.flow().groups.get(&id);
        group.map(|group| group.title.clone()).unwrap_or_default()
    });
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            rename::begin(desk, field, &before);
        }
    });
    let close = move |keep: bool| {
        let renaming = desk.projection.beside.renaming;
        // Closing takes the focus away, which would close it again.
        if renaming.get_untracked().as_ref() != Some(&id) {
            return;
        }
        let typed = field.get_untracked().map(|field| field.value());
        renaming.set(None);
        if let Some(title) = typed.filter(|_| keep) {
            desk.run(Command::EndTyping);
            desk.run(Command::SetGroupTitle {
                group: id.clone(),
                title: title.trim().to_owned(),
            });
            desk.run(Command::EndTyping);
        }
        if let Some(surface) = desk.surface() {
            surface.focus_canvas(desk);
        }
    };
    let keyed = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" => close(true),
                "Escape" => close(false),
                _ => {}
            }
        }
    };
    view! {
        <input
            node_ref=field
            class="group-frame__rename"
            data-control=""
            aria-label="Name of the group"
            maxlength="200"
            on:keydown=keyed
            on:blur=move |_| close(true)
        />
    }
}

fn placed(rect: Rect) -> String {
    format!("translate({}px, {}px)", rect.min.x, rect.min.y)
}
