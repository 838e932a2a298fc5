//! What the clients may do, which can be changed while the sandbox runs: as an
//! administrator of an organisation takes rights away from an OAuth client.

use std::collections::HashMap;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::options::Client;
use crate::state::Sandbox;

/// Scopes that were changed, by client.
pub(crate) type ChangedScopes = HashMap<String, Vec<String>>;

/// A client with what it may do.
#[derive(Debug, Serialize)]
pub(crate) struct ClientScopes {
    pub(crate) id: String,
    /// All that it has now.
    pub(crate) scopes: Vec<String>,
    /// All that it was set up with.
    pub(crate) all: Vec<String>,
}

/// The body of changing what a client may do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewScopes {
    scopes: Vec<String>,
}

impl Sandbox {
    /// Changes what a client may do; its tokens end, so that the next call has
    /// to get one with the new scopes. `false` when there is no such client.
    pub fn set_scopes(&self, client: &str, scopes: Vec<String>) -> bool {
        let is_known = self
            .options()
            .clients
            .iter()
            .any(|known| known.id == client);
        if is_known {
            self.changed_scopes().insert(client.to_owned(), scopes);
            self.expire_tokens();
        }
        is_known
    }

    /// The scopes that a client has now.
    pub(crate) fn scopes_of(&self, client: &Client) -> Vec<String> {
        let changed = self.changed_scopes().get(&client.id).cloned();
        changed.unwrap_or_else(|| client.scopes.clone())
    }

    pub(crate) fn clients(&self) -> Vec<ClientScopes> {
        let clients = self.options().clients.iter();
        clients
            .map(|client| ClientScopes {
                id: client.id.clone(),
                scopes: self.scopes_of(client),
                all: client.scopes.clone(),
            })
            .collect()
    }
}

pub(crate) async fn list(State(sandbox): State<Sandbox>) -> Json<Vec<ClientScopes>> {
    Json(sandbox.clients())
}

pub(crate) async fn change(
    State(sandbox): State<Sandbox>,
    Path(client): Path<String>,
    scopes: Result<Json<NewScopes>, JsonRejection>,
) -> Response {
    match scopes {
        Err(rejection) => {
            let why = json!({ "message": rejection.body_text() });
            (StatusCode::BAD_REQUEST, Json(why)).into_response()
        }
        Ok(Json(new)) => {
            let is_known = sandbox.set_scopes(&client, new.scopes);
            let status = if is_known {
                StatusCode::NO_CONTENT
            } else {
                StatusCode::NOT_FOUND
            };
            status.into_response()
        }
    }
}
