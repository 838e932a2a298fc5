//! A spatial index: a hash of square cells.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::geometry::Rect;

/// The side of a cell, in canvas units.
const CELL: f64 = 256.0;
/// What covers more cells than this is kept in a list of its own, which every
/// query walks: a few very long edges must not fill thousands of cells.
const MAX_CELLS: u64 = 64;

/// Rectangles by key, found by area.
#[derive(Clone, Debug)]
pub(crate) struct Grid<K> {
    rects: FxHashMap<K, Rect>,
    cells: FxHashMap<(i64, i64), Vec<(K, Rect)>>,
    large: FxHashMap<K, Rect>,
}

/// The cells that a rectangle reaches into, both ends included.
#[derive(Clone, Copy)]
struct Cells {
    min: (i64, i64),
    max: (i64, i64),
}

impl<K> Default for Grid<K> {
    fn default() -> Self {
        Self {
            rects: FxHashMap::default(),
            cells: FxHashMap::default(),
            large: FxHashMap::default(),
        }
    }
}

impl<K: Clone + Eq + Hash> Grid<K> {
    /// Puts a key at a rectangle, wherever it was before.
    pub(crate) fn set(&mut self, key: &K, rect: Rect) {
        if self.rects.get(key) == Some(&rect) {
            return;
        }
        self.remove(key);
        self.rects.insert(key.clone(), rect);
        let cells = Cells::of(&rect);
        if cells.count() > MAX_CELLS {
            self.large.insert(key.clone(), rect);
        } else {
            for cell in cells.iter() {
                self.cells
                    .entry(cell)
                    .or_default()
                    .push((key.clone(), rect));
            }
        }
    }

    /// Takes a key out.
    pub(crate) fn remove(&mut self, key: &K) {
        let Some(rect) = self.rects.remove(key) else {
            return;
        };
        if self.large.remove(key).is_some() {
            return;
        }
        for cell in Cells::of(&rect).iter() {
            if let Some(held) = self.cells.get_mut(&cell) {
                held.retain(|(other, _)| other != key);
                if held.is_empty() {
                    self.cells.remove(&cell);
                }
            }
        }
    }

    /// Calls back for every key whose rectangle touches the area, once each.
    pub(crate) fn for_each_in(&self, area: &Rect, mut found: impl FnMut(&K)) {
        let wanted = Cells::of(area);
        // An area of more cells than there are keys is walked by key.
        if wanted.count() > self.rects.len() as u64 {
            for (key, rect) in &self.rects {
                if rect.intersects(area) {
                    found(key);
                }
            }
            return;
        }
        for (key, rect) in &self.large {
            if rect.intersects(area) {
                found(key);
            }
        }
        for cell in wanted.iter() {
            for (key, rect) in self.cells.get(&cell).into_iter().flatten() {
                // A key in several cells is met in the first of those wanted.
                let first = Cells::of(rect).min;
                let meets_here =
                    cell.0 == first.0.max(wanted.min.0) && cell.1 == first.1.max(wanted.min.1);
                if meets_here && rect.intersects(area) {
                    found(key);
                }
            }
        }
    }

    /// The keys whose rectangles touch the area, in no particular order.
    #[cfg(test)]
    pub(crate) fn within(&self, area: &Rect) -> Vec<K> {
        let mut keys = Vec::new();
        self.for_each_in(area, |key| keys.push(key.clone()));
        keys
    }

    /// Everything in it.
    #[cfg(test)]
    pub(crate) fn rects(&self) -> &FxHashMap<K, Rect> {
        &self.rects
    }
}

impl Cells {
    fn of(rect: &Rect) -> Self {
        // A cast saturates, so that places beyond all reason share the last cell.
        let cell = |at: f64| (at / CELL).floor() as i64;
        Self {
            min: (cell(rect.min.x), cell(rect.min.y)),
            max: (cell(rect.max.x), cell(rect.max.y)),
        }
    }

    fn count(&self) -> u64 {
        let along = |min: i64, max: i64| max.abs_diff(min).saturating_add(1);
        along(self.min.0, self.max.0).saturating_mul(along(self.min.1, self.max.1))
    }

    fn iter(self) -> impl Iterator<Item = (i64, i64)> {
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
                    Some(rect) => { grid.set(&key, rect); plain.insert(key, rect); }
                    None => { grid.remove(&key); plain.remove(&key); }
                }
            }
            for area in areas {
                let mut found = grid.within(&area);
                found.sort_unstable();
                let mut expected: Vec<_> = plain.iter().filter(|(_, rect)| rect.intersects(&area)).map(|(key, _)| *key).collect();
                expected.sort_unstable();
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
            );
        }
        for key in 0..50 {
            grid.remove(&key);
        }
        assert!(grid.cells.is_empty() && grid.rects.is_empty() && grid.large.is_empty());
    }
}
