//! How many connections one address may have at once. Where clients connect
//! themselves their connections are counted; where a proxy says who they are,
//! the requests that it has under way for them, each of which has a connection.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Problem;
use crate::{app::App, places::Places};

/// Connections by the address of their client.
pub(crate) type Addresses = Places<IpAddr>;

/// Marks the requests of a connection that its address has no place for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crowded;

/// Seconds after which it is worth trying again: an idle connection has ended by
/// then.
const AGAIN_SECONDS: u64 = 10;

/// Lets a request in, or tells it that its address has too many.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.extensions().get::<Crowded>().is_some() {
        return refused();
    }
    let Some(address) = app.clients.address_of_request(request.headers()) else {
        return next.run(request).await;
    };
    match app.addresses.take(address) {
        Some(_place) => next.run(request).await,
        None => refused(),
    }
}

fn refused() -> Response {
    tracing::warn!("an address has more connections than it may");
    let problem = Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too-many-connections",
        "Your address has too many connections to this server.",
    )
    .next("Close what you do not need and try again in a few seconds.")
    .retry_after(AGAIN_SECONDS);
    let mut response = problem.into_response();
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}
