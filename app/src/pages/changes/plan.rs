//! Choosing a change of many flows, looking at what it makes of each, and
//! beginning it.

use api::{FlowPreview, FlowSummary, PreviewBatch, PreviewOutcome, Right};
use dom::{
    ev::MouseEvent,
    prelude::*,
    route::{NavigateOptions, use_navigate},
};

use super::{super::through::Through, Sort, choice::Choice, flows::ChooseFlows, preview::Previews};
use crate::{
    client::{Client, Failure},
    components::{
        Banner, Button, ButtonKind, EmptyState, ErrorState, Field, Select, Skeleton, TextInput,
        Tone,
    },
    editor::random_name,
    pages::PageTitle,
    session::{SessionState, loaded},
};

/// What was looked at: the choices, and what they make of each flow.
type Looked = (PreviewBatch, Vec<FlowPreview>);

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
        <div class="page__column changes">
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

/// What will be changed, and the way to begin it.
#[component]
fn Begin(choice: Choice, looked: Looked) -> impl IntoView {
    let client = expect_context::<Client>();
    let session = expect_context::<SessionState>();
    let navigate = StoredValue::new_local(use_navigate());
    let (asked, previews) = looked;
    let count = previews
        .iter()
        .filter(|preview| matches!(preview.outcome, PreviewOutcome::Changes { .. }))
        .count();
    let blocked = previews
        .iter()
        .filter(|preview| is_blocked(preview))
        .count();
    // What cannot be published is not offered to be.
    let all_blocked = blocked == count;
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    // One key for each preview: what is sent twice is begun once.
    let key = StoredValue::new(random_name());
    let asked = StoredValue::new(asked);
    let begin = move |_: MouseEvent| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let mut new = choice.batch(key.get_value(), asked.get_value());
        new.publish &= !all_blocked;
        spawn_local(async move {
            match client.begin_batch(&new).await {
                Ok(batch) => {
                    navigate.try_with_value(|navigate| {
                        let to = format!("/batches/{}", batch.id);
                        navigate(&to, NavigateOptions::default());
                    });
                }
                Err(Failure::SessionEnded) => {}
                Err(failure) => {
                    failed.try_set(Some(failure.in_words()));
                }
            }
            busy.try_set(false);
        });
    };
    let publishes = Signal::derive(move || choice.publish.get());
    let words = move || {
        let flows = match count {
            1 => "1 flow".to_owned(),
            count => format!("{count} flows"),
        };
        match (choice.publish.get() && !all_blocked, blocked) {
            (false, _) => format!("Change {flows}"),
            (true, 0) => format!("Change and publish {flows}"),
            (true, _) => format!("Change {flows}, publish {}", count - blocked),
        }
    };
    let may_publish = move || session.may(Right::Publish);
    view! {
        <section aria-label="Preview" data-panel="change-preview" class="changes__begin">
            <h2 class="title-group">"Preview"</h2>
            <Previews previews publishes />
            {if count == 0 {
                view! { <p class="text-muted">"Nothing is left to change. Choose other flows."</p> }.into_any()
            } else {
                view! { <Confirm choice may_publish=Signal::derive(may_publish) all_blocked failed busy words=Signal::derive(words) begin=Callback::new(begin) /> }.into_any()
            }}
        </section>
    }
}

/// Whether errors keep a flow from being published once it is changed.
fn is_blocked(preview: &FlowPreview) -> bool {
    matches!(preview.outcome, PreviewOutcome::Changes { errors: 1.., .. })
}

/// Whether to publish, and the yes.
#[component]
fn Confirm(
    choice: Choice,
    may_publish: Signal<bool>,
    /// Whether errors keep all of them from being published.
    all_blocked: bool,
    failed: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    words: Signal<String>,
    begin: Callback<MouseEvent>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || choice.publish.get() && !all_blocked
                disabled=move || all_blocked || !may_publish.get()
                on:change=move |event| choice.publish.set(event_target_checked(&event))
            />
            "Publish each flow once it is changed"
        </label>
        {all_blocked.then(|| view! {
            <p class="text-muted text-small">
                "Errors keep them from being published. They are changed here: correct them in the editor, then publish."
            </p>
        })}
        <Show when=move || !may_publish.get()>
            <p class="text-muted text-small">
                "Publishing needs the role of a publisher. The flows are changed here, and a publisher can publish them."
            </p>
        </Show>
        <Show when=move || choice.publish.get()>
            <Through chosen=choice.through label="Connection to publish through" />
        </Show>
        {move || failed.get().map(|words| view! { <Banner tone=Tone::Danger>{words}</Banner> })}
        <div class="changes__act">
            <Button kind=ButtonKind::Primary busy on_click=begin attr:data-action="begin">
                {words}
            </Button>
        </div>
    }
}
