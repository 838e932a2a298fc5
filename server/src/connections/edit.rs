//! Adding, changing and removing connections.

use api::{Connection, ConnectionDraft, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use genesys::{ClientCredentials, InvalidSettings, Settings};
use secrecy::SecretString;
use store::{ConnectionRow, NewDefault, StoreError};

use super::{client::Untried, hint, list::shown, preset::address, secret_place};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

const LONGEST_NAME: usize = 100;
const LONGEST_SCOPE: usize = 200;
const MOST_SCOPES: usize = 100;

/// Adds a connection.
#[utoipa::path(post, path = "/api/connections", request_body = ConnectionDraft,
    responses((status = 201, body = Connection), (status = 409), (status = 422)))]
pub(crate) async fn add_connection(
    State(app): State<App>,
    actor: Actor,
    Body(draft): Body<ConnectionDraft>,
) -> Result<(StatusCode, Json<Connection>)> {
    let (row, _) = drafted(&app, random::id(), draft, None)?;
    let entry = audit::entry("connection.add", &actor.account.name, Outcome::Done)
        .about(Some(row.id.clone()))
        .saying(format!(
            "Added the connection “{}” to {}.",
            row.name, row.api_url
        ));
    app.store
        .put_connection(&row, entry.into())
        .await
        .map_err(taken)?;
    Ok((StatusCode::CREATED, Json(shown(row))))
}

/// Changes a connection. Without a secret it keeps the one that it has.
#[utoipa::path(put, path = "/api/connections/{connection}", request_body = ConnectionDraft,
    params(("connection" = String, Path)),
    responses((status = 200, body = Connection), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn change_connection(
    State(app): State<App>,
    Path(connection): Path<String>,
    actor: Actor,
    Body(draft): Body<ConnectionDraft>,
) -> Result<Json<Connection>> {
    refuse_preset(&app, &connection)?;
    let before = app.store.connection(&connection).await?;
    let before = before.ok_or_else(|| Problem::not_found("connection"))?;
    let (row, new_secret) = drafted(&app, connection, draft, Some(before))?;
    // The old secret stays in use until the new one has proved itself.
    let proved = match new_secret {
        Some(secret) => Some(prove(&app, &actor, &row, secret).await?),
        None => None,
    };
    let entry = audit::entry("connection.change", &actor.account.name, Outcome::Done)
        .about(Some(row.id.clone()))
        .saying(format!(
            "Changed the connection “{}” to {}.",
            row.name, row.api_url
        ));
    app.store
        .put_connection(&row, entry.into())
        .await
        .map_err(taken)?;
    match proved {
        Some(client) => app.connections.take_over(&row, client),
        None => app.connections.forget(&row.id),
    }
    Ok(Json(shown(row)))
}

/// Makes a connection the default, a preset one too: what names no connection
/// goes through it from now on.
#[utoipa::path(post, path = "/api/connections/{connection}/default",
    params(("connection" = String, Path)), responses((status = 204), (status = 404)))]
pub(crate) async fn make_default(
    State(app): State<App>,
    Path(connection): Path<String>,
    actor: Actor,
) -> Result<StatusCode> {
    let mut presets = app.connections.presets.iter();
    let preset = presets.find(|preset| preset.id == connection);
    let (new, name) = match preset {
        Some(preset) => (NewDefault::Preset(preset.id), preset.name.to_owned()),
        None => {
            let row = app.store.connection(&connection).await?;
            let row = row.ok_or_else(|| Problem::not_found("connection"))?;
            (NewDefault::Stored(&connection), row.name)
        }
    };
    let entry = audit::entry("connection.default", &actor.account.name, Outcome::Done)
        .about(Some(connection.clone()))
        .saying(format!("Made “{name}” the default connection."));
    if !app.store.make_default(new, entry.into()).await? {
        return Err(Problem::not_found("connection"));
    }
    Ok(StatusCode::NO_CONTENT)
}

/// A client that got a token by a new secret.
async fn prove(
    app: &App,
    actor: &Actor,
    row: &ConnectionRow,
    secret: SecretString,
) -> Result<genesys::Connection> {
    let said = |outcome, detail: String| {
        audit::entry("connection.secret", &actor.account.name, outcome)
            .about(Some(row.id.clone()))
            .saying(detail)
    };
    let intent = said(
        Outcome::Intended,
        format!("Tries a new secret of “{}”.", row.name),
    );
    app.store.append_audit(intent.into()).await?;
    match app.connections.tried(row, secret).await {
        Ok(client) => {
            let done = said(Outcome::Done, "The new secret works.".to_owned());
            app.store.append_audit(done.into()).await?;
            Ok(client)
        }
        Err(Untried::Problem(problem)) => {
            let failed = said(Outcome::Failed, "It could not be tried.".to_owned());
            app.store.append_audit(failed.into()).await?;
            Err(problem)
        }
        Err(Untried::Refused(failure)) => {
            let sentence = failure.sentence();
            let failed =
                said(Outcome::Failed, sentence.clone()).correlated(failure.correlation_id.clone());
            app.store.append_audit(failed.into()).await?;
            Err(Problem::field(
                "/clientSecret",
                &format!(
                    "Nothing was changed, and the secret that is stored stays in use. Trying the new one: {sentence} {}",
                    failure.next_step()
                ),
            ))
        }
    }
}

