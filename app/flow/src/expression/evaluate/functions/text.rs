//! Functions of texts. They count in characters and never split one.

use std::fmt::Write;

use smol_str::SmolStr;

use crate::expression::{
    Value,
    evaluate::{Evaluated, Output, Work, call::Call, output::TooLong},
};

pub(super) fn concat(call: &mut Call<'_, '_>) -> Evaluated {
    let mut output = Output::default();
    for at in 0..call.count() {
        let value = call.value(at)?;
        output
            .push_value(&value)
            .map_err(|error| call.too_long(error))?;
    }
    call.made(output)
}

pub(super) fn ends_with(call: &mut Call<'_, '_>) -> Evaluated {
    let (text, end) = (call.text(0)?, call.text(1)?);
    Ok(Value::Boolean(text.ends_with(end.as_str())))
}

pub(super) fn starts_with(call: &mut Call<'_, '_>) -> Evaluated {
    let (text, start) = (call.text(0)?, call.text(1)?);
    Ok(Value::Boolean(text.starts_with(start.as_str())))
}

pub(super) fn lower(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    call.pay(Work::Converting, text.len())?;
    limited(call, text.to_lowercase())
}

pub(super) fn upper(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    call.pay(Work::Converting, text.len())?;
    limited(call, text.to_uppercase())
}

/// A text that may have become longer, if not by much.
fn limited(call: &mut Call<'_, '_>, text: String) -> Evaluated {
    Output::check(text.len()).map_err(|error| call.too_long(error))?;
    Ok(text.into())
}

pub(super) fn trim(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    Ok(text.trim().into())
}

pub(super) fn string(call: &mut Call<'_, '_>) -> Evaluated {
    match call.value(0)? {
        Value::Text(text) => Ok(Value::Text(text)),
        other => {
            let mut output = Output::default();
            output
                .push_value(&other)
                .map_err(|error| call.too_long(error))?;
            call.made(output)
        }
    }
}

/// A part without characters occurs nowhere.
pub(super) fn replace(call: &mut Call<'_, '_>) -> Evaluated {
    let (text, part, by) = (call.text(0)?, call.text(1)?, call.text(2)?);
    if part.is_empty() {
        return Ok(Value::Text(text));
    }
    call.pay(Work::Converting, text.len())?;
    let mut output = Output::default();
    for (at, piece) in text.split(part.as_str()).enumerate() {
        let replaced = if at == 0 { Ok(()) } else { output.push(&by) };
        replaced
            .and_then(|()| output.push(piece))
            .map_err(|error| call.too_long(error))?;
    }
    call.made(output)
}

pub(super) fn substring(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    let from = call.count_of(1)?;
    let to = match call.count() {
        2 => usize::MAX,
        _ => call.count_of(2)?,
    };
    let byte = |chars: usize| {
        let at = text.char_indices().nth(chars);
        at.map_or(text.len(), |(at, _)| at)
    };
    // To before from is nothing.
    let part = text.get(byte(from)..byte(to)).unwrap_or_default();
    Ok(part.into())
}

pub(super) fn pad_start(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    let length = call.count_of(1)?;
    let fill = match call.count() {
        2 => SmolStr::new_static(" "),
        _ => call.text(2)?,
    };
    let missing = length.saturating_sub(text.chars().count());
    let mut output = Output::default();
    let mut bytes = [0; 4];
    // Of a fill without characters there is nothing to take.
    for c in fill.chars().cycle().take(missing) {
        output
            .push(c.encode_utf8(&mut bytes))
            .map_err(|error| call.too_long(error))?;
    }
    output.push(&text).map_err(|error| call.too_long(error))?;
    call.pay(Work::Converting, output.len())?;
    call.made(output)
}

/// Percent-encodes all that is not unreserved (RFC 3986, 2.3).
pub(super) fn url_encode(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    call.pay(Work::Converting, text.len())?;
    let mut output = Output::default();
    for byte in text.bytes() {
        let written = match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                output.write_char(byte.into())
            }
            _ => write!(output, "%{byte:02X}"),
        };
        written.map_err(|_| call.too_long(TooLong))?;
    }
    call.made(output)
}
