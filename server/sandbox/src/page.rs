//! The sandbox's page: flows, arrivals and faults, made on the server.

mod html;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::state::Sandbox;

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/page.js");
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

pub(crate) async fn show(State(sandbox): State<Sandbox>) -> Html<String> {
    let page = html::Page {
        flows: &sandbox.flows(),
        modules: &sandbox.modules(),
        data_actions: &sandbox.data_actions(),
        contacts: &sandbox.contacts(),
        conversations: &sandbox.conversations(),
        arrivals: &sandbox.arrivals(),
        faults: &sandbox.faults(),
        clients: &sandbox.clients(),
    };
    Html(page.to_string())
}

pub(crate) async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

pub(crate) async fn script() -> Response {
    let kind = "text/javascript; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], SCRIPT).into_response()
}

/// The headers of every answer of the sandbox's own routes.
pub(crate) async fn safe_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
