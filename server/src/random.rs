//! Randomness from the operating system.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// The operating system gave no randomness; nothing secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no randomness: {0}")]
pub struct NoRandomness(String);

/// Random bytes.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| NoRandomness(error.to_string()))?;
    Ok(bytes)
}

/// A secret of 128 bits as text that survives addresses and e-mail.
pub(crate) fn token() -> Result<String, NoRandomness> {
    Ok(BASE32_NOPAD.encode(&bytes::<16>()?).to_ascii_lowercase())
}

/// A new id, ordered by time.
pub(crate) fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// The SHA-256 of a secret, as it is stored.
pub(crate) fn fingerprint(secret: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(secret))
}
