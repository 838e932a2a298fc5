//! Parts of the page whose code is fetched when they are first wanted.

use std::{
    cell::Cell,
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use dom::{ev, prelude::*};
use leptos::wasm_split::SplitLoaderError;

use crate::components::{Banner, Button, Toasts, Tone};

/// Why a part is not there, and what to do.
const NOT_LOADED: &str = "This part of the page could not be loaded. Check your network; if \
                          Patchbay was updated meanwhile, load the page again.";

thread_local! {
    /// Counts what came: whatever did not is asked for again then.
    static ARRIVALS: ArcRwSignal<u64> = ArcRwSignal::new(0);
}

/// Something came late: what keeps other parts away may be over.
pub(crate) fn arrived() {
    ARRIVALS.with(|arrivals| arrivals.update(|count| *count += 1));
}

/// Whether the code came.
type Fetching = Pin<Box<dyn Future<Output = bool>>>;

/// How far fetching has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    There,
    Failed,
}

/// What `render` makes of a part: at once where its code is there already, else
/// as soon as it is.
pub(crate) fn part<P, F>(fetch: fn() -> F, render: impl Fn(P) -> View + 'static) -> View
where
    P: Copy + 'static,
    F: Future<Output = Result<P, SplitLoaderError>> + 'static,
{
    let there: Rc<Cell<Option<P>>> = Rc::default();
    let fetched = Rc::clone(&there);
    let fetch = move || -> Fetching {
        let fetched = Rc::clone(&fetched);
        Box::pin(async move {
            fetched.set(fetch().await.ok());
            fetched.get().is_some()
        })
    };
    let show = move || there.get().map_or(View::Empty, &render);
    placed(Rc::new(fetch), Box::new(show))
}

/// The same for what opens, such as a dialog: its code is fetched when it opens
/// for the first time, and it stays from then on.
pub(crate) fn part_when<P, F>(
    opens: impl Fn() -> bool + 'static,
    fetch: fn() -> F,
    render: impl Fn(P) -> View + 'static,
) -> View
where
    P: Copy + 'static,
    F: Future<Output = Result<P, SplitLoaderError>> + 'static,
{
    let toasts = expect_context::<Toasts>();
    let there = RwSignal::new(None::<P>);
    let ask = fetched(fetch, move |part| match part {
        Some(part) => {
            toasts.over(NOT_LOADED);
            there.set(Some(part));
        }
        None => toasts.danger(NOT_LOADED),
    });
    Effect::new(move |_| {
        if opens() && untrack(|| there.with(Option::is_none)) {
            ask.run(());
        }
    });
    (move || match there.get() {
        Some(part) => untrack(|| render(part)),
        None => View::Empty,
    })
    .into_view()
}

/// Calls `then` with a part as soon as its code is there, unless what asks has
/// ended by then; with none where it did not come, which the next call may make
/// good.
pub(crate) fn fetched<P, F>(fetch: fn() -> F, then: impl Fn(Option<P>) + 'static) -> Callback<()>
where
    P: 'static,
    F: Future<Output = Result<P, SplitLoaderError>> + 'static,
{
    let then = StoredValue::new_local(then);
    Callback::new(move |()| {
        spawn_local(async move {
            let part = fetch().await.ok();
            if part.is_some() {
                arrived();
            }
            then.try_with_value(|then| then(part));
        });
    })
}

fn placed(fetch: Rc<dyn Fn() -> Fetching>, show: Box<dyn Fn() -> View>) -> View {
    let mut fetching = fetch();
    let first = fetching
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    if first == Poll::Ready(true) {
        return show();
    }
    let stage = RwSignal::new(Stage::Waiting);
    let wait = move |fetching: Fetching| {
        spawn_local(async move {
            let came = fetching.await;
            stage.try_set(if came { Stage::There } else { Stage::Failed });
        });
    };
    if first.is_pending() {
        wait(fetching);
    } else {
        stage.set(Stage::Failed);
    }
    let again = Callback::new(move |_| {
        stage.set(Stage::Waiting);
        wait(fetch());
    });
    // What says that it is not there goes with the reason.
    let ask_again = move || {
        if stage.try_get_untracked() == Some(Stage::Failed) {
            again.run(());
        }
    };
    Effect::new(move |before: Option<u64>| {
        let count = ARRIVALS.with(ArcRwSignal::get);
        if before.is_some_and(|before| before != count) {
            ask_again();
        }
        count
    });
    let online = window_event_listener(ev::online, move |_| ask_again());
    on_cleanup(move || online.remove());
    (move || match stage.get() {
        Stage::Waiting => View::Empty,
        Stage::There => untrack(&show),
        Stage::Failed => view! {
            <Banner tone=Tone::Danger>
                {NOT_LOADED}" "
                <Button small=true on_click=move |_| again.run(())>
                    "Try again"
                </Button>
            </Banner>
        },
    })
    .into_view()
}
