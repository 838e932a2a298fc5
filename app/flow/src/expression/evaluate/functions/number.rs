//! Functions of numbers.

use crate::expression::{
    Number, Value,
    evaluate::{Evaluated, EvaluationError, call::Call, shortened},
};

/// Digits behind the point that can be asked for.
const MAX_DIGITS: usize = 15;

pub(super) fn abs(call: &mut Call<'_, '_>) -> Evaluated {
    let number = call.number(0)?;
    call.calculated(number.abs())
}

pub(super) fn ceil(call: &mut Call<'_, '_>) -> Evaluated {
    let number = call.number(0)?;
    call.calculated(number.ceil())
}

pub(super) fn floor(call: &mut Call<'_, '_>) -> Evaluated {
    let number = call.number(0)?;
    call.calculated(number.floor())
}

pub(super) fn max(call: &mut Call<'_, '_>) -> Evaluated {
    fold(call, f64::max)
}

pub(super) fn min(call: &mut Call<'_, '_>) -> Evaluated {
    fold(call, f64::min)
}

fn fold(call: &mut Call<'_, '_>, choose: fn(f64, f64) -> f64) -> Evaluated {
    let mut number = call.number(0)?;
    for at in 1..call.count() {
        number = choose(number, call.number(at)?);
    }
    call.calculated(number)
}

pub(super) fn round(call: &mut Call<'_, '_>) -> Evaluated {
    let number = call.number(0)?;
    let digits = if call.count() > 1 { digits(call)? } else { 0 };
    call.calculated(rounded(number, digits))
}

pub(super) fn format(call: &mut Call<'_, '_>) -> Evaluated {
    let number = call.number(0)?;
    let digits = digits(call)?;
    let rounded = Number::new(rounded(number, digits)).unwrap_or_default();
    Ok(format!("{:.digits$}", rounded.get()).into())
}

fn digits(call: &mut Call<'_, '_>) -> Evaluated<usize> {
    let digits = call.count_of(1)?;
    if digits > MAX_DIGITS {
        let message = format!("At most {MAX_DIGITS} digits behind the point are possible.");
        return Err(call.wrong(1, message));
    }
    Ok(digits)
}

/// Rounds the number as it is written, half away from zero: 1.005 to two digits
/// is 1.01, though as a float it is a little less than that.
fn rounded(number: f64, digits: usize) -> f64 {
    let shifted = |number: f64, by: isize| {
        let written = format!("{number:e}");
        let (digits, exponent) = written.split_once('e')?;
        let exponent = exponent.parse::<isize>().ok()? + by;
        format!("{digits}e{exponent}").parse::<f64>().ok()
    };
    let digits = isize::try_from(digits).unwrap_or_default();
    let moved = shifted(number, digits).filter(|moved| moved.is_finite());
    // A number so large has no digits behind its point.
    let back = moved.and_then(|moved| shifted(moved.round(), -digits));
    back.unwrap_or(number)
}

pub(super) fn is_number(call: &mut Call<'_, '_>) -> Evaluated {
    let is_number = match call.value(0)? {
        Value::Number(_) => true,
        Value::Text(text) => {
            let text = call.as_text(0, Value::Text(text))?;
            Number::read(&text).is_some()
        }
        Value::Null | Value::Boolean(_) | Value::List(_) | Value::Object(_) => false,
    };
    Ok(Value::Boolean(is_number))
}

pub(super) fn number(call: &mut Call<'_, '_>) -> Evaluated {
    match call.value(0)? {
        Value::Number(number) => Ok(Value::Number(number)),
        Value::Text(text) => {
            let text = call.as_text(0, Value::Text(text))?;
            Number::read(&text)
                .map(Value::Number)
                .ok_or_else(|| not_a_number(call, &text))
        }
        other => Err(call.refused(0, &other, "Give it a text that holds digits.")),
    }
}

fn not_a_number(call: &Call<'_, '_>, text: &str) -> EvaluationError {
    let message = format!(
        "The text “{}” stands for no number. Ask isNumber(…) first, or write it as 1234.5.",
        shortened(text)
    );
    call.wrong(0, message)
}
