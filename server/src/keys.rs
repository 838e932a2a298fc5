//! The key ring: what is secret at rest is sealed with its keys.
//!
//! Each secret has a random key of its own, which is stored wrapped by the
//! ring's primary key. Both layers are XChaCha20-Poly1305 with random nonces
//! of 24 bytes, bound to where the secret stands, so that a sealed secret moved
//! to another row does not open.

use std::{
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use store::{AuditKey, Store};

use crate::random;

/// The file in the data directory that holds the key where none is given.
const FILE: &str = "key";
/// The same before it is whole.
const UNFINISHED: &str = "key.new";
/// The fact by which a wrong key is known.
const CHECK: &str = "key-check";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Why there is no usable key. Said to whoever starts the server.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is not keys.
    #[error(
        "the key is not usable: write 32 random bytes as 64 hexadecimal digits, for example from `openssl rand -hex 32`"
    )]
    NotAKey,
    /// Other data was sealed with another key.
    #[error(
        "this data directory was made with another key. Start with the key it was made with; without it, its secrets cannot be read"
    )]
    WrongKey,
    /// There is data, and its key is gone.
    #[error(
        "the key file {0} is missing, and the database beside it was made with it. Put the key back, or give it in PATCHBAY_KEY; without it, the secrets in the database cannot be read"
    )]
    Missing(String),
    /// Others can read the key file.
    #[error("the key file {0} can be read by others: allow only yourself to (chmod 600)")]
    Readable(String),
    /// The key file cannot be read or made.
    #[error("the key file {0} cannot be used: {1}")]
    File(String, #[source] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// There is no randomness.
    #[error(transparent)]
    Random(#[from] random::NoRandomness),
}

/// A sealed secret does not open: it was altered, moved, or sealed with a key
/// that is no longer in the ring.
#[derive(Debug, thiserror::Error)]
#[error("the stored secret does not open with the keys that are there")]
pub(crate) struct Sealed;

/// Keys by their ids; the first is the primary one, which seals.
#[derive(Clone)]
pub struct KeyRing(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: String,
    bytes: [u8; KEY_BYTES],
}

/// Where a sealed secret stands; it opens there only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'a str,
    pub(crate) row: &'a str,
    pub(crate) column: &'a str,
}

