//! Who has access.

use api::Account;
use dom::prelude::*;

use super::{AdministratorsOnly, person_form::PersonForm, person_row::PersonRow};
use crate::{
    client::{Client, Failure},
    components::{Button, Dialog, ErrorState, Skeleton, SkeletonShape},
    pages::PageTitle,
    session::{Loaded, SessionState, loaded},
};

/// The people as they were loaded, and how to load them again.
pub type People = Loaded<Vec<Account>>;

#[component]
pub fn PeoplePage() -> impl IntoView {
    view! {
        <PageTitle title="People" />
        <AdministratorsOnly title="People are for administrators">
            <List />
        </AdministratorsOnly>
    }
}

#[component]
fn List() -> impl IntoView {
    let client = expect_context::<Client>();
    let people = loaded(move || client.accounts());
    let adding = RwSignal::new(false);
    let body = move || match people.get() {
        None | Some(Err(Failure::SessionEnded)) => view! { <Loading /> }.into_any(),
        Some(Err(failure)) => view! {
            <ErrorState
                failure
                title="People could not be loaded"
                retry=move |()| people.refetch()
            />
        }
        .into_any(),
        Some(Ok(all)) => view! { <Table all people /> }.into_any(),
    };
    view! {
        <header class="page__head">
            <div class="page__title">
                <h2 class="title-section">"People"</h2>
                <p class="page__text">"Who can sign in, and what they may do."</p>
            </div>
            <Button icon="plus" on_click=move |_| adding.set(true)>
                "Add person"
            </Button>
        </header>
        {body}
        <Dialog open=adding title="Add a person">
            <PersonForm open=adding people />
        </Dialog>
    }
}

#[component]
fn Table(all: Vec<Account>, people: People) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let own = untrack(|| session.account()).map(|account| account.id);
    view! {
        <table class="table">
            <Head />
            <tbody>
                {all
                    .into_iter()
                    .map(|person| {
                        let is_own = own.as_ref() == Some(&person.id);
                        view! { <PersonRow person is_own people /> }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

#[component]
fn Head() -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"Name"</th>
                <th scope="col" data-narrow="hide">"Email address"</th>
                <th scope="col">"Role"</th>
                <th scope="col" aria-label="Actions"></th>
            </tr>
        </thead>
    }
}

#[component]
fn Loading() -> impl IntoView {
    let row = |_| {
        view! {
            <tr class="table__row" aria-hidden="true">
                <td>
                    <span class="table__name">
                        <Skeleton shape=SkeletonShape::Tile />
                        <Skeleton />
                    </span>
                </td>
                <td data-narrow="hide">
                    <Skeleton />
                </td>
                <td>
                    <Skeleton shape=SkeletonShape::Short />
                </td>
                <td></td>
            </tr>
        }
    };
    view! {
        <table class="table" aria-busy="true" aria-label="People are being loaded">
            <Head />
            <tbody>{(0..3).map(row).collect_view()}</tbody>
        </table>
    }
}
