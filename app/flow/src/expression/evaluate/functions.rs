//! What each function does, by the sort of value that it is about.

pub(in crate::expression) mod choice;
pub(in crate::expression) mod json;
pub(in crate::expression) mod list;
pub(in crate::expression) mod number;
pub(in crate::expression) mod text;
