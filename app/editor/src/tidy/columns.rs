//! Where items go within their layers.

mod nearest;
mod pulls;

use super::{layers::Reach, measure::Measure, net::Net, order::Order, pace::Pace, sweep::Way};
use nearest::{Wish, nearest};
use pulls::Pulls;

/// Passes over the layers, down and up by turns. What leads to several things
/// stands over their middle after the last way up, and they under it after the
/// last way down.
const PASSES: usize = 5;
/// The pull of the place where an item stands that nothing else pulls.
const STAY: i64 = 1;
/// The pull of a place that is not to be left: more than all others together.
const FIXED: i64 = 1 << 40;

/// The place of each item across the layers, in steps of the grid.
pub(super) async fn columns(
    net: &Net,
    order: &Order,
    reach: &Reach,
    measure: Measure,
    pace: &Pace,
) -> Vec<i64> {
    let offsets = offsets(net, order, measure);
    pace.spend(net.items()).await;
    let pulls = Pulls::of(net, reach);
    pace.spend(2 * net.links.len()).await;
    let mut columns = Columns {
        net,
        pulls: &pulls,
        at: offsets.clone(),
        offsets,
        wishes: Vec::new(),
    };
    for pass in 0..PASSES {
        if pass % 2 == 0 {
            for layer in &order.layers {
                pace.spend(3 * net.work_in(layer)).await;
                columns.place(layer, Way::Down);
            }
        } else {
            for layer in order.layers.iter().rev() {
                pace.spend(3 * net.work_in(layer)).await;
                columns.place(layer, Way::Up);
            }
        }
    }
    columns.at
}

struct Columns<'a> {
    net: &'a Net,
    pulls: &'a Pulls,
    at: Vec<i64>,
    /// Where each item is when all of its layer is packed to the left: no two
    /// neighbours are nearer.
    offsets: Vec<i64>,
    /// Kept between layers for its memory.
    wishes: Vec<Vec<Wish>>,
}

impl Columns<'_> {
    /// Places a layer by what its items are linked with in the layer before: first
    /// what makes no way, then the rest around it.
    fn place(&mut self, layer: &[usize], way: Way) {
        let (net, pulls) = (self.net, self.pulls);
        let links = match way {
            Way::Down => &net.above,
            Way::Up => &net.below,
        };
        // What nothing pulls makes way too.
        let makes_way = |item: usize| pulls.makes_way[item] || links.of(item).is_empty();
        let stands = |item: usize| !makes_way(item);
        if layer.iter().any(|item| stands(*item)) {
            self.wish(layer, way, stands);
            self.place_where(layer, stands);
        }
        if layer.iter().any(|item| makes_way(*item)) {
            self.wish(layer, way, makes_way);
            for (item, wishes) in layer.iter().zip(&mut self.wishes) {
                if stands(*item) {
                    wishes.push(Wish {
                        at: self.at[*item] - self.offsets[*item],
                        pull: FIXED,
                    });
                }
            }
            self.place_where(layer, makes_way);
        }
    }

    /// Takes down where some of a layer's items are wished, offsets left out.
    fn wish(&mut self, layer: &[usize], way: Way, is_asked: impl Fn(usize) -> bool) {
        if self.wishes.len() < layer.len() {
            self.wishes.resize_with(layer.len(), Vec::new);
        }
        let (links, pull) = match way {
            Way::Down => (&self.net.above, &self.pulls.from_above),
            Way::Up => (&self.net.below, &self.pulls.from_below),
        };
        for (item, wishes) in layer.iter().zip(&mut self.wishes) {
            wishes.clear();
            if !is_asked(*item) {
                continue;
            }
            let offset = self.offsets[*item];
            for number in links.of(*item) {
                let link = &self.net.links[*number];
                let other = match way {
                    Way::Down => link.upper,
                    Way::Up => link.lower,
                };
                if pull[*number] > 0 {
                    wishes.push(Wish {
                        at: self.at[other] - offset,
                        pull: pull[*number],
                    });
                }
            }
            if wishes.is_empty() {
                wishes.push(Wish {
                    at: self.at[*item] - offset,
                    pull: STAY,
                });
            }
        }
    }

    /// Places some of a layer's items nearest to the wishes.
    fn place_where(&mut self, layer: &[usize], is_placed: impl Fn(usize) -> bool) {
        let places = nearest(&self.wishes[..layer.len()]);
        for (item, place) in layer.iter().zip(places) {
            if is_placed(*item) {
                self.at[*item] = place + self.offsets[*item];
            }
        }
    }
}

fn offsets(net: &Net, order: &Order, measure: Measure) -> Vec<i64> {
    let mut offsets = vec![0; net.items()];
    for layer in &order.layers {
        let mut at = 0;
        for (item, next) in layer.iter().zip(layer.iter().skip(1)) {
            at += measure.apart(net.is_lane(*item), net.is_lane(*next));
            offsets[*next] = at;
        }
    }
    offsets
}
