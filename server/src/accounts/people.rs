//! People with access: listing, adding and removing them, and what they may do.

use api::{Account, NewAccount, Outcome, Right, Role, RoleChange};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::{AccountChange, AccountRow, StoreError};
use tower_sessions::Session;

use super::{Actor, demonstration, guessable, shown, throttle};
use crate::{
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

const MOST_CHARACTERS: usize = 254;

/// An address as it is stored.
pub(super) fn email_of(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    let shape = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !domain.contains('@')
    });
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    let kept = email == demonstration::EMAIL;
    if shape && plain && !kept && email.len() <= MOST_CHARACTERS {
        Ok(email)
    } else {
        Err(Problem::field(
            "/email",
            "Write an e-mail address, like ada@example.org.",
        ))
    }
}

/// A name as it is stored.
pub(super) fn name_of(text: &str) -> Result<String> {
    let name = text.trim();
    let plain = !name.chars().any(char::is_control);
    if !name.is_empty() && plain && name.chars().count() <= MOST_CHARACTERS {
        Ok(name.to_owned())
    } else {
        Err(Problem::field(
            "/name",
            "Write a name that others will recognise.",
        ))
    }
}

/// What to say when an address has an account already.
pub(super) fn taken(error: StoreError) -> Problem {
    match error {
        StoreError::Taken(_) => Problem::conflict("address-taken", "This address has an account.")
            .next("Use another address, or sign in with this one."),
        error => error.into(),
    }
}

/// A role in a sentence.
fn with_article(role: Role) -> &'static str {
    match role {
        Role::Viewer => "a viewer",
        Role::Editor => "an editor",
        Role::Publisher => "a publisher",
        Role::Administrator => "an administrator",
        Role::Auditor => "an auditor",
    }
}

/// Who has a right, in a sentence: the role that includes the least, and the
/// auditor where the others' roles begin higher.
pub(crate) fn holder(right: Right) -> &'static str {
    match right {
        Right::ReadFlows | Right::TakePart | Right::ReadContacts => "a viewer",
        Right::EditFlows => "an editor",
        Right::Publish | Right::HandleContacts | Right::SeePersonalData => "a publisher",
        Right::Administer => "an administrator",
        Right::WatchOperations => "a publisher or an auditor",
        Right::ReadAudit => "an administrator or an auditor",
    }
}

/// What to say of a change that was not made.
fn made(change: AccountChange) -> Result<()> {
    match change {
        AccountChange::Done => Ok(()),
        AccountChange::Missing => Err(Problem::not_found("person")),
        AccountChange::LastAdministrator => Err(Problem::conflict(
            "last-administrator",
            "This is the only administrator.",
        )
        .next("Make somebody else an administrator first.")),
    }
}

/// Everybody with access.
#[utoipa::path(get, path = "/api/accounts", responses((status = 200, body = Vec<Account>)))]
pub(crate) async fn list_accounts(State(app): State<App>) -> Result<Json<Vec<Account>>> {
    let accounts = app.store.accounts().await?;
    Ok(Json(accounts.iter().map(shown).collect()))
}

/// Adds a person.
#[utoipa::path(post, path = "/api/accounts", request_body = NewAccount,
    responses((status = 201, body = Account), (status = 409), (status = 422)))]
pub(crate) async fn add_account(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewAccount>,
) -> Result<(StatusCode, Json<Account>)> {
    let email = email_of(&body.email)?;
    let name = name_of(&body.name)?;
    guessable::accept(&body.password, &email)
        .map_err(|reason| Problem::field("/password", reason))?;
    let account = AccountRow {
        id: random::id(),
        email,
        name,
        role: body.role,
        password_hash: app.passwords.hash(body.password).await?,
        created_at_millis: clock::now_millis(),
    };
    let entry = audit::entry("account.add", &actor.account.name, Outcome::Done)
        .about(Some(account.id.clone()))
        .saying(format!(
            "Added {} as {}.",
            account.name,
            with_article(account.role)
        ));
    app.store
        .create_account(&account, entry.into())
        .await
        .map_err(taken)?;
    Ok((StatusCode::CREATED, Json(shown(&account))))
}

/// Changes what a person may do: from their next request or edit on, and their
/// sockets connect anew. Whoever guessed at their password makes them wait no
/// longer.
#[utoipa::path(put, path = "/api/accounts/{account}", params(("account" = String, Path)),
    request_body = RoleChange,
    responses((status = 200, body = Account), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn change_role(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(body): Body<RoleChange>,
) -> Result<Json<Account>> {
    let account = app.store.account(&id).await?;
    let account = account.ok_or_else(|| Problem::not_found("person"))?;
    let entry = audit::entry("account.role", &actor.account.name, Outcome::Done)
        .about(Some(id.clone()))
        .saying(format!(
            "Made {}, who was {}, {}.",
            account.name,
            with_article(account.role),
            with_article(body.role)
        ));
    made(app.store.set_role(&id, body.role, entry.into()).await?)?;
    throttle::release(&app, &account.email).await?;
    let changed = AccountRow {
        role: body.role,
        ..account
    };
    Ok(Json(shown(&changed)))
}

/// Removes a person: their sessions end, their flows stay.
#[utoipa::path(delete, path = "/api/accounts/{account}", params(("account" = String, Path)),
    responses((status = 204), (status = 404), (status = 409)))]
pub(crate) async fn remove_account(
    State(app): State<App>,
    Path(id): Path<String>,
    session: Session,
    actor: Actor,
) -> Result<StatusCode> {
    let account = app.store.account(&id).await?;
    let account = account.ok_or_else(|| Problem::not_found("person"))?;
    let entry = audit::entry("account.remove", &actor.account.name, Outcome::Done)
        .about(Some(id.clone()))
        .saying(format!("Deleted {}.", account.name));
    made(app.store.delete_account(&id, entry.into()).await?)?;
    if id == actor.account.id {
        session.flush().await.map_err(Problem::internal)?;
    }
    Ok(StatusCode::NO_CONTENT)
}
