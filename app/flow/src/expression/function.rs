//! The functions that expressions can call.

use std::ops::RangeInclusive;

use super::Type;

/// A function.
#[derive(Debug)]
pub struct FunctionSpec {
    /// The full name: `json.parse`.
    pub name: &'static str,
    /// How many values it takes.
    pub arguments: RangeInclusive<usize>,
    /// How it is written: `json.parse(text)`.
    pub usage: &'static str,
    /// What it gives, in a sentence.
    pub help: &'static str,
    /// The sort of value that it gives.
    pub gives: Type,
}

const fn spec(
    name: &'static str,
    arguments: RangeInclusive<usize>,
    usage: &'static str,
    help: &'static str,
    gives: Type,
) -> FunctionSpec {
    FunctionSpec {
        name,
        arguments,
        usage,
        help,
        gives,
    }
}

/// Every function, by name.
pub static FUNCTIONS: &[FunctionSpec] = &[
    spec(
        "concat",
        1..=16,
        "concat(a, b)",
        "The texts of its values, joined.",
        Type::Text,
    ),
    spec(
        "contains",
        2..=2,
        "contains(text, part)",
        "Whether a text holds another.",
        Type::Boolean,
    ),
    spec(
        "endsWith",
        2..=2,
        "endsWith(text, end)",
        "Whether a text ends with another.",
        Type::Boolean,
    ),
    spec(
        "json.parse",
        1..=1,
        "json.parse(text)",
        "The value that a JSON text stands for.",
        Type::Json,
    ),
    spec(
        "json.stringify",
        1..=1,
        "json.stringify(value)",
        "A value as JSON text.",
        Type::Text,
    ),
    spec(
        "length",
        1..=1,
        "length(text)",
        "How many characters a text has, or elements a list.",
        Type::Number,
    ),
    spec(
        "lower",
        1..=1,
        "lower(text)",
        "A text in small letters.",
        Type::Text,
    ),
    spec(
        "number",
        1..=1,
        "number(text)",
        "The number that a text stands for.",
        Type::Number,
    ),
    spec(
        "replace",
        3..=3,
        "replace(text, part, by)",
        "A text with every occurrence of a part replaced.",
        Type::Text,
    ),
    spec(
        "startsWith",
        2..=2,
        "startsWith(text, start)",
        "Whether a text begins with another.",
        Type::Boolean,
    ),
    spec(
        "string",
        1..=1,
        "string(value)",
        "A value as text.",
        Type::Text,
    ),
    spec(
        "substring",
        2..=3,
        "substring(text, from, to)",
        "A part of a text, by characters from 0.",
        Type::Text,
    ),
    spec(
        "trim",
        1..=1,
        "trim(text)",
        "A text without the spaces around it.",
        Type::Text,
    ),
    spec(
        "upper",
        1..=1,
        "upper(text)",
        "A text in capital letters.",
        Type::Text,
    ),
];

/// The function of a name.
pub fn function(name: &str) -> Option<&'static FunctionSpec> {
    FUNCTIONS.iter().find(|function| function.name == name)
}
