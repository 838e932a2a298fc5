//! The order of what two sides hold.

use std::hash::{BuildHasher, Hash};

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Sides;

/// The keys of both sides in one order. A side that did not reorder what it
/// has from the base gives way to the other; what it added follows what it
/// follows there. Where both reordered, the order is ours.
pub(super) fn merged<K: Copy + Eq + Hash>(base: &[K], ours: &[K], theirs: &[K]) -> Vec<K> {
    let (spine, other) = if keeps_order(base, ours) {
        (theirs, ours)
    } else {
        (ours, theirs)
    };
    let in_spine: FxHashSet<K> = spine.iter().copied().collect();
    let mut following: FxHashMap<Option<K>, Vec<K>> = FxHashMap::default();
    let mut anchor = None;
    for key in other {
        if in_spine.contains(key) {
            anchor = Some(*key);
        } else {
            following.entry(anchor).or_default().push(*key);
        }
    }
    let mut merged = following.remove(&None).unwrap_or_default();
    for key in spine {
        merged.push(*key);
        merged.extend(following.remove(&Some(*key)).unwrap_or_default());
    }
    merged
}

/// Whether the keys that were in the base follow one another as there.
fn keeps_order<K: Copy + Eq + Hash>(base: &[K], side: &[K]) -> bool {
    let places: FxHashMap<K, usize> = base.iter().copied().zip(0..).collect();
    let shared = side.iter().filter_map(|key| places.get(key));
    shared.is_sorted()
}

/// The keys of three maps in one order.
pub(super) fn of_entries<K: Eq + Hash, V, S: BuildHasher>(
    sides: Sides<&IndexMap<K, V, S>>,
) -> Vec<&K> {
    let keys = sides.map(|entries| entries.keys().collect::<Vec<_>>());
    merged(&keys.base, &keys.ours, &keys.theirs)
}
