//! Everything that is fuzzed.

mod expression;
mod import;

use crate::Target;

/// Everything that is fuzzed.
pub static TARGETS: &[Target] = &[import::TARGET, expression::TARGET];
