//! The editor of a data action: `/data-actions/:id`.

mod bar;
mod choices;
mod code;
mod conflict;
mod desk;
mod dock;
mod form;
mod parameters;
mod preview;
mod problems;
mod saving;
mod take_in;
mod trial;
mod upload;

use api::OpenDataAction;
use dom::{
    prelude::*,
    route::{NavigateOptions, use_navigate},
};
use flow::data_action::DataActionFile;

pub(in crate::pages) use self::bar::upstream_state;
use self::{
    bar::Bar, code::CodeEditor, conflict::ConflictDialog, desk::ActionDesk, dock::Dock, form::Form,
    saving::SaveState,
};
use super::PageTitle;
use crate::{
    client::{Client, Failure},
    components::{Banner, Button, ErrorState, Skeleton, SkeletonShape, Tone},
    editor::LeaveGuard,
    session::{Loaded, loaded},
};

/// The editor of one data action.
#[component]
pub fn DataActionPage(
    /// Its id.
    id: Memo<String>,
) -> impl IntoView {
    // Another data action is another desk.
    move || view! { <Opening id=id.get() /> }
}

#[component]
fn Opening(id: String) -> impl IntoView {
    let client = expect_context::<Client>();
    let asked = StoredValue::new(id);
    let answer: Loaded<OpenDataAction> = loaded(move || {
        let id = asked.get_value();
        async move { client.data_action(&id).await }
    });
    // What is open stays when it is asked for again, after signing in.
    let opened = Memo::new(move |before: Option<&Option<OpenDataAction>>| {
        let known = before.cloned().flatten();
        known.or_else(|| answer.get().and_then(Result::ok))
    });
    let failure = move || match answer.get() {
        Some(Err(failure)) if failure != Failure::SessionEnded => Some(failure),
        _ => None,
    };
    move || match opened.get() {
        Some(opened) => untrack(|| view! { <Open opened /> }),
        None => match failure() {
            Some(failure) => view! { <NotOpened failure retry=move |()| answer.refetch() /> },
            None => view! { <Loading /> },
        },
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <PageTitle title="Data action" />
        <main class="action" id="main" tabindex="-1" aria-busy="true">
            <div class="action__bar">
                <Skeleton shape=SkeletonShape::Short />
            </div>
        </main>
    }
}

#[component]
fn NotOpened(failure: Failure, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    view! {
        <PageTitle title="Data action" />
        <main class="page" id="main" tabindex="-1">
            <header class="page__head">
                <h1 class="page__title title-page">"Data action"</h1>
                <a class="button" href="/data-actions">
                    "Back to data actions"
                </a>
            </header>
            <div class="page__body">
                <ErrorState failure title="The data action could not be opened" retry />
            </div>
        </main>
    }
}

#[component]
fn Open(opened: OpenDataAction) -> impl IntoView {
    let desk = ActionDesk::new(opened);
    let pending = Signal::derive(move || desk.saving.pending());
    let title = Signal::derive(move || desk.action.with(|action| action.name.clone()));
    view! {
        <PageTitle title />
        <main class="action" id="main" tabindex="-1">
            <Bar desk />
            <NotSaved desk />
            <div class="action__body">
                <Form desk />
                <div class="action__script">
                    <CodeEditor desk />
                    <Dock desk />
                </div>
            </div>
            <ConflictDialog desk />
            <LeaveGuard pending />
        </main>
    }
}

/// Why it is not saved, where somebody has to do something about it.
#[component]
fn NotSaved(desk: ActionDesk) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let busy = RwSignal::new(false);
    let keep = move |_| {
        let action = (*desk.action.get_untracked()).clone();
        busy.set(true);
        spawn_local(async move {
            let kept = match DataActionFile::new(action, None).to_json() {
                Ok(text) => desk.client.import_data_action(text).await,
                Err(_) => Err(Failure::NotUnderstood { status: 0 }),
            };
            busy.try_set(false);
            match kept {
                Ok(made) => {
                    desk.saving.state.try_set(SaveState::Saved);
                    let path = ["/data-actions/", &made.summary.id].concat();
                    navigate.try_with_value(|go| go(&path, NavigateOptions::default()));
                }
                Err(failure) => desk.toasts.danger(format!("It was not kept. {failure}")),
            }
        });
    };
    move || match desk.saving.state.get() {
        SaveState::Refused(failure) => {
            let places = failure
                .problem()
                .into_iter()
                .flat_map(|problem| &problem.errors);
            let places: Vec<_> = places.map(|place| place.detail.as_str()).collect();
            let said = if places.is_empty() {
                failure.to_string()
            } else {
                places.join(" ")
            };
            view! {
                <Banner tone=Tone::Danger strip=true title="The last changes are not saved">
                    {said}
                </Banner>
            }
        }
        SaveState::Gone => {
            let actions = ToChildren::to_children(move || {
                view! {
                    <Button small=true busy on_click=keep>
                        "Keep as a new one"
                    </Button>
                }
            });
            view! {
                <Banner tone=Tone::Danger strip=true title="Somebody deleted this data action" actions>
                    "What you have here can be kept as a new one."
                </Banner>
            }
        }
        _ => View::Empty,
    }
}
