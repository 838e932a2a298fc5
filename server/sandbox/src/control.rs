//! The sandbox's own API: what arrived, what is held, what goes wrong next.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::arrival::Arrival;
use crate::data_actions::DataActionRecord;
use crate::fault::{Fault, FaultKind};
use crate::flow_store::FlowRecord;
use crate::state::Sandbox;

pub(crate) async fn flows(State(sandbox): State<Sandbox>) -> Json<Vec<FlowRecord>> {
    Json(sandbox.flows())
}

pub(crate) async fn modules(State(sandbox): State<Sandbox>) -> Json<Vec<FlowRecord>> {
    Json(sandbox.modules())
}

pub(crate) async fn data_actions(State(sandbox): State<Sandbox>) -> Json<Vec<DataActionRecord>> {
    Json(sandbox.data_actions())
}

pub(crate) async fn requests(State(sandbox): State<Sandbox>) -> Json<Vec<Arrival>> {
    Json(sandbox.arrivals())
}

pub(crate) async fn clear_requests(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.clear_arrivals();
    StatusCode::NO_CONTENT
}

pub(crate) async fn faults(State(sandbox): State<Sandbox>) -> Json<Vec<Fault>> {
    Json(sandbox.faults())
}

pub(crate) async fn arm(
    State(sandbox): State<Sandbox>,
    fault: Result<Json<Fault>, JsonRejection>,
) -> Response {
    let fault = match fault {
        Ok(Json(fault)) => fault,
        Err(rejection) => return refused(&rejection.body_text()),
    };
    if let FaultKind::Status { status, .. } = &fault.kind
        && !(200..=599).contains(status)
    {
        return refused("a status is a number from 200 to 599");
    }
    if let FaultKind::Status { headers, .. } | FaultKind::Instead { headers, .. } = &fault.kind {
        let unsendable = headers.iter().find(|(name, value)| {
            HeaderName::try_from(*name).is_err() || HeaderValue::try_from(*value).is_err()
        });
        if let Some((name, _)) = unsendable {
            return refused(&format!("the header {name:?} cannot be sent"));
        }
    }
    sandbox.inject(fault);
    StatusCode::NO_CONTENT.into_response()
}

pub(crate) async fn clear_faults(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.clear_faults();
    StatusCode::NO_CONTENT
}

pub(crate) async fn expire_tokens(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.expire_tokens();
    StatusCode::NO_CONTENT
}

pub(crate) fn refused(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "message": why }))).into_response()
}
