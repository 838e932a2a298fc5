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

/// Every function, by name. What each does stands in `evaluate/functions.rs`:
/// who only checks a flow needs none of that.
pub static FUNCTIONS: &[FunctionSpec] = &[
    spec(
        "abs",
        1..=1,
        "abs(number)",
        "A number without its sign.",
        Type::Number,
    ),
    spec(
        "ceil",
        1..=1,
        "ceil(number)",
        "The nearest whole number that is not smaller.",
        Type::Number,
    ),
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
        "Whether a text holds another, or a list an element.",
        Type::Boolean,
    ),
    spec(
        "default",
        2..=16,
        "default(value, other)",
        "The first of its values that is not null.",
        Type::Unknown,
    ),
    spec(
        "endsWith",
        2..=2,
        "endsWith(text, end)",
        "Whether a text ends with another.",
        Type::Boolean,
    ),
    spec(
        "floor",
        1..=1,
        "floor(number)",
        "The nearest whole number that is not larger.",
        Type::Number,
    ),
    spec(
        "format",
        2..=2,
        "format(number, digits)",
        "A number as text, with so many digits behind the point.",
        Type::Text,
    ),
    spec(
        "if",
        2..=3,
        "if(condition, then, else)",
        "One value where a condition holds, else another.",
        Type::Unknown,
    ),
    spec(
        "indexOf",
        2..=2,
        "indexOf(text, part)",
        "Where a text holds another, or a list an element, from 0; -1 when it does not.",
        Type::Number,
    ),
    spec(
        "isEmpty",
        1..=1,
        "isEmpty(value)",
        "Whether a value is null, or a text, list or object with nothing in it.",
        Type::Boolean,
    ),
    spec(
        "isNumber",
        1..=1,
        "isNumber(text)",
        "Whether a text stands for a number.",
        Type::Boolean,
    ),
    spec(
        "join",
        2..=2,
        "join(list, separator)",
        "The texts of a list's elements, joined.",
        Type::Text,
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
        "max",
        1..=16,
        "max(a, b)",
        "The largest of its numbers.",
        Type::Number,
    ),
    spec(
        "min",
        1..=16,
        "min(a, b)",
        "The smallest of its numbers.",
        Type::Number,
    ),
    spec(
        "number",
        1..=1,
        "number(text)",
        "The number that a text stands for.",
        Type::Number,
    ),
    spec(
        "padStart",
        2..=3,
        "padStart(text, length, fill)",
        "A text of so many characters at least, filled up in front.",
        Type::Text,
    ),
    spec(
        "replace",
        3..=3,
        "replace(text, part, by)",
        "A text with every occurrence of a part replaced.",
        Type::Text,
    ),
    spec(
        "round",
        1..=2,
        "round(number, digits)",
        "A number rounded to so many digits behind the point, else to a whole one.",
        Type::Number,
    ),
    spec(
        "split",
        2..=2,
        "split(text, separator)",
        "The parts of a text as a list.",
        Type::Json,
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
    spec(
        "urlEncode",
        1..=1,
        "urlEncode(text)",
        "A text as it stands in a part of a URL.",
        Type::Text,
    ),
];

/// The function of a name.
pub fn function(name: &str) -> Option<&'static FunctionSpec> {
    FUNCTIONS.iter().find(|function| function.name == name)
}
