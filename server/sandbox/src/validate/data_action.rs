//! Refuses data actions that Genesys Cloud would refuse. Unknown keys pass:
//! imported documents keep what nobody here understands.

use std::collections::HashSet;

use data_encoding::BASE64;
use serde_json::Value;

use super::Problem;
use super::field::Field;

const LONGEST_NAME: usize = 255;
/// Bytes of the largest script that is stored.
const LARGEST_CODE: usize = 256 * 1024;
const MOST_PARAMETERS: usize = 200;
const LANGUAGE: &str = "python3";
const DATATYPES: [&str; 7] = [
    "string", "integer", "number", "boolean", "datetime", "object", "array",
];

/// Checks the body of a `POST`; gives the name.
pub(crate) fn new_action(document: &Value) -> Result<String, Vec<Problem>> {
    let mut problems = Vec::new();
    let name = action(&Field::root(document), &mut problems);
    finished(name, problems)
}

/// Checks the body of a `PUT` to the data action `id`, which it must name with
/// the version last read (spec, decision 5); gives the name and that version.
pub(crate) fn changed_action(document: &Value, id: &str) -> Result<(String, u64), Vec<Problem>> {
    let mut problems = Vec::new();
    let root = Field::root(document);
    if let Some(sent) = root.required("id", &mut problems)
        && let Some(text) = sent.text(&mut problems)
        && text != id
    {
        let message = "the id is not that of the path";
        sent.refuse("id.differs", message, &mut problems);
    }
    let version = root
        .required("version", &mut problems)
        .and_then(|version| version.count(&mut problems));
    let name = action(&root, &mut problems);
    finished(name.zip(version), problems)
}

fn finished<T>(read: Option<T>, problems: Vec<Problem>) -> Result<T, Vec<Problem>> {
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(problems),
    }
}

fn action(root: &Field<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    if !root.is_object(problems) {
        return None;
    }
    let name = name(root, problems);
    description(root, problems);
    if let Some(definition) = root.required("definition", problems)
        && definition.is_object(problems)
    {
        self::name(&definition, problems);
        description(&definition, problems);
        parameters(&definition, "inputs", problems);
        parameters(&definition, "outputs", problems);
        if let Some(language) = definition.required("language", problems)
            && let Some(text) = language.text(problems)
            && text != LANGUAGE
        {
            let message = format!("{text} cannot be run, {LANGUAGE} can");
            language.refuse("language.unknown", message, problems);
        }
        if let Some(sent) = definition.required("code", problems)
            && let Some(text) = sent.text(problems)
        {
            code(&sent, text, problems);
        }
    }
    name
}

fn name(of: &Field<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let name = of.required("name", problems)?;
    let text = name.text(problems)?;
    if text.chars().count() > LONGEST_NAME {
        let message = format!("a name has at most {LONGEST_NAME} characters");
        name.refuse("name.too.long", message, problems);
    }
    Some(text.to_owned())
}

fn description(of: &Field<'_>, problems: &mut Vec<Problem>) {
    if let Some(description) = of.optional("description")
        && !description.value().is_string()
    {
        description.refuse("type.wrong", "a text is expected", problems);
    }
}

fn parameters(definition: &Field<'_>, key: &str, problems: &mut Vec<Problem>) {
    let Some(list) = definition.optional(key) else {
        return;
    };
    let Some(parameters) = list.items(problems) else {
        return;
    };
    if parameters.len() > MOST_PARAMETERS {
        let message = format!("at most {MOST_PARAMETERS} are possible");
        list.refuse("too.many", message, problems);
    }
    let mut seen = HashSet::new();
    for parameter in &parameters {
        if !parameter.is_object(problems) {
            continue;
        }
        if let Some(name) = parameter.required("name", problems)
            && let Some(text) = name.text(problems)
        {
            if !is_identifier(text) {
                let message = "a name has letters, digits and _, and begins with no digit";
                name.refuse("name.invalid", message, problems);
            }
            if !seen.insert(text) {
                name.refuse("name.duplicate", format!("{text} is there twice"), problems);
            }
        }
        if let Some(datatype) = parameter.required("datatype", problems)
            && let Some(text) = datatype.text(problems)
            && !DATATYPES.contains(&text)
        {
            datatype.refuse(
                "datatype.unknown",
                format!("{text} is no datatype"),
                problems,
            );
        }
        if let Some(required) = parameter.optional("required")
            && !required.value().is_boolean()
        {
            required.refuse("type.wrong", "true or false is expected", problems);
        }
        description(parameter, problems);
    }
}

fn is_identifier(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    begins && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Standard, padded base64 of text in UTF-8 (spec, decision 17).
fn code(field: &Field<'_>, text: &str, problems: &mut Vec<Problem>) {
    match BASE64.decode(text.as_bytes()) {
        Err(_) => field.refuse(
            "code.not.base64",
            "it is not standard, padded base64",
            problems,
        ),
        Ok(bytes) if bytes.len() > LARGEST_CODE => {
            let message = format!("a script has at most {LARGEST_CODE} bytes");
            field.refuse("code.too.long", message, problems);
        }
        Ok(bytes) => {
            if String::from_utf8(bytes).is_err() {
                field.refuse("code.not.text", "it is not text in UTF-8", problems);
            }
        }
    }
}
