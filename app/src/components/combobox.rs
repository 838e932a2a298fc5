//! A text field that offers what can be chosen: an editable combobox with a
//! list, as the ARIA Authoring Practices describe it.

use dom::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};
use flow::Sort as _;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{FieldWiring, Icon, element_id, late::late, typed_text};

/// Something that a [`Combobox`] offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer<T> {
    /// What it stands for.
    pub value: T,
    /// The words.
    pub title: String,
    /// What else tells it from others, searched too: an id.
    pub note: Option<String>,
    /// What is dubious about it.
    pub warning: Option<&'static str>,
}

impl<T> Offer<T> {
    fn is_called(&self, text: &str) -> bool {
        let same = |own: &str| own.to_lowercase() == text.to_lowercase();
        same(&self.title) || self.note.as_deref().is_some_and(same)
    }

    fn holds(&self, words: &[String]) -> bool {
        let title = self.title.to_lowercase();
        let note = self.note.as_deref().unwrap_or_default().to_lowercase();
        words
            .iter()
            .all(|word| title.contains(word) || note.contains(word))
    }
}

/// One of many, searched by typing; what is not among them may be typed too.
#[component]
pub fn Combobox<T>(
    /// What is chosen, in words; empty while nothing is.
    #[prop(into)]
    text: Signal<String>,
    /// What is chosen.
    #[prop(into)]
    chosen: Signal<Option<T>>,
    /// What can be chosen.
    #[prop(into)]
    offers: Signal<Vec<Offer<T>>>,
    /// What a text stands for that no offer is called.
    typed_offer: fn(&str) -> Offer<T>,
    /// Said in the list while it has no offer.
    #[prop(into)]
    when_empty: Signal<String>,
    /// Called with what was chosen; with none when the text was removed.
    #[prop(into)]
    on_choose: Callback<Option<T>>,
    /// Called when the list opens.
    #[prop(into)]
    on_open: Callback<()>,
    /// An example, shown while it is empty.
    #[prop(optional, into)]
    placeholder: Signal<String>,
    /// Whether it can be read and copied only.
    #[prop(optional, into)]
    read_only: Signal<bool>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let wiring = FieldWiring::here();
    let input: NodeRef<html::Input> = NodeRef::new();
    let list: NodeRef<html::Div> = NodeRef::new();
    let list_id = element_id("combobox");
    let open = RwSignal::new(false);
    // What is being typed; none while what is chosen stands there.
    let typed = RwSignal::new(None::<String>);
    let active = RwSignal::new(None::<usize>);
    // Whether the press that is under way opened the list.
    let opens = StoredValue::new(false);

    let shown = Memo::new(move |_| {
        let typed = typed.get().unwrap_or_default();
        let typed = typed.trim();
        let words: Vec<_> = typed.split_whitespace().map(str::to_lowercase).collect();
        let mut found = offers.get();
        let is_called = found.iter().any(|offer| offer.is_called(typed));
        found.retain(|offer| offer.holds(&words));
        // What begins so comes before what only holds it.
        if let Some(first) = words.first() {
            found.order_by_key(|offer| !offer.title.to_lowercase().starts_with(first));
        }
        if !typed.is_empty() && !is_called {
            found.push(typed_offer(typed));
        }
        found
    });
    let place_of_chosen = move || {
        let chosen = chosen.get_untracked()?;
        shown.with_untracked(|shown| shown.iter().position(|offer| offer.value == chosen))
    };
    let show = move || {
        if !read_only.get_untracked() && !open.get_untracked() {
            on_open.run(());
            active.set(place_of_chosen());
            open.set(true);
        }
    };
    let close = move || {
        open.set(false);
        typed.set(None);
    };
    let choose = move |value: Option<T>| {
        close();
        if value != chosen.get_untracked() {
            on_choose.run(value);
        }
    };
    let choose_active = move || {
        let offer = active.get_untracked().and_then(|active| {
            shown.with_untracked(|shown| shown.get(active).map(|offer| offer.value.clone()))
        });
        if let Some(value) = offer {
            choose(Some(value));
            return true;
        }
        false
    };
    let step = move |forward: bool| {
        let count = shown.with_untracked(Vec::len);
        let last = count.checked_sub(1);
        active.update(|active| {
            *active = match (*active, forward) {
                (Some(at), true) if Some(at) < last => Some(at + 1),
                (Some(at), false) if at > 0 => Some(at - 1),
                (_, true) => last.map(|_| 0),
                (_, false) => last,
            };
        });
    };
    let keyed = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let is_open = open.get_untracked();
        match event.key().as_str() {
            "ArrowUp" if event.alt_key() => open.set(false),
            "ArrowDown" | "ArrowUp" if !is_open => {
                show();
                if active.get_untracked().is_none() && !event.alt_key() {
                    step(event.key() == "ArrowDown");
                }
            }
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" if is_open => {
                if !choose_active() && typed.with_untracked(is_blank) {
                    choose(None);
                }
            }
            "Escape" if is_open || typed.with_untracked(Option::is_some) => {
                // The panel around it would leave the field.
                event.stop_propagation();
                close();
            }
            // Leaving takes what is marked, unless it was only looked at.
            "Tab" if is_open && typed.with_untracked(Option::is_some) => {
                choose_active();
                return;
            }
            _ => return,
        }
        event.prevent_default();
    };
    // A search that found something is no choice and is forgotten; what is
    // called so, or what nothing else was found for, is taken.
    let left = Callback::new(move |()| {
        let Some(text) = typed.get_untracked() else {
            open.set(false);
            return;
        };
        let only = shown.with_untracked(|shown| {
            let called = shown.iter().find(|offer| offer.is_called(text.trim()));
            called
                .or_else(|| shown.first().filter(|_| shown.len() == 1))
                .map(|offer| offer.value.clone())
        });
        match only {
            _ if text.trim().is_empty() => choose(None),
            Some(value) => choose(Some(value)),
            None => close(),
        }
    });
    let edited = move |event: dom::ev::Event| {
        let text = event_target_value(&event);
        let is_empty = text.trim().is_empty();
        let focused = document().active_element();
        let has_focus = input.get_untracked().as_deref().map(AsRef::as_ref) == focused.as_ref();
        if has_focus {
            show();
        }
        typed.set(Some(text));
        active.set((!is_empty).then_some(0));
        // Undo reaches the field also while the focus is elsewhere.
        if !has_focus {
            left.run(());
        }
    };
    Effect::new(move |_| {
        let text = typed.get().unwrap_or_else(|| text.get());
        if let Some(input) = input.get() {
            typed_text::show(&input, &text);
        }
    });
    Effect::new(move |_| {
        let (true, Some(list)) = (open.get(), list.get()) else {
            return;
        };
        active.track();
        shown.track();
        // The options are in the page a frame later.
        request_animation_frame(move || keep_in_view(&list));
    });
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let described = {
        let option_id = option_id.clone();
        move || {
            let active = active.get().filter(|_| open.get())?;
            (active < shown.with(Vec::len)).then(|| option_id(active))
        }
    };
    let options = move || {
        let shown = shown.get().into_iter().enumerate();
        shown
            .map(|(index, offer)| {
                let value = offer.value.clone();
                let is_chosen = {
                    let value = value.clone();
                    move || chosen.with(|chosen| chosen.as_ref() == Some(&value))
                };
                view! {
                    <div
                        class="menu__item combobox__option"
                        role="option"
                        id=option_id(index)
                        aria-selected=move || (active.get() == Some(index)).to_string()
                        on:pointermove=move |_| {
                            if active.get_untracked() != Some(index) {
                                active.set(Some(index));
                            }
                        }
                        on:click=move |_| choose(Some(value.clone()))
                    >
                        <span class="combobox__text">
                            <span class="combobox__title">{offer.title}</span>
                            {offer.warning.map(|warning| {
                                view! { <span class="combobox__warning">{warning}</span> }
                            })}
                            {offer.note.map(|note| view! { <span class="combobox__note">{note}</span> })}
                        </span>
                        {move || is_chosen().then(|| view! { <Icon name="check" /> })}
                    </div>
                }
            })
            .collect_view()
    };
    // The focus stays in the field while the list is used.
    let keep_focus = |event: PointerEvent| event.prevent_default();
    view! {
        <div class="combobox">
            <div class="input-group">
                <input
                    node_ref=input
                    class="input"
                    id=wiring.control_id.clone()
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=placeholder
                    readonly=read_only
                    aria-autocomplete="list"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=list_id.clone()
                    aria-activedescendant=described
                    aria-invalid=wiring.aria_invalid()
                    aria-describedby=wiring.described_by
                    on:input=edited
                    on:keydown=keyed
                    on:pointerdown=move |_| {
                        opens.set_value(!open.get_untracked());
                        show();
                    }
                    on:click=move |_| {
                        // Typing replaces what is there.
                        if let Some(input) = input.get_untracked().filter(|_| opens.get_value()) {
                            input.select();
                        }
                    }
                    on:blur=move |_| late(left, ())
                />
                <Show when=move || !read_only.get()>
                    <span class="input-group__end combobox__mark">
                        <Icon name="chevron-down" />
                    </span>
                </Show>
            </div>
            <div
                class="menu combobox__list"
                role="listbox"
                id=list_id
                aria-label="What can be chosen"
                node_ref=list
                hidden=move || !open.get()
                on:pointerdown=keep_focus
                on:mousedown=|event| event.prevent_default()
            >
                <Show when=move || open.get()>
                    {options.clone()}
                    <Show when=move || shown.with(Vec::is_empty)>
                        <p class="menu__label">{when_empty}</p>
                    </Show>
                </Show>
            </div>
        </div>
    }
}

fn is_blank(typed: &Option<String>) -> bool {
    typed.as_deref().is_some_and(|text| text.trim().is_empty())
}

/// Scrolls as little as shows the marked option, and the list around it.
fn keep_in_view(list: &web_sys::HtmlDivElement) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    list.scroll_into_view_with_scroll_into_view_options(&nearest);
    let marked = list.query_selector("[aria-selected='true']").ok().flatten();
    if let Some(marked) = marked {
        marked.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}
