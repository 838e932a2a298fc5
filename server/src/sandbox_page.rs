//! The way to the sandbox's page: it changes what the simulated Genesys Cloud
//! holds, so that it is for those who may change what is live.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use sandbox::Door;

use crate::{
    app::App,
    http::{Problem, Result},
};

/// The path that leads there.
pub(crate) const PATH: &str = "/api/sandbox";

/// The sandbox's page.
pub(crate) struct SandboxPage {
    /// Where the sandbox listens.
    pub(crate) address: String,
    /// Who lets people in.
    pub(crate) door: Door,
}

/// Leads to the sandbox's page, by a key that opens once.
#[utoipa::path(get, path = "/api/sandbox", responses((status = 303), (status = 403), (status = 404)))]
pub(crate) async fn enter_sandbox(State(app): State<App>) -> Result<Response> {
    let page = app.sandbox.as_ref();
    let page = page.ok_or_else(|| Problem::not_found("sandbox"))?;
    let to = format!("{}{}", page.address, page.door.entrance());
    let headers = [
        (header::LOCATION, to),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((axum::http::StatusCode::SEE_OTHER, headers).into_response())
}
