//! Devices from which somebody signed in before. Guesses there are counted
//! apart from everybody else's, so that strangers who guess at a person's
//! password cannot keep that person out.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{
    app::App,
    http::{Problem, Result},
    random,
};

/// As the session's cookie: refused from anything but this host over TLS, and
/// hidden from scripts.
const SECURE_NAME: &str = "__Host-Http-device";
const LOOPBACK_NAME: &str = "device_dev";
/// Browsers keep no cookie for longer.
const LIFE_SECONDS: u32 = 400 * 24 * 60 * 60;
const PURPOSE: &str = "known devices";

/// A header that sets a cookie.
pub(super) type SetCookie = [(HeaderName, HeaderValue); 1];

/// A device from which somebody signed in before.
#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) id: String,
}

/// What is signed: the cookie counts for one person.
fn signed_text(id: &str, email: &str) -> String {
    format!("{id}|{email}")
}

fn name(app: &App) -> &'static str {
    if app.origins.is_secure() {
        SECURE_NAME
    } else {
        LOOPBACK_NAME
    }
}

impl Device {
    /// The device of a request, where the person of this address signed in on
    /// it before.
    pub(super) fn known(app: &App, headers: &HeaderMap, email: &str) -> Option<Self> {
        let value = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .find_map(|cookie| cookie.trim().strip_prefix(name(app))?.strip_prefix('='))?;
        let (id, signature) = value.split_once('.')?;
        let text = signed_text(id, email);
        app.keys
            .is_signed(PURPOSE, &text, signature)
            .then(|| Self { id: id.to_owned() })
    }

    /// The cookie by which the device of this person is known from now on.
    pub(super) fn remember(app: &App, known: Option<Self>, email: &str) -> Result<SetCookie> {
        let id = match known {
            Some(device) => device.id,
            None => random::token().map_err(Problem::internal)?,
        };
        let signature = app
            .keys
            .signature(PURPOSE, &signed_text(&id, email))
            .map_err(Problem::internal)?;
        let secure = if app.origins.is_secure() {
            "; Secure"
        } else {
            ""
        };
        let name = name(app);
        let cookie = format!(
            "{name}={id}.{signature}; Path=/; Max-Age={LIFE_SECONDS}; HttpOnly; SameSite=Strict{secure}"
        );
        let cookie = HeaderValue::try_from(cookie).map_err(Problem::internal)?;
        Ok([(header::SET_COOKIE, cookie)])
    }
}
