//! What is said to people who listen: where they are, what stands there, what
//! was done. Cards, the outline and the live region take their words from here.

mod deed;
mod place;

use crate::Selection;

pub(crate) use deed::{Deed, deed};
pub use place::Found;
pub(crate) use place::{exit, node, replaced_way};

/// What is selected, in words: “2 nodes, 1 connection selected.”
pub(crate) fn selection(selection: &Selection) -> String {
    let nodes = selection.nodes().len();
    let (notes, edges) = (selection.notes().len(), selection.edges().len());
    let parts = [(nodes, "node"), (notes, "note"), (edges, "connection")].into_iter();
    let parts = parts.filter(|(of, _)| *of > 0);
    let parts: Vec<_> = parts.map(|(of, one)| count(of, one)).collect();
    if parts.is_empty() {
        return "Nothing is selected.".to_owned();
    }
    format!("{} selected.", parts.join(", "))
}

/// “1 node”, “3 nodes”.
pub(crate) fn count(of: usize, one: &str) -> String {
    match of {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}
