//! The values of attributes, classes, styles and properties.

use std::borrow::Cow;

use crate::{Memo, RwSignal, Signal};

/// A value. What depends on signals is a function that gives one.
pub enum Attribute {
    /// There is none.
    Absent,
    /// It is there, without a text.
    Present,
    /// It is this text.
    Text(Cow<'static, str>),
    /// It changes with the signals that this reads.
    Dynamic(Box<dyn Compute>),
}

/// Gives a value that changes. A closure by a trait of our own: `dyn FnMut`
/// would carry a second copy of each, for who calls it once.
pub trait Compute {
    /// The value now.
    fn compute(&mut self) -> Attribute;
}

/// Gives values that change together, each by the name that it has in markup: as
/// many in the same order every time.
pub trait ComputeAll {
    /// The values now.
    fn compute(&mut self) -> Vec<(&'static str, Attribute)>;
}

impl<F> ComputeAll for F
where
    F: FnMut() -> Vec<(&'static str, Attribute)>,
{
    fn compute(&mut self) -> Vec<(&'static str, Attribute)> {
        self()
    }
}

impl PartialEq for Attribute {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) | (Self::Present, Self::Present) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            _ => false,
        }
    }
}

/// What can stand behind the `=` of an attribute.
pub trait IntoAttribute {
    /// Converts it.
    fn into_attribute(self) -> Attribute;
}

impl IntoAttribute for Attribute {
    fn into_attribute(self) -> Attribute {
        self
    }
}

impl IntoAttribute for &'static str {
    fn into_attribute(self) -> Attribute {
        Attribute::Text(Cow::Borrowed(self))
    }
}

impl IntoAttribute for String {
    fn into_attribute(self) -> Attribute {
        Attribute::Text(Cow::Owned(self))
    }
}

impl IntoAttribute for bool {
    fn into_attribute(self) -> Attribute {
        if self {
            Attribute::Present
        } else {
            Attribute::Absent
        }
    }
}

macro_rules! by_its_text {
    ($($number:ty),*) => {$(
        impl IntoAttribute for $number {
            fn into_attribute(self) -> Attribute {
                self.to_string().into_attribute()
            }
        }
    )*};
}

by_its_text!(u8, u32, i32, u64, usize, f64);

impl<T: IntoAttribute> IntoAttribute for Option<T> {
    fn into_attribute(self) -> Attribute {
        self.map_or(Attribute::Absent, T::into_attribute)
    }
}

impl<F, T> Compute for F
where
    F: FnMut() -> T,
    T: IntoAttribute,
{
    fn compute(&mut self) -> Attribute {
        self().into_attribute()
    }
}

impl<F, T> IntoAttribute for F
where
    F: FnMut() -> T + 'static,
    T: IntoAttribute,
{
    fn into_attribute(self) -> Attribute {
        Attribute::Dynamic(Box::new(self))
    }
}

macro_rules! by_its_value {
    ($($signal:ident),*) => {$(
        impl<T: IntoAttribute + Clone + 'static> Compute for $signal<T> {
            fn compute(&mut self) -> Attribute {
                self.get().into_attribute()
            }
        }

        impl<T: IntoAttribute + Clone + 'static> IntoAttribute for $signal<T> {
            fn into_attribute(self) -> Attribute {
                Attribute::Dynamic(Box::new(self))
            }
        }
    )*};
}

by_its_value!(Signal, RwSignal, Memo);
