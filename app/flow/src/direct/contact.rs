//! The document of a contact, members in the spec's order.

use super::tree::{self, Branch, Tree};
use crate::{
    Artifact, FieldKey, Origin,
    contact::{Contact, member},
};

pub(crate) fn document(contact: &Contact) -> Artifact {
    let channels = contact
        .channels
        .iter()
        .map(|(channel, address)| from(Branch::new(channel.as_str(), text(address))));
    let channels: Vec<_> = channels.collect();
    // What is kept in it has its place here too.
    let has_kept = contact.extra.keys().any(|pointer| {
        let path = pointer.strip_prefix('/');
        path.and_then(|path| path.strip_prefix(member::CHANNELS))
            .is_some_and(|rest| rest.starts_with('/'))
    });
    let has_channels = has_kept || !channels.is_empty();
    let metadata = contact.metadata.iter();
    let metadata = metadata.map(|(name, value)| Branch::new(name.as_str(), text(value)));
    let members = [
        Branch::text(member::ID, &contact.external_contact_id),
        Branch::text(member::NAME, &contact.name),
        has_channels.then(|| Branch::new(member::CHANNELS, Tree::Object(channels))),
        Branch::text(member::INITIAL_MESSAGE, &contact.initial_message),
        Some(Branch::new(
            member::DURATION,
            Tree::Number(contact.interaction_duration_seconds.into()),
        )),
        // Kept though empty (spec, decision 1).
        Some(Branch::new(
            member::METADATA,
            Tree::Object(metadata.collect()),
        )),
    ];
    let members = members.into_iter().flatten();
    let mut document = Tree::Object(members.map(from).collect());
    document.keep_all(&contact.extra);
    // What a contact with all of its channels takes.
    let expected_bytes = 512 + 128 * contact.metadata.len();
    tree::artifact(document, expected_bytes)
}

fn text(text: &str) -> Tree<'_> {
    Tree::Text(text.into())
}

/// A member with its name as the place that it came from.
fn from(branch: Branch<'_>) -> Branch<'_> {
    let key = FieldKey::new(branch.name());
    branch.from(Origin::Member(key))
}
