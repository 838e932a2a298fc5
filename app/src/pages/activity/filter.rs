//! Which entries of the log are wanted.

use std::time::Duration;

use api::Outcome;
use dom::prelude::*;
use js_sys::Date;
use wasm_bindgen::JsValue;

use crate::{
    client::Wanted,
    components::{Field, SearchInput, Segment, Segments, Select, TextInput},
    editor::debounce::Debounce,
};

/// The server is asked when nobody has typed for so long.
const QUIET: Duration = Duration::from_millis(300);

/// The subjects of actions, and the words for them.
const SUBJECTS: [(&str, &str); 12] = [
    ("", "Everything"),
    ("flow", "Flows"),
    ("data-action", "Data actions"),
    ("contact", "Contacts"),
    ("contact-import", "Imports of contacts"),
    ("batch", "Changes of many flows"),
    ("connection", "Connections"),
    ("webhook", "Webhooks"),
    ("session", "Sign-ins"),
    ("account", "People"),
    ("audit", "The log"),
    ("set-up", "Setting up"),
];

/// What was chosen so far.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    text: RwSignal<String>,
    subject: RwSignal<String>,
    outcome: RwSignal<Option<Outcome>>,
    /// A day, as a date field has it.
    from: RwSignal<String>,
    until: RwSignal<String>,
    actor: RwSignal<String>,
    object: RwSignal<String>,
    /// Whether the rarer fields are shown.
    more: RwSignal<bool>,
}

impl Filter {
    /// Everything is wanted.
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            text: empty(),
            subject: empty(),
            outcome: RwSignal::new(None),
            from: empty(),
            until: empty(),
            actor: empty(),
            object: empty(),
            more: RwSignal::new(false),
        }
    }

    /// What the server is asked for, once nobody types.
    pub(super) fn wanted(self) -> Memo<Wanted> {
        let now = Memo::new(move |_| Wanted {
            text: self.text.get(),
            subject: self.subject.get(),
            outcome: self.outcome.get(),
            from: moment(&self.from.get(), "00:00:00"),
            // A day is wanted as a whole.
            until: moment(&self.until.get(), "24:00:00"),
            actor: self.actor.get(),
            object: self.object.get(),
        });
        let settled = RwSignal::new(Wanted::default());
        let debounce = Debounce::new(QUIET);
        Effect::new(move |_| {
            let wanted = now.get();
            debounce.run(move || {
                settled.try_set(wanted);
            });
        });
        Memo::new(move |_| settled.get())
    }
}

/// A moment of a day here, as RFC 3339 in UTC; empty where there is no day.
fn moment(day: &str, time: &str) -> String {
    let millis = Date::parse(&format!("{day}T{time}"));
    if millis.is_nan() {
        return String::new();
    }
    Date::new(&JsValue::from_f64(millis)).to_iso_string().into()
}

#[component]
pub(super) fn FilterBar(filter: Filter) -> impl IntoView {
    let subjects: Vec<_> = SUBJECTS
        .iter()
        .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
        .collect();
    view! {
        <div class="page__tools">
            <SearchInput label="Search activity" value=filter.text />
            <Select
                value=filter.subject
                on_change=move |subject: String| filter.subject.set(subject)
                options=Signal::stored(subjects)
                label=Signal::stored("About".to_owned())
            />
            <Segments
                label="Outcome"
                value=filter.outcome
                on_change=move |outcome| filter.outcome.set(outcome)
                segments=vec![
                    Segment { value: None, label: "All", icon: None },
                    Segment { value: Some(Outcome::Done), label: "Done", icon: None },
                    Segment { value: Some(Outcome::Failed), label: "Failed", icon: None },
                ]
            />
            <button
                class="button button--ghost"
                type="button"
                aria-expanded=move || filter.more.get().to_string()
                on:click=move |_| filter.more.update(|more| *more = !*more)
            >
                {move || if filter.more.get() { "Fewer filters" } else { "More filters" }}
            </button>
        </div>
        <Show when=move || filter.more.get()>
            <div class="page__tools activity__more">
                <Field label="From">
                    <TextInput value=filter.from on_input=move |day| filter.from.set(day) kind="date" />
                </Field>
                <Field label="Until">
                    <TextInput value=filter.until on_input=move |day| filter.until.set(day) kind="date" />
                </Field>
                <Field label="Who">
                    <TextInput
                        value=filter.actor
                        on_input=move |name| filter.actor.set(name)
                        placeholder=Signal::stored("The whole name".to_owned())
                    />
                </Field>
                <Field label="To what">
                    <TextInput
                        value=filter.object
                        on_input=move |id| filter.object.set(id)
                        placeholder=Signal::stored("An id".to_owned())
                        code=true
                    />
                </Field>
            </div>
        </Show>
    }
}
