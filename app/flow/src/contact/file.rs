//! Patchbay's own file of a contact.

use serde::{Deserialize, Serialize};

use super::Contact;

/// A contact as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFile {
    /// Says what this is; always [`ContactFile::FORMAT`].
    pub patchbay: String,
    /// The contact.
    pub contact: Contact,
}

impl ContactFile {
    /// The name and version of the format.
    pub const FORMAT: &'static str = "contact/1";

    /// A file of this contact.
    pub fn new(contact: Contact) -> Self {
        Self {
            patchbay: Self::FORMAT.to_owned(),
            contact,
        }
    }

    /// The file's text: JSON, two spaces per level, with a line break at its
    /// end. [`import`](super::import) reads it back.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        crate::pretty::pretty(self)
    }
}
