//! Everything that is fuzzed.

mod architect;
mod expression;
mod import;
mod python;

use crate::Target;

/// Everything that is fuzzed.
pub static TARGETS: &[Target] = &[
    import::TARGET,
    architect::TARGET,
    expression::TARGET,
    python::TARGET,
];
