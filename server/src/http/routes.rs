//! Every route with what it asks of a request. There is no other door: a
//! handler is reached through this table or not at all. It has a file for each
//! subject.

mod audit;
mod batches;
mod connections;
mod contact_imports;
mod contacts;
mod data_actions;
mod flows;
mod house;
mod operations;
mod people;
mod publishing;
mod session;
mod table;
mod upstream;
mod webhooks;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    middleware,
    routing::{any, get},
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::RequestBodyTimeoutLayer};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use super::{
    crowd, finish,
    guard::{self, Access, Proof},
    problem::Problem,
};
use crate::{accounts, app::App, assets};
use table::Route;

/// A body of which nothing comes for so long is given up.
const BODY_SILENCE: Duration = Duration::from_secs(30);

/// The routes.
fn all() -> impl Iterator<Item = Route> {
    [
        session::routes(),
        people::routes(),
        flows::routes(),
        batches::routes(),
        publishing::routes(),
        upstream::routes(),
        data_actions::routes(),
        connections::routes(),
        webhooks::routes(),
        audit::routes(),
        operations::routes(),
        contacts::routes(),
        contact_imports::routes(),
        house::routes(),
    ]
    .into_iter()
    .flatten()
}

/// A route, for those who look at the server from outside.
#[derive(Clone, Debug)]
pub struct RouteSummary {
    /// The HTTP method.
    pub method: Method,
    /// The path, with placeholders in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What proves that it is they.
    pub proof: Proof,
    /// Whether it changes something, so that only our own pages may call it.
    pub mutates: bool,
}

/// Every route with who may call it.
pub fn routes() -> Vec<RouteSummary> {
    all()
        .map(|route| RouteSummary {
            method: route.method,
            path: route.path,
            access: route.policy.access,
            proof: route.policy.proof,
            mutates: route.policy.mutates,
        })
        .collect()
}

/// The server's routes, with everything that stands before and after them.
pub(crate) fn router(app: &App) -> Router {
    let secure = app.origins.is_secure();
    let sessions = SessionManagerLayer::new(accounts::SessionRecords(app.store.clone()))
        .with_name(accounts::cookie_name(secure))
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_path("/")
        // The cookie has no end of its own: the socket's edits keep a session
        // going, and a socket cannot renew a cookie. The stored row decides.
        .with_expiry(Expiry::OnSessionEnd);
    let guarded = all().fold(Router::new(), |router, route| {
        let state = (app.clone(), route.policy);
        let handler = route
            .handler
            .layer(DefaultBodyLimit::max(route.policy.body_limit))
            .layer(middleware::from_fn_with_state(state, guard::guard));
        router.route(route.path, handler)
    });
    guarded
        .layer(sessions)
        .route("/api", get(no_such_route))
        .route("/api/{*rest}", any(no_such_route))
        .fallback(assets::serve)
        .layer(CatchPanicLayer::custom(finish::after_panic))
        .layer(middleware::from_fn_with_state(app.clone(), crowd::admit))
        .layer(middleware::from_fn_with_state(app.clone(), finish::finish))
        .layer(RequestBodyTimeoutLayer::new(BODY_SILENCE))
        .with_state(app.clone())
}

async fn no_such_route() -> Problem {
    Problem::not_found("address in the API")
}
