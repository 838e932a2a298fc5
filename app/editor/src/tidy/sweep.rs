//! One pass over the layers that orders each by its neighbours in the layer
//! before.

use super::{monotone::monotone, net::Net, order::Order, pace::Pace};

/// What may change its place.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Moving {
    /// Everything.
    All,
    /// Lanes, between nodes that stay in their order.
    Lanes,
}

/// The way of a pass.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    Down,
    Up,
}

/// Orders every layer but the first on the way by the mean place of the items
/// that each is linked with in the layer before.
pub(super) async fn sweep(net: &Net, order: &mut Order, moving: Moving, way: Way, pace: &Pace) {
    let count = order.layers.len();
    let mut keyed = Vec::new();
    for step in 1..count {
        let number = match way {
            Way::Down => step,
            Way::Up => count - 1 - step,
        };
        pace.spend(net.work_in(&order.layers[number])).await;
        let mut layer = std::mem::take(&mut order.layers[number]);
        keyed.clear();
        keyed.extend(
            layer
                .iter()
                .map(|item| (key(net, order, *item, way), *item)),
        );
        if moving == Moving::Lanes {
            hold_nodes(net, &mut keyed);
        }
        reorder(&mut keyed, &mut layer);
        for (at, item) in layer.iter().enumerate() {
            order.place[*item] = at;
        }
        order.layers[number] = layer;
    }
}

/// The mean place of what an item is linked with; none without any link. Exits
/// are places between one item and the next.
fn key(net: &Net, order: &Order, item: usize, way: Way) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    match way {
        Way::Down => {
            for link in net.above(item) {
                sum += order.place[link.upper] as f64 + link.exit;
                count += 1.0;
            }
        }
        Way::Up => {
            for link in net.below(item) {
                sum += order.place[link.lower] as f64 + 0.5;
                count += 1.0;
            }
        }
    }
    (count > 0.0).then(|| sum / count)
}

/// Gives the nodes keys that keep their order, as near to theirs as can be.
fn hold_nodes(net: &Net, keyed: &mut [(Option<f64>, usize)]) {
    let nodes = keyed.iter().filter(|(_, item)| !net.is_lane(*item));
    let mut held = monotone(nodes.filter_map(|(key, _)| *key)).into_iter();
    let mut last = f64::NEG_INFINITY;
    for (key, item) in keyed {
        if !net.is_lane(*item) {
            if key.is_some() {
                last = held.next().unwrap_or(last);
            }
            *key = Some(last);
        }
    }
}

/// Sorts by key, equals as they were. What has no key keeps its place.
fn reorder(keyed: &mut [(Option<f64>, usize)], layer: &mut [usize]) {
    let is_fixed: Vec<bool> = keyed.iter().map(|(key, _)| key.is_none()).collect();
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    let mut sorted = keyed.iter().map(|(_, item)| *item);
    for (slot, is_fixed) in layer.iter_mut().zip(is_fixed) {
        if !is_fixed {
            *slot = sorted.next().unwrap_or(*slot);
        }
    }
}
