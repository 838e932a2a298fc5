//! Keys that act wherever the focus is in the editor.

use dom::{ev, prelude::*};
use editor::{Chord, Command, Does, PageDeed};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{bar::Panels, desk::Desk, link::SaveState, problems};
use crate::{
    frame::{Commands, SearchAll},
    struck::struck,
};

/// What only the page does, whichever way it is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Deeds {
    desk: Desk,
    panels: Panels,
    search: SearchAll,
    commands: Commands,
    /// The problem that was gone to last, by its place in the list.
    problem: StoredValue<Option<usize>>,
}

impl Deeds {
    pub(crate) fn new(desk: Desk, panels: Panels) -> Self {
        Self {
            desk,
            panels,
            search: expect_context(),
            commands: expect_context(),
            problem: StoredValue::new(None),
        }
    }

    /// Does it.
    pub(crate) fn give(self, deed: PageDeed) {
        let Self { desk, panels, .. } = self;
        match deed {
            PageDeed::SayWhetherSaved => say_whether_saved(desk),
            PageDeed::NextProblem => step(desk, panels, self.problem, false),
            PageDeed::PreviousProblem => step(desk, panels, self.problem, true),
            PageDeed::ShowShortcuts => panels.shortcuts.set(true),
            PageDeed::Find => desk.find.open(desk),
            PageDeed::FindNext => desk.find.step(desk, true),
            PageDeed::FindPrevious => desk.find.step(desk, false),
            PageDeed::FindInAllFlows => self.search.open(),
            PageDeed::ShowCommands => self.commands.open(),
            PageDeed::Export => panels.export.set(true),
        }
    }
}

/// Listens to the keys of the page.
pub(crate) fn listen(desk: Desk, deeds: Deeds) {
    // Whether something was typed where the focus is.
    let typed = StoredValue::new(false);
    let arriving = window_event_listener(ev::focusin, move |_| typed.set_value(false));
    let inputting = window_event_listener(ev::input, move |_| typed.set_value(true));
    let listening = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let (key, held) = struck(&event);
        let Some(shortcut) = desk.read(|editor| editor.shortcut(&key, held)) else {
            return;
        };
        // A key that writes does so in a text.
        let writes = Chord::struck(&key, held).is_some_and(|chord| chord.writes());
        match &shortcut.does {
            // The canvas has taken its own by now.
            Does::Run(command @ (Command::Undo | Command::Redo)) if !keeps_undo(&event, typed) => {
                event.prevent_default();
                desk.run(command.clone());
            }
            // From the field itself the browser's own search is reached, and in
            // a dialog the flow is not at hand.
            Does::Page(PageDeed::Find) if within(&event, ".find, dialog") => {}
            // Every page has these.
            Does::Page(PageDeed::FindInAllFlows | PageDeed::ShowCommands) => {}
            Does::Page(deed) if !(writes && typing(&event)) => {
                event.prevent_default();
                deeds.give(*deed);
            }
            _ => {}
        }
    });
    on_cleanup(move || {
        listening.remove();
        arriving.remove();
        inputting.remove();
    });
}

/// There is nothing to save: every change is sent as it is made. The key never
/// opens the browser's dialog, and says how it stands.
fn say_whether_saved(desk: Desk) {
    let connection = desk.link.connection().get_untracked();
    let state = SaveState::of(connection, desk.pending.get_untracked());
    desk.announce([&*state.words, ". Every change is saved as it is made."].concat());
}

/// Goes to the next or previous problem.
fn step(desk: Desk, panels: Panels, current: StoredValue<Option<usize>>, back: bool) {
    let list = desk.problems.get_untracked();
    let count = list.all.len();
    if count == 0 {
        desk.announce("There are no problems.");
        return;
    }
    let next = match current.get_value() {
        None if back => count - 1,
        None => 0,
        Some(at) if back => (at + count - 1) % count,
        Some(at) => (at + 1) % count,
    };
    current.set_value(Some(next));
    if let Some(problem) = list.all.get(next) {
        panels.dock.show("problems");
        panels.right.set(true);
        problems::go_to(desk, problem);
    }
}

/// Whether Undo belongs to what has the focus: to a field in which something
/// was typed, and to every field outside of the properties. A field that a fix
/// has just filled in has nothing of its own to take back.
fn keeps_undo(event: &KeyboardEvent, typed: StoredValue<bool>) -> bool {
    event.default_prevented()
        || within(event, "dialog")
        || (typing(event) && (typed.get_value() || !within(event, "[data-panel='inspector']")))
}

fn within(event: &KeyboardEvent, selector: &str) -> bool {
    target(event).is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn typing(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}
