//! The order of items within layers.

use super::{
    crossings::crossings,
    exchange::exchange,
    net::Net,
    pace::Pace,
    sweep::{Moving, Way, sweep},
};

/// Sweeps in which lanes find their way between nodes that hold their order.
const SWEEPS_OF_LANES: usize = 6;
/// Sweeps at most in which everything finds another order, and at least.
const SWEEPS: usize = 16;
const FEWEST_SWEEPS: usize = 4;
/// Sweeps without success after which no more follow.
const PATIENCE: usize = 4;
/// Links that are looked at in sweeps, unless the fewest look at more: what is
/// large and tangled must not take long.
const LINKS_SWEPT: usize = 100_000;
/// Another order has to cross less by one in so many, at least by one: not
/// everything is turned over for a trifle, and there is an end to it.
const CLEARLY: u64 = 16;

/// An order.
#[derive(Clone)]
pub(super) struct Order {
    /// The items of each layer, from left to right.
    pub(super) layers: Vec<Vec<usize>>,
    /// The place of each item in its layer.
    pub(super) place: Vec<usize>,
}

/// An order with how often edges cross in it.
struct Counted {
    order: Order,
    crossings: u64,
}

/// The order to draw. It begins with how the nodes lie at present, by their
/// coordinates across the layers, and gives that up for what crosses clearly less
/// only. The nodes' order alone decides where lanes go, so that an order that was
/// found is found again.
pub(super) async fn arranged(net: &Net, present: &[f64], pace: &Pace) -> Order {
    let begin = with_lanes(net, as_present(net, present), pace).await;
    let mut best = improved(net, begin, pace).await;
    if best.crossings > 0 {
        let anew = found(net, as_met(net), pace).await;
        let anew = with_lanes(net, anew, pace).await;
        if is_clearly_less(anew.crossings, best.crossings) {
            best = improved(net, anew, pace).await;
        }
    }
    best.order
}

async fn improved(net: &Net, mut best: Counted, pace: &Pace) -> Counted {
    while best.crossings > 0 {
        let next = found(net, best.order.clone(), pace).await;
        let next = with_lanes(net, next, pace).await;
        if !is_clearly_less(next.crossings, best.crossings) {
            break;
        }
        best = next;
    }
    best
}

fn is_clearly_less(crossings: u64, than: u64) -> bool {
    crossings + than / CLEARLY < than
}

/// Nodes as they lie, lanes at the end.
fn as_present(net: &Net, present: &[f64]) -> Order {
    let mut layers = net.layers.clone();
    for layer in &mut layers {
        let nodes = layer.partition_point(|item| !net.is_lane(*item));
        // Stable: where they lie on each other they stay in the drawing's.
        layer[..nodes].sort_by(|a, b| present[*a].total_cmp(&present[*b]));
    }
    Order::of(net, layers)
}

/// In the order in which a walk into the depth meets them, by exit from left to
/// right: where nothing is entered twice, nothing crosses.
fn as_met(net: &Net) -> Order {
    let mut layers = vec![Vec::new(); net.layers.len()];
    let mut is_met = vec![false; net.items()];
    let mut open = Vec::new();
    let roots = (0..net.items()).filter(|item| net.above.of(*item).is_empty());
    for root in roots {
        open.push(root);
        while let Some(item) = open.pop() {
            if !std::mem::replace(&mut is_met[item], true) {
                layers[net.layer[item]].push(item);
                let below = net.below.of(item).iter().rev();
                open.extend(below.map(|number| net.links[*number].lower));
            }
        }
    }
    Order::of(net, layers)
}

/// The order of the nodes with lanes where they cross least.
async fn with_lanes(net: &Net, order: Order, pace: &Pace) -> Counted {
    if net.items() == net.nodes {
        let crossings = crossings(net, &order, pace).await;
        return Counted { order, crossings };
    }
    let mut layers = order.layers;
    for (layer, all) in layers.iter_mut().zip(&net.layers) {
        layer.retain(|item| !net.is_lane(*item));
        layer.extend(all.iter().filter(|item| net.is_lane(**item)));
    }
    let order = Order::of(net, layers);
    swept(net, order, Moving::Lanes, SWEEPS_OF_LANES, None, pace).await
}

/// An order that may cross less than this one.
async fn found(net: &Net, order: Order, pace: &Pace) -> Order {
    let crossings = crossings(net, &order, pace).await;
    let begin = Counted {
        order: order.clone(),
        crossings,
    };
    let best = swept(net, order, Moving::All, SWEEPS, Some(begin), pace);
    best.await.order
}

/// The best that sweeps down and up lead to.
async fn swept(
    net: &Net,
    mut order: Order,
    moving: Moving,
    sweeps: usize,
    begin: Option<Counted>,
    pace: &Pace,
) -> Counted {
    let affordable = LINKS_SWEPT / net.links.len().max(1);
    let mut best = begin;
    let mut in_vain = 0;
    for number in 0..sweeps.min(affordable.max(FEWEST_SWEEPS)) {
        let way = if number % 2 == 0 { Way::Down } else { Way::Up };
        sweep(net, &mut order, moving, way, pace).await;
        let crossings = crossings(net, &order, pace).await;
        if best.as_ref().is_none_or(|best| crossings < best.crossings) {
            let order = order.clone();
            best = Some(Counted { order, crossings });
            in_vain = 0;
        } else {
            in_vain += 1;
        }
        let is_perfect = best.as_ref().is_some_and(|best| best.crossings == 0);
        if is_perfect || in_vain == PATIENCE {
            break;
        }
    }
    let mut best = best.unwrap_or(Counted {
        order,
        crossings: u64::MAX,
    });
    if best.crossings > 0 {
        exchange(net, &mut best.order, moving, pace).await;
        best.crossings = crossings(net, &best.order, pace).await;
    }
    best
}

impl Order {
    fn of(net: &Net, layers: Vec<Vec<usize>>) -> Self {
        let mut place = vec![0; net.items()];
        for layer in &layers {
            for (at, item) in layer.iter().enumerate() {
                place[*item] = at;
            }
        }
        Self { layers, place }
    }
}
