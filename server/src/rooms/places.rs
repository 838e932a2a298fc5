//! How many sockets one person has open.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

const SOCKETS_PER_ACCOUNT: usize = 10;

/// Places by account; copies share them.
#[derive(Clone, Default)]
pub(super) struct Places(Arc<Mutex<HashMap<String, usize>>>);

/// One place. It is free again when this is dropped.
pub(super) struct Place {
    places: Places,
    account: String,
}

impl Places {
    fn taken(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for this account, if one is free.
    pub(super) fn take(&self, account: &str) -> Option<Place> {
        let mut taken = self.taken();
        let count = taken.entry(account.to_owned()).or_default();
        if *count >= SOCKETS_PER_ACCOUNT {
            return None;
        }
        *count += 1;
        Some(Place {
            places: self.clone(),
            account: account.to_owned(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        if let Some(count) = taken.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_ten_places_and_gets_a_left_one_back() {
        let places = Places::default();
        let mut held: Vec<_> = (0..SOCKETS_PER_ACCOUNT)
            .map(|_| places.take("ada").expect("a place"))
            .collect();
        assert!(places.take("ada").is_none());
        assert!(places.take("grace").is_some());
        held.pop();
        assert!(places.take("ada").is_some());
    }
}
