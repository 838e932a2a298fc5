//! What stands before every handler: where the request comes from, what it
//! carries, who sends it and whether they may.

use api::Right;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use tower_sessions::Session;

use super::{
    body::Deadline,
    problem::{Problem, Result},
};
use crate::{
    accounts::{self, Actor},
    app::App,
};

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: the page before signing in needs it.
    Anyone,
    /// Everybody who is signed in: it is about themselves.
    SignedIn,
    /// Those whose role has this right.
    Having(Right),
}

/// What proves that it is really the person who calls a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Their session.
    Session,
    /// Their password too, given within the last quarter of an hour: a page
    /// that was left open must not be enough.
    RecentPassword,
}

/// What a route asks of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    pub(crate) access: Access,
    pub(crate) proof: Proof,
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
    match (policy.access, &actor) {
        (Access::Anyone, _) | (Access::SignedIn, Some(_)) => {}
        (_, None) => return Err(Problem::sign_in_needed()),
        (Access::Having(right), Some(actor)) if !actor.account.role.may(right) => {
            return Err(Problem::not_allowed(right));
        }
        (Access::Having(_), Some(_)) => {}
    }
    let is_proved = actor.as_ref().is_some_and(Actor::is_proved_lately);
    if policy.proof == Proof::RecentPassword && !is_proved {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "reauthentication-needed",
            "This needs your password, as it was not asked for lately.",
        )
        .next("Enter your password to go on."));
    }
    if let Some(actor) = actor {
        request.extensions_mut().insert(actor);
    }
    if let Some(deadline) = Deadline::of_bodies_up_to(policy.body_limit) {
        request.extensions_mut().insert(deadline);
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
