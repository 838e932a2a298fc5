//! Who has access.

use api::{Account, Role};
use leptos::prelude::*;

use super::{AdministratorsOnly, person_form::PersonForm};
use crate::{
    client::{Client, Failure},
    components::{Avatar, Badge, Button, Dialog, ErrorState, Skeleton, SkeletonShape, Tone},
    pages::PageTitle,
    role::{role_name, role_summary},
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
        Some(Ok(all)) => view! { <Table all /> }.into_any(),
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
fn Table(all: Vec<Account>) -> impl IntoView {
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
                        view! { <Person person is_own /> }
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
                <th scope="col">"Email address"</th>
                <th scope="col">"Role"</th>
            </tr>
        </thead>
    }
}

#[component]
fn Person(person: Account, is_own: bool) -> impl IntoView {
    let tone = if person.role == Role::Administrator {
        Tone::Accent
    } else {
        Tone::Neutral
    };
    view! {
        <tr class="table__row">
            <td>
                <span class="table__name">
                    <Avatar name=person.name.clone() />
                    <span class="truncate">
                        {person.name}
                        {is_own.then(|| view! { <span class="text-muted">" (you)"</span> })}
                    </span>
                </span>
            </td>
            <td>{person.email}</td>
            <td>
                <Badge tone attr:title=role_summary(person.role)>
                    {role_name(person.role)}
                </Badge>
            </td>
        </tr>
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
                <td>
                    <Skeleton />
                </td>
                <td>
                    <Skeleton shape=SkeletonShape::Short />
                </td>
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
