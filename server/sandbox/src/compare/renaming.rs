//! Ids on both sides, matched one to one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

#[derive(Default)]
pub(super) struct Renaming {
    arrived_for: HashMap<String, String>,
    wanted_for: HashMap<String, String>,
}

impl Renaming {
    /// Whether two ids can be the same one under another name, in both
    /// directions and in agreement with all seen before.
    pub(super) fn same_id(&mut self, wanted: &str, arrived: &str) -> bool {
        let forward = match self.arrived_for.entry(wanted.to_owned()) {
            Entry::Occupied(known) => known.get() == arrived,
            Entry::Vacant(free) => free.insert(arrived.to_owned()) == arrived,
        };
        let backward = match self.wanted_for.entry(arrived.to_owned()) {
            Entry::Occupied(known) => known.get() == wanted,
            Entry::Vacant(free) => free.insert(wanted.to_owned()) == wanted,
        };
        forward && backward
    }

    /// Whether two texts are equal, or the expected one is a placeholder that
    /// stands for the other.
    pub(super) fn same_text(&mut self, wanted: &str, arrived: &str) -> bool {
        let is_placeholder = wanted.len() > 2 && wanted.starts_with('<') && wanted.ends_with('>');
        if !is_placeholder {
            return wanted == arrived;
        }
        wanted == "<time>" || self.same_id(wanted, arrived)
    }
}
