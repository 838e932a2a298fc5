//! People with access: listing and adding them.

use api::{Account, NewAccount, Outcome};
use axum::{Json, extract::State, http::StatusCode};
use store::{AccountRow, StoreError};

use super::{Actor, password, shown};
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
    if shape && plain && email.len() <= MOST_CHARACTERS {
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
    password::accept(&body.password, &email)
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
        .saying(format!("Added {} as {:?}.", account.name, account.role));
    app.store
        .create_account(&account, entry.into())
        .await
        .map_err(taken)?;
    Ok((StatusCode::CREATED, Json(shown(&account))))
}
