//! Proving again who one is, without a new session: what is open stays open.

use api::{Confirmation, Outcome};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use tower_sessions::Session;

use super::{
    Actor,
    client::Client,
    device::Device,
    password::Verdict,
    standing::{SIGNED_IN, SignedIn},
    throttle::Throttle,
};
use crate::{
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
};

/// Takes the password of who is signed in. For a quarter of an hour their
/// session may do what an open session alone may not; guessing is as slow as at
/// signing in.
#[utoipa::path(post, path = "/api/session/confirmation", request_body = Confirmation,
    responses((status = 204), (status = 422), (status = 429), (status = 503)))]
pub(crate) async fn confirm_session(
    State(app): State<App>,
    Client(address): Client,
    session: Session,
    actor: Actor,
    headers: HeaderMap,
    Body(body): Body<Confirmation>,
) -> Result<StatusCode> {
    let account = actor.account;
    let now = clock::now_millis();
    let device = Device::known(&app, &headers, &account.email);
    let throttle = Throttle::of(&account.email, device.as_ref(), address);
    throttle.enter(&app, now).await?;
    let stored = Some(account.password_hash.clone());
    let verdict = match app.passwords.verify(stored, body.password).await {
        Ok(verdict) => verdict,
        Err(busy) => {
            throttle.give_back(&app).await?;
            return Err(busy);
        }
    };
    let said = |outcome, detail: &str| {
        audit::entry("session.confirm", &account.name, outcome)
            .about(Some(account.id.clone()))
            .saying(detail)
            .into()
    };
    if verdict == Verdict::Wrong {
        let entry = said(Outcome::Failed, "Gave a wrong password.");
        app.store.append_audit(entry).await?;
        return Err(Problem::field("/password", "This is not your password."));
    }
    throttle.passed(&app).await?;
    let found: Option<SignedIn> = session.get(SIGNED_IN).await.map_err(Problem::internal)?;
    let signed_in = found.ok_or_else(Problem::sign_in_needed)?;
    let proved = SignedIn {
        seen_at_millis: now,
        proved_at_millis: now,
        ..signed_in
    };
    session
        .insert(SIGNED_IN, proved)
        .await
        .map_err(Problem::internal)?;
    let entry = said(Outcome::Done, "Gave their password again.");
    app.store.append_audit(entry).await?;
    Ok(StatusCode::NO_CONTENT)
}
