//! The token endpoint: client credentials, sent as a form.

use std::collections::HashMap;
use std::time::Instant;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use secrecy::ExposeSecret;
use serde_json::json;
use url::form_urlencoded;

use crate::state::Sandbox;

const FORM: &str = "application/x-www-form-urlencoded";

/// A refusal in the form of the OAuth standard, which is not `ErrorBody`.
struct OauthError {
    status: StatusCode,
    error: &'static str,
    description: &'static str,
}

pub(crate) async fn issue(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    token(&sandbox, &headers, &body).map_err(IntoResponse::into_response)
}

fn token(sandbox: &Sandbox, headers: &HeaderMap, body: &[u8]) -> Result<Response, OauthError> {
    if !is_form(headers) {
        return Err(invalid_request("the content type must be that of a form"));
    }
    let form: HashMap<_, _> = form_urlencoded::parse(body).collect();
    let field = |name: &str| form.get(name).map(AsRef::as_ref);
    match field("grant_type") {
        Some("client_credentials") => {}
        None => return Err(invalid_request("grant_type is missing")),
        Some(_) => {
            return Err(OauthError {
                status: StatusCode::BAD_REQUEST,
                error: "unsupported_grant_type",
                description: "only client_credentials is supported",
            });
        }
    }
    let (Some(id), Some(secret)) = (field("client_id"), field("client_secret")) else {
        return Err(invalid_request("client_id or client_secret is missing"));
    };
    let client = sandbox
        .options()
        .clients
        .iter()
        .find(|client| client.id == id)
        .filter(|client| client.secret.expose_secret() == secret)
        .ok_or(OauthError {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            description: "authentication failed",
        })?;
    let scopes = granted(sandbox.scopes_of(client), field("scope"))?;
    let life = sandbox.options().token_life;
    let token = sandbox.authority().issue(scopes, life, Instant::now());
    let answer = json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": life.as_secs(),
    });
    Ok((
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        answer.to_string(),
    )
        .into_response())
}

pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
}

/// The scopes asked for, all of which the client must have; without any, all
/// that it has (spec, decision 13).
fn granted(has: Vec<String>, asked: Option<&str>) -> Result<Vec<String>, OauthError> {
    let asked: Vec<&str> = asked.unwrap_or_default().split_whitespace().collect();
    if asked.is_empty() {
        return Ok(has);
    }
    let has_all = asked
        .iter()
        .all(|scope| has.iter().any(|held| held == scope));
    if has_all {
        Ok(asked.into_iter().map(str::to_owned).collect())
    } else {
        Err(OauthError {
            status: StatusCode::BAD_REQUEST,
            error: "invalid_scope",
            description: "the client does not have every scope that was asked for",
        })
    }
}

fn invalid_request(description: &'static str) -> OauthError {
    OauthError {
        status: StatusCode::BAD_REQUEST,
        error: "invalid_request",
        description,
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        let body = json!({
            "error": self.error,
            "description": self.description,
            "error_description": self.description,
        });
        (
            self.status,
            [(header::CONTENT_TYPE, "application/json")],
            body.to_string(),
        )
            .into_response()
    }
}
