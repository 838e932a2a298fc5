//! Functions that choose among values. They look only at those that they need.

use crate::expression::{
    Value,
    evaluate::{Evaluated, call::Call},
};

pub(super) fn if_(call: &mut Call<'_, '_>) -> Evaluated {
    let holds = call.value(0)?.is_truthy();
    call.value(if holds { 1 } else { 2 })
}

pub(super) fn default(call: &mut Call<'_, '_>) -> Evaluated {
    for at in 0..call.count() {
        let value = call.value(at)?;
        if value != Value::Null {
            return Ok(value);
        }
    }
    Ok(Value::Null)
}

pub(super) fn is_empty(call: &mut Call<'_, '_>) -> Evaluated {
    let is_empty = match call.value(0)? {
        Value::Null => true,
        Value::Boolean(_) | Value::Number(_) => false,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    };
    Ok(Value::Boolean(is_empty))
}
