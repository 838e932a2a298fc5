//! How `view!` calls a component.

use crate::{Callback, Signal, View};

/// The properties of a component.
pub trait Props {
    /// Takes them one by one; is a type that has `build` once none is missing.
    type Builder;

    /// Begins.
    fn builder() -> Self::Builder;
}

/// The properties of a component that takes none.
pub struct NoProps;

impl NoProps {
    /// There is nothing to wait for.
    #[must_use]
    pub fn build(self) -> Self {
        self
    }
}

impl Props for NoProps {
    type Builder = NoProps;

    fn builder() -> Self {
        NoProps
    }
}

/// Begins with the properties of a component.
pub fn props<P: Props>(_component: &impl Fn(P) -> View) -> P::Builder {
    P::builder()
}

/// Renders a component.
pub fn render<P>(component: impl FnOnce(P) -> View, props: P) -> View {
    component(props)
}

/// What a property takes that says `into`. `How` keeps the ways apart.
pub trait IntoProp<T, How> {
    /// Converts it.
    fn into_prop(self) -> T;
}

/// By `Into`.
pub struct ByInto;

impl<T, V: Into<T>> IntoProp<T, ByInto> for V {
    fn into_prop(self) -> T {
        self.into()
    }
}

/// A closure as a signal or a callback.
pub struct ByClosure;

impl<T, F> IntoProp<Signal<T>, ByClosure> for F
where
    T: 'static,
    F: Fn() -> T + 'static,
{
    fn into_prop(self) -> Signal<T> {
        Signal::derive(self)
    }
}

impl<In, Out, F> IntoProp<Callback<In, Out>, ByClosure> for F
where
    In: 'static,
    Out: 'static,
    F: Fn(In) -> Out + 'static,
{
    fn into_prop(self) -> Callback<In, Out> {
        Callback::new(self)
    }
}
