//! Choosing a change of many flows, and looking at what it makes of each.

use api::{FlowPreview, FlowSummary, PreviewBatch, Right};
use dom::prelude::*;

use super::{Sort, begin::Begin, choice::Choice, flows::ChooseFlows};
use crate::{
    client::{Client, Failure},
    components::{
        Banner, Button, ButtonKind, EmptyState, ErrorState, Field, Select, Skeleton, TextInput,
        Tone,
    },
    pages::PageTitle,
    session::{SessionState, loaded},
};

/// What was looked at: the choices, and what they make of each flow.
pub(super) type Looked = (PreviewBatch, Vec<FlowPreview>);

#[component]
pub(super) fn PlanPage(sort: Sort) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let choice = Choice::new(sort, untrack(|| session.may(Right::Publish)));
    let flows = loaded(move || client.flows());
    let failure = RwSignal::new(None::<Failure>);
    let is_there = RwSignal::new(false);
    Effect::new(move |_| match flows.get() {
        Some(Ok(known)) => {
            untrack(|| choice.know(known));
            if !is_there.get_untracked() {
                is_there.set(true);
                choice.choose_first(choice.first.get_untracked(), client);
            }
            failure.set(None);
        }
        Some(Err(failed)) if failed != Failure::SessionEnded => failure.set(Some(failed)),
        _ => {}
    });
    let title = match sort {
        Sort::Link => "Link a module into flows",
        Sort::Repoint => "Repoint references",
    };
    let body = move || {
        if let Some(failed) = failure.get().filter(|_| !is_there.get()) {
            return view! {
                <ErrorState
                    failure=failed
                    title="Flows could not be loaded"
                    retry=move |()| flows.refetch()
                />
            };
        }
        if !is_there.get() {
            return view! { <div class="page__column" aria-busy="true"><Skeleton /><Skeleton /><Skeleton /></div> };
        }
        if untrack(|| choice.callees().is_empty()) {
            return view! { <NothingToCall sort /> };
        }
        view! { <Plan choice /> }
    };
    view! {
        <PageTitle title=title />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <super::BackToFlows />
                <h1 class="page__title title-page">{title}</h1>
                <a class="link" href="/batches">"Earlier changes"</a>
            </header>
            <div class="page__body">{body}</div>
        </main>
    }
}

#[component]
fn NothingToCall(sort: Sort) -> impl IntoView {
    let (title, text) = match sort {
        Sort::Link => (
            "There is no module yet",
            "Make one from the list of flows, or open one from Genesys. Then link it into call flows here.",
        ),
        Sort::Repoint => (
            "There is no shared flow or module yet",
            "Make one from the list of flows, or open one from Genesys. Then have flows call it here.",
        ),
    };
    view! {
        <EmptyState icon="package" title text=Signal::stored(text.to_owned())>
            <a class="button" href="/flows">"Go to flows"</a>
        </EmptyState>
    }
}

#[component]
fn Plan(choice: Choice) -> impl IntoView {
    let client = expect_context::<Client>();
    let looked = RwSignal::new(None::<Looked>);
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let look = move |_| {
        if let Some(missing) = untrack(|| choice.missing()) {
            return failed.set(Some(missing.to_owned()));
        }
        busy.set(true);
        failed.set(None);
        let asked = untrack(|| choice.preview());
        spawn_local(async move {
            match client.preview_batch(&asked).await {
                Ok(previews) => {
                    looked.try_set(Some((asked, previews)));
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    failed.try_set(Some(failure.in_words()));
                }
            }
            busy.try_set(false);
        });
    };
    // What was looked at is over once something else is chosen.
    Effect::new(move |_| {
        let now = choice.preview();
        let is_other =
            looked.with_untracked(|looked| looked.as_ref().is_some_and(|(asked, _)| *asked != now));
        if is_other {
            looked.set(None);
        }
    });
    view! {
        <div class="page__column page__column--beside changes">
            <section class="card changes__what" aria-label="What to change">
                <h2 class="title-group">"What to change"</h2>
                <What choice />
            </section>
            <ChooseFlows choice />
            {move || {
                failed.get().map(|words| view! { <Banner tone=Tone::Danger>{words}</Banner> })
            }}
            <Show when=move || looked.with(Option::is_none)>
                <div class="changes__act">
                    <Button
                        kind=ButtonKind::Primary
                        icon="eye"
                        busy
                        on_click=look
                        attr:data-action="preview"
                    >
                        "Preview changes"
                    </Button>
                    <span class="text-muted">"Nothing is changed yet."</span>
                </div>
            </Show>
            {move || looked.get().map(|looked| view! { <Begin choice looked /> })}
        </div>
    }
}

/// What is linked, or called instead of what.
#[component]
fn What(choice: Choice) -> impl IntoView {
    let client = expect_context::<Client>();
    let first = move |id| choice.choose_first(id, client);
    match choice.sort {
        Sort::Link => view! {
            <Field label="Module" hint="It is executed first in each flow: between Start and what came first.">
                <Select
                    value=choice.first
                    on_change=first
                    options=Signal::derive(move || options(choice.callees(), "Choose a module"))
                />
            </Field>
            <Field label="Name of the step">
                <TextInput value=choice.label on_input=move |text| choice.label.set(text) />
            </Field>
        }
        .into_any(),
        Sort::Repoint => view! {
            <Field label="References to">
                <Select
                    value=choice.first
                    on_change=first
                    options=Signal::derive(move || options(choice.callees(), "Choose a shared flow or module"))
                />
            </Field>
            <Field label="Will call">
                <Select
                    value=choice.second
                    on_change=move |id| choice.second.set(id)
                    options=Signal::derive(move || options(choice.others(), "Choose another one"))
                />
            </Field>
        }
        .into_any(),
    }
}

fn options(flows: Vec<FlowSummary>, none: &str) -> Vec<(String, String)> {
    let flows = flows.into_iter().map(|flow| {
        let words = if flow.upstream.is_some() {
            flow.name
        } else {
            format!("{} (not published yet)", flow.name)
        };
        (flow.id, words)
    });
    std::iter::once((String::new(), none.to_owned()))
        .chain(flows)
        .collect()
}
