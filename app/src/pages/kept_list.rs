//! A list as it is known, and when it is asked for again.

use std::time::Duration;

use dom::{ev, prelude::*};

use crate::{
    client::{Client, Failure},
    components::{Banner, Button, Tone},
    session::{Loaded, loaded},
};

/// How long after a list was loaded that will change by itself it is loaded
/// again.
const SOON: Duration = Duration::from_secs(3);

/// A list of a page. What was loaded once stays while it is loaded again, and
/// when that fails.
pub struct KeptList<T: 'static> {
    answer: Loaded<Vec<T>>,
    known: RwSignal<Option<Vec<T>>>,
}

impl<T> Clone for KeptList<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for KeptList<T> {}

impl<T: Clone + Send + Sync + 'static> KeptList<T> {
    /// Loads the list; again when somebody comes back to the tab, and every few
    /// seconds while it holds something that `is_under_way`.
    pub fn kept_fresh(
        fetch: impl AsyncFn(Client) -> Result<Vec<T>, Failure> + Copy + 'static,
        is_under_way: fn(&T) -> bool,
    ) -> Self {
        let client = expect_context::<Client>();
        let answer = loaded(move || async move { fetch(client).await });
        let known = RwSignal::new(None);
        Effect::new(move |_| {
            if let Some(Ok(all)) = answer.get() {
                known.set(Some(all));
            }
        });
        let list = Self { answer, known };
        let focused = window_event_listener(ev::focus, move |_| list.load_again());
        let ticking = set_interval_with_handle(
            move || {
                if list.holds(is_under_way) {
                    list.load_again();
                }
            },
            SOON,
        );
        on_cleanup(move || {
            focused.remove();
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
        list
    }

    /// Loads the list again.
    pub fn load_again(self) {
        self.answer.refetch();
    }

    /// What is in it, once it was loaded.
    pub fn known(self) -> Option<Vec<T>> {
        self.known.get()
    }

    /// How many there are; none before they were loaded.
    pub fn count(self) -> Option<usize> {
        self.known.with(|known| known.as_ref().map(Vec::len))
    }

    /// Why it was not loaded the last time, where that is to be told here.
    pub fn failure(self) -> Option<Failure> {
        match self.answer.get() {
            Some(Err(failure)) if failure != Failure::SessionEnded => Some(failure),
            _ => None,
        }
    }

    fn holds(self, is_one: fn(&T) -> bool) -> bool {
        self.known
            .with_untracked(|known| known.iter().flatten().any(is_one))
    }

    /// Says so where the list was loaded once and could not be loaded again.
    pub fn out_of_date(self) -> impl IntoView {
        let failure = move || self.failure().filter(|_| self.count().is_some());
        let load_again = Callback::new(move |()| self.load_again());
        move || Some(out_of_date(failure()?.to_string(), load_again))
    }
}

fn out_of_date(why: String, load_again: Callback<()>) -> View {
    let actions = ToChildren::to_children(move || {
        view! {
            <Button small=true on_click=move |_| load_again.run(())>
                "Try again"
            </Button>
        }
    });
    view! {
        <Banner tone=Tone::Warning strip=true title="This list may be out of date" actions>
            {why}
        </Banner>
    }
}
