//! Which keys do what in the editor.

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::{Chord, Group, Key, SHORTCUTS, Shortcut};

use crate::{
    components::{Button, ButtonKind, ChordKeys},
    pages::PageTitle,
    preferences::Preferences,
    struck::struck,
};

#[component]
pub fn KeyboardPage() -> impl IntoView {
    // One row at a time waits for keys.
    let waiting = RwSignal::new(None::<&'static str>);
    view! {
        <PageTitle title="Keyboard" />
        <header class="page__head">
            <div class="page__title">
                <h2 class="title-section">"Keyboard"</h2>
                <p class="page__text">
                    "What keys do while you draw. These choices are kept in this browser."
                </p>
            </div>
        </header>
        <div class="page__column">
            <section class="card">
                <SingleLetters />
            </section>
            {Group::ALL
                .map(|group| {
                    let rows = SHORTCUTS.iter().filter(move |row| row.group == group);
                    view! {
                        <section class="card">
                            <header class="card__head">
                                <h3 class="card__title">{group.title()}</h3>
                            </header>
                            <ul class="keys">
                                {rows.map(|row| view! { <Row row waiting /> }).collect_view()}
                            </ul>
                        </section>
                    }
                })}
        </div>
    }
}

#[component]
fn SingleLetters() -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    view! {
        <div class="field">
            <label class="check">
                <input
                    class="switch"
                    role="switch"
                    type="checkbox"
                    aria-describedby="letters-hint"
                    prop:checked=move || preferences.single_letter_keys()
                    on:change=move |event| {
                        preferences.choose_single_letter_keys(event_target_checked(&event));
                    }
                />
                "Single letters are shortcuts"
            </label>
            <p class="field__hint" id="letters-hint">
                "Such as N to add a step, and signs such as ?. Turn this off if you dictate, or press keys by accident."
            </p>
        </div>
    }
}

/// A shortcut, its keys, and how to change them.
#[component]
fn Row(row: &'static Shortcut, waiting: RwSignal<Option<&'static str>>) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let chords = move || {
        let chords = preferences.keymap().chords(row).into_iter();
        chords
            .map(|chord| view! { <ChordKeys chord /> })
            .collect_view()
    };
    let changed = Memo::new(move |_| preferences.keymap().is_changed(row));
    let captures = Memo::new(move |_| waiting.get() == Some(row.id));
    let buttons = move || {
        (!row.is_fixed && !captures.get()).then(|| {
            view! {
                <Show when=move || changed.get()>
                    <Button
                        kind=ButtonKind::Ghost
                        small=true
                        attr:aria-label=["Reset ", row.name].concat()
                        on_click=move |_| preferences.change_keymap(|keymap| keymap.reset(row))
                    >
                        "Reset"
                    </Button>
                </Show>
                <Button
                    small=true
                    attr:aria-label=["Change ", row.name].concat()
                    on_click=move |_| waiting.set(Some(row.id))
                >
                    "Change"
                </Button>
            }
        })
    };
    view! {
        <li class="keys__row" data-shortcut=row.id>
            <span class="keys__name">{row.name}</span>
            {move || {
                if captures.get() {
                    view! { <Capture row waiting /> }.into_any()
                } else {
                    view! { <span class="shortcut__keys">{chords}</span> }.into_any()
                }
            }}
            {buttons}
        </li>
    }
}

/// Waits for keys.
#[component]
fn Capture(row: &'static Shortcut, waiting: RwSignal<Option<&'static str>>) -> impl IntoView {
    let preferences = expect_context::<Preferences>();
    let taken = RwSignal::new(None::<(Chord, &'static Shortcut)>);
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only on an element that is gone.
            let _ = field.focus();
        }
    });
    let choose = move |chord: Option<Chord>| {
        preferences.change_keymap(|keymap| keymap.choose(row, chord));
        waiting.set(None);
    };
    let keyed = move |event: KeyboardEvent| {
        let (key, held) = struck(&event);
        if key == Key::Tab {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if key == Key::Escape {
            waiting.set(None);
        } else if let Some(chord) = Chord::struck(&key, held) {
            let keymap = preferences.keymap();
            match keymap.conflict(row, &chord) {
                Some(other) => taken.set(Some((chord, other))),
                None => choose(Some(chord)),
            }
        }
    };
    let take = move |_| {
        if let Some((chord, other)) = taken.get_untracked() {
            preferences.change_keymap(|keymap| keymap.choose(other, None));
            choose(Some(chord));
        }
    };
    view! {
        <div class="keys__capture">
            <input
                node_ref=field
                class="input input--small"
                readonly
                aria-label=["New keys for ", row.name].concat()
                aria-describedby="keys-taken"
                placeholder="Press the new keys"
                on:keydown=keyed
            />
            <p class="field__hint" id="keys-taken" role="status">
                {move || match taken.get() {
                    Some((chord, other)) => {
                        view! {
                            <ChordKeys chord />
                            {[" is taken by “", other.name, "”. Press others, or take it."].concat()}
                        }
                            .into_any()
                    }
                    None => "Esc leaves it as it is.".into_any(),
                }}
            </p>
            <div class="button-group">
                <Show when=move || taken.with(|taken| taken.as_ref().is_some_and(|(_, other)| !other.is_fixed))>
                    <Button small=true on_click=take>
                        "Take it"
                    </Button>
                </Show>
                <Button kind=ButtonKind::Ghost small=true on_click=move |_| choose(None)>
                    "Use no keys"
                </Button>
                <Button kind=ButtonKind::Ghost small=true on_click=move |_| waiting.set(None)>
                    "Cancel"
                </Button>
            </div>
        </div>
    }
}
