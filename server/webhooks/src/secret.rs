//! Signing secrets: 32 random bytes, written as `whsec_` and base64.

use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};

const PREFIX: &str = "whsec_";
/// What Standard Webhooks allows: 192 to 512 bits.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A signing secret. Its text is shown by [`Secret::text`] alone.
#[derive(Clone)]
pub struct Secret(SecretString);

/// A text is no signing secret.
#[derive(Debug, thiserror::Error)]
#[error("a signing secret is written as whsec_ and the base64 of 24 to 64 bytes")]
pub struct InvalidSecret;

impl Secret {
    /// A secret of these bytes, which somebody has drawn at random.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretString::from(format!(
            "{PREFIX}{}",
            BASE64.encode(&bytes)
        )))
    }

    /// The secret that a text is.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &SecretString) -> Result<Self, InvalidSecret> {
        let secret = Self(text.clone());
        if BYTES.contains(&secret.bytes().map_err(|_| InvalidSecret)?.len()) {
            Ok(secret)
        } else {
            Err(InvalidSecret)
        }
    }

    /// Its text, for whoever is to verify signatures.
    #[must_use]
    pub fn text(&self) -> &SecretString {
        &self.0
    }

    /// The bytes that sign.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, InvalidSecret> {
        let text = self.0.expose_secret();
        let base64 = text.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
        BASE64.decode(base64.as_bytes()).map_err(|_| InvalidSecret)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_32_bytes_in_base64_and_comes_back_from_its_text() {
        let secret = Secret::new([7; 32]);
        let text = secret.text().expose_secret();
        assert_eq!(text.len(), PREFIX.len() + 44);
        let again = Secret::parse(secret.text()).expect("a secret");
        assert_eq!(again.bytes().expect("bytes"), [7; 32]);
        assert!(!format!("{secret:?}").contains(text));
    }

    #[test]
    fn what_is_too_short_or_not_base64_is_no_secret() {
        for text in [
            "",
            "whsec_",
            "whsec_AAAA",
            "whsec_!!!!",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ] {
            assert!(Secret::parse(&SecretString::from(text)).is_err(), "{text}");
        }
    }
}
