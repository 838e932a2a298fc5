//! The id of a data action.

use std::fmt;
use std::str::FromStr;

use crate::id::{InvalidId, is_uuid};

/// The id of a data action: a UUID in its hyphenated form, kept as it was
/// given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DataActionId(String);

impl DataActionId {
    /// The id as it stands in a path or a body.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DataActionId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        is_uuid(text)
            .then(|| Self(text.to_owned()))
            .ok_or(InvalidId)
    }
}

impl fmt::Display for DataActionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
