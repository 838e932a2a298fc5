//! The flow routes of the direct profile.

use std::time::Instant;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::authority::{Need, Rate};
use crate::error_body::ApiError;
use crate::flow_store::{FlowRecord, Refusal};
use crate::state::Sandbox;
use crate::validate::{self, Draft};

/// Lets a request in only with a valid token, within its rate and scopes, and
/// tells the rate on every answer.
pub(crate) async fn authorise(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    let bearer = bearer(request.headers()).map(str::to_owned);
    let allowed = sandbox.options().calls_per_minute;
    let counted = sandbox
        .authority()
        .count(bearer.as_deref(), allowed, Instant::now());
    let rate = match counted {
        Ok(rate) => rate,
        Err(error) => return error.into_response(),
    };
    let need = if request.method() == Method::GET {
        Need::ReadFlows
    } else {
        Need::WriteFlows
    };
    let admitted = rate.check().and_then(|()| {
        sandbox
            .authority()
            .allows(bearer.as_deref().unwrap_or_default(), need)
    });
    let mut response = match admitted {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    rate.tell(response.headers_mut());
    response
}

pub(crate) async fn create(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let draft = validate::new_flow(&document).map_err(ApiError::invalid)?;
    let flow = sandbox.flow_store().create(&draft.name, document)?;
    saved(&sandbox).await?;
    Ok(answer(&flow.answer()))
}

pub(crate) async fn get(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let found = sandbox.flow_store().get(&id).map(FlowRecord::answer)?;
    Ok(answer(&found))
}

#[derive(Deserialize)]
pub(crate) struct Filter {
    name: Option<String>,
}

pub(crate) async fn find(State(sandbox): State<Sandbox>, Query(filter): Query<Filter>) -> Response {
    let entities: Vec<Value> = sandbox
        .flow_store()
        .list()
        .iter()
        .filter(|flow| filter.name.as_ref().is_none_or(|name| *name == flow.name))
        .map(FlowRecord::answer)
        .collect();
    let total = entities.len();
    answer(&json!({
        "entities": entities,
        "pageNumber": 1,
        "pageSize": total,
        "total": total,
        "pageCount": 1,
    }))
}

pub(crate) async fn update(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    sandbox.flow_store().get(&id).map(drop)?;
    let Draft { name, version } =
        validate::changed_flow(&document, &id).map_err(ApiError::invalid)?;
    let flow = sandbox.flow_store().update(&id, &name, version, document)?;
    saved(&sandbox).await?;
    Ok(answer(&flow.answer()))
}

pub(crate) async fn publish(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    if !body.is_empty() {
        return Err(ApiError::bad_request("A publish has no body."));
    }
    let version = sandbox.flow_store().publish(&id)?;
    saved(&sandbox).await?;
    Ok(answer(&json!({ "version": version })))
}

pub(crate) async fn unknown_path() -> ApiError {
    ApiError::not_found("resource")
}

pub(crate) async fn unknown_method() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method.not.allowed",
        "The method is not allowed for this path.",
    )
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

fn document(headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if !is_json {
        return Err(ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported.media.type",
            "The content type must be application/json.",
        ));
    }
    serde_json::from_slice(body)
        .map_err(|error| ApiError::bad_request(format!("The body is not valid JSON: {error}.")))
}

async fn saved(sandbox: &Sandbox) -> Result<(), ApiError> {
    sandbox.save().await.map_err(|error| {
        tracing::error!(%error, "the sandbox could not write its file");
        ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal.server.error",
            "The sandbox could not write its file.",
        )
    })
}

fn answer(body: &Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found("flow"),
            Refusal::NameTaken { id } => Self::new(
                StatusCode::CONFLICT,
                "already.exists",
                "A flow with this name already exists.",
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

impl Rate {
    fn tell(self, headers: &mut HeaderMap) {
        headers.insert("inin-ratelimit-count", HeaderValue::from(self.count));
        headers.insert("inin-ratelimit-allowed", HeaderValue::from(self.allowed));
        headers.insert(
            "inin-ratelimit-reset",
            HeaderValue::from(self.reset_seconds),
        );
    }
}
