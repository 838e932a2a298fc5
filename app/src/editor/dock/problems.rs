//! The list of what is wrong: each leads to where it is, some offer a fix.

use dom::prelude::*;
use flow::{FlowKind, Problem, Severity};

use super::super::{
    desk::Desk,
    problems::{self, Checking},
};
use crate::components::{Button, EmptyState, Icon, Tone};

/// So many problems are listed at once.
const MOST_SHOWN: usize = 200;

/// The Problems tab.
#[component]
pub(super) fn Problems(desk: Desk) -> impl IntoView {
    let shown = move || {
        let list = desk.problems.get();
        list.all
            .iter()
            .take(MOST_SHOWN)
            .cloned()
            .collect::<Vec<_>>()
    };
    let more = move || {
        let more = desk
            .problems
            .with(|problems| problems.all.len())
            .saturating_sub(MOST_SHOWN);
        (more > 0).then(|| {
            view! { <p class="menu__label">{format!("{more} more come up as these are solved.")}</p> }
        })
    };
    let none = Memo::new(move |_| desk.problems.with(|problems| problems.all.is_empty()));
    let held_up = move || {
        let errors = desk.problems.with(|problems| problems.errors);
        (errors > 0 && desk.held_up.get()).then(|| {
            let words = match errors {
                1 => "One error keeps the flow from being published. Correct it, then publish.".to_owned(),
                errors => format!("{errors} errors keep the flow from being published. Correct them, then publish."),
            };
            view! { <p class="problems__held-up field__error" role="alert"><Icon name="circle-alert" /><span>{words}</span></p> }
        })
    };
    // Once nothing is in the way it is over.
    Effect::new(move |_| {
        if desk.problems.with(|problems| problems.errors == 0) {
            desk.held_up.set(false);
        }
    });
    view! {
        <div class="dock__scroll" data-panel="problems">
            {held_up}
            <Show
                when=move || !none.get()
                fallback=move || {
                    if desk.problems.with(|problems| problems.checking != Checking::Done) {
                        return unchecked(desk);
                    }
                    let is_published = desk.flow.with_untracked(|flow| flow.kind == FlowKind::Lookup);
                    let text = if is_published {
                        "The flow can be published as it stands."
                    } else {
                        "Nothing is wrong with this flow."
                    };
                    view! {
                        <EmptyState
                            icon="circle-check"
                            title="No problems"
                            text
                            compact=true
                            tone=Tone::Success
                        />
                    }
                    .into_any()
                }
            >
                <ul class="problems" aria-label="Problems">
                    <For each=shown key=|problem| format!("{problem:?}") let:problem>
                        <Row desk problem />
                    </For>
                </ul>
                {more}
            </Show>
        </div>
    }
}

/// What is shown before anybody has looked.
fn unchecked(desk: Desk) -> View {
    let failed = move || {
        desk.problems
            .with(|problems| problems.checking == Checking::NotLoaded)
    };
    view! {
        <div class="empty empty--compact">
            <p class="empty__text">
                {move || {
                    if failed() {
                        "What checks the flow could not be loaded, so nothing is known of its problems."
                    } else if desk.flow.with(|flow| flow.nodes == 0) {
                        "There is nothing to check yet."
                    } else {
                        "Checking…"
                    }
                }}
            </p>
            <Show when=failed>
                <Button small=true on_click=move |_| problems::check_again(desk)>
                    "Try again"
                </Button>
            </Show>
        </div>
    }
}

/// One problem.
#[component]
pub(crate) fn Row(desk: Desk, problem: Problem) -> impl IntoView {
    let (severity, icon, said) = match problem.severity {
        Severity::Error => ("error", "circle-alert", "Error: "),
        Severity::Warning => ("warning", "triangle-alert", "Warning: "),
    };
    let place = place(desk, &problem);
    let offered = problem.fix.clone().map(|fix| (problem.place.clone(), fix));
    let edit = desk.can_edit();
    let message = problem.message.clone();
    let code = problem.code.as_str();
    let current = {
        let problem = problem.clone();
        Memo::new(move |_| {
            desk.visited
                .with(|visited| visited.as_ref() == Some(&problem))
        })
    };
    let go = move |_| problems::go_to(desk, &problem);
    let offer = move || {
        let (place, fix) = offered.clone().filter(|_| edit.get())?;
        let label = fix.label.clone();
        Some(view! {
            <Button small=true on_click=move |_| problems::apply(desk, &place, &fix)>
                {label}
            </Button>
        })
    };
    view! {
        <li
            class="problem"
            data-severity=severity
            data-code=code
            aria-current=move || current.get().then_some("true")
        >
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

/// Where a problem is, in words: "Look up customer › URL".
fn place(desk: Desk, problem: &Problem) -> String {
    desk.read(|editor| {
        let flow = editor.flow();
        let place = &problem.place;
        let Some((id, node)) = place
            .node
            .as_ref()
            .and_then(|id| Some((id, flow.nodes.get(id)?)))
        else {
            return "The flow".to_owned();
        };
        let mut words = vec![node.label.clone()];
        if let Some(port) = &place.port {
            let exits = editor.exits(id);
            let exit = exits.iter().find(|exit| exit.port == *port);
            if let Some(exit) = exit.filter(|exit| !exit.label.is_empty()) {
                words.push(format!("Exit {}", exit.label));
            }
        }
        if let (Some(field), Some(spec)) = (&place.field, node.kind.spec()) {
            let field = spec.fields.iter().find(|spec| spec.key == field.as_str());
            words.extend(field.map(|field| field.label.to_owned()));
        }
        words.join(" › ")
    })
}
