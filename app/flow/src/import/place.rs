//! From a byte or a JSON pointer to a line and a column.

use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::{Fault, ImportError};
use crate::pointer;

/// An error at a byte of the text.
pub(super) fn at_offset(text: &str, message: String, offset: usize) -> ImportError {
    let before = text
        .get(..text.floor_char_boundary(offset))
        .unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let in_line = before.get(line_start..).unwrap_or_default();
    ImportError {
        message,
        line: before.matches('\n').count() + 1,
        column: in_line.chars().count() + 1,
        path: String::new(),
    }
}

/// An error at a value of the text, which is known to be JSON.
pub(super) fn at_pointer(text: &str, fault: Fault) -> ImportError {
    let offset = offset_of(text, &fault.path).unwrap_or(0);
    ImportError {
        path: fault.path,
        ..at_offset(text, fault.message, offset)
    }
}

/// Where the value of a JSON pointer begins.
fn offset_of(text: &str, pointer: &str) -> Option<usize> {
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for token in pointer.split('/').skip(1) {
        let inner = value.get();
        value = if inner.starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(inner).ok()?;
            items.get(token.parse::<usize>().ok()?)?
        } else {
            let members: IndexMap<String, &RawValue> = serde_json::from_str(inner).ok()?;
            members.get(pointer::name(token).as_ref())?
        };
    }
    // Raw values are slices of the text.
    (value.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}
