//! The list of data actions.

mod actions;
mod import;
mod list;
mod organisation;
mod row;
mod table;

use api::{ActionStart, DataActionSummary, Right};
use dom::prelude::*;

use self::{
    actions::Actions,
    import::ImportButton,
    list::{ActionList, action_list},
    organisation::OrganisationButton,
    table::ActionTable,
};
use super::{
    PageTitle,
    deletion::{ConfirmDelete, Deletion},
};
use crate::{
    client::Client,
    components::{
        Button, ButtonKind, EmptyState, ErrorState, MenuButton, MenuItem, SearchInput, Skeleton,
        SkeletonShape,
    },
    session::SessionState,
};

/// What stands in the place of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Loading,
    Failed,
    Empty,
    Actions,
}

#[component]
pub fn DataActionsPage() -> impl IntoView {
    let session = expect_context::<SessionState>();
    let list = action_list();
    provide_context(list);
    provide_context(Actions::new());
    provide_context(Deletion::new(
        async |client: Client, id: &str| client.delete_data_action(id).await,
        Callback::new(move |()| list.load_again()),
    ));
    let search = RwSignal::new(String::new());
    let may_edit = Memo::new(move |_| session.may(Right::EditFlows));
    let body = Memo::new(move |_| match list.count() {
        None if list.failure().is_some() => Body::Failed,
        None => Body::Loading,
        Some(0) => Body::Empty,
        Some(_) => Body::Actions,
    });
    view! {
        <PageTitle title="Data actions" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Data actions"</h1>
                <Show when=move || may_edit.get()>
                    <OrganisationButton />
                    <ImportButton />
                    <NewButton />
                </Show>
            </header>
            <Show when=move || body.get() == Body::Actions>
                <div class="page__tools">
                    <SearchInput label="Search data actions" value=search />
                    <span class="page__count" role="status">
                        {move || counted(&list.known().unwrap_or_default(), &search.get())}
                    </span>
                </div>
            </Show>
            {list.out_of_date()}
            <div class="page__body">
                {move || match body.get() {
                    Body::Loading => view! { <Loading /> },
                    Body::Failed => view! { <Failed /> },
                    Body::Empty => view! { <NoActions may_edit=may_edit.get() /> },
                    Body::Actions => view! { <Found search /> },
                }}
            </div>
            <Show when=move || may_edit.get()>
                <ConfirmDelete
                    text="It disappears from this list for everybody. What was uploaded stays in Genesys Cloud, and flows that use it go on."
                    action="Delete data action"
                />
            </Show>
        </main>
    }
}

/// Makes a data action, from nothing or from the example.
#[component]
fn NewButton() -> impl IntoView {
    let actions = expect_context::<Actions>();
    view! {
        <MenuButton label="New data action" icon="plus" kind=ButtonKind::Primary>
            <MenuItem icon="plus" on_choose=move |()| actions.make(ActionStart::Empty)>
                "Empty"
            </MenuItem>
            <MenuItem icon="globe" on_choose=move |()| actions.make(ActionStart::Example)>
                "Example: look up a user"
            </MenuItem>
        </MenuButton>
    }
}

#[component]
fn Loading() -> impl IntoView {
    let rows = (0..4).map(|_| {
        view! {
            <tr>
                <td>
                    <Skeleton shape=SkeletonShape::Short />
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="table" aria-busy="true" aria-label="Data actions are being loaded">
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let list = expect_context::<ActionList>();
    move || {
        let failure = list.failure()?;
        Some(view! {
            <ErrorState
                failure
                title="Data actions could not be loaded"
                retry=move |()| list.load_again()
            />
        })
    }
}

#[component]
fn NoActions(may_edit: bool) -> impl IntoView {
    let actions = expect_context::<Actions>();
    if may_edit {
        view! {
            <EmptyState
                icon="square-function"
                title="Write your first data action"
                text="A Python script that flows call, with inputs and outputs. Start from an example that works, import a file, or open one that Genesys Cloud has."
            >
                <Button icon="plus" on_click=move |_| actions.make(ActionStart::Empty)>
                    "Start empty"
                </Button>
                <Button
                    kind=ButtonKind::Primary
                    icon="globe"
                    on_click=move |_| actions.make(ActionStart::Example)
                >
                    "Start from the example"
                </Button>
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState
                icon="square-function"
                title="There are no data actions yet"
                text="When somebody who edits makes one, it appears here."
            />
        }
    }
}

/// Whether a data action is one of those that are searched for.
fn fits(action: &DataActionSummary, search: &str) -> bool {
    let name = action.name.to_lowercase();
    let search = search.to_lowercase();
    search.split_whitespace().all(|word| name.contains(word))
}

/// Those that fit the search, or a word on there being none.
#[component]
fn Found(search: RwSignal<String>) -> impl IntoView {
    let list = expect_context::<ActionList>();
    let shown = Memo::new(move |_| {
        let mut actions = list.known().unwrap_or_default();
        search.with(|search| actions.retain(|action| fits(action, search)));
        actions
    });
    let none = Memo::new(move |_| shown.with(Vec::is_empty));
    let text = Signal::derive(move || {
        search.with(|search| format!("Nothing was found for “{}”.", search.trim()))
    });
    move || {
        if none.get() {
            view! {
                <EmptyState icon="search" title="No data action has this name" text>
                    <Button on_click=move |_| search.set(String::new())>
                        "Show all data actions"
                    </Button>
                </EmptyState>
            }
        } else {
            view! { <ActionTable actions=shown /> }
        }
    }
}

fn counted(actions: &[DataActionSummary], search: &str) -> String {
    let found = actions.iter().filter(|action| fits(action, search)).count();
    match (found, actions.len()) {
        (found, all) if found < all => format!("{found} of {all} data actions"),
        (_, 1) => "1 data action".to_owned(),
        (_, all) => format!("{all} data actions"),
    }
}
