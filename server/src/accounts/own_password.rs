//! Changing one's own password.

use api::{Outcome, PasswordChange, Session as Shown};
use axum::{Json, extract::State, http::HeaderMap};

use super::{
    Actor, client::Client, demonstration, device::Device, guessable, password::Verdict, sign_in,
    throttle::Throttle,
};
use crate::{
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
};

/// Changes the password of who asks. The one until now is needed, and guessing
/// it is as slow as at signing in; every other session of theirs ends.
#[utoipa::path(put, path = "/api/session/password", request_body = PasswordChange,
    responses((status = 200, body = Shown), (status = 409), (status = 422), (status = 429), (status = 503)))]
pub(crate) async fn change_password(
    State(app): State<App>,
    Client(address): Client,
    actor: Actor,
    headers: HeaderMap,
    Body(body): Body<PasswordChange>,
) -> Result<Json<Shown>> {
    let account = actor.account;
    if account.email == demonstration::EMAIL {
        return Err(Problem::conflict(
            "demonstration-account",
            "The demonstration sign-in keeps the password that the server prints.",
        )
        .next("Set up an account of your own."));
    }
    guessable::accept(&body.new, &account.email)
        .map_err(|reason| Problem::field("/new", reason))?;
    let now = clock::now_millis();
    let device = Device::known(&app, &headers, &account.email);
    let throttle = Throttle::of(&account.email, device.as_ref(), address);
    throttle.enter(&app, now).await?;
    let stored = Some(account.password_hash.clone());
    if app.passwords.verify(stored, body.current).await? == Verdict::Wrong {
        return Err(Problem::field("/current", "This is not your password."));
    }
    throttle.passed(&app).await?;
    let hash = app.passwords.hash(body.new).await?;
    let entry = audit::entry("account.password", &account.name, Outcome::Done)
        .about(Some(account.id.clone()))
        .saying("Changed their password. Their other sessions ended.");
    let changed = app
        .store
        .change_password(&account.id, &hash, &actor.session.0, entry.into())
        .await?;
    if !changed {
        return Err(Problem::sign_in_needed());
    }
    Ok(Json(sign_in::session_of(&app, Some(&account)).await?))
}
