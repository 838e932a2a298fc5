//! The first administrator: made with a token that the server prints at its
//! start and that works once.

use api::{Outcome, Role, Session as Shown, SetUp};
use axum::{Json, extract::State, http::StatusCode};
use store::{AccountRow, Store};
use tower_sessions::Session;

use super::{
    device::{Device, SetCookie},
    guessable,
    people::{email_of, name_of},
    sign_in,
};
use crate::{
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

const LIFE_MILLIS: i64 = 30 * 60 * 1_000;
/// The fact that somebody used a set-up link.
const DONE: &str = "set-up-done";

/// A fresh token, unless this installation was set up already and has an
/// administrator. One that was printed before no longer works.
pub(crate) async fn new_token(store: &dyn Store) -> Result<Option<String>> {
    let accounts = store.accounts().await?;
    let is_managed = accounts
        .iter()
        .any(|account| account.role == Role::Administrator);
    if is_managed && store.meta(DONE).await?.is_some() {
        return Ok(None);
    }
    let token = random::token()?;
    store
        .replace_set_up_token(
            &random::fingerprint(token.as_bytes()),
            clock::now_millis() + LIFE_MILLIS,
        )
        .await?;
    Ok(Some(token))
}

/// Makes the first administrator and signs them in.
#[utoipa::path(post, path = "/api/set-up", request_body = SetUp,
    responses((status = 200, body = Shown), (status = 403), (status = 409), (status = 422)))]
pub(crate) async fn set_up(
    State(app): State<App>,
    session: Session,
    Body(body): Body<SetUp>,
) -> Result<(SetCookie, Json<Shown>)> {
    let email = email_of(&body.email)?;
    let name = name_of(&body.name)?;
    guessable::accept(&body.password, &email)
        .map_err(|reason| Problem::field("/password", reason))?;
    let account = AccountRow {
        id: random::id(),
        email,
        name,
        role: Role::Administrator,
        password_hash: app.passwords.hash(body.password).await?,
        created_at_millis: clock::now_millis(),
    };
    let entry = audit::entry("set-up", &account.name, Outcome::Done)
        .about(Some(account.id.clone()))
        .saying("Set the installation up and became its first administrator.");
    let spent = app
        .store
        .spend_set_up_token(
            &random::fingerprint(body.token.as_bytes()),
            clock::now_millis(),
            &account,
            entry.into(),
        )
        .await
        .map_err(super::people::taken)?;
    if !spent {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "set-up-link-spent",
            "This set-up link was used before, or it is older than 30 minutes.",
        )
        .next("Start the server again: it prints a new link while nobody has set it up."));
    }
    app.store.set_meta(DONE, "yes").await?;
    sign_in::begin(&app, &session, &account).await?;
    let cookie = Device::remember(&app, None, &account.email)?;
    let shown = sign_in::session_of(&app, Some(&account)).await?;
    Ok((cookie, Json(shown)))
}
