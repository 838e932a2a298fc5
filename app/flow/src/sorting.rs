//! Sorting by one routine for all types.
//!
//! The standard library compiles its sort anew for each type and each order;
//! here only the places of items are sorted, which is the same code for all.

use std::cmp::Ordering;

/// Sorts in place; what is equal keeps its order.
pub trait Sort<T> {
    /// By the order of the items.
    fn order(&mut self)
    where
        T: Ord;

    /// By this order.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By the order of this key, which is made once for each item.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Sort<T> for [T] {
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }

    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut places = places(
            self.len(),
            &mut |one, other| match (self.get(one), self.get(other)) {
                (Some(one), Some(other)) => compare(one, other),
                _ => Ordering::Equal,
            },
        );
        arrange(self, &mut places);
    }

    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let mut places = places(keys.len(), &mut |one, other| {
            keys.get(one).cmp(&keys.get(other))
        });
        arrange(self, &mut places);
    }
}

/// The places of items in their new order.
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

/// Puts items into the order of their places, round after round of those that
/// take each other's place.
fn arrange<T>(items: &mut [T], places: &mut [usize]) {
    for first in 0..places.len() {
        let mut to = first;
        while let Some(place) = places.get_mut(to) {
            let from = std::mem::replace(place, to);
            if from == first {
                break;
            }
            items.swap(to, from);
            to = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in vec((0u8..9, any::<u8>()), 0..90)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut by_key = items.clone();
            by_key.order_by_key(|item| item.0);
            prop_assert_eq!(&by_key, &expected);
            let mut by = items.clone();
            by.order_by(|one, other| one.0.cmp(&other.0));
            prop_assert_eq!(&by, &expected);
            let mut whole = items.clone();
            whole.order();
            expected.sort();
            prop_assert_eq!(whole, expected);
        }
    }
}
