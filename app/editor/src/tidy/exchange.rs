//! Neighbours in a layer change places where that lessens crossings.

use std::ops::Range;

use super::{net::Net, order::Order, pace::Pace, sweep::Moving};

/// Passes over the layers at most.
const PASSES: usize = 12;

/// Exchanges neighbours while edges then cross less. A layer is looked at again
/// when it or one beside it changed.
pub(super) async fn exchange(net: &Net, order: &mut Order, moving: Moving, pace: &Pace) {
    let count = order.layers.len();
    let mut is_open = vec![true; count];
    let mut ends = Ends::default();
    for _ in 0..PASSES {
        let mut is_settled = true;
        for number in 0..count {
            if !std::mem::replace(&mut is_open[number], false) {
                continue;
            }
            pace.spend(2 * net.work_in(&order.layers[number])).await;
            ends.take(net, order, number);
            if exchange_in(net, order, number, moving, &mut ends) {
                is_settled = false;
                let beside = number.saturating_sub(1)..(number + 2).min(count);
                is_open[beside].fill(true);
            }
        }
        if is_settled {
            break;
        }
    }
}

/// Does so in one layer; says whether something changed.
fn exchange_in(
    net: &Net,
    order: &mut Order,
    number: usize,
    moving: Moving,
    ends: &mut Ends,
) -> bool {
    let mut has_changed = false;
    let layer = &mut order.layers[number];
    for right in 1..layer.len() {
        let left = right - 1;
        let (a, b) = (layer[left], layer[right]);
        if moving == Moving::Lanes && !net.is_lane(a) && !net.is_lane(b) {
            continue;
        }
        let (as_is, exchanged) = ends.crossings(left, right);
        if exchanged < as_is {
            layer.swap(left, right);
            ends.ranges.swap(left, right);
            order.place[a] = right;
            order.place[b] = left;
            has_changed = true;
        }
    }
    has_changed
}

/// Where the links of a layer's items end in the layers beside it, sorted.
#[derive(Default)]
struct Ends {
    ends: Vec<f64>,
    /// For each place in the layer, what is its own above and below.
    ranges: Vec<[Range<usize>; 2]>,
}

impl Ends {
    fn take(&mut self, net: &Net, order: &Order, number: usize) {
        let Self { ends, ranges } = self;
        ends.clear();
        ranges.clear();
        for item in &order.layers[number] {
            let from = ends.len();
            let above = net.above(*item);
            ends.extend(above.map(|link| order.place[link.upper] as f64 + link.exit));
            let middle = ends.len();
            let below = net.below(*item);
            ends.extend(below.map(|link| order.place[link.lower] as f64));
            let to = ends.len();
            ends[from..middle].sort_unstable_by(f64::total_cmp);
            ends[middle..to].sort_unstable_by(f64::total_cmp);
            ranges.push([from..middle, middle..to]);
        }
    }

    /// How often the links of two neighbours cross as they stand, and exchanged.
    fn crossings(&self, left: usize, right: usize) -> (u64, u64) {
        let (mut as_is, mut exchanged) = (0, 0);
        for side in 0..2 {
            let left = &self.ends[self.ranges[left][side].clone()];
            let right = &self.ends[self.ranges[right][side].clone()];
            let (mut before, mut up_to) = (0, 0);
            for end in left {
                while right.get(before).is_some_and(|other| other < end) {
                    before += 1;
                }
                while right.get(up_to).is_some_and(|other| other <= end) {
                    up_to += 1;
                }
                as_is += before as u64;
                exchanged += (right.len() - up_to) as u64;
            }
        }
        (as_is, exchanged)
    }
}
