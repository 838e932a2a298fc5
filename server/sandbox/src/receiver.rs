//! The receiver of webhooks: somebody's CRM, which verifies signatures as
//! Standard Webhooks has them and is told its secrets as an administrator
//! would paste them there.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sha2::Sha256;

use crate::error_body::ApiError;
use crate::state::{Sandbox, now_millis};

/// What the paths of receivers begin with.
pub const HOOKS_PATH: &str = "/hooks";
/// The host that receivers have: the server knows who answers for it.
pub const HOOKS_HOST: &str = "hooks.sandbox.invalid";
/// How far a timestamp may be from now.
const TOLERANCE_SECONDS: u64 = 5 * 60;

/// The secrets that receivers verify with, by path.
#[derive(Default)]
pub(crate) struct Trusted(HashMap<String, Vec<SecretString>>);

impl Trusted {
    pub(crate) fn set(&mut self, path: String, secrets: Vec<SecretString>) {
        self.0.insert(path, secrets);
    }

    fn at(&self, path: &str) -> Option<Vec<SecretString>> {
        self.0.get(path).cloned()
    }

    /// Every secret, for the masks of the record.
    pub(crate) fn all(&self) -> impl Iterator<Item = &SecretString> {
        self.0.values().flatten()
    }
}

/// Takes a message, or says what is wrong with it.
pub(crate) async fn receive(
    State(sandbox): State<Sandbox>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(secrets) = sandbox.trusted().at(uri.path()) else {
        return ApiError::new(
            StatusCode::NOT_FOUND,
            "not.found",
            "No receiver of webhooks was set up at this address.",
        )
        .into_response();
    };
    match verify(&secrets, &headers, &body, now_millis() / 1000) {
        Ok(()) => (StatusCode::OK, Json(json!({ "received": true }))).into_response(),
        Err(why) => ApiError::new(StatusCode::UNAUTHORIZED, "not.verified", why).into_response(),
    }
}

/// Whether any signature fits any secret and the message is of now.
fn verify(
    secrets: &[SecretString],
    headers: &HeaderMap,
    body: &[u8],
    now_seconds: u64,
) -> Result<(), &'static str> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let id = text("webhook-id").ok_or("The header webhook-id is missing.")?;
    let timestamp = text("webhook-timestamp").ok_or("The header webhook-timestamp is missing.")?;
    let signatures = text("webhook-signature").ok_or("The header webhook-signature is missing.")?;
    let at: u64 = timestamp
        .parse()
        .map_err(|_| "The timestamp is no number of seconds.")?;
    if at.abs_diff(now_seconds) > TOLERANCE_SECONDS {
        return Err("The timestamp is more than 5 minutes from now.");
    }
    let given: Vec<Vec<u8>> = signatures
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .filter_map(|base64| BASE64.decode(base64.as_bytes()).ok())
        .collect();
    let fits = secrets.iter().any(|secret| {
        let base64 = secret.expose_secret().strip_prefix("whsec_");
        let key = base64.and_then(|base64| BASE64.decode(base64.as_bytes()).ok());
        let mac = key.and_then(|key| Hmac::<Sha256>::new_from_slice(&key).ok());
        mac.is_some_and(|mut mac| {
            mac.update(format!("{id}.{timestamp}.").as_bytes());
            mac.update(body);
            given
                .iter()
                .any(|signature| mac.clone().verify_slice(signature).is_ok())
        })
    });
    if fits {
        Ok(())
    } else {
        Err("No signature fits a secret of this receiver.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector that the libraries of Standard Webhooks test themselves with.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const AT: u64 = 1_614_265_330;
    const GOOD: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const BAD: &str = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;

    fn headers(leave_out: &str, signature: &str, timestamp: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", timestamp),
            ("webhook-signature", signature),
        ] {
            if name != leave_out {
                headers.insert(name, value.parse().expect("a value"));
            }
        }
        headers
    }

    #[test]
    fn a_message_of_now_with_a_signature_that_fits_is_taken_and_no_other() {
        let at = AT.to_string();
        let several = format!("{BAD} v2,{} {GOOD}", &BAD[3..]);
        for (headers, body, now, good) in [
            (headers("", GOOD, &at), BODY, AT, true),
            (headers("", &several, &at), BODY, AT, true),
            (headers("", GOOD, &at), BODY, AT + 300, true),
            (headers("", GOOD, &at), BODY, AT - 300, true),
            (headers("", GOOD, &at), BODY, AT + 301, false),
            (headers("", GOOD, &at), BODY, AT - 301, false),
            (headers("", BAD, &at), BODY, AT, false),
            (headers("", "", &at), BODY, AT, false),
            (headers("", &GOOD[3..], &at), BODY, AT, false),
            (headers("", GOOD, "hello"), BODY, AT, false),
            (headers("", GOOD, "1614265331"), BODY, AT, false),
            (headers("", GOOD, &at), b"{}", AT, false),
            (headers("webhook-id", GOOD, &at), BODY, AT, false),
            (headers("webhook-timestamp", GOOD, &at), BODY, AT, false),
            (headers("webhook-signature", GOOD, &at), BODY, AT, false),
        ] {
            let secrets = [SecretString::from("whsec_AAAA"), SecretString::from(SECRET)];
            let verdict = verify(&secrets, &headers, body, now);
            assert_eq!(verdict.is_ok(), good, "{headers:?} at {now}: {verdict:?}");
        }
    }
}
