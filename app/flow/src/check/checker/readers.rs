//! Which nodes read a variable.

use crate::Sort as _;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::super::{report::Notes, types::Sets};

/// The nodes that read each variable, by their places in document order. Made
/// when it is first asked for: most edits change nothing that others read.
#[derive(Default)]
pub(in super::super) struct Readers(Option<FxHashMap<SmolStr, Vec<usize>>>);

impl Readers {
    /// Takes in that a node holds something else now. What it read before may
    /// stay listed: who asks looks at the node itself.
    pub(in super::super) fn note(&mut self, index: usize, notes: &Notes) {
        if let Some(readers) = &mut self.0 {
            add(readers, index, notes);
        }
    }

    /// The nodes that may read one of these variables, each once, in document
    /// order.
    pub(in super::super) fn of<N: Sets>(
        &mut self,
        nodes: &[N],
        variables: &FxHashSet<SmolStr>,
    ) -> Vec<usize> {
        if variables.is_empty() {
            return Vec::new();
        }
        let readers = self.0.get_or_insert_with(|| {
            let mut readers = FxHashMap::default();
            for (index, node) in nodes.iter().enumerate() {
                add(&mut readers, index, node.notes());
            }
            readers
        });
        let lists = variables.iter().filter_map(|name| readers.get(name));
        let mut all: Vec<usize> = lists.flatten().copied().collect();
        in_order(&mut all);
        all
    }
}

/// Puts places in document order, each once.
pub(super) fn in_order(places: &mut Vec<usize>) {
    places.order();
    places.dedup();
}

fn add(readers: &mut FxHashMap<SmolStr, Vec<usize>>, index: usize, notes: &Notes) {
    for noted in &notes.reads {
        let root = noted.read.root();
        match readers.get_mut(root) {
            Some(list) if list.last() == Some(&index) => {}
            Some(list) => list.push(index),
            None => {
                readers.insert(SmolStr::new(root), vec![index]);
            }
        }
    }
}
