//! Data actions and their uploads.

use super::table::{ACTION, DOCUMENT, EDITOR, PUBLISHER, READER, Route, delete, get, post, put};
use crate::data_actions;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/data-actions", READER, data_actions::list_data_actions),
        post("/api/data-actions", EDITOR, data_actions::make_data_action),
        post(
            "/api/data-actions/import",
            EDITOR,
            data_actions::import_data_action,
        )
        .takes(DOCUMENT),
        post(
            "/api/data-actions/open",
            EDITOR,
            data_actions::open_upstream,
        ),
        // They read what is sent and keep nothing.
        post(
            "/api/data-actions/check",
            READER,
            data_actions::check_data_action,
        )
        .takes(ACTION),
        post(
            "/api/data-actions/try",
            READER,
            data_actions::try_data_action,
        )
        .takes(ACTION),
        get(
            "/api/data-actions/{action}",
            READER,
            data_actions::show_data_action,
        ),
        put(
            "/api/data-actions/{action}",
            EDITOR,
            data_actions::save_data_action,
        )
        .takes(ACTION),
        // Editors may delete their own, which the handler sees to.
        delete(
            "/api/data-actions/{action}",
            EDITOR,
            data_actions::delete_data_action,
        ),
        get(
            "/api/data-actions/{action}/file",
            READER,
            data_actions::download_data_action,
        ),
        post(
            "/api/data-actions/{action}/comparison",
            EDITOR,
            data_actions::compare_upstream,
        ),
        post(
            "/api/data-actions/{action}/merge",
            EDITOR,
            data_actions::take_upstream,
        ),
        get(
            "/api/data-actions/{action}/uploads",
            READER,
            data_actions::list_uploads,
        ),
        post(
            "/api/data-actions/{action}/uploads",
            PUBLISHER,
            data_actions::begin_upload,
        ),
        get("/api/uploads/{upload}", READER, data_actions::show_upload),
        post(
            "/api/upstream/data-actions",
            EDITOR,
            data_actions::list_upstream,
        ),
    ]
}
