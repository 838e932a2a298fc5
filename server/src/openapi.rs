//! The description of the API, and the answer that says that the server lives.

use axum::Json;
use utoipa::OpenApi;

use crate::{accounts, audit, batches, connections, flows, http, publish, rooms, upstream};

/// Every operation; a test compares them with the table of routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Patchbay",
        description = "Flows for Genesys Cloud, drawn and published."
    ),
    paths(
        accounts::sign_in::show_session,
        accounts::sign_in::sign_in,
        accounts::sign_in::sign_out,
        accounts::own_password::change_password,
        accounts::confirmation::confirm_session,
        accounts::set_up::set_up,
        accounts::people::list_accounts,
        accounts::people::add_account,
        accounts::people::change_role,
        accounts::people::remove_account,
        flows::list::list_flows,
        flows::make::make_flow,
        flows::make::import_flow,
        flows::list::show_flow,
        flows::list::delete_flow,
        flows::file::download_flow,
        flows::edit::submit_edit,
        flows::workspace::show_workspace,
        flows::search::search_flows,
        flows::consumers::show_consumers,
        flows::verify::verify_references,
        batches::list::list_batches,
        batches::begin::begin_batch,
        batches::preview::preview_batch,
        batches::list::show_batch,
        batches::cancel::cancel_batch,
        batches::retry::retry_batch,
        rooms::socket::open_socket,
        publish::list::list_publishes,
        publish::begin::begin_publish,
        publish::list::show_publish,
        publish::cancel::cancel_publish,
        publish::theirs::show_conflicts,
        publish::unpublished::show_unpublished,
        upstream::list::list_upstream,
        upstream::open::open_upstream,
        upstream::relink::relink_flow,
        connections::list::list_connections,
        connections::edit::add_connection,
        connections::edit::change_connection,
        connections::edit::delete_connection,
        connections::list::check_connection,
        audit::list_audit,
        show_document,
        say_healthy,
        http::reports::take_report,
    )
)]
struct Document;

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", responses((status = 200)))]
pub(crate) async fn show_document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}

/// Says that the server answers, and nothing else.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = str)))]
pub(crate) async fn say_healthy() -> &'static str {
    "ok"
}
