//! What stands before every handler: where the request comes from, what it
//! carries, who sends it and whether they may.

use api::Role;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use tower_sessions::Session;

use super::problem::{Problem, Result};
use crate::{accounts, app::App};

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Anybody: the page before signing in needs it.
    Anyone,
    /// People with at least this role.
    Role(Role),
}

/// What a route asks of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    pub(crate) right: Right,
    /// Bytes of a body.
    pub(crate) body_limit: usize,
    /// Whether it changes something, so that only our own page may call it.
    pub(crate) mutates: bool,
}

/// Lets a request through to its handler, with the person in its extensions.
pub(super) async fn guard(
    State((app, policy)): State<(App, Policy)>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Result<Response> {
    check_body(request.headers(), request.method(), policy)?;
    if policy.mutates && !app.origins.is_own_page(request.headers()) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "foreign-request",
            "This request does not come from a page of this server.",
        ));
    }
    let actor = accounts::of_request(&app, &session).await?;
    match (policy.right, &actor) {
        (Right::Anyone, _) => {}
        (Right::Role(_), None) => return Err(Problem::sign_in_needed()),
        (Right::Role(needed), Some(actor)) if actor.account.role < needed => {
            return Err(Problem::not_allowed(needed));
        }
        (Right::Role(_), Some(_)) => {}
    }
    if let Some(actor) = actor {
        request.extensions_mut().insert(actor);
    }
    Ok(next.run(request).await)
}

fn check_body(headers: &HeaderMap, method: &Method, policy: Policy) -> Result<()> {
    let encoded = headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| encoding != "identity");
    if encoded {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "compressed-body",
            "Compressed bodies are not taken here.",
        )
        .next("Send the body as it is."));
    }
    let length = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > policy.body_limit as u64) {
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "What was sent is larger than is taken here.",
        ));
    }
    if !policy.mutates {
        return Ok(());
    }
    // A form can send neither this type nor a body without a type.
    let json = headers.get(header::CONTENT_TYPE).map(|kind| {
        let kind = kind.as_bytes().split(|byte| *byte == b';').next();
        kind.is_some_and(|kind| kind.trim_ascii().eq_ignore_ascii_case(b"application/json"))
    });
    let has_body =
        length.is_some_and(|length| length > 0) || headers.contains_key(header::TRANSFER_ENCODING);
    if json == Some(false) || (json.is_none() && has_body && *method != Method::GET) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "Bodies are JSON here.",
        )
        .next("Send it with Content-Type: application/json."));
    }
    Ok(())
}
