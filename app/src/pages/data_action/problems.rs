//! What is wrong with the data action, in a list that leads to each place.

use api::ActionFinding;
use dom::prelude::*;
use flow::{FieldKey, Severity};

use super::desk::ActionDesk;
use crate::components::{Button, Icon};

#[component]
pub(super) fn Problems(desk: ActionDesk) -> impl IntoView {
    let list = move || {
        let checked = desk.checked.get();
        let mut findings = checked.findings.clone();
        // Errors first; each in the order of the form.
        findings.sort_by_key(|finding| finding.problem.severity);
        let rows = findings.into_iter();
        rows.map(|finding| view! { <Row desk finding /> })
            .collect_view()
    };
    let empty = move || {
        let checked = desk.checked.get();
        match (
            &checked.failure,
            checked.is_done,
            checked.findings.is_empty(),
        ) {
            (Some(failure), ..) => Some(format!("It could not be checked just now. {failure}")),
            (None, false, _) => Some("Checking…".to_owned()),
            (None, true, true) => Some("No problems. It can be uploaded.".to_owned()),
            _ => None,
        }
    };
    view! {
        <div class="action__scroll" data-panel="problems">
            {move || {
                empty().map(|said| view! { <p class="action__said" role="status">{said}</p> })
            }}
            <ul class="problems" aria-label="Problems of the data action">
                {list}
            </ul>
        </div>
    }
}

#[component]
fn Row(desk: ActionDesk, finding: ActionFinding) -> impl IntoView {
    let ActionFinding {
        problem,
        suggestion,
    } = finding;
    let (severity, icon, said) = match problem.severity {
        Severity::Error => ("error", "circle-alert", "Error: "),
        Severity::Warning => ("warning", "triangle-alert", "Warning: "),
    };
    let code = problem.code.as_str();
    let message = problem.message.clone();
    let place = place(desk, &problem.place);
    let go = move |_| go_to(desk, &problem.place);
    let offer = move || {
        let suggestion = suggestion.clone().filter(|_| desk.may_edit.get())?;
        let label = suggestion.label.clone();
        // Only in the script that was checked its bytes mean the same.
        let is_current = move || {
            let checked = desk.checked.get();
            desk.action
                .with(|action| action.definition.code.text() == Some(checked.code.as_str()))
        };
        let mend = move |_| {
            if untrack(is_current) {
                desk.replace(suggestion.span.clone(), &suggestion.text);
            }
        };
        Some(view! {
            <Button small=true on_click=mend>
                {label}
            </Button>
        })
    };
    view! {
        <li class="problem" data-severity=severity data-code=code>
            <Icon name=icon />
            <div>
                <button class="problem__message" type="button" on:click=go>
                    <span class="visually-hidden">{said}</span>
                    {message}
                </button>
                <p class="problem__place">{place} " " <span class="problem__code">{code}</span></p>
            </div>
            {offer}
        </li>
    }
}

/// Where a problem is, in words.
fn place(desk: ActionDesk, place: &flow::Place) -> String {
    if let Some(span) = &place.span {
        let checked = desk.checked.get_untracked();
        let before = checked.code.get(..span.start).unwrap_or_default();
        return format!("Script › Line {}", before.matches('\n').count() + 1);
    }
    let field = place.field.as_ref().map(FieldKey::as_str);
    let title = match field {
        Some("name") => "Name",
        Some("description") => "Description",
        Some("definitionName") => "Name of the definition",
        Some("definitionDescription") => "Description of the definition",
        Some("inputs") => "Inputs",
        Some("outputs") => "Outputs",
        Some("language") => "Language",
        Some("code") => "Script",
        _ => "The data action",
    };
    match place.row {
        Some(row) => format!("{title} › {}", row + 1),
        None => title.to_owned(),
    }
}

/// Shows what a problem is about.
pub(super) fn go_to(desk: ActionDesk, place: &flow::Place) {
    let field = place.field.as_ref().map(FieldKey::as_str);
    match (&place.span, field) {
        (Some(span), _) => desk.wanted_span.set(Some(span.clone())),
        (None, Some("code")) => desk.wanted_span.set(Some(0..0)),
        (None, Some(field)) => desk.wanted_field.set(Some((field.to_owned(), place.row))),
        (None, None) => {}
    }
}
