//! Whoever changes a contact waits for whoever is changing it: what leaves for
//! Genesys of one contact leaves one after the other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::OwnedMutexGuard;

/// The contacts that somebody is changing.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>);

impl Turns {
    /// The turn at the contact of this id; it ends when what is given back is
    /// dropped.
    pub(super) async fn take(&self, id: &str) -> OwnedMutexGuard<()> {
        self.turn(id).lock_owned().await
    }

    fn turn(&self, id: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = turns.get(id).and_then(Weak::upgrade) {
            return turn;
        }
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        turns.insert(id.to_owned(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_contact_has_one_turn_at_a_time_and_none_is_kept_that_has_ended() {
        let turns = Turns::default();
        let first = turns.take("a").await;
        let _other = turns.take("b").await;
        let second = turns.turn("a");
        assert!(second.try_lock().is_err(), "it waits for the first");
        drop(first);
        assert!(second.try_lock().is_ok());
        drop(second);
        let _third = turns.take("c").await;
        let kept = turns.0.lock().expect("the turns").len();
        assert_eq!(kept, 2, "b and c");
    }
}
