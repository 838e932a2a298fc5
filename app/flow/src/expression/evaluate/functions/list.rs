//! Functions that make texts of lists and lists of texts, and look into both.

use smol_str::SmolStr;

use crate::expression::{
    Value,
    evaluate::{Evaluated, Output, Work, call::Call},
};

pub(super) fn contains(call: &mut Call<'_, '_>) -> Evaluated {
    Ok(Value::Boolean(position(call)?.is_some()))
}

pub(super) fn index_of(call: &mut Call<'_, '_>) -> Evaluated {
    let position = position(call)?;
    call.calculated(position.map_or(-1.0, |position| position as f64))
}

/// Where the second value stands in the first: the character of a text, or the
/// element of a list.
fn position(call: &mut Call<'_, '_>) -> Evaluated<Option<usize>> {
    match call.value(0)? {
        Value::List(items) => {
            let wanted = call.value(1)?;
            for (at, item) in items.iter().enumerate() {
                if call.same(item, &wanted)? {
                    return Ok(Some(at));
                }
            }
            Ok(None)
        }
        other => {
            let text = call.as_text(0, other)?;
            let part = call.text(1)?;
            let before = text.find(part.as_str()).and_then(|at| text.get(..at));
            Ok(before.map(|before| before.chars().count()))
        }
    }
}

pub(super) fn join(call: &mut Call<'_, '_>) -> Evaluated {
    let items = match call.value(0)? {
        Value::List(items) => items,
        Value::Null => return Ok("".into()),
        other => return Err(call.refused(0, &other, "Give it a list: split(…) makes one.")),
    };
    let separator = call.text(1)?;
    let mut output = Output::default();
    for (at, item) in items.iter().enumerate() {
        call.pay(Work::Passing, Work::ITEM_BYTES + separator.len())?;
        let separated = if at == 0 {
            Ok(())
        } else {
            output.push(&separator)
        };
        separated
            .and_then(|()| output.push_value(item))
            .map_err(|error| call.too_long(error))?;
    }
    call.made(output)
}

/// Without a separator, the characters.
pub(super) fn split(call: &mut Call<'_, '_>) -> Evaluated {
    let text = call.text(0)?;
    let separator = call.text(1)?;
    call.pay(Work::Converting, text.len())?;
    let parts: Vec<Value> = if separator.is_empty() {
        let mut bytes = [0; 4];
        text.chars()
            .map(|c| Value::Text(SmolStr::new(c.encode_utf8(&mut bytes))))
            .collect()
    } else {
        text.split(separator.as_str()).map(Value::from).collect()
    };
    Ok(Value::list(parts))
}

/// Characters, elements or members.
pub(super) fn length(call: &mut Call<'_, '_>) -> Evaluated {
    let count = match call.value(0)? {
        Value::List(items) => items.len(),
        Value::Object(members) => members.len(),
        other => call.as_text(0, other)?.chars().count(),
    };
    call.calculated(count as f64)
}
