//! The list of all commands: what can be done here, found by a few letters and
//! done by Enter. Every page adds its own.

use flow::Sort as _;
mod entry;
mod everywhere;

use dom::{ev::KeyboardEvent, html, prelude::*};
use editor::fuzzy;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

pub(crate) use entry::Entry;

use crate::{
    components::{Announcer, ChordKeys, Dialog, Icon, element_id},
    storage,
};

/// At most so many are shown.
const MOST: usize = 60;
/// At most so many are remembered as used.
const MOST_RECENT: usize = 8;
const RECENT_KEY: &str = "patchbay.commands.recent";

/// What a page adds, for what was typed.
type Source = Callback<String, Vec<Entry>>;

/// The list of all commands: `expect_context::<Commands>()`.
#[derive(Clone, Copy)]
pub(crate) struct Commands {
    open: RwSignal<bool>,
    /// What the page that is shown adds.
    page: RwSignal<Option<Source>>,
}

impl Commands {
    pub(crate) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            page: RwSignal::new(None),
        }
    }

    /// Whether the list is open.
    pub(crate) fn is_open_now(self) -> bool {
        self.open.try_get_untracked() == Some(true)
    }

    /// The same. Reacts.
    pub(super) fn is_open(self) -> bool {
        self.open.get()
    }

    /// Opens the list.
    pub(crate) fn open(self) {
        self.open.set(true);
    }

    /// While the owner lives, the list has these too.
    pub(crate) fn add(self, source: Source) {
        self.page.set(Some(source));
        on_cleanup(move || {
            self.page.try_set(None);
        });
    }
}

/// The dialog.
pub(crate) fn command_dialog() -> View {
    let commands = expect_context::<Commands>();
    view! {
        <Dialog open=commands.open title="All commands">
            <List />
        </Dialog>
    }
}

#[component]
fn List() -> impl IntoView {
    let commands = expect_context::<Commands>();
    let announcer = expect_context::<Announcer>();
    let everywhere = everywhere::Everywhere::here();
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let list: NodeRef<html::Div> = NodeRef::new();
    let list_id = element_id("commands");
    let recent = StoredValue::new(recent());
    // Entries hold callbacks, which cannot be compared: they are made anew for
    // what is typed, and for nothing else.
    let shown = move |_: Option<&Vec<Entry>>| {
        let typed = typed.get();
        let mut entries = commands
            .page
            .get()
            .map_or_else(Vec::new, |page| page.run(typed.clone()));
        entries.extend(everywhere.entries());
        recent.with_value(|recent| ranked(entries, &typed, recent))
    };
    let shown = Memo::new_with_compare(shown, |_, _| true);
    let choose = move |index: usize| {
        let Some(entry) = shown.with_untracked(|shown| shown.get(index).cloned()) else {
            return;
        };
        match entry.unavailable {
            Some(reason) => announcer.say(reason),
            None => {
                remember(&entry.id);
                commands.open.set(false);
                // The dialog gives the focus back first.
                request_animation_frame(move || (entry.run)());
            }
        }
    };
    let keyed = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let count = shown.with_untracked(Vec::len).max(1);
        let here = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set((here + 1) % count),
            "ArrowUp" => active.set((here + count - 1) % count),
            "PageDown" => active.set((here + 8).min(count - 1)),
            "PageUp" => active.set(here.saturating_sub(8)),
            "Enter" => choose(here),
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        active.track();
        shown.track();
        if let Some(list) = list.get() {
            // The options are in the page a frame later.
            request_animation_frame(move || keep_in_view(&list));
        }
    });
    let described = {
        let list_id = list_id.clone();
        move || format!("{list_id}-{}", active.get())
    };
    let options = {
        let list_id = list_id.clone();
        move || {
            let shown = shown.get().into_iter().enumerate();
            shown
                .map(|(index, entry)| {
                    let id = format!("{list_id}-{index}");
                    view! { <Choice entry index id active choose=Callback::new(choose) /> }
                })
                .collect_view()
        }
    };
    view! {
        <div class="commands" data-panel="commands">
            <input
                class="commands__search"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                autofocus=true
                placeholder="What do you want to do?"
                aria-label="Command"
                aria-expanded="true"
                aria-controls=list_id.clone()
                aria-autocomplete="list"
                aria-activedescendant=described
                prop:value=typed
                on:input=move |event| {
                    active.set(0);
                    typed.set(event_target_value(&event));
                }
                on:keydown=keyed
            />
            <div class="commands__list" role="listbox" id=list_id aria-label="Commands" node_ref=list>
                {options}
                <Show when=move || shown.with(Vec::is_empty)>
                    <p class="menu__label">"Nothing here is called so."</p>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Choice(
    entry: Entry,
    index: usize,
    id: String,
    active: RwSignal<usize>,
    choose: Callback<usize>,
) -> impl IntoView {
    let Entry {
        icon,
        title,
        note,
        chord,
        unavailable,
        ..
    } = entry;
    let disabled = unavailable.is_some().then_some("true");
    view! {
        <div
            class="commands__item"
            role="option"
            id=id
            aria-selected=move || (active.get() == index).to_string()
            aria-disabled=disabled
            on:pointermove=move |_| {
                if active.get_untracked() != index {
                    active.set(index);
                }
            }
            on:click=move |_| choose.run(index)
        >
            <Icon name=icon />
            <span class="commands__title truncate">{title}</span>
            <span class="commands__note truncate">{unavailable.unwrap_or(note)}</span>
            {chord.map(|chord| view! { <ChordKeys chord /> })}
        </div>
    }
}

/// What fits what was typed, the best first; of those that fit alike, what was
/// used last.
fn ranked(entries: Vec<Entry>, typed: &str, recent: &[String]) -> Vec<Entry> {
    let place = |entry: &Entry| recent.iter().position(|id| *id == entry.id);
    let mut found: Vec<_> = entries
        .into_iter()
        .filter(|entry| !(typed.trim().is_empty() && entry.is_one_of_many))
        .filter_map(|entry| {
            Some((
                fuzzy::fit_also(&entry.title, entry.also, typed)?,
                place(&entry),
                entry,
            ))
        })
        .collect();
    found.order_by_key(|(fit, place, entry)| {
        let is_off = entry.unavailable.is_some();
        (*fit, is_off, place.unwrap_or(usize::MAX))
    });
    found.truncate(MOST);
    found.into_iter().map(|(.., entry)| entry).collect()
}

fn recent() -> Vec<String> {
    let text = storage::remembered(RECENT_KEY).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn remember(id: &str) {
    let mut ids = recent();
    ids.retain(|other| other != id);
    ids.insert(0, id.to_owned());
    ids.truncate(MOST_RECENT);
    storage::remember(RECENT_KEY, Some(&ids.join("\n")));
}

fn keep_in_view(list: &web_sys::HtmlDivElement) {
    let marked = list.query_selector("[aria-selected='true']").ok().flatten();
    if let Some(marked) = marked {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        marked.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}
