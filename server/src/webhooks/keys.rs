//! The signing secrets of receivers: made, sealed, opened, replaced.

use std::time::Duration;

use ::webhooks::Secret;
use store::{EndpointKeys, EndpointRow, PreviousKey};

use crate::{
    app::App,
    http::{Problem, Result},
    keys::Place,
    random,
};

/// How long the secret before signs too, so that a receiver can take over the
/// new one without missing a message.
const BOTH_SIGN: Duration = Duration::from_secs(24 * 60 * 60);

fn place(id: &str) -> Place<'_> {
    Place {
        table: "webhook_endpoints",
        row: id,
        column: "sealed_key",
    }
}

/// A new secret, and the keys of a receiver with it, those before included.
pub(super) fn renewed(
    app: &App,
    id: &str,
    before: Option<&EndpointKeys>,
    now_millis: i64,
) -> Result<(Secret, EndpointKeys)> {
    let secret = Secret::new(random::bytes().map_err(Problem::internal)?);
    let sealed = app.keys.seal(place(id), secret.text());
    let both_sign = i64::try_from(BOTH_SIGN.as_millis()).unwrap_or(i64::MAX);
    let keys = EndpointKeys {
        sealed: sealed.map_err(Problem::internal)?,
        set_at_millis: now_millis,
        previous: before.map(|before| PreviousKey {
            sealed: before.sealed.clone(),
            until_millis: now_millis.saturating_add(both_sign),
        }),
    };
    Ok((secret, keys))
}

/// The secrets that sign now, the newest first. One that does not open is left
/// out: without any, nothing is sent.
pub(super) fn signing(app: &App, endpoint: &EndpointRow, now_millis: i64) -> Vec<Secret> {
    let previous = endpoint.keys.previous.as_ref();
    let previous = previous.filter(|key| now_millis < key.until_millis);
    std::iter::once(&endpoint.keys.sealed)
        .chain(previous.map(|key| &key.sealed))
        .filter_map(|sealed| {
            let opened = app.keys.open(place(&endpoint.id), sealed).ok();
            let secret = opened.and_then(|text| Secret::parse(&text).ok());
            if secret.is_none() {
                tracing::error!(webhook = endpoint.id, "a signing secret does not open");
            }
            secret
        })
        .collect()
}
