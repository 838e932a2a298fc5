//! Which rows of a list may stay where they are while others move.

/// Of the old places of rows in their new order, the places in that order
/// which form a longest ascending run: those rows need not move. A row that is
/// new has no old place.
pub(crate) fn staying(old_places: &[Option<usize>]) -> Vec<bool> {
    // For each length, the end of the run whose last old place is least.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; old_places.len()];
    let old = |at: usize| old_places.get(at).copied().flatten();
    for (at, place) in old_places.iter().enumerate() {
        if place.is_none() {
            continue;
        }
        let length = ends.partition_point(|end| old(*end) < *place);
        if let Some(slot) = before.get_mut(at) {
            *slot = length
                .checked_sub(1)
                .and_then(|last| ends.get(last).copied());
        }
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut staying = vec![false; old_places.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        if let Some(stays) = staying.get_mut(at) {
            *stays = true;
        }
        next = before.get(at).copied().flatten();
    }
    staying
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_rows_as_can_stay_where_they_are() {
        let check = |old: &[Option<usize>], expected: &[bool]| {
            assert_eq!(staying(old), expected, "{old:?}");
        };
        check(&[], &[]);
        check(&[Some(0), Some(1), Some(2)], &[true, true, true]);
        // The last row came first: it alone moves.
        check(&[Some(2), Some(0), Some(1)], &[false, true, true]);
        check(&[Some(1), Some(2), Some(0)], &[true, true, false]);
        check(&[None, Some(0), None, Some(1)], &[false, true, false, true]);
        check(&[Some(2), Some(1), Some(0)], &[false, false, true]);
    }
}
