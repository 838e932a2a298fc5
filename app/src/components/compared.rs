//! What was, what is here and what is there, side by side: somebody takes
//! either of the two.

use api::Side;
use dom::prelude::*;

/// A part that both sides changed, as a person decides on it. Values are none
/// where a side does not have the part.
#[component]
pub fn Compared(
    /// What it is: "URL of “Lookup”".
    title: String,
    /// Tells its choices from those of other parts; unique in the page.
    name: String,
    /// What both began with.
    base: Option<String>,
    /// What is here.
    ours: Option<String>,
    /// What is there.
    theirs: Option<String>,
    /// What the other side is called: "In Genesys".
    there: &'static str,
    /// The side that was chosen.
    #[prop(into)]
    chosen: Signal<Option<Side>>,
    /// Called with the side that is chosen.
    #[prop(into)]
    on_choose: Callback<Side>,
    /// What stands beside the title.
    #[prop(optional)]
    beside: Option<View>,
) -> impl IntoView {
    let choice = move |side: Side, words: &'static str, value: Option<String>| {
        view! {
            <label class="compare__side">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || chosen.get() == Some(side)
                    on:change=move |_| on_choose.run(side)
                />
                <span class="compare__whose">{words}</span>
                {value_of(value)}
            </label>
        }
    };
    let here = choice(Side::Ours, "Here", ours);
    let there = choice(Side::Theirs, there, theirs);
    view! {
        <fieldset>
            <legend class="compare__title">{title}</legend>
            {beside}
            <div class="compare__base">
                <span class="compare__whose">"Before"</span>
                {value_of(base)}
            </div>
            {here}
            {there}
        </fieldset>
    }
}

fn value_of(value: Option<String>) -> View {
    match value {
        Some(value) => view! { <code class="compare__value">{value}</code> }.into_any(),
        None => view! { <span class="compare__value text-muted">"not there"</span> }.into_any(),
    }
}
