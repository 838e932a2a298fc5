//! Fields: a label, a control, a hint and what is wrong, tied together.

use dom::prelude::*;

use super::{Icon, element_id};

/// What a control inside a [`Field`] takes over from it.
#[derive(Clone)]
pub struct FieldWiring {
    /// The id that the label points to.
    pub control_id: String,
    /// The ids of the hint and of what is wrong, for `aria-describedby`.
    pub described_by: Signal<Option<String>>,
    /// Whether something is wrong.
    pub invalid: Signal<bool>,
}

impl FieldWiring {
    /// The wiring of the field around the calling control. Outside of a field
    /// the control must carry an `aria-label`.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self {
            control_id: element_id("control"),
            described_by: Signal::stored(None),
            invalid: Signal::stored(false),
        })
    }

    /// The value of `aria-invalid`.
    pub fn aria_invalid(&self) -> Signal<Option<&'static str>> {
        let invalid = self.invalid;
        Signal::derive(move || invalid.get().then_some("true"))
    }
}

/// A labelled control. The control is the child.
#[component]
pub fn Field(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// How to answer.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the answer and what to do; none while nothing is.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What is dubious about the answer; none while nothing is.
    #[prop(optional, into)]
    warning: Signal<Option<String>>,
    /// Whether it may be left empty and the label says so.
    #[prop(optional)]
    optional: bool,
    /// A small button at the end of the label.
    #[prop(optional)]
    action: Option<Children>,
    /// Names the field for whoever jumps to it: `data-field`.
    #[prop(optional, into)]
    name: Option<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let control_id = element_id("field");
    let hint_id = format!("{control_id}-hint");
    let error_id = format!("{control_id}-error");
    let warning_id = format!("{control_id}-warning");
    let described_by = Signal::derive({
        let (hint_id, error_id, warning_id) =
            (hint_id.clone(), error_id.clone(), warning_id.clone());
        move || {
            let hint = hint.is_some().then_some(hint_id.as_str());
            let error = error.with(Option::is_some).then_some(error_id.as_str());
            let warning = warning.with(Option::is_some).then_some(warning_id.as_str());
            let ids: Vec<_> = [hint, error, warning].into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    });
    let wiring = FieldWiring {
        control_id: control_id.clone(),
        described_by,
        invalid: Signal::derive(move || error.with(Option::is_some)),
    };
    view! {
        <div class="field" data-field=name>
            <label class="field__label" for=control_id>
                {label}
                {optional.then(|| view! { <span class="field__optional">"optional"</span> })}
                {action.map(|action| view! { <span class="field__action">{action()}</span> })}
            </label>
            <Provider value=wiring>{children()}</Provider>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {move || {
                let id = error_id.clone();
                error.get().map(|message| {
                    view! {
                        <p class="field__error" id=id>
                            <Icon name="circle-alert" />
                            <span>{message}</span>
                        </p>
                    }
                })
            }}
            {move || {
                let id = warning_id.clone();
                warning.get().map(|message| {
                    view! {
                        <p class="field__warning" id=id>
                            <Icon name="triangle-alert" />
                            <span>{message}</span>
                        </p>
                    }
                })
            }}
        </div>
    }
}
