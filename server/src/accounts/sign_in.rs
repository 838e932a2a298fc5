//! Signing in and out.

use api::{Outcome, Right, Session as Shown, SignIn};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use store::AccountRow;
use tower_sessions::Session;

use super::{
    Actor,
    client::Client,
    device::{Device, SetCookie},
    password::Verdict,
    shown,
    standing::{SIGNED_IN, SignedIn},
    throttle::Throttle,
};
use crate::{
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    sandbox_page,
};

/// Sessions that a person may have at once; the oldest go first.
const SESSIONS_PER_ACCOUNT: u32 = 10;

/// Who is signed in, and what this installation offers.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = Shown)))]
pub(crate) async fn show_session(
    State(app): State<App>,
    actor: Option<Actor>,
) -> Result<Json<Shown>> {
    let account = actor.map(|actor| actor.account);
    Ok(Json(session_of(&app, account.as_ref()).await?))
}

pub(super) async fn session_of(app: &App, account: Option<&AccountRow>) -> Result<Shown> {
    let may_enter = account.is_some_and(|account| account.role.may(Right::Publish));
    let sandbox = app.sandbox.as_ref().filter(|_| may_enter);
    Ok(Shown {
        account: account.map(shown),
        needs_set_up: app.store.accounts().await?.is_empty(),
        sandbox: sandbox.map(|_| sandbox_page::PATH.to_owned()),
    })
}

/// Signs a person in.
#[utoipa::path(post, path = "/api/session", request_body = SignIn,
    responses((status = 200, body = Shown), (status = 401), (status = 429), (status = 503)))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    Client(address): Client,
    session: Session,
    headers: HeaderMap,
    Body(body): Body<SignIn>,
) -> Result<(SetCookie, Json<Shown>)> {
    let email = body.email.trim().to_lowercase();
    let now = clock::now_millis();
    let device = Device::known(&app, &headers, &email);
    let throttle = Throttle::of(&email, device.as_ref(), address);
    throttle.enter(&app, now).await?;
    let account = app.store.account_by_email(&email).await?;
    let stored = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let verdict = match app.passwords.verify(stored, body.password).await {
        Ok(verdict) => verdict,
        Err(busy) => {
            throttle.give_back(&app).await?;
            return Err(busy);
        }
    };
    let account = match (account, verdict) {
        (Some(account), Verdict::Right) => account,
        (Some(account), Verdict::RightWithNewHash(hash)) => {
            app.store.set_password_hash(&account.id, &hash).await?;
            account
        }
        (account, _) => {
            // Whether the account exists is not said, not even in the log: the
            // id is only there when it does.
            let object = account.map(|account| account.id);
            let entry = audit::entry("session.sign-in", "somebody", Outcome::Failed)
                .about(object)
                .saying("The address or the password is wrong.");
            app.store.append_audit(entry.into()).await?;
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "wrong-credentials",
                "The address or the password is wrong.",
            )
            .next("Check both and try again."));
        }
    };
    throttle.passed(&app).await?;
    begin(&app, &session, &account).await?;
    let cookie = Device::remember(&app, device, &account.email)?;
    let shown = session_of(&app, Some(&account)).await?;
    Ok((cookie, Json(shown)))
}

/// Begins a session for somebody who has proved who they are. Its id is a new
/// one: one that was planted before signing in opens nothing.
pub(super) async fn begin(app: &App, session: &Session, account: &AccountRow) -> Result<()> {
    let now = clock::now_millis();
    session.clear().await;
    session.cycle_id().await.map_err(Problem::internal)?;
    let signed_in = SignedIn {
        account: account.id.clone(),
        at_millis: now,
        seen_at_millis: now,
        proved_at_millis: now,
    };
    session
        .insert(SIGNED_IN, signed_in)
        .await
        .map_err(Problem::internal)?;
    session.save().await.map_err(Problem::internal)?;
    app.store
        .trim_sessions(&account.id, SESSIONS_PER_ACCOUNT)
        .await?;
    app.store.delete_expired_sessions(now).await?;
    let entry = audit::entry("session.sign-in", &account.name, Outcome::Done)
        .about(Some(account.id.clone()))
        .saying("Signed in.");
    Ok(app.store.append_audit(entry.into()).await?)
}

/// Signs out. What the browser keeps of the session is cleared.
#[utoipa::path(delete, path = "/api/session", responses((status = 204)))]
pub(crate) async fn sign_out(
    State(app): State<App>,
    session: Session,
    actor: Option<Actor>,
) -> Result<Response> {
    session.flush().await.map_err(Problem::internal)?;
    if let Some(actor) = actor {
        let entry = audit::entry("session.sign-out", &actor.account.name, Outcome::Done)
            .about(Some(actor.account.id))
            .saying("Signed out.");
        app.store.append_audit(entry.into()).await?;
    }
    let clear = (
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok((StatusCode::NO_CONTENT, [clear]).into_response())
}
