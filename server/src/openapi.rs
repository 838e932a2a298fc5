//! The description of the API, and the answer that says that the server lives.

mod by_policy;

use axum::Json;
use utoipa::OpenApi;

use crate::{
    accounts, audit, batches, connections, contacts, data_actions, flows, http, operations,
    publish, rooms, sandbox_page, upstream, webhooks,
};

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
        data_actions::list::list_data_actions,
        data_actions::list::show_data_action,
        data_actions::list::delete_data_action,
        data_actions::make::make_data_action,
        data_actions::make::import_data_action,
        data_actions::save::save_data_action,
        data_actions::check::check_data_action,
        data_actions::check::try_data_action,
        data_actions::file::download_data_action,
        data_actions::upstream::list_upstream,
        data_actions::upstream::open_upstream,
        data_actions::merge::compare_upstream,
        data_actions::merge::take_upstream,
        data_actions::upload::begin::begin_upload,
        data_actions::upload::list::list_uploads,
        data_actions::upload::list::show_upload,
        connections::list::list_connections,
        connections::edit::add_connection,
        connections::edit::change_connection,
        connections::edit::delete_connection,
        connections::edit::make_default,
        webhooks::list::list_webhooks,
        webhooks::edit::add_webhook,
        webhooks::edit::change_webhook,
        webhooks::edit::delete_webhook,
        webhooks::edit::switch_webhook,
        webhooks::edit::rotate_secret,
        webhooks::deliveries::test_webhook,
        webhooks::deliveries::list_deliveries,
        webhooks::deliveries::show_delivery,
        webhooks::deliveries::replay_delivery,
        webhooks::deliveries::replay_failed,
        connections::check::check_connection,
        audit::list::list_audit,
        audit::export::export_audit,
        audit::verify::verify_audit,
        operations::view::show_operations,
        contacts::list::list_contacts,
        contacts::register::register_contact,
        contacts::list::show_contact,
        contacts::save::save_contact,
        contacts::save::adopt_contact,
        contacts::compare::compare_contact,
        contacts::compare::compare_changes,
        contacts::compare::drop_proposal,
        contacts::bulk::check_contacts,
        contacts::check::check_contact,
        contacts::interaction::start_interaction,
        contacts::import::list::list_imports,
        contacts::import::begin::begin_import,
        contacts::import::dry_run::try_import,
        contacts::import::list::show_import,
        contacts::import::change::change_import,
        contacts::import::result::show_result,
        contacts::import::rows::list_rows,
        show_document,
        sandbox_page::enter_sandbox,
        say_healthy,
        http::reports::take_report,
    ),
    components(schemas(api::ContactOrder, api::ProblemDetails, audit::export::ExportFormat))
)]
struct Document;

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", responses((status = 200)))]
pub(crate) async fn show_document() -> Json<utoipa::openapi::OpenApi> {
    let mut document = Document::openapi();
    by_policy::complete(&mut document, &http::routes());
    Json(document)
}

/// Says that the server answers, and nothing else.
#[utoipa::path(get, path = "/healthz", responses((status = 200, body = str)))]
pub(crate) async fn say_healthy() -> &'static str {
    "ok"
}
