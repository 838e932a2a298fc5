//! A text in the making.

use std::{fmt, ops::Range};

use super::{EvaluationError, MAX_OUTPUT_BYTES};
use crate::expression::Value;

/// A text that never grows over its limit, whatever is put into it.
#[derive(Default)]
pub(in crate::expression) struct Output(String);

/// There is more text than one may hold.
#[derive(Clone, Copy, Debug)]
pub(in crate::expression) struct TooLong;

impl TooLong {
    pub(in crate::expression) fn at(self, span: &Range<usize>) -> EvaluationError {
        let message = format!(
            "This gives more than {MAX_OUTPUT_BYTES} bytes, and no more are possible. Shorten what goes into it, or take only the part that is needed."
        );
        EvaluationError::new(message, span.clone())
    }
}

impl Output {
    /// Whether a text of so many bytes is short enough.
    pub(super) fn check(bytes: usize) -> Result<(), TooLong> {
        if bytes <= MAX_OUTPUT_BYTES {
            Ok(())
        } else {
            Err(TooLong)
        }
    }

    pub(super) fn too_long() -> TooLong {
        TooLong
    }

    pub(in crate::expression) fn push(&mut self, text: &str) -> Result<(), TooLong> {
        Self::check(self.0.len() + text.len())?;
        self.0.push_str(text);
        Ok(())
    }

    /// Puts a value behind what is there, as it stands in a text.
    pub(in crate::expression) fn push_value(&mut self, value: &Value) -> Result<(), TooLong> {
        fmt::write(self, format_args!("{value}")).map_err(|_| TooLong)
    }

    pub(in crate::expression) fn len(&self) -> usize {
        self.0.len()
    }

    pub(in crate::expression) fn into_text(self) -> String {
        self.0
    }
}

impl fmt::Write for Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text).map_err(|_| fmt::Error)
    }
}
