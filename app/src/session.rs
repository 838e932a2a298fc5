//! Who is signed in, known to every page.

use api::{Account, Role, Session};
use leptos::{prelude::*, task::spawn_local};

use crate::client::{Client, Failure};

/// Who is signed in: `expect_context::<SessionState>()`.
#[derive(Clone, Copy)]
pub struct SessionState {
    answer: RwSignal<Option<Result<Session, Failure>>>,
    ended: RwSignal<bool>,
}

impl SessionState {
    /// Nothing is known yet. `ended` is what the client raises.
    pub fn new(ended: RwSignal<bool>) -> Self {
        Self {
            answer: RwSignal::new(None),
            ended,
        }
    }

    /// Asks the server who is signed in.
    pub fn load(self, client: Client) {
        spawn_local(async move {
            let answer = client.session().await;
            self.answer.set(Some(answer));
        });
    }

    /// What the server said; none until it has.
    pub fn answer(self) -> Option<Result<Session, Failure>> {
        self.answer.get()
    }

    /// Takes over what signing in or setting up answered.
    pub fn begin(self, session: Session) {
        self.answer.set(Some(Ok(session)));
        self.ended.set(false);
    }

    /// Whether the session ended under the page.
    pub fn ended(self) -> bool {
        self.ended.get()
    }

    /// Says that the session ended: the page asks to sign in again.
    pub fn end(self) {
        self.ended.set(true);
    }

    /// Who is signed in.
    pub fn account(self) -> Option<Account> {
        self.with(|session| session.account.clone()).flatten()
    }

    /// Whether somebody is signed in who may do what `role` may.
    pub fn may(self, role: Role) -> bool {
        self.with(|session| {
            session
                .account
                .as_ref()
                .is_some_and(|account| account.role >= role)
        })
        .unwrap_or(false)
    }

    /// The address of the sandbox's page, where one runs.
    pub fn sandbox(self) -> Option<String> {
        self.with(|session| session.sandbox.clone()).flatten()
    }

    fn with<T>(self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.answer.with(|answer| {
            answer
                .as_ref()
                .and_then(|answer| answer.as_ref().ok())
                .map(read)
        })
    }
}
