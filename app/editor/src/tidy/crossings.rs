//! How often edges cross.

use super::{net::Net, order::Order, pace::Pace};

/// Crossings of edges between layers. Edges of one exit, and edges to one item,
/// do not cross each other (Barth, Jünger and Mutzel, 2002).
pub(super) async fn crossings(net: &Net, order: &Order, pace: &Pace) -> u64 {
    let mut crossings = 0;
    let mut met = Tally::default();
    let mut ends = Vec::new();
    for (upper, lower) in order.layers.iter().zip(order.layers.iter().skip(1)) {
        pace.spend(net.work_in(upper)).await;
        met.clear(lower.len());
        for item in upper {
            ends.clear();
            let below = net.below(*item);
            ends.extend(below.map(|link| (link.exit, order.place[link.lower])));
            ends.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (_, place) in &ends {
                crossings += met.beyond(*place);
                met.add(*place);
            }
        }
    }
    crossings
}

/// How many ends were met, by place (Fenwick, 1994).
#[derive(Default)]
struct Tally {
    sums: Vec<u64>,
    total: u64,
}

impl Tally {
    fn clear(&mut self, places: usize) {
        self.sums.clear();
        self.sums.resize(places + 1, 0);
        self.total = 0;
    }

    fn add(&mut self, place: usize) {
        self.total += 1;
        let mut at = place + 1;
        while let Some(sum) = self.sums.get_mut(at) {
            *sum += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// How many were met at places beyond this one.
    fn beyond(&self, place: usize) -> u64 {
        let mut up_to = 0;
        let mut at = place + 1;
        while at > 0 {
            up_to += self.sums[at];
            at &= at - 1;
        }
        self.total - up_to
    }
}
