//! What is said to people who listen: where they are, what stands there, what
//! was done. Cards, the outline and the live region take their words from here.

mod deed;
mod place;

use crate::Selection;

pub(crate) use deed::{Deed, deed};
pub use place::Found;
pub(crate) use place::{exit, node, replaced_way};

/// What is selected, in words: “2 nodes, 1 edge selected.”
pub(crate) fn selection(selection: &Selection) -> String {
    let nodes = selection.nodes().len();
    let edges = selection.edges().len();
    let what = match (nodes, edges) {
        (0, 0) => return "Nothing is selected.".to_owned(),
        (nodes, 0) => count(nodes, "node"),
        (0, edges) => count(edges, "edge"),
        (nodes, edges) => format!("{}, {}", count(nodes, "node"), count(edges, "edge")),
    };
    format!("{what} selected.")
}

/// “1 node”, “3 nodes”.
pub(crate) fn count(of: usize, one: &str) -> String {
    match of {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}
