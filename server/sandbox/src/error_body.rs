//! The platform's `ErrorBody` (spec, decision 8).

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::validate::Problem;

/// A refusal of the API. The reference of the request is put in when the
/// answer leaves.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    parts: Box<Parts>,
}

/// What the body says beside the status.
#[derive(Debug, Clone)]
struct Parts {
    code: &'static str,
    message: String,
    message_params: Map<String, Value>,
    entity_id: Option<String>,
    problems: Vec<Problem>,
    retry_after_seconds: Option<u64>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            parts: Box::new(Parts {
                code,
                message: message.into(),
                message_params: Map::new(),
                entity_id: None,
                problems: Vec::new(),
                retry_after_seconds: None,
            }),
        }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not.found",
            format!("The requested {what} was not found."),
        )
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad.request", message)
    }

    /// A body that breaks rules, with a JSON pointer for each.
    pub(crate) fn invalid(problems: Vec<Problem>) -> Self {
        Self::invalid_as("invalid.flow", problems)
    }

    /// The same under another code than that of flows.
    pub(crate) fn invalid_as(code: &'static str, problems: Vec<Problem>) -> Self {
        let message = problems
            .iter()
            .map(|problem| format!("{}: {}", problem.pointer, problem.message))
            .collect::<Vec<_>>()
            .join("; ");
        let mut error = Self::new(StatusCode::BAD_REQUEST, code, message);
        error.parts.problems = problems;
        error
    }

    pub(crate) fn missing_any(scopes: &[&str]) -> Self {
        let list = scopes.join(", ");
        let mut error = Self::new(
            StatusCode::FORBIDDEN,
            "missing.any.permissions",
            format!(
                "Unable to perform the requested action. At least one of these permissions is needed: [{list}]"
            ),
        );
        error
            .parts
            .message_params
            .insert("permissions".to_owned(), list.into());
        error
    }

    /// What it says.
    pub(crate) fn message(&self) -> &str {
        &self.parts.message
    }

    /// The same with a parameter of the message.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let value = value.into();
        self.parts.message_params.insert(name.to_owned(), value);
        self
    }

    pub(crate) fn about(mut self, entity_id: &str) -> Self {
        self.parts.entity_id = Some(entity_id.to_owned());
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.parts.retry_after_seconds = Some(seconds);
        self
    }

    /// The answer, with the request's reference in it.
    pub(crate) fn answer(&self, correlation_id: &str) -> Response {
        let parts = &*self.parts;
        let details: Vec<Value> = parts
            .problems
            .iter()
            .map(|problem| {
                let mut detail = json!({
                    "errorCode": problem.code,
                    "fieldName": problem.pointer,
                });
                if let (Some(name), Some(object)) = (&problem.entity, detail.as_object_mut()) {
                    object.insert("entityName".to_owned(), name.clone().into());
                }
                detail
            })
            .collect();
        let mut body = json!({
            "message": parts.message,
            "code": parts.code,
            "status": self.status.as_u16(),
            "contextId": correlation_id,
            "messageParams": parts.message_params,
            "details": details,
            "errors": [],
        });
        if let (Some(id), Some(object)) = (&parts.entity_id, body.as_object_mut()) {
            object.insert("entityId".to_owned(), id.clone().into());
        }
        let mut response = (
            self.status,
            [(header::CONTENT_TYPE, "application/json")],
            Body::from(body.to_string()),
        )
            .into_response();
        if let Some(seconds) = parts.retry_after_seconds {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for ApiError {
    /// Carries the error outward; the gate writes it down once it knows the
    /// request's reference.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