impl KeyRing {
    /// The ring from the environment's text: keys separated by commas, the
    /// primary one first, older ones behind it.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let keys = text
            .split(',')
            .map(|key| {
                let bytes = HEXLOWER_PERMISSIVE
                    .decode(key.trim().as_bytes())
                    .map_err(|_| KeyError::NotAKey)?;
                let bytes: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| KeyError::NotAKey)?;
                if bytes == [0; KEY_BYTES] {
                    return Err(KeyError::NotAKey);
                }
                let mut id = random::fingerprint(&bytes);
                id.truncate(8);
                Ok(Key { id, bytes })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self(keys))
    }

    /// The ring of a data directory: its key file, which is made, readable to
    /// this user alone, at the first start.
    ///
    /// A key beside the data protects a copy of the database, not a copy of
    /// the directory. Whoever keeps backups gives the key in `PATCHBAY_KEY`.
    pub fn of_directory(directory: &Path) -> Result<Self, KeyError> {
        let path = directory.join(FILE);
        let unusable = |error| KeyError::File(path.display().to_string(), error);
        match Self::in_directory(directory) {
            Err(KeyError::File(_, error)) if error.kind() == std::io::ErrorKind::NotFound => {}
            found => return found,
        }
        // A new key would not open what is there, and would look as if it did.
        if store::has_database(directory) {
            return Err(KeyError::Missing(path.display().to_string()));
        }
        store::prepare_directory(directory).map_err(unusable)?;
        let text = HEXLOWER.encode(&random::bytes::<KEY_BYTES>()?);
        // In place at once and whole: half a key would be refused for good.
        let unfinished = directory.join(UNFINISHED);
        if unfinished.exists() {
            fs::remove_file(&unfinished).map_err(unusable)?;
        }
        let mut file = fs::OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&unfinished)
            .map_err(unusable)?;
        file.write_all(text.as_bytes()).map_err(unusable)?;
        file.sync_all().map_err(unusable)?;
        fs::rename(&unfinished, &path).map_err(unusable)?;
        let directory = fs::File::open(directory).map_err(unusable)?;
        directory.sync_all().map_err(unusable)?;
        Self::parse(&text)
    }

    /// The ring of a data directory that has its key file.
    pub(crate) fn in_directory(directory: &Path) -> Result<Self, KeyError> {
        let path = directory.join(FILE);
        let unusable = |error| KeyError::File(path.display().to_string(), error);
        let text = fs::read_to_string(&path).map_err(unusable)?;
        let mode = fs::metadata(&path).map_err(unusable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyError::Readable(path.display().to_string()));
        }
        Self::parse(text.trim())
    }

    /// Makes sure that this is the key with which the data was made; data that
    /// was made with none yet is made with this one from now on.
    pub async fn check(&self, store: &dyn Store) -> Result<(), KeyError> {
        let place = Place {
            table: "meta",
            row: CHECK,
            column: "value",
        };
        match store.meta(CHECK).await? {
            Some(sealed) => self
                .open(place, &sealed)
                .map(drop)
                .map_err(|_| KeyError::WrongKey),
            None => {
                let sealed = self.seal(place, &SecretString::from("patchbay"))?;
                Ok(store.set_meta(CHECK, &sealed).await?)
            }
        }
    }

    /// The key of the audit log's chain.
    pub fn audit_key(&self) -> Result<AuditKey, KeyError> {
        Ok(AuditKey::new(self.derived("audit chain")?))
    }

    /// A secret of 80 bits that is this directory's own, as text: the same at
    /// every start.
    pub(crate) fn derived_text(&self, purpose: &str) -> Result<String, KeyError> {
        let bytes = self.derived(purpose)?;
        let head = bytes.first_chunk::<10>().copied().unwrap_or_default();
        Ok(BASE32_NOPAD.encode(&head).to_ascii_lowercase())
    }

    /// A text's signature for a purpose.
    pub(crate) fn signature(&self, purpose: &str, text: &str) -> Result<String, KeyError> {
        let mac = self.mac(purpose, text)?;
        Ok(HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    /// Whether this is the text's signature for a purpose.
    pub(crate) fn is_signed(&self, purpose: &str, text: &str, signature: &str) -> bool {
        match (
            self.mac(purpose, text),
            HEXLOWER.decode(signature.as_bytes()),
        ) {
            // Compares in the same time wherever they differ.
            (Ok(mac), Ok(signature)) => mac.verify_slice(&signature).is_ok(),
            _ => false,
        }
    }

    fn mac(&self, purpose: &str, text: &str) -> Result<Hmac<Sha256>, KeyError> {
        let key = self.derived(purpose)?;
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key);
        let mut mac = mac.map_err(|_| KeyError::NotAKey)?;
        mac.update(text.as_bytes());
        Ok(mac)
    }

    /// The oldest key derives, so that what derives from it outlives a change
    /// of the primary key.
    fn derived(&self, purpose: &str) -> Result<[u8; 32], KeyError> {
        let key = self.0.last().ok_or(KeyError::NotAKey)?;
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(&key.bytes).map_err(|_| KeyError::NotAKey)?;
        mac.update(purpose.as_bytes());
        Ok(mac.finalize().into_bytes().into())
    }

    /// Seals a secret for its place: `kid.nonce.wrapped key.nonce.text`.
    pub(crate) fn seal(&self, place: Place<'_>, secret: &SecretString) -> Result<String, KeyError> {
        let primary = self.0.first().ok_or(KeyError::NotAKey)?;
        let bound = place.bound_to(&primary.id);
        let data_key = random::bytes::<KEY_BYTES>()?;
        let wrapped = encrypt(&primary.bytes, &bound, &data_key)?;
        let text = encrypt(&data_key, &bound, secret.expose_secret().as_bytes())?;
        Ok(format!(
            "{}.{}.{}",
            primary.id,
            BASE64.encode(&wrapped),
            BASE64.encode(&text)
        ))
    }

    /// Opens what was sealed for this place.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &str) -> Result<SecretString, Sealed> {
        let mut parts = sealed.split('.');
        let (Some(id), Some(wrapped), Some(text), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Sealed);
        };
        let key = self.0.iter().find(|key| key.id == id).ok_or(Sealed)?;
        let bound = place.bound_to(id);
        let data_key = decrypt(&key.bytes, &bound, wrapped)?;
        let data_key: [u8; KEY_BYTES] = data_key.try_into().map_err(|_| Sealed)?;
        let text = decrypt(&data_key, &bound, text)?;
        String::from_utf8(text).map(Into::into).map_err(|_| Sealed)
    }
}

