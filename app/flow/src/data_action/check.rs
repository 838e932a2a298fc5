//! What is wrong with a data action, except for what its script says in Python.

use rustc_hash::FxHashMap;

use super::{DataAction, Definition, Script, member, rules};
use crate::{
    DataType, FieldKey, MAX_PARAMETERS, MAX_SCRIPT_BYTES, MAX_TEXT_BYTES, Parameter, ParameterType,
    Place, Problem,
    check::{Rule, is_variable_name},
};

/// Characters in a name.
const MAX_NAME_CHARS: usize = 255;
/// Characters of what came from outside that a message shows.
const SHOWN_CHARS: usize = 60;

/// Everything that is wrong with a data action and can be told without reading
/// its script as Python, in the order of the form: names, inputs, outputs,
/// language, code.
pub fn check(action: &DataAction) -> Vec<Problem> {
    let definition = &action.definition;
    let mut report = Report::default();
    report.name(
        member::NAME,
        &action.name,
        "The data action",
        (rules::NAME_MISSING, rules::NAME_TOO_LONG),
    );
    report.description(member::DESCRIPTION, &action.description);
    report.name(
        member::DEFINITION_NAME,
        &definition.name,
        "The definition of the data action",
        (
            rules::DEFINITION_NAME_MISSING,
            rules::DEFINITION_NAME_TOO_LONG,
        ),
    );
    report.description(member::DEFINITION_DESCRIPTION, &definition.description);
    let interface = &definition.interface;
    report.parameters(member::INPUTS, "input", &interface.inputs);
    report.parameters(member::OUTPUTS, "output", &interface.outputs);
    report.language(&definition.language);
    report.code(&definition.code);
    report.problems
}

#[derive(Default)]
struct Report {
    problems: Vec<Problem>,
}

impl Report {
    fn add(&mut self, rule: Rule, place: Place, message: impl Into<String>) {
        self.problems.push(Problem {
            code: rule.code,
            severity: rule.severity,
            message: message.into(),
            place,
            fix: None,
        });
    }

    fn name(
        &mut self,
        member: &'static str,
        name: &str,
        whose: &str,
        (missing, long): (Rule, Rule),
    ) {
        let count = name.chars().count();
        if name.trim().is_empty() {
            let message = format!("{whose} has no name. Give it one.");
            self.add(missing, at(member), message);
        } else if count > MAX_NAME_CHARS {
            let message = format!(
                "{whose} has a name of {count} characters, and at most {MAX_NAME_CHARS} are possible. Shorten it."
            );
            self.add(long, at(member), message);
        }
    }

    fn description(&mut self, member: &'static str, text: &str) {
        if text.len() > MAX_TEXT_BYTES {
            let message = format!(
                "The description has {} bytes, and at most {MAX_TEXT_BYTES} are possible. Shorten it.",
                text.len()
            );
            self.add(rules::DESCRIPTION_TOO_LONG, at(member), message);
        }
    }

    fn parameters(&mut self, member: &'static str, what: &str, parameters: &[Parameter]) {
        let count = parameters.len();
        if count > MAX_PARAMETERS {
            let message = format!(
                "The data action declares {count} {what}s, and at most {MAX_PARAMETERS} are possible. Put several into one {what} of the type “object”."
            );
            self.add(rules::PARAMETERS_TOO_MANY, at(member), message);
            return;
        }
        let mut by_lower: FxHashMap<String, Vec<&str>> = FxHashMap::default();
        for (row, parameter) in parameters.iter().enumerate() {
            let place = || at(member).row(row);
            self.parameter_name(place(), what, &parameter.name, &mut by_lower);
            self.datatype(place(), what, parameter);
        }
    }

    fn parameter_name<'a>(
        &mut self,
        place: Place,
        what: &str,
        name: &'a str,
        by_lower: &mut FxHashMap<String, Vec<&'a str>>,
    ) {
        if name.is_empty() {
            let message = format!("An {what} has no name. Name it or remove it.");
            return self.add(rules::PARAMETER_NAME_MISSING, place, message);
        }
        // A dot would lead to a member where a flow reads it.
        if name.contains('.') || !is_variable_name(name) || name.chars().count() > MAX_NAME_CHARS {
            let name = shown(name);
            let message = format!(
                "“{name}” cannot be the name of an {what}. Begin with a letter or “_”; letters, digits and “_” may follow, 255 characters at most."
            );
            return self.add(rules::PARAMETER_NAME_INVALID, place, message);
        }
        let alike = by_lower.entry(name.to_lowercase()).or_default();
        if alike.contains(&name) {
            let message =
                format!("The {what} “{name}” is declared twice. Rename or remove one of them.");
            self.add(rules::PARAMETER_NAME_DUPLICATE, place, message);
        } else if let Some(other) = alike.first() {
            let message = format!(
                "The {what}s “{other}” and “{name}” differ in capitals alone and are easily taken for each other. Rename one of them."
            );
            self.add(rules::PARAMETER_NAME_CASE, place, message);
        }
        alike.push(name);
    }

    fn datatype(&mut self, place: Place, what: &str, parameter: &Parameter) {
        let ParameterType::Foreign(value) = &parameter.datatype else {
            return;
        };
        let name = match parameter.name.as_str() {
            "" => "without a name".to_owned(),
            name => format!("“{}”", shown(name)),
        };
        let known = DataType::ALL.map(DataType::as_str).join(", ");
        let message = match value {
            serde_json::Value::Null => {
                format!("The {what} {name} has no data type. Choose one: {known}.")
            }
            serde_json::Value::String(text) => format!(
                "The {what} {name} is of the type “{}”, which there is not. Choose one: {known}.",
                shown(text)
            ),
            _ => format!(
                "The data type of the {what} {name} is no name of a type. Choose one: {known}."
            ),
        };
        self.add(rules::PARAMETER_TYPE_UNKNOWN, place, message);
    }

    fn language(&mut self, language: &str) {
        if language == Definition::PYTHON {
            return;
        }
        let is = match language {
            "" => "There is no language".to_owned(),
            language => format!("The language is “{}”", shown(language)),
        };
        let message = format!(
            "{is}, and only scripts in “{}” can be run. Choose it.",
            Definition::PYTHON
        );
        self.add(rules::LANGUAGE_UNKNOWN, at(member::LANGUAGE), message);
    }

    fn code(&mut self, code: &Script) {
        let place = at(member::CODE);
        match code {
            Script::Opaque { .. } => {
                let message = "The script is no text: it did not come as standard, padded base64 of UTF-8. Paste it anew.";
                self.add(rules::CODE_NOT_TEXT, place, message);
            }
            Script::Text(text) if text.trim().is_empty() => {
                let message =
                    "The data action has no script. Write one that defines main(input_data).";
                self.add(rules::CODE_MISSING, place, message);
            }
            Script::Text(text) if text.len() > MAX_SCRIPT_BYTES => {
                let message = format!(
                    "The script has {} bytes, and at most {MAX_SCRIPT_BYTES} are possible. Move data that it holds to where it can be requested.",
                    text.len()
                );
                self.add(rules::CODE_TOO_LONG, place, message);
            }
            Script::Text(_) => {}
        }
    }
}

fn at(member: &'static str) -> Place {
    Place {
        field: Some(FieldKey::of(member)),
        ..Place::default()
    }
}

/// The beginning of a text, as far as a message shows it.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
