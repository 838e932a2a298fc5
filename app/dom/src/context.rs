//! What a component finds without being given it.

use std::{
    any::{Any, TypeId},
    rc::Rc,
};

use leptos::reactive::owner::{self, Owner};
use send_wrapper::SendWrapper;

use crate::{IntoView, View, source::ended};

/// What was provided last, and before that.
struct Provided {
    kind: TypeId,
    value: Rc<dyn Any>,
    before: Option<Chain>,
}

type Chain = SendWrapper<Rc<Provided>>;

fn add(kind: TypeId, value: Rc<dyn Any>) {
    let before = owner::use_context::<Chain>();
    owner::provide_context::<Chain>(SendWrapper::new(Rc::new(Provided {
        kind,
        value,
        before,
    })));
}

fn find(kind: TypeId) -> Option<Rc<dyn Any>> {
    let mut next = owner::use_context::<Chain>();
    while let Some(provided) = next {
        if provided.kind == kind {
            return Some(Rc::clone(&provided.value));
        }
        next = provided.before.clone();
    }
    None
}

/// Gives a value to what is made from now on in this component.
pub fn provide_context<T: 'static>(value: T) {
    add(TypeId::of::<T>(), Rc::new(value));
}

/// The value of this type that was provided nearest.
pub fn use_context<T: Clone + 'static>() -> Option<T> {
    find(TypeId::of::<T>())?.downcast_ref().cloned()
}

/// The same for what is always provided.
#[cfg_attr(debug_assertions, track_caller)]
pub fn expect_context<T: Clone + 'static>() -> T {
    match use_context() {
        Some(value) => value,
        None => ended(),
    }
}

/// Gives a value to these children alone.
pub fn provide<T: 'static, V: IntoView>(value: T, children: impl FnOnce() -> V) -> View {
    within(Owner::new(), || {
        provide_context(value);
        children().into_view()
    })
}

/// Runs something as part of an owner that ends when the current one does.
fn within<U>(owner: Owner, run: impl FnOnce() -> U) -> U {
    let done = owner.with(run);
    on_cleanup(move || owner.cleanup());
    done
}

/// Runs something when the component ends.
pub fn on_cleanup(run: impl FnOnce() + 'static) {
    let run: SendWrapper<Box<dyn FnOnce()>> = SendWrapper::new(Box::new(run));
    owner::on_cleanup(move || run.take()());
}