impl Place<'_> {
    /// The additional data: table, row, column, key, version of this layout.
    fn bound_to(self, key_id: &str) -> Vec<u8> {
        format!("{}|{}|{}|{key_id}|1", self.table, self.row, self.column).into_bytes()
    }
}

fn encrypt(key: &[u8; KEY_BYTES], bound: &[u8], text: &[u8]) -> Result<Vec<u8>, KeyError> {
    let nonce = random::bytes::<NONCE_BYTES>()?;
    let payload = Payload {
        msg: text,
        aad: bound,
    };
    let sealed = XChaCha20Poly1305::new(&(*key).into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| KeyError::NotAKey)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn decrypt(key: &[u8; KEY_BYTES], bound: &[u8], sealed: &str) -> Result<Vec<u8>, Sealed> {
    let sealed = BASE64.decode(sealed.as_bytes()).map_err(|_| Sealed)?;
    let (nonce, text) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(Sealed)?;
    let payload = Payload {
        msg: text,
        aad: bound,
    };
    XChaCha20Poly1305::new(&(*key).into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(first: u8) -> KeyRing {
        KeyRing::parse(&HEXLOWER.encode(&[first; 32])).expect("a key")
    }

    const HERE: Place<'_> = Place {
        table: "connections",
        row: "c1",
        column: "sealed_secret",
    };

    #[test]
    fn a_sealed_secret_opens_in_its_place_with_its_key_only() {
        let secret = SecretString::from("secret-canary");
        let sealed = ring(1).seal(HERE, &secret).expect("sealed");
        assert!(!sealed.contains("canary"));
        let opened = ring(1).open(HERE, &sealed).expect("it opens");
        assert_eq!(opened.expose_secret(), "secret-canary");
        let elsewhere = Place { row: "c2", ..HERE };
        assert!(ring(1).open(elsewhere, &sealed).is_err());
        assert!(ring(2).open(HERE, &sealed).is_err());
    }

    #[test]
    fn any_flipped_bit_is_noticed() {
        let sealed = ring(1)
            .seal(HERE, &SecretString::from("s"))
            .expect("sealed");
        for index in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            if let Some(byte) = bytes.get_mut(index) {
                *byte ^= 1;
            }
            let altered = String::from_utf8_lossy(&bytes).into_owned();
            assert!(ring(1).open(HERE, &altered).is_err(), "byte {index}");
        }
    }

    #[test]
    fn an_older_key_still_opens_after_a_new_one_became_primary() {
        let sealed = ring(1)
            .seal(HERE, &SecretString::from("s"))
            .expect("sealed");
        let both = format!(
            "{},{}",
            HEXLOWER.encode(&[2; 32]),
            HEXLOWER.encode(&[1; 32])
        );
        let both = KeyRing::parse(&both).expect("two keys");
        assert!(both.open(HERE, &sealed).is_ok());
        let derived = both.derived_text("x").expect("a text");
        assert_eq!(derived, ring(1).derived_text("x").expect("a text"));
    }

    #[test]
    fn a_short_empty_or_zero_key_is_refused() {
        for text in [
            "",
            "abcd",
            &"0".repeat(64),
            &"g".repeat(64),
            &"ab".repeat(33),
        ] {
            assert!(
                matches!(KeyRing::parse(text), Err(KeyError::NotAKey)),
                "{text}"
            );
        }
    }
}
