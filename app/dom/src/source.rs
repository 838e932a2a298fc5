//! What can be read and watched, whatever is in it: the one type behind all
//! signals.

use std::{
    any::Any,
    cell::{Ref, RefCell},
    rc::Rc,
};

use leptos::reactive::{
    computed::ArcMemo,
    owner::{ArenaItem, LocalStorage},
    signal::ArcTrigger,
    traits::{Get, GetUntracked, Notify, Track},
};
use send_wrapper::SendWrapper;

/// A value that a memo or a derived signal gave.
pub(crate) type Shared = Rc<dyn Any>;

/// How a memo sees its value: the graph asks for `Send`, the page has one thread.
pub(crate) type Kept = SendWrapper<Shared>;

/// Computes a value. A closure by a trait of our own: `dyn Fn` would carry two
/// more copies of each, for who calls it once or changes it.
pub(crate) trait Derive {
    fn derive(&self) -> Shared;
}

/// Computes a value from the one before; whether it is another.
pub(crate) trait Recompute {
    fn recompute(&self, before: Option<&Shared>) -> (Shared, bool);
}

/// Where a value comes from.
pub(crate) enum Source {
    /// It is set.
    Set {
        changed: ArcTrigger,
        value: RefCell<Box<dyn Any>>,
    },
    /// It is computed once after each change of what it depends on.
    Memo(ArcMemo<Kept>),
    /// It is computed each time.
    Derived(Box<dyn Derive>),
    /// It stays.
    Fixed(Shared),
}

/// A value while somebody looks at it.
pub(crate) enum Look<'a> {
    Borrowed(Ref<'a, Box<dyn Any>>),
    Shared(Shared),
}

impl Look<'_> {
    /// The value, where it is of this type.
    pub(crate) fn value<T: 'static>(&self) -> Option<&T> {
        match self {
            Look::Borrowed(value) => (***value).downcast_ref(),
            Look::Shared(value) => (**value).downcast_ref(),
        }
    }
}

impl Source {
    /// A value that is set.
    pub(crate) fn set(value: Box<dyn Any>) -> Self {
        Self::Set {
            changed: ArcTrigger::new(),
            value: RefCell::new(value),
        }
    }

    /// Looks at the value; whoever runs now is told of changes if `track`.
    pub(crate) fn look(&self, track: bool) -> Look<'_> {
        match self {
            Self::Set { changed, value } => {
                if track {
                    changed.track();
                }
                Look::Borrowed(value.borrow())
            }
            Self::Memo(memo) => {
                let value = if track {
                    memo.get()
                } else {
                    memo.get_untracked()
                };
                Look::Shared(value.take())
            }
            Self::Derived(derive) if track => Look::Shared(derive.derive()),
            Self::Derived(derive) => {
                Look::Shared(leptos::reactive::graph::untrack(|| derive.derive()))
            }
            Self::Fixed(value) => Look::Shared(value.clone()),
        }
    }

    /// Says that the value was changed.
    pub(crate) fn notify(&self) {
        if let Self::Set { changed, .. } = self {
            changed.notify();
        }
    }

    /// Has whoever runs now told of changes.
    pub(crate) fn track(&self) {
        match self {
            Self::Set { changed, .. } => changed.track(),
            // A memo that nobody has read does not know yet what it depends on.
            Self::Memo(memo) => drop(memo.get()),
            Self::Derived(derive) => drop(derive.derive()),
            Self::Fixed(_) => {}
        }
    }
}

/// A handle that can be copied. It ends with the component that made it.
pub(crate) type Handle = ArenaItem<Rc<Source>, LocalStorage>;

/// A new handle.
pub(crate) fn handle(source: Source) -> Handle {
    Handle::new_local(Rc::new(source))
}

/// What a handle leads to; none after its end.
pub(crate) fn find(handle: &Handle) -> Option<Rc<Source>> {
    handle.try_get_value()
}

/// What a handle leads to that cannot have ended.
#[cfg_attr(debug_assertions, track_caller)]
pub(crate) fn expect(handle: &Handle) -> Rc<Source> {
    match find(handle) {
        Some(source) => source,
        None => ended(),
    }
}

/// Stops where a value is read after the end of the component that it belongs
/// to. Going on would show what is no longer so.
#[cfg_attr(debug_assertions, track_caller)]
#[allow(
    clippy::panic,
    reason = "a mistake in the page's own code; it is reported in the page"
)]
pub(crate) fn ended() -> ! {
    panic!("a signal was used after its component had ended")
}
