//! Who is signed in, known to every page.

use api::{Account, Right, Session};
use dom::prelude::*;

use crate::client::{Client, Failure};

/// Who is signed in: `expect_context::<SessionState>()`.
#[derive(Clone, Copy)]
pub struct SessionState {
    answer: RwSignal<Option<Result<Session, Failure>>>,
    ended: RwSignal<bool>,
    /// Counts the times that somebody signed in while the page was there.
    sign_ins: RwSignal<u32>,
}

/// Something loaded from the server.
pub struct Loaded<T> {
    answer: RwSignal<Option<Result<T, Failure>>>,
    /// Counts the times that it was asked for.
    asked: RwSignal<u32>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

impl<T: Clone + 'static> Loaded<T> {
    /// What the server answered last; none until it has.
    pub fn get(&self) -> Option<Result<T, Failure>> {
        self.answer.get()
    }

    /// Looks at it.
    pub fn with<U>(&self, look: impl FnOnce(&Option<Result<T, Failure>>) -> U) -> U {
        self.answer.with(look)
    }

    /// Asks again. What is there stays until there is an answer.
    pub fn refetch(&self) {
        self.asked.update(|times| *times += 1);
    }
}

/// Loads something from the server, and again after somebody whose session
/// ended has signed in again.
pub fn loaded<T, Answer>(fetch: impl Fn() -> Answer + 'static) -> Loaded<T>
where
    T: 'static,
    Answer: Future<Output = Result<T, Failure>> + 'static,
{
    let session = expect_context::<SessionState>();
    let loaded = Loaded {
        answer: RwSignal::new(None),
        asked: RwSignal::new(0),
    };
    Effect::new(move |_| {
        session.sign_ins.track();
        loaded.asked.track();
        let asked = loaded.asked.get_untracked();
        let answer = untrack(&fetch);
        spawn_local(async move {
            let answer = answer.await;
            // An answer to an earlier question may come later: it is older.
            if loaded.asked.try_get_untracked() == Some(asked) {
                loaded.answer.try_set(Some(answer));
            }
        });
    });
    loaded
}

impl SessionState {
    /// Nothing is known yet. `ended` is what the client raises.
    pub fn new(ended: RwSignal<bool>) -> Self {
        Self {
            answer: RwSignal::new(None),
            ended,
            sign_ins: RwSignal::new(0),
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
        if self.ended.get_untracked() {
            self.ended.set(false);
            self.sign_ins.update(|times| *times += 1);
        }
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

    /// Whether somebody is signed in who has this right.
    pub fn may(self, right: Right) -> bool {
        self.with(|session| {
            session
                .account
                .as_ref()
                .is_some_and(|account| account.role.may(right))
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
