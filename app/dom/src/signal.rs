//! Signals: values that tell whoever read them when they change.

use std::{marker::PhantomData, rc::Rc};

use leptos::reactive::computed::ArcMemo;
use send_wrapper::SendWrapper;

use crate::source::{Derive, Handle, Kept, Recompute, Shared, Source, ended, expect, find, handle};

/// Looks at what a source holds.
fn look<T: 'static, U>(source: &Source, track: bool, read: impl FnOnce(&T) -> U) -> U {
    let look = source.look(track);
    match look.value() {
        Some(value) => read(value),
        None => ended(),
    }
}

/// Changes what a source holds and says so.
fn change<T: 'static, U>(source: &Source, change: impl FnOnce(&mut T) -> U) -> Option<U> {
    let done = change_quietly(source, change);
    source.notify();
    done
}

/// Changes what a source holds.
fn change_quietly<T: 'static, U>(source: &Source, change: impl FnOnce(&mut T) -> U) -> Option<U> {
    let Source::Set { value, .. } = source else {
        return None;
    };
    value.borrow_mut().downcast_mut().map(change)
}

macro_rules! reading {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.handle == other.handle
            }
        }

        impl<T: 'static> $name<T> {
            fn of(source: Source) -> Self {
                Self {
                    handle: handle(source),
                    of: PhantomData,
                }
            }

            /// Looks at the value; whoever runs now runs again when it changes.
            #[cfg_attr(debug_assertions, track_caller)]
            pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                look(&expect(&self.handle), true, read)
            }

            /// Looks at the value as it is now.
            #[cfg_attr(debug_assertions, track_caller)]
            pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
                look(&expect(&self.handle), false, read)
            }

            /// The same; none after the end of the component that made it.
            pub fn try_with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> Option<U> {
                find(&self.handle).map(|source| look(&source, false, read))
            }

            /// Has whoever runs now run again when the value changes.
            #[cfg_attr(debug_assertions, track_caller)]
            pub fn track(&self) {
                expect(&self.handle).track();
            }

            /// A copy of the value; whoever runs now runs again when it changes.
            #[cfg_attr(debug_assertions, track_caller)]
            pub fn get(&self) -> T
            where
                T: Clone,
            {
                self.with(T::clone)
            }

            /// A copy of the value as it is now.
            #[cfg_attr(debug_assertions, track_caller)]
            pub fn get_untracked(&self) -> T
            where
                T: Clone,
            {
                self.with_untracked(T::clone)
            }

            /// The same; none after the end of the component that made it.
            pub fn try_get_untracked(&self) -> Option<T>
            where
                T: Clone,
            {
                self.try_with_untracked(T::clone)
            }
        }
    };
}

/// A value that is set.
pub struct RwSignal<T> {
    handle: Handle,
    of: PhantomData<fn() -> T>,
}

/// A value that follows from others, kept until one of them changes. Whoever
/// read it is told only when it is another.
pub struct Memo<T> {
    handle: Handle,
    of: PhantomData<fn() -> T>,
}

/// Any of them, or a value that stays.
pub struct Signal<T> {
    handle: Handle,
    of: PhantomData<fn() -> T>,
}

reading!(RwSignal);
reading!(Memo);
reading!(Signal);

impl<T: 'static> RwSignal<T> {
    /// A signal with this value.
    pub fn new(value: T) -> Self {
        Self::of(Source::set(Box::new(value)))
    }

    /// Sets the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn set(&self, value: T) {
        change(&expect(&self.handle), |old: &mut T| *old = value);
    }

    /// The same; gives the value back after the end of the component that made it.
    pub fn try_set(&self, value: T) -> Option<T> {
        let Some(source) = find(&self.handle) else {
            return Some(value);
        };
        change(&source, |old: &mut T| *old = value);
        None
    }

    /// Changes the value in its place and tells nobody.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn update_untracked<U>(&self, by: impl FnOnce(&mut T) -> U) -> U {
        match self.try_update_untracked(by) {
            Some(done) => done,
            None => ended(),
        }
    }

    /// The same; none after the end of the component that made it.
    pub fn try_update_untracked<U>(&self, by: impl FnOnce(&mut T) -> U) -> Option<U> {
        find(&self.handle).and_then(|source| change_quietly(&source, by))
    }

    /// Tells of a change that was made and told nobody.
    pub fn notify(&self) {
        if let Some(source) = find(&self.handle) {
            source.notify();
        }
    }

    /// Changes the value in its place.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn update(&self, by: impl FnOnce(&mut T)) {
        change(&expect(&self.handle), by);
    }

    /// The same with an answer; none after the end of the component.
    pub fn try_update<U>(&self, by: impl FnOnce(&mut T) -> U) -> Option<U> {
        find(&self.handle).and_then(|source| change(&source, by))
    }
}

