//! The field in which a search is written, with what may be written next: an
//! editable combobox with a list, as the ARIA Authoring Practices describe it.

use dom::{ev::KeyboardEvent, html, prelude::*};
use flow::search::{Completion, Completions};
use web_sys::HtmlInputElement;

use crate::components::{Icon, element_id};

/// What may be written at a place of a text, a byte of it.
pub(crate) type Complete = Callback<(String, usize), Completions>;

/// The field. Nothing is marked in the list until an arrow key marks it, so
/// that Enter is the caller's.
#[component]
pub(crate) fn QueryField(
    /// What is searched; also the placeholder.
    label: &'static str,
    /// What is searched for.
    text: RwSignal<String>,
    /// Whether it is not understood.
    #[prop(into)]
    invalid: Signal<bool>,
    /// The id of what describes it.
    described_by: String,
    /// Says what may be written.
    complete: Complete,
    /// Called for keys that the list does not take.
    on_key: Callback<KeyboardEvent>,
    /// Whether a dialog that opens puts the focus here.
    #[prop(optional)]
    autofocus: bool,
    /// The element.
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let list_id = element_id("query");
    let offered = RwSignal::new(Completions::default());
    let active = RwSignal::new(None::<usize>);
    let shown = Memo::new(move |_| offered.with(|offered| !offered.offers.is_empty()));
    let offer = move |offers: Completions| {
        active.set(None);
        offered.set(offers);
    };
    let offer_at_caret = move || {
        if let Some(input) = node_ref.get_untracked() {
            let text = input.value();
            let caret = caret_of(&input, &text);
            offer(complete.run((text, caret)));
        }
    };
    let take = move |index: usize| {
        let Some(input) = node_ref.get_untracked() else {
            return;
        };
        let Completions { replaces, offers } = offered.get_untracked();
        if let Some(Completion { text: chosen, .. }) = offers.get(index) {
            let before = input.value();
            let head = before.get(..replaces.start).unwrap_or_default();
            let tail = before.get(replaces.end..).unwrap_or_default();
            // What is complete is left behind; a key waits for its value.
            let gap = if chosen.ends_with(':') { "" } else { " " };
            let head = [head, chosen, gap].concat();
            input.set_value(&[&head, tail.trim_start()].concat());
            let caret = u32::try_from(head.encode_utf16().count()).unwrap_or(u32::MAX);
            // Fails only where a field has no caret, which a text field has.
            let _ = input.set_selection_range(caret, caret);
            text.set(input.value());
            offer_at_caret();
        }
    };
    let step = move |forward: bool| {
        let count = offered.with_untracked(|offered| offered.offers.len());
        active.update(|active| {
            *active = match (*active, forward) {
                (Some(at), true) => (at + 1 < count).then_some(at + 1),
                (Some(at), false) => at.checked_sub(1),
                (None, true) => Some(0),
                (None, false) => count.checked_sub(1),
            };
        });
    };
    let keyed = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let is_shown = shown.get_untracked();
        match (event.key().as_str(), active.get_untracked()) {
            ("ArrowDown", _) if is_shown => step(true),
            ("ArrowUp", _) if is_shown => step(false),
            ("Enter" | "Tab", Some(active)) if is_shown => take(active),
            ("Escape", Some(_)) if is_shown => offer(Completions::default()),
            _ => return on_key.run(event),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let described = {
        let option_id = option_id.clone();
        move || active.get().map(&option_id)
    };
    let options = move || {
        let offers = offered.get().offers.into_iter().enumerate();
        offers
            .map(|(index, Completion { text, note })| {
                view! {
                    <div
                        class="menu__item query__offer"
                        role="option"
                        id=option_id(index)
                        aria-selected=move || (active.get() == Some(index)).to_string()
                        on:click=move |_| take(index)
                    >
                        <span class="query__text">{text}</span>
                        <span class="query__note">{note}</span>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="query">
            <div class="input-group">
                <Icon name="search" />
                <input
                    node_ref=node_ref
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autofocus=autofocus
                    spellcheck="false"
                    maxlength=flow::search::MAX_QUERY_BYTES.to_string()
                    placeholder=label
                    aria-label=label
                    aria-autocomplete="list"
                    aria-expanded=move || shown.get().to_string()
                    aria-controls=list_id.clone()
                    aria-activedescendant=described
                    aria-invalid=move || invalid.get().then_some("true")
                    aria-describedby=described_by
                    prop:value=text
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        offer_at_caret();
                    }
                    on:focus=move |_| offer_at_caret()
                    on:blur=move |_| offer(Completions::default())
                    on:keydown=keyed
                />
            </div>
            // The focus stays in the field while the list is used.
            <div
                class="menu query__list"
                role="listbox"
                id=list_id
                aria-label="What may be written"
                hidden=move || !shown.get()
                on:pointerdown=|event| event.prevent_default()
                on:mousedown=|event| event.prevent_default()
            >
                {options}
            </div>
        </div>
    }
}

/// Where the caret is, as a byte of the text; a browser counts UTF-16 units.
fn caret_of(input: &HtmlInputElement, text: &str) -> usize {
    let units = input.selection_start().ok().flatten();
    let Some(mut units) = units.map(|units| usize::try_from(units).unwrap_or(usize::MAX)) else {
        return text.len();
    };
    let before = text.chars().take_while(|letter| {
        let is_before = units >= letter.len_utf16();
        units = units.saturating_sub(letter.len_utf16());
        is_before
    });
    before.map(char::len_utf8).sum()
}
