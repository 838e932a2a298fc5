//! The routes of flow modules. The accepted `POST` or `PUT` is the publish
//! (spec, decision 6).

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use bytes::Bytes;

use crate::api::{answer, document, saved};
use crate::error_body::ApiError;
use crate::flow_store::{FlowRecord, Refusal};
use crate::listing::Listing;
use crate::references;
use crate::state::Sandbox;
use crate::validate::{self, Sent};

pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let draft = validate::module(&document, Sent::New).map_err(ApiError::invalid)?;
    references::check(&sandbox, &document)?;
    let made = sandbox
        .module_store()
        .create(draft.name.as_deref(), document)
        .map_err(refused)?;
    saved(&sandbox).await?;
    Ok(answer(&made.answer()))
}

pub(crate) async fn get(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let found = sandbox.module_store().get(&id).map(FlowRecord::answer);
    Ok(answer(&found.map_err(refused)?))
}

pub(crate) async fn find(State(sandbox): State<Sandbox>, Query(query): Query<Listing>) -> Response {
    answer(&query.page_of(sandbox.module_store().list()))
}

pub(crate) async fn update(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    sandbox.module_store().get(&id).map(drop).map_err(refused)?;
    let draft = validate::module(&document, Sent::Change(&id)).map_err(ApiError::invalid)?;
    references::check(&sandbox, &document)?;
    let version = draft.version.unwrap_or_default();
    let changed = sandbox
        .module_store()
        .update(&id, draft.name.as_deref(), version, document)
        .map_err(refused)?;
    saved(&sandbox).await?;
    Ok(answer(&changed.answer()))
}

fn refused(refusal: Refusal) -> ApiError {
    ApiError::of(refusal, "flow module")
}
