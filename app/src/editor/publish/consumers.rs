//! Who calls what is published, and what the publish breaks there. A change is
//! live for its callers, and none of them is published again.

use api::{Consumer, Consumers};
use dom::prelude::*;
use flow::{Problem, Severity};

use super::super::desk::Desk;
use crate::components::{Banner, Icon, Tone};

/// Looks for the flows that call the open one, with what publishing it through
/// this connection would break in each.
pub(super) fn look(
    desk: Desk,
    connection: Signal<Option<String>>,
    found: RwSignal<Option<Result<Consumers, String>>>,
) {
    Effect::new(move |_| {
        // What is not saved yet is not published yet.
        let (Some(id), 0) = (connection.get(), desk.pending.get()) else {
            return;
        };
        spawn_local(async move {
            let answer = desk.client.consumers(&desk.flow_id(), Some(&id)).await;
            if connection.try_get_untracked().flatten() == Some(id) {
                found.try_set(Some(answer.map_err(|failure| failure.to_string())));
            }
        });
    });
}

/// Whether any of them would be broken.
pub(super) fn breaks(found: &Consumers) -> bool {
    found.consumers.iter().any(is_broken)
}

/// The flows that call the open one.
#[component]
pub(super) fn ConsumerList(found: RwSignal<Option<Result<Consumers, String>>>) -> impl IntoView {
    move || {
        match found.get() {
        None => view! { <p class="text-muted" role="status">"Looking for the flows that call it…"</p> }
            .into_any(),
        Some(Err(words)) => view! {
            <Banner tone=Tone::Warning title="Whom this breaks could not be found out">{words}</Banner>
        }
        .into_any(),
        Some(Ok(found)) => view! { <Told found /> }.into_any(),
    }
    }
}

#[component]
fn Told(found: Consumers) -> impl IntoView {
    let Consumers {
        is_published_known,
        changes,
        consumers,
    } = found;
    if consumers.is_empty() {
        return view! { <p class="text-muted">"No flow here calls it."</p> }.into_any();
    }
    let broken = consumers
        .iter()
        .filter(|consumer| is_broken(consumer))
        .count();
    let title = match consumers.len() {
        1 => "1 flow calls it".to_owned(),
        count => format!("{count} flows call it"),
    };
    let warning = (broken > 0).then(|| {
        let title = match broken {
            1 => "Publishing breaks a flow that calls it".to_owned(),
            broken => format!("Publishing breaks {broken} flows that call it"),
        };
        let changes = changes
            .into_iter()
            .map(|sentence| view! { <p>{sentence}</p> })
            .collect_view();
        let unknown = (!is_published_known).then_some(
            "What is published is not known here, so these mappings may not have fitted before either.",
        );
        view! {
            <Banner tone=Tone::Danger title=title>
                {changes}
                <p>
                    "It is live for them at once. Change them right after publishing, or keep \
                     what they use. " {unknown}
                </p>
            </Banner>
        }
    });
    let rows = consumers
        .into_iter()
        .map(|consumer| view! { <Row consumer /> })
        .collect_view();
    view! {
        {warning}
        <section class="going-live" aria-label=title.clone() data-panel="consumers">
            <h3 class="title-group">{title}</h3>
            <ul class="going-live__list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn is_broken(consumer: &Consumer) -> bool {
    let mut problems = consumer.problems.iter();
    problems.any(|problem| problem.severity == Severity::Error)
}

#[component]
fn Row(consumer: Consumer) -> impl IntoView {
    let state = if is_broken(&consumer) {
        "Breaks"
    } else if consumer.problems.is_empty() {
        "Goes on as before"
    } else {
        "Look at this"
    };
    let flow = consumer.flow.clone();
    let problems = consumer
        .problems
        .into_iter()
        .map(|problem| place(&flow, problem))
        .collect_view();
    view! {
        <li>
            <div class="going-live__row">
                <a class="link truncate" href=format!("/flows/{}", consumer.flow)>{consumer.name}</a>
                <span class="text-muted">{state}</span>
            </div>
            <ul class="problems">{problems}</ul>
        </li>
    }
}

/// What is wrong, leading to the node where it is.
fn place(flow: &str, problem: Problem) -> View {
    let (severity, icon) = match problem.severity {
        Severity::Error => ("error", "circle-alert"),
        Severity::Warning => ("warning", "triangle-alert"),
    };
    let to = match &problem.place.node {
        Some(node) => format!("/flows/{flow}?node={node}"),
        None => format!("/flows/{flow}"),
    };
    view! {
        <li class="problem" data-severity=severity data-code=problem.code.as_str()>
            <Icon name=icon />
            <a class="problem__message" href=to>{problem.message}</a>
        </li>
    }
}
