//! What is kept of a contact: sealed, under an id that tells nobody who it is.

use flow::contact::{Contact, Standing};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use store::ContactRow;

use super::notice::Kept;
use crate::{
    clock,
    http::{Problem, Result},
    keys::{KeyRing, Place},
};

/// Hexadecimal digits of an id: 128 bits.
const ID_DIGITS: usize = 32;

/// What is kept of a contact beside what its row says in the clear.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Record {
    pub(super) contact: Contact,
    /// What its check said last.
    #[serde(default)]
    pub(super) standing: Option<Standing>,
    /// What upstream has, where that is something else.
    #[serde(default)]
    pub(super) theirs: Option<Contact>,
    /// What an import brought, or a change that failed wanted, that is neither
    /// here nor upstream.
    #[serde(default)]
    pub(super) proposal: Option<Contact>,
    /// What went wrong last.
    #[serde(default)]
    pub(super) notice: Option<Kept>,
    /// Who changed last what somebody decides over; absent where it was not
    /// kept.
    #[serde(default)]
    pub(super) changed: Option<Changed>,
}

/// A change to a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    pub(super) by: String,
    pub(super) at_millis: i64,
}

impl Changed {
    pub(super) fn now(by: &str) -> Self {
        Self {
            by: by.to_owned(),
            at_millis: clock::now_millis(),
        }
    }
}

impl Record {
    pub(super) fn new(contact: Contact) -> Self {
        Self {
            contact,
            ..Self::default()
        }
    }

    /// Names what somebody decides over: the contact, what Genesys has otherwise,
    /// and what waits beside it. It tells nothing of them.
    pub(super) fn version(&self, keys: &KeyRing, id: &str) -> Result<String> {
        let decided_over = (&self.contact, &self.theirs, &self.proposal);
        let text = serde_json::to_string(&decided_over).map_err(Problem::internal)?;
        let mut version = keys
            .signature("contact version", &format!("{id}|{text}"))
            .map_err(Problem::internal)?;
        version.truncate(ID_DIGITS);
        Ok(version)
    }

    pub(super) fn seal(&self, keys: &KeyRing, id: &str) -> Result<String> {
        let text = serde_json::to_string(self).map_err(Problem::internal)?;
        keys.seal(place(id), &SecretString::from(text))
            .map_err(Problem::internal)
    }

    pub(super) fn open(keys: &KeyRing, row: &ContactRow) -> Result<Self> {
        let text = keys
            .open(place(&row.id), &row.sealed_record)
            .map_err(|error| {
                Problem::internal(format!("the contact {} does not open: {error}", row.id))
            })?;
        serde_json::from_str(text.expose_secret()).map_err(Problem::internal)
    }
}

/// The id of a contact of a connection: a keyed hash, the same each time, by
/// which it is found and named where nobody may read who it is.
pub(super) fn id_of(keys: &KeyRing, connection_id: &str, external_id: &str) -> Result<String> {
    let text = format!("{connection_id}|{external_id}");
    let mut id = keys
        .signature("contact id", &text)
        .map_err(Problem::internal)?;
    id.truncate(ID_DIGITS);
    Ok(id)
}

fn place(id: &str) -> Place<'_> {
    Place {
        table: "contacts",
        row: id,
        column: "sealed_record",
    }
}
