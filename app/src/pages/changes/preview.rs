//! What would be changed, flow by flow.

use api::{FlowPreview, PreviewOutcome};
use dom::prelude::*;
use flow::{Problem, Severity};

use super::taken::{Row, Taken};
use crate::{
    components::{Badge, Icon, Tone},
    flow_kind::FlowTile,
};

/// What a batch would make of each flow, and whether it is changed.
#[component]
pub(super) fn Previews(taken: Taken, publishes: Signal<bool>) -> impl IntoView {
    let rows = taken
        .rows()
        .into_iter()
        .map(|row| view! { <Preview taken row publishes /> })
        .collect_view();
    view! { <ul class="changes__previews" aria-label="What will be changed">{rows}</ul> }
}

#[component]
fn Preview(taken: Taken, row: Row, publishes: Signal<bool>) -> impl IntoView {
    let (id, preview) = row;
    let FlowPreview {
        flow,
        name,
        kind,
        has_unpublished,
        outcome,
    } = preview;
    let (tone, word) = match &outcome {
        PreviewOutcome::Changes { errors: 0, .. } => (Tone::Info, "Changes"),
        PreviewOutcome::Changes { .. } => (Tone::Warning, "Changes, with errors"),
        PreviewOutcome::Nothing { .. } => (Tone::Neutral, "Nothing to change"),
        PreviewOutcome::Impossible { .. } => (Tone::Danger, "Cannot be changed"),
    };
    let changes = matches!(outcome, PreviewOutcome::Changes { .. });
    let id = StoredValue::new(id);
    let is_taken = Memo::new(move |_| id.with_value(|id| taken.has(id)));
    let badge = move || {
        let (tone, word) = match is_taken.get() || !changes {
            true => (tone, word),
            false => (Tone::Neutral, "Left out"),
        };
        view! { <Badge tone dot=true>{word}</Badge> }
    };
    let content = match outcome {
        PreviewOutcome::Nothing { sentence } | PreviewOutcome::Impossible { sentence } => {
            view! { <p class="text-muted">{sentence}</p> }.into_any()
        }
        PreviewOutcome::Changes {
            places,
            details,
            problems,
            errors,
        } => {
            let warnings = problems
                .iter()
                .filter(|problem| problem.severity == Severity::Warning)
                .count();
            let places = places
                .into_iter()
                .map(|sentence| view! { <li>{sentence}</li> })
                .collect_view();
            let details = details
                .into_iter()
                .map(|sentence| view! { <li>{sentence}</li> })
                .collect_view();
            let problems = (!problems.is_empty()).then(|| {
                let problems = problems.into_iter().map(found).collect_view();
                view! { <ul class="problems">{problems}</ul> }
            });
            let blocked = (errors > 0).then(|| {
                let words = move || {
                    let errors = match errors {
                        1 => "one error keeps it".to_owned(),
                        errors => format!("{errors} errors keep it"),
                    };
                    match is_taken.get() {
                        true => format!("It is changed here and not published: {errors} from that."),
                        false => format!("Once it is changed, {errors} from being published."),
                    }
                };
                view! { <p class="field__error"><Icon name="circle-alert" /><span>{words}</span></p> }
            });
            let warned = (warnings > 0).then(|| {
                let words = match warnings {
                    1 => "One new warning does not stand in the way.".to_owned(),
                    warnings => format!("{warnings} new warnings do not stand in the way."),
                };
                view! { <p class="field__warning"><Icon name="triangle-alert" /><span>{words}</span></p> }
            });
            view! {
                <ul class="changes__sentences">{places}</ul>
                {problems}
                {blocked}
                {warned}
                <details>
                    <summary class="text-muted text-small">"Everything that differs"</summary>
                    <ul class="changes__sentences text-small">{details}</ul>
                </details>
            }
            .into_any()
        }
    };
    let more = has_unpublished.then(|| {
        view! {
            <Show when=move || publishes.get() && is_taken.get()>
                <p class="field__warning">
                    <Icon name="triangle-alert" />
                    <span>"Other changes of this flow are not published yet: they go live with this one."</span>
                </p>
            </Show>
        }
    });
    view! {
        <li class="card changes__preview">
            <div class="changes__head">
                <label class="check">
                    <input
                        type="checkbox"
                        aria-label=format!("Change {name}")
                        prop:checked=move || is_taken.get()
                        disabled=!changes
                        on:change=move |event| {
                            id.with_value(|id| taken.put(id, event_target_checked(&event)));
                        }
                    />
                </label>
                <FlowTile kind />
                {match flow {
                    Some(flow) => view! {
                        <a class="link truncate" href=format!("/flows/{flow}")>{name}</a>
                    },
                    None => view! {
                        <span class="truncate">{name}</span>
                        <span class="text-muted text-small">
                            "Only in Genesys: opened here once you begin"
                        </span>
                    },
                }}
                <span class="changes__end">{badge}</span>
            </div>
            {content}
            {more}
        </li>
    }
}

/// A problem, without a way to it: its flow is not open.
pub(super) fn found(problem: Problem) -> View {
    let (severity, icon) = match problem.severity {
        Severity::Error => ("error", "circle-alert"),
        Severity::Warning => ("warning", "triangle-alert"),
    };
    view! {
        <li class="problem" data-severity=severity data-code=problem.code.as_str()>
            <Icon name=icon />
            <span class="problem__message">{problem.message}</span>
        </li>
    }
}
