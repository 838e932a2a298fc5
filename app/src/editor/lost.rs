//! Edits that could not be kept: what happened, and a way to keep them elsewhere.

use dom::prelude::*;

use super::desk::Desk;
use crate::components::{Banner, Button, ButtonKind, Tone};

/// A strip for each edit that was not kept, until it is dismissed.
#[component]
pub(crate) fn Lost(desk: Desk) -> impl IntoView {
    let lost = desk.lost;
    let forget = move |number: u64| lost.update(|lost| lost.retain(|edit| edit.number != number));
    view! {
        <div class="lost" data-panel="lost">
            <For each=move || lost.get() key=|edit| edit.number let:edit>
                {
                    let number = edit.number;
                    let text = StoredValue::new(edit.text.clone());
                    view! {
                        <Banner
                            tone=Tone::Warning
                            strip=true
                            title="A change could not be kept"
                            actions=Box::new(move || {
                                view! {
                                    <Button
                                        kind=ButtonKind::Ghost
                                        icon="copy"
                                        small=true
                                        on_click=move |_| {
                                            desk.copy_text(text.get_value(), "The change is on the clipboard.");
                                        }
                                    >
                                        "Copy it"
                                    </Button>
                                    <Button
                                        kind=ButtonKind::Ghost
                                        small=true
                                        on_click=move |_| forget(number)
                                    >
                                        "Dismiss"
                                    </Button>
                                }
                                    .into_any()
                            })
                        >
                            {edit.sentence.clone()}
                        </Banner>
                    }
                }
            </For>
        </div>
    }
}
