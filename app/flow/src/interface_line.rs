//! The line of a module's description that declares its interface (spec,
//! decision 12): `in: a:string, b:integer; out: c:string`.

use std::borrow::Cow;

use crate::{DataType, Interface, Parameter, ParameterType};

/// The interface that a description declares, with the bytes of the line.
/// None where no line has the form.
pub(crate) fn find(description: &str) -> Option<(std::ops::Range<usize>, Interface)> {
    let mut start = 0;
    for line in description.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        if let Some(interface) = parse(text) {
            return Some((start..start + text.len(), interface));
        }
        start += line.len();
    }
    None
}

/// A description as it is sent: with the line of its interface. A line that is
/// there already and says the same stays as it was written.
pub(crate) fn with_interface<'a>(description: &'a str, interface: &Interface) -> Cow<'a, str> {
    let found = find(description);
    match found {
        Some((_, declared)) if says_the_same(&declared, interface) => description.into(),
        Some((line, _)) if interface.is_empty() => without(description, line).into(),
        Some((line, _)) => {
            let mut text = description.to_owned();
            text.replace_range(line, &written(interface));
            text.into()
        }
        None if interface.is_empty() => description.into(),
        None if description.is_empty() => written(interface).into(),
        None => format!("{description}\n{}", written(interface)).into(),
    }
}

/// A text without one of its lines.
fn without(text: &str, line: std::ops::Range<usize>) -> String {
    let before = text.get(..line.start).unwrap_or_default();
    let after = text.get(line.end..).unwrap_or_default();
    match after.find('\n') {
        Some(end) => format!("{before}{}", after.get(end + 1..).unwrap_or_default()),
        None => before.trim_end_matches(['\n', '\r']).to_owned(),
    }
}

/// Takes the interface out of a description that was read. The line stays in
/// it where it would not be written again to the letter.
pub(crate) fn taken_out(description: String) -> (String, Interface) {
    let Some((line, interface)) = find(&description) else {
        return (description, Interface::default());
    };
    let before = description.get(..line.start).unwrap_or_default();
    let before = before.strip_suffix('\n').unwrap_or(before).to_owned();
    if with_interface(&before, &interface) == description.as_str() {
        (before, interface)
    } else {
        (description, interface)
    }
}

/// What a line can say of a parameter: its name and its type.
fn says_the_same(declared: &Interface, interface: &Interface) -> bool {
    let same = |one: &[Parameter], other: &[Parameter]| {
        let pairs = one.iter().zip(other);
        one.len() == other.len()
            && pairs
                .into_iter()
                .all(|(one, other)| one.name == other.name && one.datatype == other.datatype)
    };
    same(&declared.inputs, &interface.inputs) && same(&declared.outputs, &interface.outputs)
}

fn written(interface: &Interface) -> String {
    let side = |name: &str, parameters: &[Parameter]| {
        let parameters = parameters.iter().map(|parameter| {
            let datatype = match &parameter.datatype {
                ParameterType::Known(datatype) => datatype.as_str(),
                ParameterType::Foreign(value) => value.as_str().unwrap_or_default(),
            };
            format!("{}:{datatype}", parameter.name)
        });
        let parameters: Vec<_> = parameters.collect();
        (!parameters.is_empty()).then(|| format!("{name}: {}", parameters.join(", ")))
    };
    let sides = [
        side("in", &interface.inputs),
        side("out", &interface.outputs),
    ];
    sides.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// A whole line in the form; none for any other text. People write it with
/// capitals, the other way round and with a semicolon at its end.
fn parse(line: &str) -> Option<Interface> {
    let (mut inputs, mut outputs) = (None, None);
    let line = line.trim();
    for side in line.strip_suffix(';').unwrap_or(line).split(';') {
        let (name, list) = side.split_once(':')?;
        let name = name.trim();
        let declared = if name.eq_ignore_ascii_case("in") {
            &mut inputs
        } else if name.eq_ignore_ascii_case("out") {
            &mut outputs
        } else {
            return None;
        };
        if declared.replace(parameters(list)?).is_some() {
            return None;
        }
    }
    Some(Interface {
        inputs: inputs.unwrap_or_default(),
        outputs: outputs.unwrap_or_default(),
    })
}

fn parameters(list: &str) -> Option<Vec<Parameter>> {
    if list.trim().is_empty() {
        return Some(Vec::new());
    }
    let parameters = list.split(',').map(|parameter| {
        let (name, datatype) = parameter.split_once(':')?;
        let (name, datatype) = (name.trim(), datatype.trim());
        let is_word = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_alphanumeric() || "_.-".contains(c))
        };
        (is_word(name) && is_word(datatype)).then(|| Parameter {
            name: name.to_owned(),
            datatype: match DataType::from_name(datatype) {
                Some(datatype) => ParameterType::Known(datatype),
                None => ParameterType::Foreign(datatype.into()),
            },
            ..Parameter::default()
        })
    });
    parameters.collect()
}
