//! What is done to many flows at once.

use super::table::{EDITOR, READER, Route, delete, get, post};
use crate::batches;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/batches", READER, batches::list_batches),
        // Publishing needs a publisher, which the handlers see to.
        post("/api/batches", EDITOR, batches::begin_batch),
        post("/api/batches/preview", EDITOR, batches::preview_batch),
        get("/api/batches/{batch}", READER, batches::show_batch),
        delete("/api/batches/{batch}", EDITOR, batches::cancel_batch),
        post("/api/batches/{batch}/retry", EDITOR, batches::retry_batch),
    ]
}
