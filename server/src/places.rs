//! How many of something one and the same may have at once.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Places by whoever takes them; copies share them.
#[derive(Clone, Debug)]
pub(crate) struct Places<Who> {
    each: usize,
    taken: Arc<Mutex<HashMap<Who, usize>>>,
}

/// One place. It is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Place<Who: Eq + Hash> {
    places: Places<Who>,
    who: Who,
}

impl<Who> Places<Who> {
    /// So many for each.
    pub(crate) fn new(each: usize) -> Self {
        let taken = Arc::default();
        Self { each, taken }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Who, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Who: Clone + Eq + Hash> Places<Who> {
    /// A place for this one, if one is free.
    pub(crate) fn take(&self, who: Who) -> Option<Place<Who>> {
        let mut taken = self.taken();
        let count = taken.entry(who.clone()).or_default();
        if *count >= self.each {
            return None;
        }
        *count += 1;
        let places = self.clone();
        Some(Place { places, who })
    }
}

impl<Who: Eq + Hash> Drop for Place<Who> {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        if let Some(count) = taken.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_places_and_gets_a_left_one_back() {
        let places = Places::new(10);
        let mut held: Vec<_> = (0..10)
            .map(|_| places.take("ada").expect("a place"))
            .collect();
        assert!(places.take("ada").is_none());
        assert!(places.take("grace").is_some());
        held.pop();
        assert!(places.take("ada").is_some());
        drop(held);
        assert!(places.taken().is_empty(), "nobody is remembered");
    }
}
