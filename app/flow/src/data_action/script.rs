//! The code of a data action.

use std::borrow::Cow;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

/// The code of a data action. On the wire it is base64 of the exact bytes,
/// standard and padded (RFC 4648 section 4; spec, decision 17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Script {
    /// The code, as it is typed and read.
    Text(String),
    /// What came over the wire and is no text in base64: kept and written back.
    Opaque {
        /// The text on the wire, as it came.
        opaque: String,
    },
}

impl Default for Script {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Script {
    /// The code, where it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Opaque { .. } => None,
        }
    }

    /// What came over the wire.
    pub(crate) fn of_wire(wire: String) -> Self {
        let bytes = BASE64.decode(wire.as_bytes()).ok();
        match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) => Self::Text(text),
            None => Self::Opaque { opaque: wire },
        }
    }

    /// What goes over the wire.
    pub(crate) fn to_wire(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => BASE64.encode(text.as_bytes()).into(),
            Self::Opaque { opaque } => opaque.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_comes_over_the_wire_goes_back_as_it_came() {
        for (wire, text) in [
            ("", Some("")),
            ("cHJpbnQoMSkK", Some("print(1)\n")),
            ("77u/eA0K", Some("\u{feff}x\r\n")),
            ("eA==", Some("x")),
            // Without padding, of the other alphabet, with a line break in it,
            // with bits left over, no UTF-8, no base64.
            ("eA", None),
            ("_-8=", None),
            ("cHJp\nbnQ=", None),
            ("eB==", None),
            ("/w==", None),
            ("import requests", None),
        ] {
            let script = Script::of_wire(wire.to_owned());
            assert_eq!(script.text(), text, "{wire}");
            assert_eq!(script.to_wire(), wire);
        }
    }
}
