//! How a contact differs from what upstream holds under the same id.

use std::collections::BTreeSet;

use super::{Channel, Contact, member};

/// One part in which two contacts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The part: a member of the wire format, `channels.voice` or
    /// `metadata.region`.
    pub part: String,
    /// What stands here; empty where nothing does.
    pub ours: String,
    /// What stands there; empty where nothing does.
    pub theirs: String,
}

/// The parts in which two contacts differ, in the order of the wire. What only
/// upstream adds to a contact is no difference, nor is the order of metadata.
pub fn differences(ours: &Contact, theirs: &Contact) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |part: String, ours: &str, theirs: &str| {
        if ours != theirs {
            found.push(Difference {
                part,
                ours: ours.to_owned(),
                theirs: theirs.to_owned(),
            });
        }
    };
    compare(member::NAME.to_owned(), &ours.name, &theirs.name);
    for channel in Channel::ALL {
        compare(
            format!("{}.{channel}", member::CHANNELS),
            ours.channels.get(channel).unwrap_or_default(),
            theirs.channels.get(channel).unwrap_or_default(),
        );
    }
    compare(
        member::INITIAL_MESSAGE.to_owned(),
        &ours.initial_message,
        &theirs.initial_message,
    );
    compare(
        member::DURATION.to_owned(),
        &ours.interaction_duration_seconds.to_string(),
        &theirs.interaction_duration_seconds.to_string(),
    );
    let names: BTreeSet<_> = ours.metadata.keys().chain(theirs.metadata.keys()).collect();
    for name in names {
        let value = |contact: &Contact| contact.metadata.get(name).cloned().unwrap_or_default();
        compare(
            format!("{}.{name}", member::METADATA),
            &value(ours),
            &value(theirs),
        );
    }
    found
}