/// Removes a connection.
#[utoipa::path(delete, path = "/api/connections/{connection}",
    params(("connection" = String, Path)), responses((status = 204), (status = 404), (status = 409)))]
pub(crate) async fn delete_connection(
    State(app): State<App>,
    Path(connection): Path<String>,
    actor: Actor,
) -> Result<StatusCode> {
    refuse_preset(&app, &connection)?;
    let entry = audit::entry("connection.delete", &actor.account.name, Outcome::Done)
        .about(Some(connection.clone()))
        .saying("Deleted the connection.");
    if !app
        .store
        .delete_connection(&connection, entry.into())
        .await?
    {
        return Err(Problem::not_found("connection"));
    }
    app.connections.forget_all_of(&connection);
    Ok(StatusCode::NO_CONTENT)
}

fn refuse_preset(app: &App, id: &str) -> Result<()> {
    if app.connections.presets.iter().any(|preset| preset.id == id) {
        return Err(Problem::conflict(
            "connection-preset",
            "This connection is preset and cannot be changed here.",
        )
        .next("Change it where the server is started, or add another one."));
    }
    Ok(())
}

/// The row of a draft, checked, and its secret if it brings one; `before` is
/// the connection that it changes.
fn drafted(
    app: &App,
    id: String,
    draft: ConnectionDraft,
    before: Option<ConnectionRow>,
) -> Result<(ConnectionRow, Option<SecretString>)> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Problem::field("/name", "A name has 1 to 100 characters."));
    }
    let scopes = scopes_of(&draft.scopes)?;
    let secret = draft.client_secret.filter(|secret| !secret.is_empty());
    let new_secret = secret.clone().map(SecretString::from);
    let secret_for_check = match (&secret, &before) {
        (Some(secret), _) => secret.clone(),
        // The kept secret is not opened to check addresses.
        (None, Some(_)) => "kept".to_owned(),
        (None, None) => String::new(),
    };
    let client = ClientCredentials {
        id: draft.client_id.trim().to_owned(),
        secret: SecretString::from(secret_for_check),
        scope: None,
    };
    let oauth = draft
        .oauth_url
        .as_deref()
        .filter(|url| !url.trim().is_empty());
    let settings = Settings::new(&draft.api_url, oauth, client, app.connections.plain_http)
        .map_err(|error| refused(&error))?;
    let sent_elsewhere = before.as_ref().is_some_and(|before| {
        before.oauth_url != address(settings.oauth()) || before.api_url != address(settings.api())
    });
    if sent_elsewhere && secret.is_none() {
        // Otherwise whoever may change the address could have the secret sent
        // to a server of theirs.
        return Err(Problem::field(
            "/clientSecret",
            "Enter the secret again: it would be sent to another address than it was entered for.",
        ));
    }
    let revision = before.as_ref().map_or(1, |before| before.revision + 1);
    let (sealed_secret, secret_hint, secret_set_at_millis) = match (secret, before) {
        (Some(secret), _) => {
            let hint = hint(&secret);
            let sealed = app
                .keys
                .seal(secret_place(&id), &SecretString::from(secret))
                .map_err(Problem::internal)?;
            (sealed, hint, clock::now_millis())
        }
        (None, Some(before)) => (
            before.sealed_secret,
            before.secret_hint,
            before.secret_set_at_millis,
        ),
        (None, None) => return Err(refused(&InvalidSettings::NoClientSecret)),
    };
    let row = ConnectionRow {
        id,
        name,
        profile: "direct".to_owned(),
        api_url: address(settings.api()),
        oauth_url: address(settings.oauth()),
        client_id: draft.client_id.trim().to_owned(),
        sealed_secret,
        secret_hint,
        secret_set_at_millis,
        scopes,
        is_default: draft.is_default,
        revision,
    };
    Ok((row, new_secret))
}

/// Scopes as they are stored and sent: separated by blanks.
fn scopes_of(scopes: &[String]) -> Result<String> {
    for (index, scope) in scopes.iter().enumerate() {
        // What the OAuth standard lets a scope be made of (RFC 6749, 3.3).
        let is_token = !scope.is_empty()
            && scope.len() <= LONGEST_SCOPE
            && scope
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\');
        if !is_token {
            return Err(Problem::field(
                &format!("/scopes/{index}"),
                "A scope is one word, like flow:write. Separate several by blanks.",
            ));
        }
    }
    if scopes.len() > MOST_SCOPES {
        return Err(Problem::field("/scopes", "These are too many scopes."));
    }
    Ok(scopes.join(" "))
}

fn refused(error: &InvalidSettings) -> Problem {
    let text = error.to_string();
    let pointer = match error {
        InvalidSettings::NoClientId => "/clientId",
        InvalidSettings::NoClientSecret => "/clientSecret",
        _ if text.contains("OAuth") => "/oauthUrl",
        _ => "/apiUrl",
    };
    Problem::field(pointer, &text)
}

fn taken(error: StoreError) -> Problem {
    match error {
        StoreError::Taken(_) => Problem::field("/name", "Another connection has this name."),
        error => error.into(),
    }
}
