//! The frame around the pages of somebody who is signed in.

mod commands;
mod confirm_identity;
mod keys;
mod rail;
mod search;
mod sign_in_again;

use dom::prelude::*;
use dom::route::{NavigateOptions, use_location, use_navigate};

use self::rail::Rail;
pub(crate) use self::{
    commands::{Commands, Entry, command_dialog},
    confirm_identity::confirm_identity,
    search::{SearchAll, search_dialog},
    sign_in_again::sign_in_again,
};
use crate::{
    client::Client,
    components::{ErrorState, Spinner},
    confirming::Confirming,
    part::part_when,
    parts,
    session::SessionState,
};

/// Where a page stands in the way of signing in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Asking,
    Failed,
    Away,
    Open,
}

/// Shows a page with the rail beside it. Without a session it leads to signing
/// in, and back to the wanted address afterwards.
#[component]
pub fn Frame(
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<SessionState>();
    let client = expect_context::<Client>();
    let location = use_location();
    let navigate = use_navigate();
    let gate = Memo::new(move |_| match session.answer() {
        None => Gate::Asking,
        Some(Err(_)) => Gate::Failed,
        Some(Ok(found)) if found.account.is_some() => Gate::Open,
        Some(Ok(_)) => Gate::Away,
    });
    Effect::new(move |_| {
        if gate.get() == Gate::Away {
            let needs_set_up = matches!(session.answer(), Some(Ok(answer)) if answer.needs_set_up);
            let wanted = location.pathname.get_untracked();
            let to = if needs_set_up {
                "/set-up".to_owned()
            } else if wanted == "/flows" || wanted == "/" {
                "/sign-in".to_owned()
            } else {
                format!("/sign-in?next={wanted}")
            };
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&to, options);
        }
    });
    move || match gate.get() {
        Gate::Asking => view! {
            <main class="empty">
                <Spinner />
            </main>
        },
        Gate::Failed => match session.answer() {
            Some(Err(failure)) => view! {
                <main class="sign-in">
                    <div class="sign-in__card">
                        <ErrorState
                            failure
                            title="Patchbay could not be loaded"
                            retry=move |()| session.load(client)
                        />
                    </div>
                </main>
            },
            _ => View::Empty,
        },
        Gate::Away => View::Empty,
        Gate::Open => {
            let children = ChildrenFn::clone(&children);
            view! { <Framed children /> }
        }
    }
}

#[component]
fn Framed(children: ChildrenFn) -> impl IntoView {
    let pathname = use_location().pathname;
    let session = expect_context::<SessionState>();
    let confirming = expect_context::<Confirming>();
    let search = SearchAll::new();
    provide_context(search);
    let commands = Commands::new();
    provide_context(commands);
    keys::listen(search, commands);
    let in_editor = Memo::new(move |_| pathname.with(|path| path.starts_with("/flows/")));
    view! {
        <a class="skip-link" href="#main" rel="external">
            "Skip to content"
        </a>
        <div class="app" class:app--editor=in_editor>
            <Rail />
            {children()}
        </div>
        {part_when(move || search.is_open(), parts::search, |dialog| dialog())}
        {part_when(move || commands.is_open(), parts::commands, |dialog| dialog())}
        {part_when(move || session.ended(), parts::sign_in_again, |dialog| dialog())}
        {part_when(move || confirming.wanted(), parts::confirm_identity, |dialog| dialog())}
    }
}
