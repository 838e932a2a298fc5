//! What would be changed, flow by flow.

use api::{FlowPreview, PreviewOutcome};
use dom::prelude::*;
use flow::{Problem, Severity};

use crate::{
    components::{Badge, Icon, Tone},
    flow_kind::FlowTile,
};

/// What a batch would make of each flow.
#[component]
pub(super) fn Previews(previews: Vec<FlowPreview>, publishes: Signal<bool>) -> impl IntoView {
    let rows = previews
        .into_iter()
        .map(|preview| view! { <Preview preview publishes /> })
        .collect_view();
    view! { <ul class="changes__previews" aria-label="What will be changed">{rows}</ul> }
}

#[component]
fn Preview(preview: FlowPreview, publishes: Signal<bool>) -> impl IntoView {
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
                let words = match errors {
                    1 => "One error keeps it from being published.".to_owned(),
                    errors => format!("{errors} errors keep it from being published."),
                };
                view! { <Show when=move || publishes.get()><p class="field__error"><Icon name="circle-alert" /><span>{words.clone()}</span></p></Show> }
            });
            view! {
                <ul class="changes__sentences">{places}</ul>
                {problems}
                {blocked}
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
            <Show when=move || publishes.get()>
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
                <span class="changes__end"><Badge tone dot=true>{word}</Badge></span>
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
