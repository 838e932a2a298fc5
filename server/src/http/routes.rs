//! Every route with what it asks of a request. There is no other door: a
//! handler is reached through this table or not at all.

use std::time::Duration;

use api::Right;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    middleware,
    routing::{MethodFilter, MethodRouter, get, on},
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::RequestBodyTimeoutLayer};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use super::{
    finish,
    guard::{self, Access, Policy, Proof},
    problem::Problem,
    reports,
};
use crate::{
    accounts, app::App, assets, audit, batches, connections, contacts, data_actions, flows,
    openapi, operations, publish, rooms, upstream, webhooks,
};

/// Bodies of ordinary calls.
const SMALL: usize = 64 * 1024;
/// A document of 10 MiB inside a JSON string, where quotes take two bytes.
const DOCUMENT: usize = 2 * flow::MAX_DOCUMENT_BYTES + SMALL;
/// A contact may have a thousand entries of metadata.
const CONTACT: usize = 2 * 1024 * 1024;
/// An edit can hold what a whole flow holds.
const EDIT: usize = flow::MAX_DOCUMENT_BYTES + SMALL;

/// A data action with a script of 256 KiB, in which quotes take two bytes, and
/// as much around it.
const ACTION: usize = 1024 * 1024;

/// A body of which nothing comes for so long is given up.
const BODY_SILENCE: Duration = Duration::from_secs(30);

const ANYONE: Access = Access::Anyone;
const SIGNED_IN: Access = Access::SignedIn;
/// Viewers and all others, auditors too.
const READER: Access = Access::Having(Right::ReadFlows);
/// Viewers and all others but auditors.
const VIEWER: Access = Access::Having(Right::TakePart);
const EDITOR: Access = Access::Having(Right::EditFlows);
const PUBLISHER: Access = Access::Having(Right::Publish);
const CONTACT_READER: Access = Access::Having(Right::ReadContacts);
const CONTACT_HANDLER: Access = Access::Having(Right::HandleContacts);
const ADMINISTRATOR: Access = Access::Having(Right::Administer);
/// Publishers, administrators and auditors.
const WATCHER: Access = Access::Having(Right::WatchOperations);
/// Administrators and auditors.
const AUDITOR: Access = Access::Having(Right::ReadAudit);

/// A route.
struct Route {
    method: Method,
    path: &'static str,
    policy: Policy,
    handler: MethodRouter<App>,
}

fn route<H, T>(method: Method, path: &'static str, access: Access, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
    Route {
        policy: Policy {
            access,
            proof: Proof::Session,
            body_limit: SMALL,
            mutates: method != Method::GET,
        },
        handler: on(filter, handler),
        method,
        path,
    }
}

impl Route {
    fn takes(mut self, bytes: usize) -> Self {
        self.policy.body_limit = bytes;
        self
    }

    /// For what an open session alone is not enough.
    fn asks_for_password(mut self) -> Self {
        self.policy.proof = Proof::RecentPassword;
        self
    }

    /// For what browsers send by themselves, without our header.
    fn changes_nothing(mut self) -> Self {
        self.policy.mutates = false;
        self
    }
}

