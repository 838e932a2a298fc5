//! Whole numbers.

use std::ops::RangeInclusive;

use dom::prelude::*;

use super::{FieldWiring, late::late};

/// A whole number within limits. What is typed stays as it is while it is no
/// number within them; the caller is told of numbers only.
#[component]
pub fn IntegerInput(
    /// The number.
    #[prop(into)]
    value: Signal<i64>,
    /// Called with every number within the limits.
    #[prop(into)]
    on_input: Callback<i64>,
    /// Called when the changed number is left.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
    /// The least and the greatest that it may be.
    range: RangeInclusive<i64>,
    /// What is counted, shown after the number: `ms`.
    #[prop(optional)]
    unit: Option<&'static str>,
    /// Whether it can be read only.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Its name where no field around it gives one.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    let wiring = FieldWiring::here();
    let (least, greatest) = (*range.start(), *range.end());
    let typed = RwSignal::new(value.get_untracked().to_string());
    let within = move |text: &str| {
        let number = text.trim().parse::<i64>().ok()?;
        (least..=greatest).contains(&number).then_some(number)
    };
    let out_of_limits = Memo::new(move |_| typed.with(|text| within(text).is_none()));
    // A number that changes elsewhere, by undo or by somebody else, replaces
    // what was typed unless that already says the same.
    Effect::new(move |_| {
        let number = value.get();
        if typed.with_untracked(|text| within(text)) != Some(number) {
            typed.set(number.to_string());
        }
    });
    let limits_id = format!("{}-limits", wiring.control_id);
    let described_by = {
        let (limits_id, around) = (limits_id.clone(), wiring.described_by);
        move || {
            let own = out_of_limits.get().then(|| limits_id.clone());
            let ids: Vec<_> = [around.get(), own].into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let invalid = wiring.invalid;
    view! {
        <div class="input-group">
            <input
                class="input input--number"
                id=wiring.control_id.clone()
                type="text"
                inputmode="numeric"
                autocomplete="off"
                readonly=read_only
                aria-label=label
                aria-invalid=move || (out_of_limits.get() || invalid.get()).then_some("true")
                aria-describedby=described_by
                prop:value=typed
                on:input=move |event| {
                    let text = event_target_value(&event);
                    let number = within(&text);
                    typed.set(text);
                    if let Some(number) = number {
                        on_input.run(number);
                    }
                }
                on:change=move |_| {
                    if let Some(on_change) = on_change {
                        late(on_change, ());
                    }
                }
            />
            {unit.map(|unit| view! { <span class="input-group__unit">{unit}</span> })}
        </div>
        {move || {
            let id = limits_id.clone();
            out_of_limits.get().then(|| {
                view! {
                    <p class="field__error" id=id>
                        <super::Icon name="circle-alert" />
                        <span>
                            {format!("Enter a whole number from {least} to {greatest}. {} stays until then.", value.get())}
                        </span>
                    </p>
                }
            })
        }}
    }
}
