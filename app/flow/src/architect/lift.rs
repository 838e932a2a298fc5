//! Taking the texts that a flow, a region or a node has members of its own for
//! out of its source, so that they stand in one place, and putting them back
//! where they were.

use serde_json::{Map, Value};

use crate::{Extra, pointer};

/// Takes the texts of these members out; a text that is not there is empty. A
/// member in front of all others goes; one that stands elsewhere leaves null
/// behind to mark its place. What is no text, or an empty one, is not taken.
pub(super) fn lift<const N: usize>(
    members: &mut Map<String, Value>,
    names: [&str; N],
) -> [String; N] {
    names.map(|name| {
        let text = match members.get_mut(name) {
            Some(Value::String(text)) if !text.is_empty() => std::mem::take(text),
            _ => return String::new(),
        };
        if members.keys().next().is_some_and(|first| first == name) {
            members.shift_remove(name);
        } else if let Some(place) = members.get_mut(name) {
            *place = Value::Null;
        }
        text
    })
}

/// The members with these texts: in their places, else in front.
pub(super) fn lower<const N: usize>(
    members: Map<String, Value>,
    texts: [(&str, &str); N],
) -> Map<String, Value> {
    let texts = texts.iter().filter(|(_, text)| !text.is_empty());
    let missing = texts
        .clone()
        .filter(|(name, _)| !members.contains_key(*name));
    let mut all: Map<String, Value> = missing
        .map(|(name, text)| ((*name).to_owned(), Value::from(*text)))
        .collect();
    all.extend(members);
    for (name, text) in texts {
        if let Some(place) = all.get_mut(*name) {
            *place = Value::from(*text);
        }
    }
    all
}

/// Members as what is kept of a document.
pub(super) fn kept(members: Map<String, Value>) -> Extra {
    let members = members.into_iter();
    let named = members.map(|(name, value)| (format!("/{}", pointer::token(&name)), value));
    named.collect()
}

/// What is kept of a document as members. The error is a pointer to what is
/// no member, as nothing that was read is.
pub(super) fn members(extra: &Extra) -> Result<Map<String, Value>, &str> {
    let named = extra.iter().map(|(path, value)| {
        let token = path.strip_prefix('/').filter(|token| !token.contains('/'));
        let name = token.ok_or(path.as_str())?;
        Ok((pointer::name(name).into_owned(), value.clone()))
    });
    named.collect()
}
