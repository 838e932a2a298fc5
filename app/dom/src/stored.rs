//! Handles that can be copied for values that nobody watches.

use std::{any::Any, cell::RefCell, marker::PhantomData, rc::Rc};

use leptos::reactive::owner::{ArenaItem, LocalStorage};

use crate::source::ended;

type Item = ArenaItem<Rc<RefCell<Box<dyn Any>>>, LocalStorage>;

/// A value that ends with the component that made it.
pub struct StoredValue<T> {
    item: Item,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T> PartialEq for StoredValue<T> {
    fn eq(&self, other: &Self) -> bool {
        self.item == other.item
    }
}

fn store(value: Box<dyn Any>) -> Item {
    Item::new_local(Rc::new(RefCell::new(value)))
}

fn or_ended<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => ended(),
    }
}

impl<T: 'static> StoredValue<T> {
    /// Stores a value.
    pub fn new(value: T) -> Self {
        Self {
            item: store(Box::new(value)),
            of: PhantomData,
        }
    }

    /// The same, by the name that Leptos has for what stays in its thread.
    pub fn new_local(value: T) -> Self {
        Self::new(value)
    }

    /// Looks at the value; none after the end of the component.
    pub fn try_with_value<U>(&self, read: impl FnOnce(&T) -> U) -> Option<U> {
        let cell = self.item.try_get_value()?;
        let value = cell.borrow();
        value.downcast_ref().map(read)
    }

    /// Changes the value; none after the end of the component.
    pub fn try_update_value<U>(&self, by: impl FnOnce(&mut T) -> U) -> Option<U> {
        let cell = self.item.try_get_value()?;
        let mut value = cell.borrow_mut();
        value.downcast_mut().map(by)
    }

    /// Looks at the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn with_value<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        or_ended(self.try_with_value(read))
    }

    /// Changes the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn update_value(&self, by: impl FnOnce(&mut T)) {
        or_ended(self.try_update_value(by));
    }

    /// A copy of the value; none after the end of the component.
    pub fn try_get_value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }

    /// A copy of the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// Replaces the value.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn set_value(&self, value: T) {
        self.update_value(|old| *old = value);
    }

    /// Replaces the value; does nothing after the end of the component.
    pub fn try_set_value(&self, value: T) {
        self.try_update_value(|old| *old = value);
    }
}

trait Call<In, Out> {
    fn call(&self, input: In) -> Out;
}

impl<In, Out, F: Fn(In) -> Out> Call<In, Out> for F {
    fn call(&self, input: In) -> Out {
        self(input)
    }
}

type Run<In, Out> = Rc<dyn Call<In, Out>>;

/// A function that ends with the component that made it.
pub struct Callback<In, Out = ()> {
    run: StoredValue<Run<In, Out>>,
}

impl<In, Out> Clone for Callback<In, Out> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In, Out> Copy for Callback<In, Out> {}

impl<In, Out> PartialEq for Callback<In, Out> {
    fn eq(&self, other: &Self) -> bool {
        self.run == other.run
    }
}

impl<In: 'static, Out: 'static> Callback<In, Out> {
    /// A callback of this function.
    pub fn new(run: impl Fn(In) -> Out + 'static) -> Self {
        Self {
            run: StoredValue::new(Rc::new(run)),
        }
    }

    /// Calls it.
    #[cfg_attr(debug_assertions, track_caller)]
    pub fn run(&self, input: In) -> Out {
        or_ended(self.try_run(input))
    }

    /// Calls it; none after the end of the component that made it.
    pub fn try_run(&self, input: In) -> Option<Out> {
        self.run.try_get_value().map(|run| run.call(input))
    }
}
