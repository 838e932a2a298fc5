//! Things with an id of their own, oldest first, and which of them changed
//! since somebody last asked.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

/// What has an id of its own.
pub(crate) trait Identified {
    /// Its id, unique among its kind and its own for good.
    fn id(&self) -> &str;
}

/// All things of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Held<T> {
    all: Vec<T>,
    /// Where each stands, by id.
    places: HashMap<String, usize>,
    /// The ids of those that were made, touched or taken away.
    changed: BTreeSet<String>,
}

/// What became of one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Change<T> {
    /// It is so now.
    Is(T),
    /// The one of this id was taken away.
    Gone(String),
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            places: HashMap::new(),
            changed: BTreeSet::new(),
        }
    }
}

impl<T: Identified + Clone> Held<T> {
    pub(crate) fn new(all: Vec<T>) -> Self {
        Self {
            places: places(&all),
            all,
            changed: BTreeSet::new(),
        }
    }

    pub(crate) fn all(&self) -> &[T] {
        &self.all
    }

    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.all.get(*self.places.get(id)?)
    }

    /// One to be changed.
    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let found = self.all.get_mut(*self.places.get(id)?)?;
        self.changed.insert(id.to_owned());
        Some(found)
    }

    /// Adds one, in place of that which had its id.
    pub(crate) fn put(&mut self, one: T) {
        let id = one.id().to_owned();
        if let Some(before) = self.get_mut(&id) {
            *before = one;
            return;
        }
        self.places.insert(id.clone(), self.all.len());
        self.changed.insert(id);
        self.all.push(one);
    }

    /// Takes one away; false if there is none of this id.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let Some(place) = self.places.remove(id) else {
            return false;
        };
        self.all.remove(place);
        self.places = places(&self.all);
        self.changed.insert(id.to_owned());
        true
    }

    /// What changed since this was last called.
    pub(crate) fn take_changes(&mut self) -> Vec<Change<T>> {
        let changed = std::mem::take(&mut self.changed);
        let change = |id: String| match self.get(&id) {
            Some(one) => Change::Is(one.clone()),
            None => Change::Gone(id),
        };
        changed.into_iter().map(change).collect()
    }

    /// Makes changes again, as they were taken.
    pub(crate) fn apply(&mut self, changes: Vec<Change<T>>) {
        for change in changes {
            match change {
                Change::Is(one) => self.put(one),
                Change::Gone(id) => {
                    self.remove(&id);
                }
            }
        }
    }
}

fn places<T: Identified>(all: &[T]) -> HashMap<String, usize> {
    let ids = all.iter().enumerate();
    ids.map(|(at, one)| (one.id().to_owned(), at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Thing(&'static str, u32);

    impl Identified for Thing {
        fn id(&self) -> &str {
            self.0
        }
    }

    #[test]
    fn changes_that_are_made_again_lead_to_the_same() {
        let mut held = Held::new(vec![Thing("a", 1), Thing("b", 1), Thing("c", 1)]);
        let mut copy = held.clone();
        assert_eq!(held.take_changes(), vec![], "nothing has changed yet");
        held.get_mut("b").expect("held").1 = 2;
        held.put(Thing("d", 1));
        assert!(held.remove("a"));
        assert!(!held.remove("a"));
        assert_eq!(
            held.get("c"),
            Some(&Thing("c", 1)),
            "those behind it stay found"
        );
        let changes = held.take_changes();
        assert_eq!(
            changes,
            vec![
                Change::Gone("a".to_owned()),
                Change::Is(Thing("b", 2)),
                Change::Is(Thing("d", 1)),
            ]
        );
        assert_eq!(held.take_changes(), vec![], "they were taken");
        copy.apply(changes);
        assert_eq!(copy.all(), held.all());
    }
}
