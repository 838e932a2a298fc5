//! Moving among the rows of an outline, some of them folded.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::{Outline, OutlineKey};

/// The rows below which nothing is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded(HashSet<OutlineKey, FxBuildHasher>);

/// A step among the rows, as the keys of a tree have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineStep {
    /// To the next row.
    Next,
    /// To the previous row.
    Previous,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// So many rows on, or to the last.
    Forward(usize),
    /// So many rows back, or to the first.
    Back(usize),
    /// To the row that this one stands below.
    Out,
    /// To the first of the rows below this one.
    In,
}

impl Folded {
    /// Whether what stands below a row is hidden.
    pub fn is_folded(&self, key: &OutlineKey) -> bool {
        self.0.contains(key)
    }

    /// Hides or shows what stands below a row; says whether that changed
    /// something.
    pub fn set(&mut self, key: OutlineKey, folded: bool) -> bool {
        if folded {
            self.0.insert(key)
        } else {
            self.0.remove(&key)
        }
    }
}

impl Outline {
    /// The rows that are shown, by index.
    pub fn shown(&self, folded: &Folded) -> Vec<usize> {
        let mut shown = Vec::with_capacity(self.rows.len());
        let mut at = 0;
        while let Some(row) = self.rows.get(at) {
            shown.push(at);
            let hides =
                row.has_children(at) && !folded.0.is_empty() && folded.is_folded(&row.entry.key());
            at = if hides { row.end } else { at + 1 };
        }
        shown
    }

    /// Shows a row by unfolding what it stands below; says whether something
    /// was folded.
    pub fn unfold_to(&self, row: usize, folded: &mut Folded) -> bool {
        let mut unfolded = false;
        let mut at = row;
        while let Some(parent) = self.rows.get(at).and_then(|row| row.parent) {
            unfolded |= folded.set(self.rows[parent].entry.key(), false);
            at = parent;
        }
        unfolded
    }

    /// The row to which a step leads from one that is shown; none where the
    /// outline ends.
    pub fn neighbour(&self, shown: &[usize], from: usize, step: OutlineStep) -> Option<usize> {
        let last = shown.len().checked_sub(1)?;
        let place = shown
            .binary_search(&from)
            .unwrap_or_else(|near| near.min(last));
        let place = match step {
            OutlineStep::Next => place + 1,
            OutlineStep::Previous => place.checked_sub(1)?,
            OutlineStep::First => 0,
            OutlineStep::Last => last,
            OutlineStep::Forward(rows) => (place + rows).min(last),
            OutlineStep::Back(rows) => place.saturating_sub(rows),
            OutlineStep::Out => return self.rows.get(from)?.parent,
            OutlineStep::In => {
                let row = self.rows.get(from)?;
                return row.has_children(from).then_some(from + 1);
            }
        };
        shown.get(place).copied()
    }

    /// The next row after one whose words begin so, from the top again after
    /// the last. Several letters may go on from where they are.
    pub fn find_typed(
        &self,
        shown: &[usize],
        from: usize,
        typed: &str,
        words: impl Fn(usize) -> String,
    ) -> Option<usize> {
        let typed = typed.to_lowercase();
        let place = shown.binary_search(&from).unwrap_or(0);
        // A first letter goes on to the next; more letters say better what is
        // meant.
        let first = if typed.chars().count() > 1 {
            place
        } else {
            place + 1
        };
        let (before, after) = shown.split_at(first.min(shown.len()));
        let mut in_turn = after.iter().chain(before);
        in_turn
            .find(|row| words(**row).to_lowercase().starts_with(&typed))
            .copied()
    }
}
