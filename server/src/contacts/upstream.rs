//! What is said to Genesys Cloud of a contact, and what its answers mean. An
//! answer that was lost is made good by reading, never by sending again.

use flow::contact::{Contact, Standing, differences, generate, import};
use genesys::{Connection, ExternalContactId, Failure, FailureKind};

/// What became of registering a contact.
#[derive(Debug)]
pub(super) enum Registered {
    /// It was made (200 and 201 alike).
    New {
        latency_millis: i64,
        correlation_id: Option<String>,
    },
    /// It is there.
    There {
        held: Box<Held>,
        /// Whether our own answer was lost before: then it may be new.
        answer_lost: bool,
    },
}

/// What Genesys has of a contact.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) contact: Contact,
    pub(super) standing: Standing,
    pub(super) correlation_id: Option<String>,
}

impl Held {
    /// What Genesys has, where it is something else than this.
    pub(super) fn other_than(&self, ours: &Contact) -> Option<Contact> {
        let differs = !differences(ours, &self.contact).is_empty();
        differs.then(|| self.contact.clone())
    }
}

/// Why a call did not do what it was for.
#[derive(Debug)]
pub(super) enum Missed {
    /// The answer was lost, and reading shows that nothing was done.
    NotCarriedOut,
    /// What Genesys says of the contact is not understood.
    Unreadable,
    /// The call failed.
    Refused(Failure),
}

impl From<Failure> for Missed {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure)
    }
}

impl Missed {
    /// Whether Genesys says that it does not have the contact.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self, Self::Refused(failed) if failed.kind == FailureKind::NotFound)
    }

    pub(super) fn correlation_id(&self) -> Option<String> {
        match self {
            Self::Refused(failure) => failure.correlation_id.clone(),
            _ => None,
        }
    }
}

/// Registers a contact. One that exists is read (spec, "Contacts").
pub(super) async fn register(client: &Connection, ours: &Contact) -> Result<Registered, Missed> {
    let body = generate(ours).text;
    match client.contacts().create(body).await {
        Ok(created) => Ok(Registered::New {
            latency_millis: i64::try_from(created.latency.as_millis()).unwrap_or(i64::MAX),
            correlation_id: created.correlation_id,
        }),
        Err(exists) if matches!(exists.kind, FailureKind::Conflict(_)) => {
            let held = Box::new(read(client, ours).await?);
            let answer_lost = false;
            Ok(Registered::There { held, answer_lost })
        }
        Err(lost) if lost.may_have_happened() => match find_sent(client, ours).await {
            // That it cannot be asked now does not say what became of it.
            Err(Missed::Refused(_)) => Err(lost.into()),
            found => found,
        },
        Err(failed) => Err(failed.into()),
    }
}

/// Finds out by reading whether a contact is there that was sent, and whose
/// answer was lost or came after the server had stopped.
pub(super) async fn find_sent(client: &Connection, ours: &Contact) -> Result<Registered, Missed> {
    match read(client, ours).await {
        Ok(held) => Ok(Registered::There {
            held: Box::new(held),
            answer_lost: true,
        }),
        Err(missed) if missed.is_gone() => Err(Missed::NotCarriedOut),
        Err(missed) => Err(missed),
    }
}

/// Reads a contact with what its check says.
pub(super) async fn read(client: &Connection, ours: &Contact) -> Result<Held, Missed> {
    let stored = client.contacts().get(&id(ours)?).await?;
    held(&stored.body, stored.correlation_id)
}

/// Changes a contact there to what it is here.
pub(super) async fn update(client: &Connection, ours: &Contact) -> Result<Option<String>, Missed> {
    let id = id(ours)?;
    match client.contacts().update(&id, generate(ours).text).await {
        Ok(stored) => Ok(stored.correlation_id),
        Err(lost) if lost.may_have_happened() => {
            let held = read(client, ours)
                .await
                .map_err(|_| Missed::Refused(lost))?;
            match held.other_than(ours) {
                None => Ok(held.correlation_id),
                Some(_) => Err(Missed::NotCarriedOut),
            }
        }
        Err(failed) => Err(failed.into()),
    }
}

/// The id of a contact that was checked, which only such a one gets this far.
fn id(contact: &Contact) -> Result<ExternalContactId, Missed> {
    let id = contact.external_contact_id.parse();
    id.map_err(|_| Missed::Unreadable)
}

fn held(body: &str, correlation_id: Option<String>) -> Result<Held, Missed> {
    let contact = import(body).map_err(|_| Missed::Unreadable)?.contact;
    let standing = serde_json::from_str(body).map_err(|_| Missed::Unreadable)?;
    Ok(Held {
        contact,
        standing,
        correlation_id,
    })
}
