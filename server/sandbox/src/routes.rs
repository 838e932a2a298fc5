//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};
use bytes::Bytes;

use crate::door::{self, Door};
use crate::lookup::{LOOKUP_PATH, answer_lookup};
use crate::state::Sandbox;
use crate::{
    api, clients, contacts, control, data_actions, gate, modules, oauth, others, page, receiver,
    same_site,
};

/// Everything that the sandbox answers: the simulated hosts below `/oauth` and
/// `/api`, its own page at `/` and its own API below `/sandbox`. Meant for a
/// loopback listener of its own.
pub fn router(sandbox: Sandbox) -> Router {
    let own = own(Router::new().route("/sandbox/style.css", get(page::style)));
    own.merge(simulated(&sandbox)).with_state(sandbox)
}

/// The same, with its own page and API behind a door for browsers.
pub fn router_behind(door: Door, sandbox: Sandbox) -> Router {
    // Whoever is turned away sees why, in the page's style.
    let style = Router::new().route("/sandbox/style.css", get(page::style));
    let behind = own(Router::new()).layer(from_fn_with_state(door, door::check));
    let own = style.merge(behind).layer(from_fn(page::safe_headers));
    own.merge(simulated(&sandbox)).with_state(sandbox)
}

/// The simulated hosts.
fn simulated(sandbox: &Sandbox) -> Router<Sandbox> {
    let flows = Router::new()
        .route("/api/v2/flows", get(api::find).post(api::create))
        .route("/api/v2/flows/{id}", get(api::get).put(api::update))
        .route("/api/v2/flows/{id}/publish", post(api::publish))
        .route(
            "/api/v2/flows/flowmodules",
            get(modules::find).post(modules::create),
        )
        .route(
            "/api/v2/flows/flowmodules/{id}",
            get(modules::get).put(modules::update),
        )
        .route(
            "/api/v2/tasks/dataactions",
            get(data_actions::find).post(data_actions::create),
        )
        .route(
            "/api/v2/tasks/dataactions/{id}",
            get(data_actions::get).put(data_actions::update),
        )
        .route("/api/v2/externalcontacts/contacts", post(contacts::create))
        .route(
            "/api/v2/externalcontacts/contacts/{id}",
            get(contacts::get).put(contacts::update),
        )
        .route("/api/v2/conversations", post(contacts::start))
        .route("/api/{*rest}", any(api::unknown_path))
        .method_not_allowed_fallback(api::unknown_method)
        .layer(from_fn_with_state(sandbox.clone(), api::authorise));
    Router::new()
        .route("/oauth/token", post(oauth::issue))
        .route("/oauth/{*rest}", any(api::unknown_path))
        .route(LOOKUP_PATH, post(lookup))
        .route("/hooks/{*rest}", post(receiver::receive))
        .merge(flows)
        // The gate has read the body within its own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(sandbox.clone(), gate::pass))
}

/// The sandbox's own page and API.
fn own(routes: Router<Sandbox>) -> Router<Sandbox> {
    routes
        .route("/", get(page::show))
        .route("/sandbox/page.js", get(page::script))
        .route("/sandbox/flows", get(control::flows).post(others::seed))
        .route("/sandbox/modules", get(control::modules))
        .route("/sandbox/data-actions", get(control::data_actions))
        .route("/sandbox/changes", post(others::change))
        .route("/sandbox/locks", post(others::lock).delete(others::unlock))
        .route("/sandbox/contacts", get(contacts::held))
        .route(
            "/sandbox/requests",
            get(control::requests).delete(control::clear_requests),
        )
        .route(
            "/sandbox/faults",
            get(control::faults)
                .post(control::arm)
                .delete(control::clear_faults),
        )
        .route("/sandbox/tokens/expire", post(control::expire_tokens))
        .route("/sandbox/clients", get(clients::list))
        .route("/sandbox/clients/{id}", put(clients::change))
        // A browser asks for more than is here, an icon for example. That is
        // no arrival, and no fault is spent on it.
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(from_fn(same_site::check))
        .layer(from_fn(page::safe_headers))
}

async fn lookup(headers: HeaderMap, body: Bytes) -> Response {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let answer = answer_lookup(content_type, &body);
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        answer.body,
    )
        .into_response()
}
