//! What is wrong with a node or with the flow as a whole.

use dom::prelude::*;
use flow::{Problem, Severity};

use super::super::{desk::Desk, problems};
use crate::components::Icon;

/// The class and the icon of a problem that stands under what it is about.
pub(super) fn remark_look(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("field__error", "circle-alert"),
        Severity::Warning => ("field__warning", "triangle-alert"),
    }
}

/// A remark at the head of a panel, with what a click can do.
#[component]
pub(super) fn Remark(desk: Desk, problem: Problem) -> impl IntoView {
    let (class, icon) = remark_look(problem.severity);
    let offered = problem.fix.clone().map(|fix| (problem.place.clone(), fix));
    let edit = desk.can_edit();
    view! {
        <p class=format!("{class} inspector__remark")>
            <Icon name=icon />
            <span>
                {problem.message.clone()}
                {move || {
                    let (place, fix) = offered.clone().filter(|_| edit.get())?;
                    let label = fix.label.clone();
                    Some(view! {
                        " "
                        <button
                            class="field__fix"
                            type="button"
                            on:click=move |_| problems::apply(desk, &place, &fix)
                        >
                            {label}
                        </button>
                    })
                }}
            </span>
        </p>
    }
}
