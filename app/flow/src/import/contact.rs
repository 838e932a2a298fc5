//! The direct profile's contact, and Patchbay's own file of one.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{Fault, ImportError, object::Object, own_file::pointer, read, sort::Sort};
use crate::{
    Extra,
    contact::{Channel, Contact, ContactFile, member},
    pointer::token,
};

/// What an answer of the platform's says of a contact, which is never sent
/// (spec, "Contacts").
const ANSWERED: &[&str] = &[
    "state",
    "validationStatus",
    "validationFailureReason",
    "channelAvailability",
];

pub(crate) fn import(text: &str) -> Result<ContactFile, ImportError> {
    read(text, file)
}

pub(super) fn file(sort: Sort, value: Value) -> Result<ContactFile, Fault> {
    match (sort, value) {
        (Sort::OwnContact, value) => own(value),
        (Sort::Contact, Value::Object(members)) => foreign(members),
        (other, _) => Err(other.instead_of("a contact")),
    }
}

fn own(document: Value) -> Result<ContactFile, Fault> {
    let format = document.get("patchbay").and_then(Value::as_str);
    if format != Some(ContactFile::FORMAT) {
        let message = format!(
            "This file is not in the format “{}”. It holds something else, or a newer Patchbay wrote it.",
            ContactFile::FORMAT
        );
        return Err(Fault::new(message, "/patchbay"));
    }
    serde_path_to_error::deserialize(document).map_err(|error| {
        let path = pointer(error.path());
        Fault::new(format!("The file is damaged: {}.", error.inner()), path)
    })
}

fn foreign(members: Map<String, Value>) -> Result<ContactFile, Fault> {
    let mut document = Object::new(members, "");
    let mut extra = Extra::new();
    for name in ANSWERED {
        document.take(name);
    }
    let mut contact = Contact {
        external_contact_id: document.text(member::ID)?.unwrap_or_default(),
        name: document.text(member::NAME)?.unwrap_or_default(),
        initial_message: document.text(member::INITIAL_MESSAGE)?.unwrap_or_default(),
        interaction_duration_seconds: document
            .whole_number(member::DURATION)?
            .unwrap_or(Contact::DEFAULT_DURATION_SECONDS),
        ..Contact::default()
    };
    let mut channels = document.object(member::CHANNELS)?;
    for channel in Channel::ALL {
        let address = channels.text(channel.as_str())?;
        contact.channels.set(channel, address.unwrap_or_default());
    }
    channels.keep_rest(&mut extra, &format!("/{}", member::CHANNELS));
    contact.metadata = metadata(&mut document, &mut extra)?;
    document.keep_rest(&mut extra, "");
    contact.extra = extra;
    Ok(ContactFile::new(contact))
}

/// The texts of the metadata. Values of other sorts are kept, for the checks to
/// point at.
fn metadata(document: &mut Object, extra: &mut Extra) -> Result<IndexMap<String, String>, Fault> {
    let path = document.path_of(member::METADATA);
    let members = match document.take(member::METADATA) {
        None => Map::new(),
        Some(Value::Object(members)) => members,
        Some(_) => return Err(Fault::new("An object belongs here.", path)),
    };
    let mut metadata = IndexMap::new();
    for (name, value) in members {
        match value {
            Value::String(text) => {
                metadata.insert(name, text);
            }
            Value::Null => {}
            other => {
                extra.insert(format!("{path}/{}", token(&name)), other);
            }
        }
    }
    Ok(metadata)
}
