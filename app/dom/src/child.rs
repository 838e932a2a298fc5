//! What stands between the tags of a component.

use std::rc::Rc;

use crate::{IntoView, View};

/// Rendered once.
pub type Children = Box<dyn FnOnce() -> View>;

/// Rendered as often as is wanted.
pub type ChildrenFn = Rc<dyn Fn() -> View>;

/// Makes what a component takes out of what `view!` gives.
pub trait ToChildren<F> {
    /// Converts it.
    fn to_children(children: F) -> Self;
}

impl<F, V> ToChildren<F> for Children
where
    F: FnOnce() -> V + 'static,
    V: IntoView,
{
    fn to_children(children: F) -> Self {
        Box::new(move || children().into_view())
    }
}

impl<F, V> ToChildren<F> for ChildrenFn
where
    F: Fn() -> V + 'static,
    V: IntoView,
{
    fn to_children(children: F) -> Self {
        Rc::new(move || children().into_view())
    }
}
