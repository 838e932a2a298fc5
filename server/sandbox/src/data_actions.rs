//! The data actions of the direct profile: their routes.

mod store;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{answer, document, saved};
use crate::error_body::ApiError;
use crate::state::Sandbox;
use crate::validate::data_action::{changed_action, new_action};
pub use store::DataActionRecord;
pub(crate) use store::DataActionStore;
use store::Refusal;

/// The page that is given when none is asked for, as on the platform.
const DEFAULT_SIZE: usize = 25;
const LARGEST_SIZE: usize = 100;

/// The code of a refused body.
const INVALID: &str = "invalid.data.action";

pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let name = new_action(&document).map_err(|found| ApiError::invalid_as(INVALID, found))?;
    let made = sandbox.data_action_store().create(&name, document)?;
    saved(&sandbox).await?;
    Ok(answer(&made.answer()))
}

pub(crate) async fn get(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let found = sandbox
        .data_action_store()
        .get(&id)
        .map(DataActionRecord::answer)?;
    Ok(answer(&found))
}

/// What is asked of a listing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Listing {
    /// Only the one of exactly this name.
    name: Option<String>,
    page_number: Option<usize>,
    page_size: Option<usize>,
}

/// A listing leaves the code out: a page of scripts would be megabytes.
pub(crate) async fn find(State(sandbox): State<Sandbox>, Query(query): Query<Listing>) -> Response {
    let store = sandbox.data_action_store();
    let named: Vec<&DataActionRecord> = store
        .list()
        .iter()
        .filter(|action| query.name.as_ref().is_none_or(|name| *name == action.name))
        .collect();
    let size = query
        .page_size
        .unwrap_or(DEFAULT_SIZE)
        .clamp(1, LARGEST_SIZE);
    let number = query.page_number.unwrap_or(1).max(1);
    let page = named.chunks(size).nth(number - 1).unwrap_or_default();
    let entities: Vec<Value> = page.iter().map(|action| action.listed()).collect();
    answer(&json!({
        "entities": entities,
        "pageNumber": number,
        "pageSize": size,
        "total": named.len(),
        "pageCount": named.len().div_ceil(size).max(1),
    }))
}

pub(crate) async fn update(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    sandbox.data_action_store().get(&id).map(drop)?;
    let (name, version) =
        changed_action(&document, &id).map_err(|found| ApiError::invalid_as(INVALID, found))?;
    let changed = sandbox
        .data_action_store()
        .update(&id, &name, version, document)?;
    saved(&sandbox).await?;
    Ok(answer(&changed.answer()))
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found("data action"),
            Refusal::NameTaken { id } => Self::new(
                StatusCode::CONFLICT,
                "already.exists",
                "A data action with this name already exists.",
            )
            .about(&id),
            Refusal::Stale { held } => Self::new(
                StatusCode::CONFLICT,
                "version.conflict",
                format!("The version sent is not the current version, which is {held}."),
            ),
        }
    }
}
