//! Keys that act on every page.

use dom::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use editor::{Chord, Does, PageDeed};

use super::{Commands, SearchAll};
use crate::{preferences::Preferences, struck::struck};

/// Listens to the keys of the search over all flows and of the list of
/// commands.
pub(super) fn listen(search: SearchAll, commands: Commands) {
    let preferences = expect_context::<Preferences>();
    let listening = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let (key, held) = struck(&event);
        let Some(chord) = Chord::struck(&key, held) else {
            return;
        };
        let keymap = untrack(|| preferences.keymap());
        match keymap.shortcut(&chord).map(|row| &row.does) {
            Some(Does::Page(PageDeed::FindInAllFlows)) => search.open(),
            Some(Does::Page(PageDeed::ShowCommands)) => commands.open(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listening.remove());
}
