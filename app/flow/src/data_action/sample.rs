//! Whether what a flow would hand over, and what it would get back, fits what a
//! data action declares.

use serde_json::{Map, Value};

use crate::{DataType, Parameter, ParameterType, pointer::token};

/// Something in a sample that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// JSON pointer into the sample.
    pub pointer: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What in a sample does not fit the declared inputs, in their order; then
/// what is not declared.
pub fn misfits(inputs: &[Parameter], sample: &Value) -> Vec<Misfit> {
    let Value::Object(members) = sample else {
        return vec![Misfit {
            pointer: String::new(),
            message: "A flow hands over an object: write {…} with the inputs as its members."
                .to_owned(),
        }];
    };
    let missing = |input: &Parameter| {
        input.required.then(|| {
            format!(
                "“{}” is required, and there is no value. Give it one.",
                input.name
            )
        })
    };
    held_against(inputs, members, "input", missing)
}

/// What in a result does not fit the declared outputs, in their order; then
/// what is not declared.
pub fn misfits_of_result(outputs: &[Parameter], result: &Value) -> Vec<Misfit> {
    let Value::Object(members) = result else {
        return vec![Misfit {
            pointer: String::new(),
            message: "main returns a dictionary: write {…} with the outputs as its members."
                .to_owned(),
        }];
    };
    let missing = |output: &Parameter| {
        Some(format!(
            "“{}” is declared, and the result has no value of it. A flow's variable stays empty then.",
            output.name
        ))
    };
    held_against(outputs, members, "output", missing)
}

/// Values against what is declared. `missing` says what is wrong where there
/// is no value.
fn held_against(
    declared: &[Parameter],
    members: &Map<String, Value>,
    what: &str,
    missing: impl Fn(&Parameter) -> Option<String>,
) -> Vec<Misfit> {
    let mut found = Vec::new();
    for parameter in declared {
        let message = match members.get(&parameter.name) {
            None | Some(Value::Null) => missing(parameter),
            Some(value) => of_type(parameter, value),
        };
        found.extend(message.map(|message| at(&parameter.name, message)));
    }
    for name in members.keys() {
        if declared.iter().any(|parameter| parameter.name == *name) {
            continue;
        }
        let lower = name.to_lowercase();
        let alike = declared
            .iter()
            .find(|parameter| parameter.name.to_lowercase() == lower);
        let message = match alike {
            Some(parameter) => format!(
                "“{name}” is no {what}; “{}” is. Capitals matter.",
                parameter.name
            ),
            None => format!("“{name}” is no {what}. Declare it, or leave it out."),
        };
        found.push(at(name, message));
    }
    found
}

fn at(name: &str, message: String) -> Misfit {
    Misfit {
        pointer: format!("/{}", token(name)),
        message,
    }
}

/// What is wrong with a value's type; nothing of a type that is not known.
fn of_type(input: &Parameter, value: &Value) -> Option<String> {
    let ParameterType::Known(datatype) = input.datatype else {
        return None;
    };
    let (fits, example) = match datatype {
        DataType::String => (value.is_string(), "a text in quotes"),
        DataType::Integer => (
            value.is_i64() || value.is_u64(),
            "a whole number without a decimal point",
        ),
        DataType::Number => (value.is_number(), "a number"),
        DataType::Boolean => (value.is_boolean(), "true or false"),
        DataType::Datetime => (
            value.as_str().is_some_and(is_datetime),
            "a text like \"2026-01-31T12:00:00Z\"",
        ),
        DataType::Object => (value.is_object(), "an object in {…}"),
        DataType::Array => (value.is_array(), "a list in […]"),
    };
    (!fits).then(|| {
        format!(
            "“{}” is declared as {}, and this is {}. Write {example}.",
            input.name,
            datatype.as_str(),
            sort(value)
        )
    })
}

fn sort(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Whether a text has the shape of a date and time in RFC 3339.
fn is_datetime(text: &str) -> bool {
    const SHAPE: &str = "0000-00-00T00:00:00";
    let Some((begin, rest)) = text.split_at_checked(SHAPE.len()) else {
        return false;
    };
    let shaped = begin.chars().zip(SHAPE.chars()).all(|(c, shape)| {
        if shape == '0' {
            c.is_ascii_digit()
        } else {
            c == shape
        }
    });
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
        None => rest,
    };
    let offset = |zone: &str| {
        let digits: Vec<char> = zone.chars().skip(1).collect();
        zone.starts_with(['+', '-'])
            && matches!(digits.as_slice(), [a, b, ':', c, d]
                if [a, b, c, d].iter().all(|c| c.is_ascii_digit()))
    };
    shaped && (zone == "Z" || offset(zone))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::misfits;
    use crate::{DataType, Parameter};

    #[test]
    fn values_fit_the_types_that_are_declared() {
        for (datatype, value, fits) in [
            (DataType::String, json!("a"), true),
            (DataType::String, json!(1), false),
            (DataType::Integer, json!(1), true),
            (DataType::Integer, json!(-7), true),
            (DataType::Integer, json!(1.5), false),
            (DataType::Integer, json!("1"), false),
            (DataType::Number, json!(1.5), true),
            (DataType::Number, json!(true), false),
            (DataType::Boolean, json!(false), true),
            (DataType::Boolean, json!("false"), false),
            (DataType::Datetime, json!("2026-01-31T12:00:00Z"), true),
            (
                DataType::Datetime,
                json!("2026-01-31T12:00:00.5+02:00"),
                true,
            ),
            (DataType::Datetime, json!("2026-01-31"), false),
            (DataType::Datetime, json!("2026-01-31T12:00:00.Z"), false),
            (DataType::Datetime, json!("2026-01-31T12:00:0é"), false),
            (DataType::Object, json!({}), true),
            (DataType::Object, json!([]), false),
            (DataType::Array, json!([1]), true),
            (DataType::Array, json!(null), true),
        ] {
            let inputs = [Parameter::new("x", datatype)];
            let found = misfits(&inputs, &json!({ "x": value }));
            assert_eq!(found.is_empty(), fits, "{datatype:?} {value}: {found:?}");
        }
    }

    #[test]
    fn what_is_required_must_be_there_and_nothing_else_may_be() {
        let mut required = Parameter::new("user_id", DataType::Integer);
        required.required = true;
        let inputs = [required, Parameter::new("region", DataType::String)];
        let places = |sample| {
            let found = misfits(&inputs, &sample).into_iter();
            found.map(|misfit| misfit.pointer).collect::<Vec<_>>()
        };
        assert_eq!(places(json!({ "user_id": 1 })), [""; 0]);
        assert_eq!(places(json!({})), ["/user_id"]);
        assert_eq!(places(json!({ "user_id": null })), ["/user_id"]);
        assert_eq!(places(json!({ "User_id": 1 })), ["/user_id", "/User_id"]);
        assert_eq!(places(json!({ "user_id": 1, "a/b": 1 })), ["/a~1b"]);
        assert_eq!(places(json!([])), [""]);
    }
}
