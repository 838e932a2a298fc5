//! Functions from JSON and to JSON.

use std::fmt::Write;

use crate::expression::{
    Value,
    evaluate::{Evaluated, Output, Work, call::Call, output::TooLong},
};

/// What is no text is a value already.
pub(super) fn parse(call: &mut Call<'_, '_>) -> Evaluated {
    match call.value(0)? {
        Value::Text(text) => call.json(0, text),
        other => Ok(other),
    }
}

pub(super) fn stringify(call: &mut Call<'_, '_>) -> Evaluated {
    let value = call.value(0)?;
    let mut output = Output::default();
    let written = write!(output, "{}", value.json());
    call.pay(Work::Passing, output.len())?;
    written.map_err(|_| call.too_long(TooLong))?;
    Ok(output.into_text().into())
}
