//! The one place that builds failure responses: RFC 9457 problem details.
//!
//! A handler returns a [`Problem`]; it travels as an extension of the response
//! and is written out by [`render`], which knows the request's reference, and
//! logs it, once.

use api::{FieldProblem, ProblemDetails};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use store::StoreError;

use crate::accounts::holder;

/// What a handler returns.
pub(crate) type Result<T, E = Problem> = std::result::Result<T, E>;

/// A failed request.
#[derive(Clone, Debug)]
pub(crate) struct Problem(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    status: StatusCode,
    /// The last part of the type: `/problems/…`.
    kind: &'static str,
    detail: String,
    next_step: Option<String>,
    errors: Vec<FieldProblem>,
    retry_after_seconds: Option<u64>,
    /// What happened inside; for the log alone.
    cause: Option<String>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            status,
            kind,
            detail: detail.into(),
            next_step: None,
            errors: Vec::new(),
            retry_after_seconds: None,
            cause: None,
        }))
    }

    pub(crate) fn next(mut self, step: impl Into<String>) -> Self {
        self.0.next_step = Some(step.into());
        self
    }

    pub(crate) fn at(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        self.0.errors.push(FieldProblem {
            pointer: pointer.into(),
            detail: detail.into(),
        });
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }

    /// What happened and what to do about it, for what is told elsewhere than in
    /// an answer.
    pub(crate) fn words(&self) -> (&str, Option<&str>) {
        let Inner {
            detail,
            next_step,
            errors,
            cause,
            ..
        } = &*self.0;
        if let Some(cause) = cause {
            tracing::error!(kind = self.0.kind, cause, "something failed inside");
        }
        // What is said of a part of a body says more than that one is wrong.
        let detail = errors.first().map_or(detail, |error| &error.detail);
        (detail, next_step.as_deref())
    }

    /// What is wrong with one part of the request's body.
    pub(crate) fn field(pointer: &str, detail: &str) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid-body",
            "Something in what was sent is not right.",
        )
        .next("Correct what is named and send it again.")
        .at(pointer, detail)
    }

    /// What is wrong with the part of an address behind its question mark.
    pub(crate) fn bad_query(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-query", detail)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            format!("There is no such {what}."),
        )
        .next("It may have been deleted. Go back to the list.")
    }

    /// The key of a click that named another one before.
    pub(crate) fn key_taken() -> Self {
        Self::conflict("key-taken", "This key was used for something else before.")
            .next("Send a new key with what is to be done now.")
    }

    pub(crate) fn conflict(kind: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, kind, detail)
    }

    pub(crate) fn sign_in_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "sign-in-needed",
            "You are not signed in, or your session has ended.",
        )
        .next("Sign in. What you have not saved is kept.")
    }

    pub(crate) fn not_allowed(needed: api::Right) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-allowed",
            format!("This needs the rights of {}.", holder(needed)),
        )
        .next("Ask an administrator for them.")
    }

    /// A fault of ours. The cause goes to the log, the reference to the user.
    pub(crate) fn internal(cause: impl std::fmt::Display) -> Self {
        let mut problem = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something failed on the server.",
        )
        .next("Try again. If it stays so, give the reference to an administrator.");
        problem.0.cause = Some(cause.to_string());
        problem
    }

    /// The words for a status that the framework gave by itself.
    fn of_status(status: StatusCode) -> Self {
        let (kind, detail) = match status {
            StatusCode::NOT_FOUND => ("not-found", "There is nothing at this address."),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method-not-allowed",
                "This address does not take that method.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("too-large", "What was sent is larger than is taken here.")
            }
            StatusCode::UPGRADE_REQUIRED => ("upgrade-required", "This address takes a WebSocket."),
            status if status.is_server_error() => ("internal", "Something failed on the server."),
            _ => ("bad-request", "The request cannot be understood."),
        };
        Self::new(status, kind, detail)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let mut problem = match &error {
            StoreError::Full => Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "storage-full",
                "The server's storage is full. Nothing was changed.",
            )
            .next("An administrator must make room. Reading still works."),
            StoreError::Busy => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "storage-busy",
                "Saving is slow at the moment. Nothing was changed.",
            )
            .next("Try again in a moment.")
            .retry_after(2),
            _ => return Self::internal(&error),
        };
        problem.0.cause = Some(error.to_string());
        problem
    }
}

impl From<crate::random::NoRandomness> for Problem {
    fn from(error: crate::random::NoRandomness) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Writes a failed response out and logs it. Others pass as they are.
pub(crate) fn render(mut response: Response, reference: &str) -> Response {
    let status = response.status();
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if status.is_client_error() || status.is_server_error() => Problem::of_status(status),
        None => return response,
    };
    let Problem(inner) = problem;
    let cause = inner.cause.as_deref().unwrap_or_default();
    if inner.status.is_server_error() {
        tracing::error!(status = %status.as_u16(), kind = inner.kind, cause, "request failed");
    } else {
        tracing::info!(status = %status.as_u16(), kind = inner.kind, cause, "request refused");
    }
    let details = ProblemDetails {
        kind: format!("/problems/{}", inner.kind),
        title: inner
            .status
            .canonical_reason()
            .unwrap_or_default()
            .to_owned(),
        status: inner.status.as_u16(),
        detail: inner.detail,
        next_step: inner.next_step,
        reference: Some(reference.to_owned()),
        errors: inner.errors,
    };
    let body = serde_json::to_vec(&details).unwrap_or_default();
    // What the framework said, an `Allow` header for example, stays.
    let mut rendered = (inner.status, body).into_response();
    for (name, value) in response.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
            rendered.headers_mut().append(name, value.clone());
        }
    }
    let headers = rendered.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    if let Some(seconds) = inner.retry_after_seconds {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    rendered
}
