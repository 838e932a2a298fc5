//! The flow routes of the direct profile, and what all routes of the API share.

use std::time::Instant;

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};

use crate::authority::{Need, Rate};
use crate::error_body::ApiError;
use crate::flow_store::{FlowRecord, Refusal};
use crate::listing::Listing;
use crate::references;
use crate::state::Sandbox;
use crate::validate::{self, Form, Sent};

/// Lets a request in only with a valid token, within its rate and scopes, and
/// tells the rate on every answer.
pub(crate) async fn authorise(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    let bearer = bearer(request.headers()).map(str::to_owned);
    let options = sandbox.options();
    // On a clock that runs faster a minute has room for as many more.
    let allowed = options
        .calls_per_minute
        .saturating_mul(options.clock_factor);
    let counted = sandbox
        .authority()
        .count(bearer.as_deref(), allowed, Instant::now());
    let rate = match counted {
        Ok(rate) => rate,
        Err(error) => return error.into_response(),
    };
    let need = Need::of(request.method(), request.uri().path());
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
    let flow = create_flow(&sandbox, document)?;
    saved(&sandbox).await?;
    Ok(answer(&flow.answer()))
}

/// Makes a flow of a document that keeps the rules.
pub(crate) fn create_flow(sandbox: &Sandbox, document: Value) -> Result<FlowRecord, ApiError> {
    let draft = validate::flow(&document, Sent::New).map_err(ApiError::invalid)?;
    references::check(sandbox, &document)?;
    Ok(sandbox
        .flow_store()
        .create(draft.name.as_deref(), document)?)
}

pub(crate) async fn get(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let found = sandbox.flow_store().get(&id).map(FlowRecord::answer)?;
    Ok(answer(&found))
}

pub(crate) async fn find(State(sandbox): State<Sandbox>, Query(query): Query<Listing>) -> Response {
    answer(&query.page_of(sandbox.flow_store().list()))
}

pub(crate) async fn update(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let document = document(&headers, &body)?;
    let held = Form::of(&sandbox.flow_store().get(&id)?.draft);
    let draft = validate::flow(&document, Sent::Change(&id)).map_err(ApiError::invalid)?;
    if Form::of(&document) != held {
        return Err(ApiError::bad_request(
            "A flow keeps its form: this document is one of another sort.",
        ));
    }
    references::check(&sandbox, &document)?;
    let version = draft.version.unwrap_or_default();
    let flow = sandbox
        .flow_store()
        .update(&id, draft.name.as_deref(), version, document)?;
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

pub(crate) fn document(headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
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

pub(crate) async fn saved(sandbox: &Sandbox) -> Result<(), ApiError> {
    sandbox.save().await.map_err(|error| {
        tracing::error!(%error, "the sandbox could not write its file");
        ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal.server.error",
            "The sandbox could not write its file.",
        )
    })
}

pub(crate) fn answer(body: &Value) -> Response {
    (
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::of(refusal, "flow")
    }
}

impl ApiError {
    /// The words for what a store did not do to `what` it keeps.
    pub(crate) fn of(refusal: Refusal, what: &str) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found(what),
            Refusal::NameTaken { id } => Self::new(
                StatusCode::CONFLICT,
                "already.exists",
                format!("A {what} with this name already exists."),
            )
            .about(&id),
            Refusal::Stale { held } => Self::new(
                StatusCode::CONFLICT,
                "version.conflict",
                format!("The version sent is not the current version, which is {held}."),
            ),
            Refusal::Locked { by } => Self::new(
                StatusCode::CONFLICT,
                "flow.locked",
                format!("The {what} is locked by {by}."),
            )
            .with("lockedBy", &by),
            Refusal::LiveAsSaved => {
                Self::bad_request("Only lookup flows are published: others are live as saved.")
            }
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
