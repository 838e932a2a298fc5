//! What each function does, by the sort of value that it is about.

mod choice;
mod json;
mod list;
mod number;
mod text;

use super::call::Body;

/// What the function of a name does.
pub(super) fn body(name: &str) -> Option<Body> {
    Some(match name {
        "abs" => number::abs,
        "ceil" => number::ceil,
        "concat" => text::concat,
        "contains" => list::contains,
        "default" => choice::default,
        "endsWith" => text::ends_with,
        "floor" => number::floor,
        "format" => number::format,
        "if" => choice::if_,
        "indexOf" => list::index_of,
        "isEmpty" => choice::is_empty,
        "isNumber" => number::is_number,
        "join" => list::join,
        "json.parse" => json::parse,
        "json.stringify" => json::stringify,
        "length" => list::length,
        "lower" => text::lower,
        "max" => number::max,
        "min" => number::min,
        "number" => number::number,
        "padStart" => text::pad_start,
        "replace" => text::replace,
        "round" => number::round,
        "split" => list::split,
        "startsWith" => text::starts_with,
        "string" => text::string,
        "substring" => text::substring,
        "trim" => text::trim,
        "upper" => text::upper,
        "urlEncode" => text::url_encode,
        _ => return None,
    })
}