/// The routes.
fn table() -> Vec<Route> {
    const GET: Method = Method::GET;
    const POST: Method = Method::POST;
    const PUT: Method = Method::PUT;
    const DELETE: Method = Method::DELETE;
    vec![
        route(GET, "/api/session", ANYONE, accounts::show_session),
        route(POST, "/api/session", ANYONE, accounts::sign_in),
        route(DELETE, "/api/session", ANYONE, accounts::sign_out),
        route(
            PUT,
            "/api/session/password",
            SIGNED_IN,
            accounts::change_password,
        ),
        route(
            POST,
            "/api/session/confirmation",
            SIGNED_IN,
            accounts::confirm_session,
        ),
        route(POST, "/api/set-up", ANYONE, accounts::set_up),
        route(GET, "/api/accounts", ADMINISTRATOR, accounts::list_accounts),
        route(POST, "/api/accounts", ADMINISTRATOR, accounts::add_account).asks_for_password(),
        route(
            PUT,
            "/api/accounts/{account}",
            ADMINISTRATOR,
            accounts::change_role,
        )
        .asks_for_password(),
        route(
            DELETE,
            "/api/accounts/{account}",
            ADMINISTRATOR,
            accounts::remove_account,
        )
        .asks_for_password(),
        route(GET, "/api/workspace", READER, flows::show_workspace),
        route(GET, "/api/search", READER, flows::search_flows),
        route(GET, "/api/flows", READER, flows::list_flows),
        route(POST, "/api/flows", EDITOR, flows::make_flow),
        route(POST, "/api/flows/import", EDITOR, flows::import_flow).takes(DOCUMENT),
        route(GET, "/api/flows/{flow}", READER, flows::show_flow),
        // Editors may delete their own, which the handler sees to.
        route(DELETE, "/api/flows/{flow}", EDITOR, flows::delete_flow),
        route(GET, "/api/flows/{flow}/file", READER, flows::download_flow),
        route(
            POST,
            "/api/flows/{flow}/transactions",
            EDITOR,
            flows::submit_edit,
        )
        .takes(EDIT),
        route(
            GET,
            "/api/flows/{flow}/consumers",
            READER,
            flows::show_consumers,
        ),
        route(
            POST,
            "/api/flows/{flow}/verification",
            EDITOR,
            flows::verify_references,
        ),
        route(GET, "/api/batches", READER, batches::list_batches),
        // Publishing needs a publisher, which the handlers see to.
        route(POST, "/api/batches", EDITOR, batches::begin_batch),
        route(POST, "/api/batches/preview", EDITOR, batches::preview_batch),
        route(GET, "/api/batches/{batch}", READER, batches::show_batch),
        route(
            DELETE,
            "/api/batches/{batch}",
            EDITOR,
            batches::cancel_batch,
        ),
        route(
            POST,
            "/api/batches/{batch}/retry",
            EDITOR,
            batches::retry_batch,
        ),
        route(GET, "/api/socket/{flow}", READER, rooms::open_socket),
        route(
            GET,
            "/api/flows/{flow}/publishes",
            READER,
            publish::list_publishes,
        ),
        route(
            POST,
            "/api/flows/{flow}/publishes",
            PUBLISHER,
            publish::begin_publish,
        ),
        route(
            GET,
            "/api/publishes/{publish}",
            READER,
            publish::show_publish,
        ),
        route(
            DELETE,
            "/api/publishes/{publish}",
            PUBLISHER,
            publish::cancel_publish,
        ),
        route(
            GET,
            "/api/publishes/{publish}/conflicts",
            READER,
            publish::show_conflicts,
        ),
        route(
            GET,
            "/api/flows/{flow}/unpublished",
            READER,
            publish::show_unpublished,
        ),
        route(
            PUT,
            "/api/flows/{flow}/upstream",
            PUBLISHER,
            upstream::relink_flow,
        ),
        route(POST, "/api/flows/open", EDITOR, upstream::open_upstream),
        route(
            GET,
            "/api/connections/{connection}/flows",
            EDITOR,
            upstream::list_upstream,
        ),
        route(
            GET,
            "/api/data-actions",
            READER,
            data_actions::list_data_actions,
        ),
        route(
            POST,
            "/api/data-actions",
            EDITOR,
            data_actions::make_data_action,
        ),
        route(
            POST,
            "/api/data-actions/import",
            EDITOR,
            data_actions::import_data_action,
        )
        .takes(DOCUMENT),
        route(
            POST,
            "/api/data-actions/open",
            EDITOR,
            data_actions::open_upstream,
        ),
        // They read what is sent and keep nothing.
        route(
            POST,
            "/api/data-actions/check",
            READER,
            data_actions::check_data_action,
        )
        .takes(ACTION),
        route(
            POST,
            "/api/data-actions/try",
            READER,
            data_actions::try_data_action,
        )
        .takes(ACTION),
        route(
            GET,
            "/api/data-actions/{action}",
            READER,
            data_actions::show_data_action,
        ),
        route(
            PUT,
            "/api/data-actions/{action}",
            EDITOR,
            data_actions::save_data_action,
        )
        .takes(ACTION),
        // Editors may delete their own, which the handler sees to.
        route(
            DELETE,
            "/api/data-actions/{action}",
            EDITOR,
            data_actions::delete_data_action,
        ),
        route(
            GET,
            "/api/data-actions/{action}/file",
            READER,
            data_actions::download_data_action,
        ),
        route(
            POST,
            "/api/data-actions/{action}/comparison",
            EDITOR,
            data_actions::compare_upstream,
        ),
        route(
            POST,
            "/api/data-actions/{action}/merge",
            EDITOR,
            data_actions::take_upstream,
        ),
        route(
            GET,
            "/api/data-actions/{action}/uploads",
            READER,
            data_actions::list_uploads,
        ),
        route(
            POST,
            "/api/data-actions/{action}/uploads",
            PUBLISHER,
            data_actions::begin_upload,
        ),
        route(
            GET,
            "/api/uploads/{upload}",
            READER,
            data_actions::show_upload,
        ),
        route(
            POST,
            "/api/upstream/data-actions",
            EDITOR,
            data_actions::list_upstream,
        ),
        route(
            GET,
            "/api/connections",
            VIEWER,
            connections::list_connections,
        ),
        route(
            POST,
            "/api/connections",
            ADMINISTRATOR,
            connections::add_connection,
        )
        .asks_for_password(),
        route(
            PUT,
            "/api/connections/{connection}",
            ADMINISTRATOR,
            connections::change_connection,
        )
        .asks_for_password(),
        route(
            DELETE,
            "/api/connections/{connection}",
            ADMINISTRATOR,
            connections::delete_connection,
        )
        .asks_for_password(),
        route(
            POST,
            "/api/connections/{connection}/check",
            ADMINISTRATOR,
            connections::check_connection,
        ),
        route(GET, "/api/webhooks", ADMINISTRATOR, webhooks::list_webhooks),
        route(POST, "/api/webhooks", ADMINISTRATOR, webhooks::add_webhook).asks_for_password(),
        route(
            PUT,
            "/api/webhooks/{webhook}",
            ADMINISTRATOR,
            webhooks::change_webhook,
        )
        .asks_for_password(),
        route(
            DELETE,
            "/api/webhooks/{webhook}",
            ADMINISTRATOR,
            webhooks::delete_webhook,
        )
        .asks_for_password(),
        route(
            PUT,
            "/api/webhooks/{webhook}/switch",
            ADMINISTRATOR,
            webhooks::switch_webhook,
        )
        .asks_for_password(),
        route(
            POST,
            "/api/webhooks/{webhook}/secret",
            ADMINISTRATOR,
            webhooks::rotate_secret,
        )
        .asks_for_password(),
        route(
            POST,
            "/api/webhooks/{webhook}/test",
            ADMINISTRATOR,
            webhooks::test_webhook,
        ),
        route(
            GET,
            "/api/webhooks/{webhook}/deliveries",
            ADMINISTRATOR,
            webhooks::list_deliveries,
        ),
        route(
            GET,
            "/api/webhooks/{webhook}/deliveries/{delivery}",
            ADMINISTRATOR,
            webhooks::show_delivery,
        ),
        route(
            POST,
            "/api/webhooks/{webhook}/deliveries/{delivery}/replay",
            ADMINISTRATOR,
            webhooks::replay_delivery,
        ),
        route(
            POST,
            "/api/webhooks/{webhook}/replay",
            ADMINISTRATOR,
            webhooks::replay_failed,
        ),
        route(GET, "/api/audit", AUDITOR, audit::list_audit),
        route(GET, "/api/audit/export", AUDITOR, audit::export_audit),
        route(
            POST,
            "/api/audit/verification",
            AUDITOR,
            audit::verify_audit,
        ),
        route(GET, "/api/operations", WATCHER, operations::show_operations),
        route(
            GET,
            "/api/contacts",
            CONTACT_READER,
            contacts::list_contacts,
        ),
        route(
            POST,
            "/api/contacts",
            CONTACT_HANDLER,
            contacts::register_contact,
        )
        .takes(CONTACT),
        route(
            GET,
            "/api/contacts/{contact}",
            CONTACT_READER,
            contacts::show_contact,
        ),
        route(
            PUT,
            "/api/contacts/{contact}",
            CONTACT_HANDLER,
            contacts::save_contact,
        )
        .takes(CONTACT),
        route(
            POST,
            "/api/contacts/{contact}/check",
            CONTACT_HANDLER,
            contacts::check_contact,
        ),
        route(
            POST,
            "/api/contacts/{contact}/adopt",
            CONTACT_HANDLER,
            contacts::adopt_contact,
        ),
        route(
            POST,
            "/api/contacts/{contact}/interactions",
            CONTACT_HANDLER,
            contacts::start_interaction,
        ),
        route(
            GET,
            "/api/contact-imports",
            CONTACT_READER,
            contacts::list_imports,
        ),
        route(
            POST,
            "/api/contact-imports",
            CONTACT_HANDLER,
            contacts::begin_import,
        )
        .takes(DOCUMENT),
        route(
            POST,
            "/api/contact-imports/dry-run",
            CONTACT_HANDLER,
            contacts::try_import,
        )
        .takes(DOCUMENT),
        route(
            GET,
            "/api/contact-imports/{import}",
            CONTACT_READER,
            contacts::show_import,
        ),
        route(
            PUT,
            "/api/contact-imports/{import}",
            CONTACT_HANDLER,
            contacts::change_import,
        ),
        // It holds what the file held.
        route(
            GET,
            "/api/contact-imports/{import}/result",
            CONTACT_HANDLER,
            contacts::show_result,
        )
        .asks_for_password(),
        route(GET, "/api/openapi.json", ANYONE, openapi::show_document),
        route(GET, "/healthz", ANYONE, openapi::say_healthy),
        route(POST, "/csp-report", ANYONE, reports::take_report).changes_nothing(),
    ]
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
    table()
        .into_iter()
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
    let guarded = table().into_iter().fold(Router::new(), |router, route| {
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
        .route("/api/{*rest}", axum::routing::any(no_such_route))
        .fallback(assets::serve)
        .layer(CatchPanicLayer::custom(finish::after_panic))
        .layer(middleware::from_fn_with_state(app.clone(), finish::finish))
        .layer(RequestBodyTimeoutLayer::new(BODY_SILENCE))
        .with_state(app.clone())
}

async fn no_such_route() -> Problem {
    Problem::not_found("address in the API")
}