impl<T: 'static> Memo<T> {
    /// A value that follows from others.
    pub fn new(compute: impl Fn(Option<&T>) -> T + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::new_with_compare(compute, |before, now| before != now)
    }

    /// The same, where `is_another` says whether the value changed.
    pub fn new_with_compare(
        compute: impl Fn(Option<&T>) -> T + 'static,
        is_another: fn(Option<&T>, Option<&T>) -> bool,
    ) -> Self {
        Self::of(memo(Box::new(Computed {
            compute,
            is_another,
        })))
    }
}

struct Computed<T, F> {
    compute: F,
    is_another: fn(Option<&T>, Option<&T>) -> bool,
}

impl<T: 'static, F: Fn(Option<&T>) -> T> Recompute for Computed<T, F> {
    fn recompute(&self, before: Option<&Shared>) -> (Shared, bool) {
        let before = before.and_then(|before| before.downcast_ref());
        let now = (self.compute)(before);
        let changed = (self.is_another)(before, Some(&now));
        (Rc::new(now), changed)
    }
}

struct Derived<F>(F);

impl<T: 'static, F: Fn() -> T> Derive for Derived<F> {
    fn derive(&self) -> Shared {
        Rc::new((self.0)())
    }
}

fn memo(compute: Box<dyn Recompute>) -> Source {
    let compute = SendWrapper::new(compute);
    Source::Memo(ArcMemo::new_owning(move |before: Option<Kept>| {
        let (now, changed) = compute.recompute(before.as_deref());
        (SendWrapper::new(now), changed)
    }))
}

impl<T: 'static> Signal<T> {
    /// A value that is computed each time that it is read.
    pub fn derive(compute: impl Fn() -> T + 'static) -> Self {
        Self::of(Source::Derived(Box::new(Derived(compute))))
    }

    /// A value that stays.
    pub fn stored(value: T) -> Self {
        Self::of(Source::Fixed(Rc::new(value)))
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T: 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self {
            handle: signal.handle,
            of: PhantomData,
        }
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self {
            handle: memo.handle,
            of: PhantomData,
        }
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        Self::stored(value.to_owned())
    }
}

/// A value that is set and lives as long as somebody has it, whatever ends.
pub struct ArcRwSignal<T> {
    source: Rc<Source>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for ArcRwSignal<T> {
    fn clone(&self) -> Self {
        Self {
            source: Rc::clone(&self.source),
            of: PhantomData,
        }
    }
}

impl<T: 'static> ArcRwSignal<T> {
    /// A signal with this value.
    pub fn new(value: T) -> Self {
        Self {
            source: Rc::new(Source::set(Box::new(value))),
            of: PhantomData,
        }
    }

    /// Sets the value.
    pub fn set(&self, value: T) {
        change(&self.source, |old: &mut T| *old = value);
    }

    /// Changes the value in its place.
    pub fn update(&self, by: impl FnOnce(&mut T)) {
        change(&self.source, by);
    }

    /// Looks at the value; whoever runs now runs again when it changes.
    pub fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        look(&self.source, true, read)
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        look(&self.source, false, read)
    }

    /// A copy of the value; whoever runs now runs again when it changes.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of the value as it is now.
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

/// What can be set, whoever it belongs to.
pub trait Writable<T> {
    /// Whether the value as it is now is of this kind; not after its end.
    fn is_now(&self, is: impl FnOnce(&T) -> bool) -> bool;

    /// Sets the value; does nothing after its end.
    fn try_set(&self, value: T);
}

impl<T: 'static> Writable<T> for RwSignal<T> {
    fn is_now(&self, is: impl FnOnce(&T) -> bool) -> bool {
        self.try_with_untracked(is) == Some(true)
    }

    fn try_set(&self, value: T) {
        // After its end nobody is left to be told.
        let _: Option<T> = Self::try_set(self, value);
    }
}

impl<T: 'static> Writable<T> for ArcRwSignal<T> {
    fn is_now(&self, is: impl FnOnce(&T) -> bool) -> bool {
        self.with_untracked(is)
    }

    fn try_set(&self, value: T) {
        self.set(value);
    }
}

impl<T: 'static> Writable<T> for &ArcRwSignal<T> {
    fn is_now(&self, is: impl FnOnce(&T) -> bool) -> bool {
        self.with_untracked(is)
    }

    fn try_set(&self, value: T) {
        self.set(value);
    }
}
