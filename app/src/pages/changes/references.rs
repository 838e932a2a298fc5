//! Verifying references: each flow is read back from Genesys, which says what
//! it refers to there.

use api::{
    Consumers, FlowSummary, PublishedReferences, ReferenceStanding, VerifiedFlow, VerifiedReference,
};
use dom::{prelude::*, route::use_query};

use crate::{
    client::{Client, Failure},
    components::{Badge, Button, ButtonKind, EmptyState, Icon, Spinner, Tone},
    pages::PageTitle,
    session::{Loaded, loaded},
};

/// What came of reading a flow back; none while it is under way.
type Answer = RwSignal<Option<Result<VerifiedFlow, Failure>>>;

#[component]
pub(super) fn ReferencesPage() -> impl IntoView {
    let client = expect_context::<Client>();
    let asked = use_query("flows");
    let known = loaded(move || client.flows());
    let flows = Memo::new(move |_| {
        let asked = asked.get().unwrap_or_default();
        let ids = asked.split(',').filter(|id| !id.is_empty());
        ids.map(|id| (id.to_owned(), RwSignal::new(None)))
            .collect::<Vec<(String, Answer)>>()
    });
    let busy = RwSignal::new(false);
    // One after the other, as the connection is paced.
    let verify = Callback::new(move |published: PublishedReferences| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let flows = flows.get_untracked();
        for (_, answer) in &flows {
            answer.set(None);
        }
        spawn_local(async move {
            for (id, answer) in flows {
                let read = client.verify_references(&id, published).await;
                answer.try_set(Some(read));
            }
            busy.try_set(false);
        });
    });
    Effect::new(move |_| {
        flows.track();
        verify.run(PublishedReferences::Known);
    });
    let body = move || {
        let flows = flows.get();
        if flows.is_empty() {
            return view! {
                <EmptyState
                    icon="link"
                    title="No flow is chosen"
                    text="Select flows in the list, then choose “Verify references”."
                >
                    <a class="button" href="/flows">"Go to flows"</a>
                </EmptyState>
            };
        }
        let rows = flows
            .into_iter()
            .map(|(id, answer)| view! { <Flow known id answer /> })
            .collect_view();
        view! { <div class="page__column page__column--beside changes">{rows}</div> }
    };
    view! {
        <PageTitle title="References" />
        <main class="page" id="main" tabindex="-1" data-panel="references">
            <header class="page__head">
                <super::BackToFlows />
                <h1 class="page__title title-page">"What flows refer to in Genesys"</h1>
                <Button
                    kind=ButtonKind::Primary
                    icon="refresh"
                    busy
                    on_click=move |_| verify.run(PublishedReferences::Asked)
                >
                    "Ask Genesys for each"
                </Button>
            </header>
            <div class="page__body">{body}</div>
        </main>
    }
}

#[component]
fn Flow(known: Loaded<Vec<FlowSummary>>, id: String, answer: Answer) -> impl IntoView {
    let address = format!("/flows/{id}");
    let id = StoredValue::new(id);
    let summary = move || {
        known.with(|known| {
            let flows = known.as_ref().and_then(|known| known.as_ref().ok());
            let mut flows = flows?.iter();
            flows
                .find(|flow| id.with_value(|id| flow.id == *id))
                .cloned()
        })
    };
    // Only modules and shared flows are called by others.
    let is_called = Memo::new(move |_| summary().is_some_and(|flow| flow.kind.entity().is_some()));
    let content = move || {
        match answer.get() {
        None => view! { <Spinner label="Reading it back" /> }.into_any(),
        Some(Err(failure)) => view! {
            <p class="field__error"><Icon name="circle-alert" /><span>{failure.to_string()}</span></p>
        }
        .into_any(),
        Some(Ok(read)) if read.references.is_empty() => {
            view! { <p class="text-muted">"It refers to nothing."</p> }.into_any()
        }
        Some(Ok(read)) => {
            let rows = read
                .references
                .into_iter()
                .map(|reference| view! { <Reference reference /> })
                .collect_view();
            view! { <ul class="changes__sentences">{rows}</ul> }.into_any()
        }
    }
    };
    let name = move || match answer.get() {
        Some(Ok(read)) => format!("{}, version {}", read.name, read.version),
        // One that could not be read back has its name here.
        _ => summary().map_or_else(|| "Flow".to_owned(), |flow| flow.name),
    };
    view! {
        <section class="card changes__preview">
            <div class="changes__head"><a class="link" href=address>{name}</a></div>
            {content}
            {move || is_called.get().then(|| view! { <ReferredBy id=id.get_value() answer /> })}
        </section>
    }
}

/// The flows here that refer to one; looked for whenever that is read back.
#[component]
fn ReferredBy(id: String, answer: Answer) -> impl IntoView {
    let client = expect_context::<Client>();
    let found = RwSignal::new(None::<Result<Consumers, Failure>>);
    Effect::new(move |_| {
        if answer.with(Option::is_none) {
            return;
        }
        let id = id.clone();
        spawn_local(async move {
            let callers = client.consumers(&id, None).await;
            found.try_set(Some(callers));
        });
    });
    move || {
        match found.get() {
        None => ().into_any(),
        Some(Err(failure)) => view! {
            <p class="field__error"><Icon name="circle-alert" /><span>{failure.to_string()}</span></p>
        }
        .into_any(),
        Some(Ok(found)) if found.consumers.is_empty() => {
            view! { <p class="text-muted">"No flow here refers to it."</p> }.into_any()
        }
        Some(Ok(found)) => {
            let title = match found.consumers.len() {
                1 => "1 flow here refers to it".to_owned(),
                count => format!("{count} flows here refer to it"),
            };
            let rows = found
                .consumers
                .into_iter()
                .map(|caller| {
                    let address = format!("/flows/{}", caller.flow);
                    view! { <li><a class="link" href=address>{caller.name}</a></li> }
                })
                .collect_view();
            view! {
                <p class="text-muted">{title}</p>
                <ul class="changes__sentences">{rows}</ul>
            }
            .into_any()
        }
    }
    }
}

#[component]
fn Reference(reference: VerifiedReference) -> impl IntoView {
    let VerifiedReference {
        node,
        kind,
        id,
        standing,
    } = reference;
    let what = kind.title();
    let (tone, word, words) = match standing {
        ReferenceStanding::Known {
            name,
            is_asked: true,
            ..
        } => (
            Tone::Success,
            "There",
            format!("{node} calls the {what} “{name}”, which was published from here."),
        ),
        ReferenceStanding::Known { name, .. } => (
            Tone::Info,
            "Published",
            format!(
                "{node} calls the {what} “{name}”, which was published from here. Whether it still is there was not asked."
            ),
        ),
        ReferenceStanding::There { name } if name.is_empty() => (
            Tone::Success,
            "There",
            format!("{node} calls a {what} that exists only in Genesys."),
        ),
        ReferenceStanding::There { name } => (
            Tone::Success,
            "There",
            format!("{node} calls the {what} “{name}”, which exists only in Genesys."),
        ),
        ReferenceStanding::Missing => (
            Tone::Danger,
            "Missing",
            format!(
                "{node} calls a {what} that is not there. Open the flow, choose another, and publish it."
            ),
        ),
        ReferenceStanding::Unknown { sentence } => (
            Tone::Warning,
            "Unknown",
            format!("Whether the {what} that {node} calls is there could not be asked. {sentence}"),
        ),
    };
    view! {
        <li class="changes__reference">
            <Badge tone dot=true>{word}</Badge>
            <span>{words} " " <code class="text-small">{id}</code></span>
        </li>
    }
}
