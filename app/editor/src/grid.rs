//! A spatial index: a hash of square cells.

use std::{hash::Hash, ops::ControlFlow};

use rustc_hash::FxHashMap;

use crate::geometry::Rect;

/// The side of a cell, in canvas units.
const CELL: f64 = 256.0;
/// What covers more cells than this is kept in a list of its own, which every
/// query walks: a few very long edges must not fill thousands of cells.
const MAX_CELLS: u64 = 64;
/// A query of more cells than one for so many keys walks by key.
const KEYS_PER_CELL: u64 = 4;

/// Rectangles by key, each with a value, found by area.
#[derive(Clone, Debug)]
pub(crate) struct Grid<K, V = ()> {
    /// Everything in it. What was taken out leaves its place to what comes.
    places: Vec<Option<Held<K, V>>>,
    free: Vec<u32>,
    by_key: FxHashMap<K, u32>,
    /// The first of those in each cell.
    cells: FxHashMap<(i32, i32), u32>,
    /// What is in cells, as chains: one list for all is made sooner, and takes
    /// less room, than one for each of thousands of cells.
    links: Vec<Link>,
    free_links: Vec<u32>,
    large: Vec<u32>,
}

/// A place in a cell, and the link to the next there.
#[derive(Clone, Copy, Debug)]
struct Link {
    place: u32,
    next: u32,
}

/// The end of a chain.
const NO_LINK: u32 = u32::MAX;

#[derive(Clone, Debug)]
struct Held<K, V> {
    key: K,
    rect: Rect,
    value: V,
}

/// The cells that a rectangle reaches into, both ends included.
#[derive(Clone, Copy, PartialEq)]
struct Cells {
    min: (i32, i32),
    max: (i32, i32),
}

