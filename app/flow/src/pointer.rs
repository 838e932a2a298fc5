//! Names as tokens of JSON pointers (RFC 6901).

use std::borrow::Cow;

/// A name as a token.
pub(crate) fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A token as the name that it stands for.
pub(crate) fn name(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}
