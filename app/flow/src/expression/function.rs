//! The functions that expressions can call.

use std::ops::RangeInclusive;

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
}

const fn spec(
    name: &'static str,
    arguments: RangeInclusive<usize>,
    usage: &'static str,
    help: &'static str,
) -> FunctionSpec {
    FunctionSpec {
        name,
        arguments,
        usage,
        help,
    }
}

/// Every function, by name.
pub static FUNCTIONS: &[FunctionSpec] = &[
    spec(
        "concat",
        1..=16,
        "concat(a, b)",
        "The texts of its values, joined.",
    ),
    spec(
        "contains",
        2..=2,
        "contains(text, part)",
        "Whether a text holds another.",
    ),
    spec(
        "endsWith",
        2..=2,
        "endsWith(text, end)",
        "Whether a text ends with another.",
    ),
    spec(
        "json.parse",
        1..=1,
        "json.parse(text)",
        "The value that a JSON text stands for.",
    ),
    spec(
        "json.stringify",
        1..=1,
        "json.stringify(value)",
        "A value as JSON text.",
    ),
    spec(
        "length",
        1..=1,
        "length(text)",
        "How many characters a text has, or elements a list.",
    ),
    spec("lower", 1..=1, "lower(text)", "A text in small letters."),
    spec(
        "number",
        1..=1,
        "number(text)",
        "The number that a text stands for.",
    ),
    spec(
        "replace",
        3..=3,
        "replace(text, part, by)",
        "A text with every occurrence of a part replaced.",
    ),
    spec(
        "startsWith",
        2..=2,
        "startsWith(text, start)",
        "Whether a text begins with another.",
    ),
    spec("string", 1..=1, "string(value)", "A value as text."),
    spec(
        "substring",
        2..=3,
        "substring(text, from, to)",
        "A part of a text, by characters from 0.",
    ),
    spec(
        "trim",
        1..=1,
        "trim(text)",
        "A text without the spaces around it.",
    ),
    spec("upper", 1..=1, "upper(text)", "A text in capital letters."),
];

/// The function of a name.
pub fn function(name: &str) -> Option<&'static FunctionSpec> {
    FUNCTIONS.iter().find(|function| function.name == name)
}
