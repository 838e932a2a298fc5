//! Ids that go into a path. A value of one of these types is known to be a
//! single, harmless segment, so that no id can choose another route.

use std::fmt;
use std::str::FromStr;

/// The id of a flow: a UUID in its hyphenated form, kept as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FlowId(String);

/// The text is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id that Genesys Cloud gives: a UUID was expected")]
pub struct InvalidId;

impl FlowId {
    /// The id as it stands in a path or a body.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FlowId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        is_uuid(text)
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidId)
    }
}

/// Whether a text is a UUID in its hyphenated form.
pub(crate) fn is_uuid(text: &str) -> bool {
    const LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    groups.len() == LENGTHS.len()
        && groups.iter().zip(LENGTHS).all(|(group, length)| {
            group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

impl fmt::Display for FlowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a contact, which whoever registers it gives: 1 to 255 letters,
/// digits, `-` and `_` (spec, "Contacts").
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExternalContactId(String);

/// The text is not the id of a contact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a contact's id has 1 to 255 letters, digits, “-” and “_”")]
pub struct InvalidContactId;

impl ExternalContactId {
    const LONGEST: usize = 255;

    /// The id as it stands in a path or a body.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExternalContactId {
    type Err = InvalidContactId;

    fn from_str(text: &str) -> Result<Self, InvalidContactId> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let is_short_enough = (1..=Self::LONGEST).contains(&text.len());
        if is_short_enough && text.bytes().all(is_allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidContactId)
        }
    }
}

impl fmt::Display for ExternalContactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_uuid_becomes_a_flow_id() {
        for (text, accepted) in [
            ("0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11", true),
            ("0B9F6D1E-4B7C-4D57-9F39-2A4F0F3F6A11", true),
            ("", false),
            ("..", false),
            ("0b9f6d1e/4b7c-4d57-9f39-2a4f0f3f6a11", false),
            ("0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11/publish", false),
            ("0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a1%2e", false),
            ("0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11?x=1", false),
            ("0b9f6d1e4b7c4d579f392a4f0f3f6a11", false),
            ("0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6aé", false),
        ] {
            assert_eq!(text.parse::<FlowId>().is_ok(), accepted, "{text:?}");
        }
    }

    #[test]
    fn only_letters_digits_hyphens_and_underscores_become_a_contact_id() {
        for (text, accepted) in [
            ("EXT-9928374", true),
            ("a_b", true),
            (&"9".repeat(255), true),
            (&"9".repeat(256), false),
            ("", false),
            ("..", false),
            ("a/b", false),
            ("a%2fb", false),
            ("a?b", false),
            ("a b", false),
            ("é", false),
        ] {
            assert_eq!(
                text.parse::<ExternalContactId>().is_ok(),
                accepted,
                "{text:?}"
            );
        }
    }
}
