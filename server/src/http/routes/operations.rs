//! How the server and its connections fare.

use super::table::{Route, WATCHER, get};
use crate::operations;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/api/operations", WATCHER, operations::show_operations)]
}
