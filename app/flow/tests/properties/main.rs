//! Laws that hold of every flow and every edit.
#![allow(clippy::expect_used, clippy::panic)]

mod arbitrary;
mod beside;
mod checking;
mod disabled;
mod documents;
#[path = "../draw/mod.rs"]
mod draw;
mod edits;
mod foreign;
mod merging;
mod planning;
mod templates;
mod well_formed;

use flow::Flow;

/// A flow as text in which the order of nodes and edges shows. The order of
/// positions has no meaning.
pub(crate) fn exactly(flow: &Flow) -> String {
    let mut flow = flow.clone();
    flow.positions.sort_unstable_keys();
    serde_json::to_string(&flow).expect("a flow is JSON")
}
