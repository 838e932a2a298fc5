//! Choosing the flows that are changed.

use api::FlowSummary;
use dom::prelude::*;

use super::{Sort, choice::Choice};
use crate::{
    components::{Button, EmptyState, Field, IconButton, SearchInput, TextInput, TooltipSide},
    flow_kind::{FlowTile, NO_NAME},
};

#[component]
pub(super) fn ChooseFlows(choice: Choice) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let offered = Memo::new(move |_| choice.offered());
    let shown = move || {
        let search = search.get().to_lowercase();
        let mut flows = offered.get();
        flows.retain(|flow| {
            let name = flow.name.to_lowercase();
            search.split_whitespace().all(|word| name.contains(word))
        });
        flows
    };
    let none = Memo::new(move |_| offered.with(Vec::is_empty));
    let all = move |is_chosen: bool| {
        for flow in untrack(shown) {
            choice.toggle(&flow.id, is_chosen);
        }
    };
    let counted = move || {
        let count = choice.chosen().len() + choice.upstream.with(Vec::len);
        match count {
            1 => "1 flow chosen".to_owned(),
            count => format!("{count} flows chosen"),
        }
    };
    view! {
        <section class="card changes__flows" aria-label="Flows" data-panel="change-flows">
            <h2 class="title-group">"Flows"</h2>
            <Show when=move || none.get()>
                <NoFlows choice />
            </Show>
            <Show when=move || !none.get()>
                <div class="changes__tools">
                    <SearchInput label="Search flows" value=search />
                    <Button small=true on_click=move |_| all(true)>"Choose all"</Button>
                    <Button small=true on_click=move |_| all(false)>"Choose none"</Button>
                    <span class="page__count" role="status">{counted}</span>
                </div>
                <ul class="changes__list">
                    {move || {
                        shown().into_iter().map(|flow| view! { <Row choice flow /> }).collect_view()
                    }}
                </ul>
            </Show>
            {(choice.sort == Sort::Link).then(|| view! { <FromGenesys choice /> })}
        </section>
    }
}

#[component]
fn Row(choice: Choice, flow: FlowSummary) -> impl IntoView {
    let id = StoredValue::new(flow.id);
    let name = if flow.name.trim().is_empty() {
        NO_NAME.to_owned()
    } else {
        flow.name
    };
    let is_chosen = move || id.with_value(|id| choice.flows.with(|flows| flows.contains(id)));
    view! {
        <li>
            <label class="check changes__flow">
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change=move |event| choice.toggle(&id.get_value(), event_target_checked(&event))
                />
                <FlowTile kind=flow.kind />
                <span class="truncate">{name}</span>
                <span class="text-muted text-small changes__end">
                    {if flow.upstream.is_some() { "In Genesys" } else { "Never published" }}
                </span>
            </label>
        </li>
    }
}

#[component]
fn NoFlows(choice: Choice) -> impl IntoView {
    let (title, text) = match choice.sort {
        Sort::Link => (
            "There are no call flows yet",
            "Make one from the list of flows, or add one that exists in Genesys below.",
        ),
        Sort::Repoint => (
            "Nothing calls it",
            "Only flows that call what you chose can be repointed. Open a flow from Genesys first if it exists only there.",
        ),
    };
    move || {
        let is_waiting = choice.sort == Sort::Repoint && choice.callers.with(Option::is_none);
        if is_waiting {
            view! {
                <p class="text-muted">"Choose what is called now: the flows that call it appear here."</p>
            }
        } else {
            view! { <EmptyState icon="workflow" compact=true title text=Signal::stored(text.to_owned()) /> }
        }
    }
}

/// Chooses call flows that exist in Genesys only. Nothing is made of them before
/// the change begins.
#[component]
fn FromGenesys(choice: Choice) -> impl IntoView {
    let id = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<String>);
    let add = move |_| {
        let text = id.get_untracked().trim().to_owned();
        let is_there = choice.upstream.with_untracked(|ids| ids.contains(&text));
        if text.is_empty() {
            return failed.set(Some("Enter the id of a call flow in Genesys.".to_owned()));
        }
        if !is_there {
            choice.upstream.update(|ids| ids.push(text));
        }
        id.set(String::new());
    };
    let remove = move |gone: String| choice.upstream.update(|ids| ids.retain(|id| *id != gone));
    view! {
        <ul class="changes__list" aria-label="Only in Genesys">
            <For each=move || choice.upstream.get() key=Clone::clone let:id>
                {
                    let gone = id.clone();
                    view! {
                        <li class="changes__head">
                            <code class="text-small truncate">{id.clone()}</code>
                            <span class="text-muted text-small changes__end">"Only in Genesys"</span>
                            <IconButton
                                icon="x"
                                label=format!("Leave {id} out")
                                side=TooltipSide::End
                                small=true
                                on_click=move |_| remove(gone.clone())
                            />
                        </li>
                    }
                }
            </For>
        </ul>
        <div class="changes__add">
            <Field
                label="Add a call flow that exists only in Genesys"
                hint="By its id. The preview reads it; it is opened here once you begin."
                error=failed
            >
                <TextInput
                    value=id
                    on_input=move |text| {
                        failed.set(None);
                        id.set(text);
                    }
                    code=true
                    placeholder="0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11"
                />
            </Field>
            <Button icon="plus" on_click=add>"Add"</Button>
        </div>
    }
}
