//! The list of flows.

mod actions;
mod import;
mod keys;
mod list;
mod many;
mod new_flow;
mod open_upstream;
mod row;
mod state;
mod table;

use api::{FlowSummary, Right};
use dom::{html, prelude::*};
use flow::FlowKind;

use self::{
    actions::FlowActions,
    import::{ImportButton, ImportDrop, Importing},
    list::{FlowList, flow_list},
    many::{ManyFlows, SelectionBar},
    new_flow::{NewFlowButton, StartChoices},
    open_upstream::OpenUpstreamButton,
    table::{FlowTable, LoadingTable},
};
use super::{
    PageTitle,
    deletion::{ConfirmDelete, Deletion},
};
use crate::{
    client::Client,
    components::{Button, EmptyState, ErrorState, IconButton, SearchInput, Segment, Segments},
    frame::SearchAll,
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
    let list = flow_list();
    provide_context(list);
    provide_context(FlowActions::new(list));
    provide_context(Deletion::new(
        async |client: Client, id: &str| client.delete_flow(id).await,
        Callback::new(move |()| list.load_again()),
    ));
    provide_context(ManyFlows::new(list));
    provide_context(Importing::new());
    let wanted = Wanted::new();
    let search_all = expect_context::<SearchAll>();
    let search_box = NodeRef::<html::Input>::new();
    keys::listen(search_box);

    let may_edit = Memo::new(move |_| session.may(Right::EditFlows));
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
                    <OpenUpstreamButton />
                    <ImportButton />
                    <NewFlowButton />
                </Show>
            </header>
            <Show when=move || body.get() == Body::Flows>
                <div class="page__tools">
                    <SearchInput label="Search flows" value=wanted.search node_ref=search_box />
                    <Segments
                        label="Kind of flow"
                        value=wanted.kind
                        on_change=move |kind| wanted.kind.set(kind)
                        segments=kinds()
                    />
                    <IconButton
                        icon="list-tree"
                        label="Find steps in all flows (Ctrl+Shift+F)"
                        on_click=move |_| search_all.open()
                    />
                    <span class="page__count" role="status">
                        {move || counted(&list.known().unwrap_or_default(), wanted)}
                    </span>
                </div>
            </Show>
            <SelectionBar />
            {list.out_of_date()}
            <div class="page__body">
                {move || match body.get() {
                    Body::Loading => view! { <LoadingTable /> },
                    Body::Failed => view! { <Failed /> },
                    Body::Empty => view! { <NoFlows may_edit=may_edit.get() /> },
                    Body::Flows => view! { <Found wanted /> },
                }}
            </div>
            <Show when=move || may_edit.get()>
                <ImportDrop />
                <ConfirmDelete
                    text="It disappears from this list for everybody. What was published stays live in Genesys Cloud until somebody removes it there."
                    action="Delete flow"
                />
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

/// What is searched for: words of the name, and a kind if one is chosen.
#[derive(Clone, Copy)]
struct Wanted {
    search: RwSignal<String>,
    kind: RwSignal<Option<FlowKind>>,
}

impl Wanted {
    fn new() -> Self {
        Self {
            search: RwSignal::new(String::new()),
            kind: RwSignal::new(None),
        }
    }

    /// Whether a flow is one of those. Reacts.
    fn fits(self, flow: &FlowSummary) -> bool {
        let name = flow.name.to_lowercase();
        let is_kind = self.kind.get().is_none_or(|kind| kind == flow.kind);
        is_kind
            && self.search.with(|search| {
                let search = search.to_lowercase();
                search.split_whitespace().all(|word| name.contains(word))
            })
    }

    fn forget(self) {
        self.search.set(String::new());
        self.kind.set(None);
    }
}

fn kinds() -> Vec<Segment<Option<FlowKind>>> {
    let kinds = [
        (None, "All"),
        (Some(FlowKind::Lookup), "Lookup"),
        (Some(FlowKind::Call), "Call"),
        (Some(FlowKind::Module), "Modules"),
        (Some(FlowKind::Shared), "Shared"),
    ];
    let segments = kinds.into_iter().map(|(value, label)| Segment {
        value,
        label,
        icon: None,
    });
    segments.collect()
}

/// The flows that fit the search, or a word on there being none.
#[component]
fn Found(wanted: Wanted) -> impl IntoView {
    let list = expect_context::<FlowList>();
    let shown = Memo::new(move |_| {
        let mut flows = list.known().unwrap_or_default();
        flows.retain(|flow| wanted.fits(flow));
        flows
    });
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    move || {
        if none.get() {
            view! { <NothingFound wanted /> }
        } else {
            view! { <FlowTable flows=shown /> }
        }
    }
}

#[component]
fn NothingFound(wanted: Wanted) -> impl IntoView {
    let kind = move || {
        let kind = wanted.kind.get();
        kind.map_or("flow".to_owned(), |kind| kind.title().to_lowercase())
    };
    let searches = move || wanted.search.with(|search| !search.trim().is_empty());
    let title = Signal::derive(move || {
        if searches() {
            format!("No {} has this name", kind())
        } else {
            format!("There is no {} yet", kind())
        }
    });
    let text = Signal::derive(move || {
        if searches() {
            let search = wanted.search.get();
            format!("Nothing was found for “{}”.", search.trim())
        } else {
            "Make one with “New flow”, or import its file.".to_owned()
        }
    });
    view! {
        <EmptyState icon="search" title text>
            <Button on_click=move |_| wanted.forget()>"Show all flows"</Button>
        </EmptyState>
    }
}

#[component]
fn NoFlows(may_edit: bool) -> impl IntoView {
    if may_edit {
        view! {
            <EmptyState
                icon="workflow"
                title="Draw your first flow"
                text="Start from an example that works, or from an empty canvas. You can also drop a flow's file here."
            >
                <StartChoices />
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState
                icon="workflow"
                title="There are no flows yet"
                text="When somebody who edits flows makes one, it appears here."
            />
        }
    }
}

fn counted(flows: &[FlowSummary], wanted: Wanted) -> String {
    let found = flows.iter().filter(|flow| wanted.fits(flow)).count();
    match (found, flows.len()) {
        (found, all) if found < all => format!("{found} of {all} flows"),
        (_, 1) => "1 flow".to_owned(),
        (_, all) => format!("{all} flows"),
    }
}
