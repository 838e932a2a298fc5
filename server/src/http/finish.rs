//! The outermost layer: a reference for every request, panics caught, failures
//! written out, headers added, one line in the log.

use std::{any::Any, time::Instant};

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use tracing::Instrument;

use super::{headers, problem, problem::Problem};
use crate::{accounts, app::App, random};

/// Runs a request and finishes its response.
pub(super) async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    // A reference need not be secret; without randomness it is not unique.
    let reference = HEXLOWER.encode(&random::bytes::<8>().unwrap_or_default());
    // No query and no header: they may hold what a log must not.
    let span = tracing::info_span!(
        "request",
        reference,
        method = %request.method(),
        path = request.uri().path(),
    );
    let log = span.clone();
    let response = next.run(request).instrument(span).await;
    let _entered = log.enter();
    let mut response = problem::render(response, &reference);
    let headers = response.headers_mut();
    headers::add(headers, app.site.policy(), app.origins.is_secure());
    restore_cookie_flags(headers, app.origins.is_secure());
    if let Ok(value) = HeaderValue::from_str(&reference) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    let millis = started.elapsed().as_millis();
    tracing::debug!(status = response.status().as_u16(), millis, "answered");
    response
}

/// The session layer's removal cookie lacks Secure and HttpOnly, and a browser
/// ignores a `__Host-` cookie without them.
fn restore_cookie_flags(headers: &mut axum::http::HeaderMap, secure: bool) {
    let removes = format!("{}=;", accounts::cookie_name(secure));
    let cookies: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .cloned()
        .collect();
    if !cookies
        .iter()
        .any(|cookie| cookie.as_bytes().starts_with(removes.as_bytes()))
    {
        return;
    }
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        let cookie = if cookie.as_bytes().starts_with(removes.as_bytes()) {
            HeaderValue::from_str(&accounts::removal_cookie(secure)).unwrap_or(cookie)
        } else {
            cookie
        };
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// What becomes of a panic: this request fails, the process lives on.
pub(super) fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Problem::internal(words).into_response()
}
