//! The list of flows.

mod actions;
mod import;
mod new_flow;
mod row;
mod state;
mod table;

use std::time::Duration;

use api::{FlowSummary, PublishState, Role};
use leptos::{either::Either, ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::{
    actions::FlowActions,
    import::{ImportButton, ImportDrop, Importing},
    new_flow::{NewFlowButton, StartChoices},
    table::{FlowTable, LoadingTable},
};
use super::PageTitle;
use crate::{
    client::{Client, Failure},
    components::{Button, EmptyState, ErrorState, SearchInput},
    session::SessionState,
};

#[component]
pub fn FlowsPage() -> impl IntoView {
    let client = expect_context::<Client>();
    let session = expect_context::<SessionState>();
    let flows = LocalResource::new(move || client.flows());
    let search = RwSignal::new(String::new());
    let search_box = NodeRef::<html::Input>::new();
    provide_context(FlowActions::new(flows));
    provide_context(Importing::new());
    refresh_on_return(flows);
    refresh_while_publishing(flows);
    listen_for_keys(search_box);

    let may_edit = Memo::new(move |_| session.may(Role::Editor));
    let count = move || {
        flows.with(|flows| match flows {
            Some(Ok(flows)) => flows.len(),
            _ => 0,
        })
    };
    let body = move || match flows.get() {
        None => view! { <LoadingTable /> }.into_any(),
        Some(Err(Failure::SessionEnded)) => view! { <LoadingTable /> }.into_any(),
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="Flows could not be loaded"
                retry=move |()| flows.refetch()
            />
        }
        .into_any(),
        Some(Ok(all)) if all.is_empty() => view! { <NoFlows may_edit=may_edit.get() /> }.into_any(),
        Some(Ok(all)) => view! { <Found all search /> }.into_any(),
    };
    view! {
        <PageTitle title="Flows" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Flows"</h1>
                <Show when=move || may_edit.get()>
                    <ImportButton />
                    <NewFlowButton />
                </Show>
            </header>
            <Show when=move || { count() > 0 }>
                <div class="page__tools">
                    <SearchInput
                        label="Search flows"
                        value=search
                        node_ref=search_box
                        on_key_down=move |event: ev::KeyboardEvent| {
                            if event.key() == "ArrowDown"
                                && let Some(flow) = first_flow()
                            {
                                event.prevent_default();
                                // Focus fails on an element that is gone, and then nothing is lost.
                                let _ = flow.focus();
                            }
                        }
                    />
                    <span class="page__count" role="status">
                        {move || counted(flows.get(), &search.get())}
                    </span>
                </div>
            </Show>
            <div class="page__body">{body}</div>
            <Show when=move || may_edit.get()>
                <ImportDrop />
            </Show>
        </main>
    }
}

/// The flows that fit the search, or a word on there being none.
#[component]
fn Found(all: Vec<FlowSummary>, search: RwSignal<String>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        search.with(|search| {
            all.iter()
                .filter(|flow| fits(flow, search))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    move || {
        if none.get() {
            Either::Left(view! {
                <EmptyState
                    icon="search"
                    title="No flow has this name"
                    text=Signal::derive(move || format!("Nothing was found for “{}”.", search.get().trim()))
                >
                    <Button on_click=move |_| search.set(String::new())>"Show all flows"</Button>
                </EmptyState>
            })
        } else {
            Either::Right(view! { <FlowTable flows=shown /> })
        }
    }
}

#[component]
fn NoFlows(may_edit: bool) -> impl IntoView {
    if may_edit {
        Either::Left(view! {
            <EmptyState
                icon="workflow"
                title="Draw your first flow"
                text="Start from an example that works, or from an empty canvas. You can also drop a flow's file here."
            >
                <StartChoices />
            </EmptyState>
        })
    } else {
        Either::Right(view! {
            <EmptyState
                icon="workflow"
                title="There are no flows yet"
                text="When somebody who edits flows makes one, it appears here."
            />
        })
    }
}

fn fits(flow: &FlowSummary, search: &str) -> bool {
    let name = flow.name.to_lowercase();
    search
        .to_lowercase()
        .split_whitespace()
        .all(|word| name.contains(word))
}

fn counted(flows: Option<Result<Vec<FlowSummary>, Failure>>, search: &str) -> String {
    let Some(Ok(flows)) = flows else {
        return String::new();
    };
    let found = flows.iter().filter(|flow| fits(flow, search)).count();
    match (found, flows.len()) {
        (found, all) if found < all => format!("{found} of {all} flows"),
        (_, 1) => "1 flow".to_owned(),
        (_, all) => format!("{all} flows"),
    }
}

/// Who comes back to the tab sees what others did meanwhile.
fn refresh_on_return(flows: LocalResource<Result<Vec<FlowSummary>, Failure>>) {
    let focused = window_event_listener(ev::focus, move |_| flows.refetch());
    on_cleanup(move || focused.remove());
}

/// A publish that somebody started is followed until it ends.
fn refresh_while_publishing(flows: LocalResource<Result<Vec<FlowSummary>, Failure>>) {
    let publishing = move || {
        flows.with_untracked(|flows| match flows {
            Some(Ok(flows)) => flows
                .iter()
                .any(|flow| flow.publish == Some(PublishState::Running)),
            _ => false,
        })
    };
    let ticking = set_interval_with_handle(
        move || {
            if publishing() {
                flows.refetch();
            }
        },
        Duration::from_secs(3),
    );
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
}

/// Keys that work wherever the focus is, unless somebody is typing: `/` goes to
/// the search box, the down arrow from nowhere in particular to the first flow.
fn listen_for_keys(search_box: NodeRef<html::Input>) {
    let pressed = window_event_listener(ev::keydown, move |event| {
        let on = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let tag = on.map(|element| element.tag_name()).unwrap_or_default();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let goal = match (event.key().as_str(), tag.as_str()) {
            ("/", "INPUT" | "TEXTAREA" | "SELECT") => None,
            ("/", _) => search_box.get_untracked().map(JsCast::unchecked_into),
            ("ArrowDown", "BODY" | "MAIN") => first_flow(),
            _ => None,
        };
        if let Some(goal) = goal {
            event.prevent_default();
            // Focus fails on an element that is gone, and then nothing is lost.
            let _ = goal.focus();
        }
    });
    on_cleanup(move || pressed.remove());
}

fn first_flow() -> Option<HtmlElement> {
    let found = document().query_selector(".table__row .table__name[href]");
    found.ok()??.dyn_into().ok()
}
