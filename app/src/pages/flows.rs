//! The list of flows.

mod actions;
mod import;
mod keys;
mod list;
mod new_flow;
mod row;
mod state;
mod table;

use api::{FlowSummary, Role};
use leptos::{
    either::{Either, EitherOf4},
    html,
    prelude::*,
};

use self::{
    actions::{ConfirmDelete, FlowActions},
    import::{ImportButton, ImportDrop, Importing},
    list::FlowList,
    new_flow::{NewFlowButton, StartChoices},
    table::{FlowTable, LoadingTable},
};
use super::PageTitle;
use crate::{
    components::{Banner, Button, EmptyState, ErrorState, SearchInput, Tone},
    session::SessionState,
};

/// What stands in the place of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Loading,
    Failed,
    Empty,
    Flows,
}

#[component]
pub fn FlowsPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let list = FlowList::kept_fresh();
    provide_context(list);
    provide_context(FlowActions::new(list));
    provide_context(Importing::new());
    let search = RwSignal::new(String::new());
    let search_box = NodeRef::<html::Input>::new();
    keys::listen(search_box);

    let may_edit = Memo::new(move |_| session.may(Role::Editor));
    let body = Memo::new(move |_| match list.count() {
        None if list.failure().is_some() => Body::Failed,
        None => Body::Loading,
        Some(0) => Body::Empty,
        Some(_) => Body::Flows,
    });
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
            <Show when=move || body.get() == Body::Flows>
                <div class="page__tools">
                    <SearchInput label="Search flows" value=search node_ref=search_box />
                    <span class="page__count" role="status">
                        {move || counted(&list.known().unwrap_or_default(), &search.get())}
                    </span>
                </div>
            </Show>
            <OutOfDate />
            <div class="page__body">
                {move || match body.get() {
                    Body::Loading => EitherOf4::A(view! { <LoadingTable /> }),
                    Body::Failed => EitherOf4::B(view! { <Failed /> }),
                    Body::Empty => EitherOf4::C(view! { <NoFlows may_edit=may_edit.get() /> }),
                    Body::Flows => EitherOf4::D(view! { <Found search /> }),
                }}
            </div>
            <Show when=move || may_edit.get()>
                <ImportDrop />
                <ConfirmDelete />
            </Show>
        </main>
    }
}

/// The flows were never loaded.
#[component]
fn Failed() -> impl IntoView {
    let list = expect_context::<FlowList>();
    move || {
        list.failure().map(|failure| {
            view! {
                <ErrorState
                    failure
                    title="Flows could not be loaded"
                    retry=move |()| list.load_again()
                />
            }
        })
    }
}

/// The flows were loaded once and could not be loaded again.
#[component]
fn OutOfDate() -> impl IntoView {
    let list = expect_context::<FlowList>();
    move || {
        let failure = list.failure().filter(|_| list.count().is_some())?;
        let actions = ToChildren::to_children(move || {
            view! {
                <Button small=true on_click=move |_| list.load_again()>
                    "Try again"
                </Button>
            }
        });
        Some(view! {
            <Banner tone=Tone::Warning strip=true title="This list may be out of date" actions>
                {failure.to_string()}
            </Banner>
        })
    }
}

/// The flows that fit the search, or a word on there being none.
#[component]
fn Found(search: RwSignal<String>) -> impl IntoView {
    let list = expect_context::<FlowList>();
    let shown = Memo::new(move |_| {
        let mut flows = list.known().unwrap_or_default();
        search.with(|search| flows.retain(|flow| fits(flow, search)));
        flows
    });
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    move || {
        if none.get() {
            let text =
                Signal::derive(move || format!("Nothing was found for “{}”.", search.get().trim()));
            Either::Left(view! {
                <EmptyState icon="search" title="No flow has this name" text>
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

fn counted(flows: &[FlowSummary], search: &str) -> String {
    let found = flows.iter().filter(|flow| fits(flow, search)).count();
    match (found, flows.len()) {
        (found, all) if found < all => format!("{found} of {all} flows"),
        (_, 1) => "1 flow".to_owned(),
        (_, all) => format!("{all} flows"),
    }
}
