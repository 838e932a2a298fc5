//! Rows of a list that are told apart by a key of their own.

use rustc_hash::FxHashMap;

use crate::{Case, Pair, Parameter, Variable};

/// The rows of a list by their keys.
pub(crate) struct Rows<'a, V>(FxHashMap<&'a str, &'a V>);

impl<'a, V> Rows<'a, V> {
    /// The rows; none where a key stands twice.
    pub(crate) fn of(rows: &'a [V], key: fn(&V) -> &str) -> Option<Self> {
        let by_key: FxHashMap<_, _> = rows.iter().map(|row| (key(row), row)).collect();
        (by_key.len() == rows.len()).then_some(Self(by_key))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a V> {
        self.0.get(key).copied()
    }
}

/// A case is the same while its exit is.
pub(crate) fn case_key(case: &Case) -> &str {
    case.port.as_str()
}

/// A pair is the same while its name is.
pub(crate) fn pair_key(pair: &Pair) -> &str {
    &pair.name
}

/// A declared variable is the same while its name is.
pub(crate) fn variable_key(variable: &Variable) -> &str {
    &variable.name
}

/// An input or output is the same while its name is.
pub(crate) fn parameter_key(parameter: &Parameter) -> &str {
    &parameter.name
}
