//! What room is taken on the canvas.

use rustc_hash::FxHashMap;

/// The side of a cell, in canvas units: a card reaches into few.
const CELL: f64 = 256.0;

/// A rectangle, by its first and last corner across layers and along the flow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) first: (f64, f64),
    pub(super) last: (f64, f64),
}

impl Area {
    pub(super) fn new(first: (f64, f64), size: (f64, f64)) -> Self {
        Self {
            first,
            last: (first.0 + size.0, first.1 + size.1),
        }
    }

    /// Whether they share more than a border.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.first.0 < other.last.0
            && other.first.0 < self.last.0
            && self.first.1 < other.last.1
            && other.first.1 < self.last.1
    }

    #[must_use]
    pub(super) fn grown(&self, by: f64) -> Self {
        Self {
            first: (self.first.0 - by, self.first.1 - by),
            last: (self.last.0 + by, self.last.1 + by),
        }
    }

    #[must_use]
    pub(super) fn shifted(&self, by: (f64, f64)) -> Self {
        Self {
            first: (self.first.0 + by.0, self.first.1 + by.1),
            last: (self.last.0 + by.0, self.last.1 + by.1),
        }
    }
}

/// Cards that lie on the canvas.
#[derive(Default)]
pub(super) struct Space {
    cells: FxHashMap<(i64, i64), Vec<Area>>,
}

impl Space {
    pub(super) fn take(&mut self, area: Area) {
        for cell in cells(&area) {
            self.cells.entry(cell).or_default().push(area);
        }
    }

    /// What overlaps an area; something several times.
    pub(super) fn in_the_way<'a>(&'a self, area: &'a Area) -> impl Iterator<Item = &'a Area> {
        let cells = cells(area).filter_map(|cell| self.cells.get(&cell));
        cells.flatten().filter(|taken| taken.overlaps(area))
    }
}

fn cells(area: &Area) -> impl Iterator<Item = (i64, i64)> + use<> {
    // A cast saturates, so that places beyond all reason share the last cell.
    let cell = |at: f64| (at / CELL).floor() as i64;
    let across = cell(area.first.0)..=cell(area.last.0);
    let along = cell(area.first.1)..=cell(area.last.1);
    along.flat_map(move |along| across.clone().map(move |across| (across, along)))
}
