//! Flows: lists, files, edits, and what is found in them.

use super::table::{DOCUMENT, EDIT, EDITOR, READER, Route, delete, get, post};
use crate::{flows, rooms};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/workspace", READER, flows::show_workspace),
        get("/api/search", READER, flows::search_flows),
        get("/api/flows", READER, flows::list_flows),
        post("/api/flows", EDITOR, flows::make_flow),
        post("/api/flows/import", EDITOR, flows::import_flow).takes(DOCUMENT),
        get("/api/flows/{flow}", READER, flows::show_flow),
        // Editors may delete their own, which the handler sees to.
        delete("/api/flows/{flow}", EDITOR, flows::delete_flow),
        get("/api/flows/{flow}/file", READER, flows::download_flow),
        post("/api/flows/{flow}/transactions", EDITOR, flows::submit_edit).takes(EDIT),
        get("/api/flows/{flow}/consumers", READER, flows::show_consumers),
        post(
            "/api/flows/{flow}/verification",
            EDITOR,
            flows::verify_references,
        ),
        get("/api/socket/{flow}", READER, rooms::open_socket),
    ]
}
