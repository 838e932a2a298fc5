//! What other people do to the organisation meanwhile: they make flows, change
//! what is there, and hold locks. For tests, and for the buttons of the page.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api;
use crate::control::refused;
use crate::flow_store::{FlowRecord, FlowStore};
use crate::state::Sandbox;

/// A flow that exists upstream.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    /// The name that a listing shows; that of the document when it has one.
    #[serde(default)]
    name: Option<String>,
    /// An empty call flow without one.
    #[serde(default)]
    document: Option<Value>,
}

/// A flow, a module or a data action that somebody else changes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    id: String,
    /// What it becomes; without it only the description grows.
    #[serde(default)]
    document: Option<Value>,
}

/// A flow or a module that somebody holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    id: String,
    by: String,
}

impl Sandbox {
    /// Makes a flow as somebody else would; an empty call flow without a
    /// document (flow-modules guide, "over call flows that exist").
    ///
    /// # Errors
    /// Why a document is refused.
    pub fn seed_flow(
        &self,
        name: Option<&str>,
        document: Option<Value>,
    ) -> Result<FlowRecord, String> {
        let empty = || json!({"definition": {"nodes": [], "edges": []}});
        let mut made = api::create_flow(self, document.unwrap_or_else(empty))
            .map_err(|error| error.message().to_owned())?;
        if let (Some(name), true) = (name, made.name.is_empty()) {
            self.flow_store().rename(&made.id, name);
            name.clone_into(&mut made.name);
        }
        Ok(made)
    }

    /// Replaces the document of a flow, a module or a data action as somebody else
    /// would, and counts its version on; false if there is none of this id.
    pub fn change_upstream(&self, id: &str, change: impl FnOnce(&mut Value)) -> bool {
        let of = |mut store: std::sync::MutexGuard<'_, FlowStore>, change: &mut Option<_>| {
            store.contains(id) && change.take().is_some_and(|change| store.change(id, change))
        };
        let mut change = Some(change);
        of(self.flow_store(), &mut change)
            || of(self.module_store(), &mut change)
            || change
                .take()
                .is_some_and(|change| self.data_action_store().change(id, change))
    }

    /// Deletes a flow, a module or a data action as somebody else would; false
    /// if there is none of this id.
    pub fn remove_upstream(&self, id: &str) -> bool {
        self.flow_store().remove(id)
            || self.module_store().remove(id)
            || self.data_action_store().remove(id)
    }

    /// Locks a flow or a module for somebody, or lets it go; false if there is
    /// none of this id.
    pub fn lock(&self, id: &str, by: Option<&str>) -> bool {
        self.flow_store().lock(id, by) || self.module_store().lock(id, by)
    }
}

pub(crate) async fn seed(
    State(sandbox): State<Sandbox>,
    seed: Result<Json<Seed>, JsonRejection>,
) -> Response {
    let Seed { name, document } = match seed {
        Ok(Json(seed)) => seed,
        Err(rejection) => return refused(&rejection.body_text()),
    };
    match sandbox.seed_flow(name.as_deref(), document) {
        Ok(made) => kept(&sandbox, (StatusCode::CREATED, Json(made)).into_response()).await,
        Err(why) => refused(&why),
    }
}

pub(crate) async fn change(
    State(sandbox): State<Sandbox>,
    change: Result<Json<Change>, JsonRejection>,
) -> Response {
    let Change { id, document } = match change {
        Ok(Json(change)) => change,
        Err(rejection) => return refused(&rejection.body_text()),
    };
    let found = sandbox.change_upstream(&id, |held| match document {
        Some(document) => *held = document,
        None => grow_description(held),
    });
    done(&sandbox, found).await
}

pub(crate) async fn lock(
    State(sandbox): State<Sandbox>,
    lock: Result<Json<Lock>, JsonRejection>,
) -> Response {
    match lock {
        Ok(Json(Lock { id, by })) => {
            let found = sandbox.lock(&id, Some(&by));
            done(&sandbox, found).await
        }
        Err(rejection) => refused(&rejection.body_text()),
    }
}

pub(crate) async fn unlock(State(sandbox): State<Sandbox>) -> Response {
    sandbox.flow_store().unlock_all();
    sandbox.module_store().unlock_all();
    done(&sandbox, true).await
}

fn grow_description(document: &mut Value) {
    let before = document
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let after = format!("{before} Changed in Genesys.");
    if let Some(members) = document.as_object_mut() {
        members.insert("description".to_owned(), after.trim_start().into());
    }
}

async fn done(sandbox: &Sandbox, found: bool) -> Response {
    if found {
        kept(sandbox, StatusCode::NO_CONTENT.into_response()).await
    } else {
        let why = json!({ "message": "there is no flow and no module of this id" });
        (StatusCode::NOT_FOUND, Json(why)).into_response()
    }
}

async fn kept(sandbox: &Sandbox, response: Response) -> Response {
    match api::saved(sandbox).await {
        Ok(()) => response,
        Err(error) => (error.status, error.message().to_owned()).into_response(),
    }
}
