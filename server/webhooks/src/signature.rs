//! Signatures: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks has
//! them.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{InvalidSecret, Secret};

/// The value of `webhook-signature`: one signature per secret, so that a
/// receiver that knows any of them can verify it.
///
/// # Errors
/// When a secret is not usable.
pub fn signature(
    secrets: &[Secret],
    id: &str,
    timestamp_seconds: i64,
    body: &[u8],
) -> Result<String, InvalidSecret> {
    let signatures = secrets
        .iter()
        .map(|secret| {
            let mut mac =
                Hmac::<Sha256>::new_from_slice(&secret.bytes()?).map_err(|_| InvalidSecret)?;
            mac.update(format!("{id}.{timestamp_seconds}.").as_bytes());
            mac.update(body);
            Ok(format!(
                "v1,{}",
                BASE64.encode(&mac.finalize().into_bytes())
            ))
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(signatures.join(" "))
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    /// The vectors that the libraries of Standard Webhooks test themselves with.
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const AT_SECONDS: i64 = 1_614_265_330;
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn secret(text: &str) -> Secret {
        Secret::parse(&SecretString::from(text)).expect("a secret")
    }

    #[test]
    fn the_specifications_vector_is_signed_as_it_says() {
        let signed = signature(&[secret(SECRET)], ID, AT_SECONDS, BODY);
        assert_eq!(signed.expect("signed"), SIGNED);
    }

    #[test]
    fn every_secret_signs_and_the_newest_is_first() {
        let newer = Secret::new([3; 32]);
        let both = signature(&[newer.clone(), secret(SECRET)], ID, AT_SECONDS, BODY);
        let alone = signature(&[newer], ID, AT_SECONDS, BODY).expect("signed");
        assert_eq!(both.expect("signed"), format!("{alone} {SIGNED}"));
    }

    #[test]
    fn id_time_and_body_are_all_signed() {
        let sign = |id: &str, at: i64, body: &[u8]| {
            signature(&[secret(SECRET)], id, at, body).expect("signed")
        };
        for other in [
            sign("msg_other", AT_SECONDS, BODY),
            sign(ID, AT_SECONDS + 1, BODY),
            sign(ID, AT_SECONDS, br#"{"test": 2432232315}"#),
            sign(ID, AT_SECONDS, b""),
        ] {
            assert_ne!(other, SIGNED);
        }
    }
}