impl<K, V> Default for Grid<K, V> {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            free: Vec::new(),
            by_key: FxHashMap::default(),
            cells: FxHashMap::default(),
            links: Vec::new(),
            free_links: Vec::new(),
            large: Vec::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Grid<K, V> {
    /// Puts a key at a rectangle, wherever it was before.
    pub(crate) fn set(&mut self, key: &K, rect: Rect, value: V) {
        let now = Cells::of(&rect);
        let held = Held {
            key: key.clone(),
            rect,
            value,
        };
        if let Some(&at) = self.by_key.get(key) {
            let place = self.places.get_mut(at as usize);
            let before = place.and_then(|place| place.replace(held));
            let before = before.map(|before| Cells::of(&before.rect));
            if before != Some(now) {
                if let Some(before) = before {
                    self.leave(at, before);
                }
                self.enter(at, now);
            }
            return;
        }
        let at = match self.free.pop() {
            Some(at) => {
                if let Some(place) = self.places.get_mut(at as usize) {
                    *place = Some(held);
                }
                at
            }
            None => {
                self.places.push(Some(held));
                self.places.len() as u32 - 1
            }
        };
        self.by_key.insert(key.clone(), at);
        self.enter(at, now);
    }

    /// Takes a key out.
    pub(crate) fn remove(&mut self, key: &K) {
        let Some(at) = self.by_key.remove(key) else {
            return;
        };
        let place = self.places.get_mut(at as usize);
        if let Some(held) = place.and_then(Option::take) {
            self.leave(at, Cells::of(&held.rect));
        }
        self.free.push(at);
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let at = self.by_key.get(key)?;
        self.held(*at).map(|held| &held.value)
    }

    /// Calls back for every key whose rectangle touches the area, once each.
    pub(crate) fn for_each_in(&self, area: &Rect, mut found: impl FnMut(&K, &V)) {
        self.walk(area, &mut |key, value| {
            found(key, value);
            ControlFlow::Continue(())
        });
    }

    /// Whether more keys than this touch the area.
    pub(crate) fn has_more_in(&self, area: &Rect, most: usize) -> bool {
        let mut count = 0;
        self.walk(area, &mut |_, _| {
            count += 1;
            if count > most {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        count > most
    }

    fn walk(&self, area: &Rect, found: &mut dyn FnMut(&K, &V) -> ControlFlow<()>) {
        let wanted = Cells::of(area);
        let mut meet = |held: &Held<K, V>| {
            if held.rect.intersects(area) {
                found(&held.key, &held.value)
            } else {
                ControlFlow::Continue(())
            }
        };
        // Going through everything is quicker than through most of the cells.
        if wanted.count() > self.places.len() as u64 / KEYS_PER_CELL {
            for held in self.places.iter().flatten() {
                if meet(held).is_break() {
                    return;
                }
            }
            return;
        }
        for at in &self.large {
            if self.held(*at).is_some_and(|held| meet(held).is_break()) {
                return;
            }
        }
        for cell in wanted.iter() {
            for at in self.places_in(cell) {
                let Some(held) = self.held(at) else { continue };
                // A key in several cells is met in the first of those wanted.
                let first = Cells::of(&held.rect).min;
                let meets_here =
                    cell.0 == first.0.max(wanted.min.0) && cell.1 == first.1.max(wanted.min.1);
                if meets_here && meet(held).is_break() {
                    return;
                }
            }
        }
    }

    fn held(&self, at: u32) -> Option<&Held<K, V>> {
        self.places.get(at as usize)?.as_ref()
    }

    fn enter(&mut self, at: u32, cells: Cells) {
        if cells.count() > MAX_CELLS {
            self.large.push(at);
            return;
        }
        for cell in cells.iter() {
            let first = self.cells.entry(cell).or_insert(NO_LINK);
            let link = Link {
                place: at,
                next: *first,
            };
            *first = match self.free_links.pop() {
                Some(free) => {
                    if let Some(unused) = self.links.get_mut(free as usize) {
                        *unused = link;
                    }
                    free
                }
                None => {
                    self.links.push(link);
                    self.links.len() as u32 - 1
                }
            };
        }
    }

    fn leave(&mut self, at: u32, cells: Cells) {
        if cells.count() > MAX_CELLS {
            self.large.retain(|other| *other != at);
            return;
        }
        for cell in cells.iter() {
            self.unlink(cell, at);
        }
    }

    fn unlink(&mut self, cell: (i32, i32), place: u32) {
        let mut before = None;
        let mut now = self.cells.get(&cell).copied().unwrap_or(NO_LINK);
        while let Some(link) = self.links.get(now as usize).copied() {
            if link.place != place {
                before = Some(now);
                now = link.next;
                continue;
            }
            match before {
                Some(before) => {
                    if let Some(before) = self.links.get_mut(before as usize) {
                        before.next = link.next;
                    }
                }
                None if link.next == NO_LINK => {
                    self.cells.remove(&cell);
                }
                None => {
                    self.cells.insert(cell, link.next);
                }
            }
            self.free_links.push(now);
            return;
        }
    }

    /// The places in a cell.
    fn places_in(&self, cell: (i32, i32)) -> impl Iterator<Item = u32> {
        let mut next = self.cells.get(&cell).copied().unwrap_or(NO_LINK);
        std::iter::from_fn(move || {
            let link = self.links.get(next as usize)?;
            next = link.next;
            Some(link.place)
        })
    }

    /// Makes room for so many more keys.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.places.reserve(more);
        self.by_key.reserve(more);
        self.links.reserve(more);
        self.cells.reserve(more);
    }

    /// The least rectangle that holds all in it.
    pub(crate) fn bounds(&self) -> Option<Rect> {
        let rects = self.places.iter().flatten().map(|held| held.rect);
        rects.reduce(|all, rect| all.united(&rect))
    }

    /// The keys whose rectangles touch the area, in no particular order.
    #[cfg(test)]
    pub(crate) fn within(&self, area: &Rect) -> Vec<K> {
        let mut keys = Vec::new();
        self.for_each_in(area, |key, _| keys.push(key.clone()));
        keys
    }

    /// Everything in it.
    #[cfg(test)]
    pub(crate) fn rects(&self) -> FxHashMap<K, Rect> {
        let held = self.places.iter().flatten();
        held.map(|held| (held.key.clone(), held.rect)).collect()
    }
}

impl Cells {
    fn of(rect: &Rect) -> Self {
        // A cast saturates, so that places beyond all reason share the last cell.
        let cell = |at: f64| (at / CELL).floor() as i32;
        Self {
            min: (cell(rect.min.x), cell(rect.min.y)),
            max: (cell(rect.max.x), cell(rect.max.y)),
        }
    }

    fn count(&self) -> u64 {
        let along = |min: i32, max: i32| u64::from(max.abs_diff(min)) + 1;
        along(self.min.0, self.max.0).saturating_mul(along(self.min.1, self.max.1))
    }

    fn iter(self) -> impl Iterator<Item = (i32, i32)> {
        (self.min.1..=self.max.1).flat_map(move |y| (self.min.0..=self.max.0).map(move |x| (x, y)))
    }
}

#[cfg(test)]
mod tests {
    use flow::Point;
    use proptest::prelude::*;

    use super::*;

    fn rect() -> impl Strategy<Value = Rect> {
        let coordinate = || prop_oneof![8 => -2000.0..2000.0, 1 => -1e6..1e6];
        let length = || prop_oneof![6 => 0.0..400.0, 1 => 0.0..9000.0];
        (coordinate(), coordinate(), length(), length()).prop_map(|(x, y, width, height)| Rect {
            min: Point::new(x, y),
            max: Point::new(x + width, y + height),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn a_query_finds_what_a_walk_finds_each_once(
            steps in prop::collection::vec((0_u8..40, prop::option::weighted(0.8, rect())), 1..120),
            areas in prop::collection::vec(rect(), 1..12),
        ) {
            let mut grid = Grid::default();
            let mut plain = FxHashMap::default();
            for (key, rect) in steps {
                match rect {
                    Some(rect) => { grid.set(&key, rect, ()); plain.insert(key, rect); }
                    None => { grid.remove(&key); plain.remove(&key); }
                }
            }
            for area in areas {
                let mut found = grid.within(&area);
                found.sort_unstable();
                let mut expected: Vec<_> = plain.iter().filter(|(_, rect)| rect.intersects(&area)).map(|(key, _)| *key).collect();
                expected.sort_unstable();
                prop_assert_eq!(grid.has_more_in(&area, found.len()), false);
                prop_assert_eq!(grid.has_more_in(&area, found.len().saturating_sub(1)), !found.is_empty());
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn what_was_removed_leaves_no_cell_behind() {
        let mut grid = Grid::default();
        for key in 0..50 {
            grid.set(
                &key,
                Rect::around(Point::new(f64::from(key) * 90.0, 0.0), 300.0),
                (),
            );
        }
        for key in 0..50 {
            grid.remove(&key);
        }
        assert!(grid.cells.is_empty() && grid.by_key.is_empty() && grid.large.is_empty());
        assert_eq!(grid.links.len(), grid.free_links.len());
    }
}
