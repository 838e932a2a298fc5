//! What keys and gestures do, from the editor's table.

use dom::prelude::*;
use editor::{Chord, GESTURES, Group, SHORTCUTS};

use crate::{
    components::{ChordKeys, Dialog},
    preferences::Preferences,
};

/// The shortcut sheet.
pub(crate) fn shortcut_sheet(open: RwSignal<bool>) -> View {
    view! {
        <Dialog open title="Keyboard shortcuts" wide=true>
            <div class="dialog__body">
                <div class="shortcuts">{Group::ALL.map(|group| view! { <Rows group /> })}</div>
                <p class="shortcuts__foot">
                    <a class="link" href="/settings/keyboard">
                        "Change keys in the settings"
                    </a>
                </p>
            </div>
        </Dialog>
    }
}

#[component]
fn Rows(group: Group) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let by_hand = GESTURES
        .iter()
        .filter(move |gesture| gesture.group == group);
    let by_hand = by_hand.map(|gesture| (gesture.name, vec![Chord::written(gesture.keys)]));
    let rows = move || {
        let keymap = preferences.keymap();
        let by_key = SHORTCUTS.iter().filter(|row| row.group == group);
        let by_key = by_key.map(|row| (row.name, keymap.chords(row)));
        let rows = by_hand.clone().chain(by_key);
        rows.filter(|(_, chords)| !chords.is_empty())
            .map(|(name, chords)| {
                let chords = chords.into_iter().take(2);
                view! {
                    <div class="shortcut">
                        <dt>{name}</dt>
                        <dd class="shortcut__keys">
                            {chords.map(|chord| view! { <ChordKeys chord /> }).collect_view()}
                        </dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <section class="shortcuts__group">
            <h3 class="title-group">{group.title()}</h3>
            <dl>{rows}</dl>
        </section>
    }
}
