//! Places in a row, as near as can be to where they are wished.

use std::collections::BinaryHeap;

/// Before every place, and far enough from the least number to reckon with.
const FAR_OUT: i64 = i64::MIN / 4;

/// Where something is wished, and how strongly.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub(super) at: i64,
    /// More than nothing.
    pub(super) pull: i64,
}

/// The places, none before the one that precedes it, with the least sum of their
/// distances to their wishes, each by its pull. Where several are as good, the
/// middle between the first and the last of them. What has no wish is somewhere
/// between its neighbours, or far out.
pub(super) fn nearest(wishes: &[Vec<Wish>]) -> Vec<i64> {
    let first = first_of_the_best(wishes.iter(), |at| at);
    // Mirrored, the last of the best are the first.
    let mut last = first_of_the_best(wishes.iter().rev(), |at| -at);
    last.reverse();
    let middle = |(first, last): (i64, i64)| (first - last).div_euclid(2);
    first.into_iter().zip(last).map(middle).collect()
}

/// A sum of distances that is least when what comes later may go anywhere beyond
/// is flat from its least point on. The heap holds where it bends before, each
/// with by how much: the last of them is the first best place so far.
fn first_of_the_best<'a>(
    wishes: impl Iterator<Item = &'a Vec<Wish>>,
    turn: impl Fn(i64) -> i64,
) -> Vec<i64> {
    let mut bends: BinaryHeap<(i64, i64)> = BinaryHeap::new();
    let mut best = Vec::with_capacity(wishes.size_hint().0);
    for wishes in wishes {
        let mut rise = 0;
        for wish in wishes {
            bends.push((turn(wish.at), 2 * wish.pull));
            rise += wish.pull;
        }
        while let Some((at, bend)) = bends.pop() {
            if bend > rise {
                bends.push((at, bend - rise));
                break;
            }
            rise -= bend;
        }
        best.push(bends.peek().map_or(FAR_OUT, |(at, _)| *at));
    }
    // Each no further than what comes after it.
    let mut limit = i64::MAX;
    for place in best.iter_mut().rev() {
        limit = limit.min(*place);
        *place = limit;
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(wishes: &[&[(i64, i64)]]) -> Vec<Vec<Wish>> {
        let wish = |(at, pull): &(i64, i64)| Wish {
            at: *at,
            pull: *pull,
        };
        let all = |wishes: &&[(i64, i64)]| wishes.iter().map(wish).collect();
        wishes.iter().map(all).collect()
    }

    fn cost(wishes: &[Vec<Wish>], places: &[i64]) -> i64 {
        let cost = |(wishes, place): (&Vec<Wish>, &i64)| -> i64 {
            let costs = wishes
                .iter()
                .map(|wish| wish.pull * (wish.at - place).abs());
            costs.sum()
        };
        wishes.iter().zip(places).map(cost).sum()
    }

    /// The least cost, by trying every place in turn.
    fn least(wishes: &[Vec<Wish>], range: std::ops::RangeInclusive<i64>) -> i64 {
        let mut best = vec![0; range.clone().count()];
        for wishes in wishes {
            let mut least = i64::MAX;
            for (place, best) in range.clone().zip(&mut best) {
                least = least.min(*best);
                let one = std::slice::from_ref(wishes);
                *best = least + cost(one, &[place]);
            }
        }
        best.into_iter().min().unwrap_or(0)
    }

    #[test]
    fn what_wishes_the_same_stands_around_it() {
        type Row<'a> = (&'a [&'a [(i64, i64)]], &'a [i64]);
        let table: &[Row<'_>] = &[
            (&[&[(5, 1)]], &[5]),
            (&[&[(0, 1), (10, 1)]], &[5]),
            // Two that are to be 12 apart under one thing at 0.
            (&[&[(0, 4)], &[(-12, 4)]], &[-6, -6]),
            (&[&[(0, 4)], &[(-12, 9)]], &[-12, -12]),
            (&[&[(0, 1)], &[(-12, 1)], &[(-24, 1)]], &[-12, -12, -12]),
            (&[&[(7, 1)], &[(9, 1)]], &[7, 9]),
            // Who wishes nothing is between the others.
            (&[&[(0, 1)], &[], &[(10, 1)]], &[0, 5, 10]),
        ];
        for (wishes, expected) in table {
            assert_eq!(nearest(&row(wishes)), *expected, "{wishes:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn nothing_is_nearer_and_nothing_falls(
            wishes in prop::collection::vec(
                prop::collection::vec((-20_i64..20, 1_i64..5), 1..4),
                0..12,
            ),
        ) {
            let wishes: Vec<Vec<Wish>> = wishes
                .into_iter()
                .map(|wishes| wishes.into_iter().map(|(at, pull)| Wish { at, pull }).collect())
                .collect();
            let places = nearest(&wishes);
            prop_assert!(places.is_sorted());
            prop_assert_eq!(cost(&wishes, &places), least(&wishes, -20..=20));
        }
    }
}
