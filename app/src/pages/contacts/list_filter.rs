//! Which contacts the list shows by their state, and in which order.

use api::{ContactOrder, ContactStage};
use dom::prelude::*;

use super::stage::{STAGES, word_of};
use crate::components::Select;

const ORDERS: [(ContactOrder, &str, &str); 4] = [
    (ContactOrder::Newest, "newest", "Newest first"),
    (ContactOrder::Oldest, "oldest", "Oldest first"),
    (
        ContactOrder::LastChecked,
        "lastChecked",
        "Last checked first",
    ),
    (
        ContactOrder::LongestUnchecked,
        "longestUnchecked",
        "Longest unchecked first",
    ),
];

#[component]
pub fn ListFilter(
    /// How far they have come; any when none.
    stage: RwSignal<Option<ContactStage>>,
    order: RwSignal<ContactOrder>,
) -> impl IntoView {
    view! {
        <Select
            label="State"
            value=Signal::derive(move || {
                stage.get().map(|stage| word_of(stage).to_owned()).unwrap_or_default()
            })
            on_change=move |word: String| {
                stage.set(STAGES.into_iter().find(|stage| word_of(*stage) == word));
            }
            options=Signal::stored(states())
        />
        <Select
            label="Order"
            value=Signal::derive(move || {
                let found = ORDERS.iter().find(|(one, ..)| *one == order.get());
                found.map(|(_, value, _)| (*value).to_owned()).unwrap_or_default()
            })
            on_change=move |value: String| {
                if let Some((found, ..)) = ORDERS.iter().find(|(_, one, _)| *one == value) {
                    order.set(*found);
                }
            }
            options=Signal::stored(orders())
        />
    }
}

fn states() -> Vec<(String, String)> {
    let all = (String::new(), "Every state".to_owned());
    let stages = STAGES.map(|stage| (word_of(stage).to_owned(), word_of(stage).to_owned()));
    std::iter::once(all).chain(stages).collect()
}

fn orders() -> Vec<(String, String)> {
    ORDERS
        .map(|(_, value, words)| (value.to_owned(), words.to_owned()))
        .to_vec()
}
