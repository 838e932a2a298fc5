//! How strongly what is linked pulls at each other.

use super::super::{
    layers::Reach,
    net::{Link, Net},
};

/// An edge.
const EDGE: i64 = 4;
/// An end of a lane, for each edge that has joined it.
const LANE_END: i64 = 8;
/// The way on, where all else that leaves or enters is much shorter.
const WAY_ON: i64 = 16;
/// An end of a lane past not too many layers: the edge is drawn straight, and what it
/// skips stands aside.
const SHORT_LANE_END: i64 = 32;
/// Within a lane.
const LANE: i64 = 64;

/// Layers that a short lane passes at most.
const SHORT: usize = 16;

/// The pulls on the items of a net.
pub(super) struct Pulls {
    /// The pull of each link on its lower item; 0 for none.
    pub(super) from_above: Vec<i64>,
    /// The pull of each link on its upper item; 0 for none.
    pub(super) from_below: Vec<i64>,
    /// Whether each item makes way for others: it is on a branch that is much
    /// shorter than those beside it, or in a lane past many layers. Else each step
    /// that may fail would push the rest of the flow to the side.
    pub(super) makes_way: Vec<bool>,
}

impl Pulls {
    /// A chain is straight, and what branches stands over the middle of its
    /// branches, those left out that are much shorter.
    pub(super) fn of(net: &Net, reach: &Reach) -> Self {
        let lanes = Lanes::of(net);
        let (steps_before, steps_after) = with_lanes(net, reach);
        let after = Rivals::of(net, |link| (link.upper, link.lower), &steps_after);
        let before = Rivals::of(net, |link| (link.lower, link.upper), &steps_before);
        let repeated = repeated(net);
        let mut pulls = Self {
            from_above: vec![0; net.links.len()],
            from_below: vec![0; net.links.len()],
            makes_way: aside(net, &after, &before),
        };
        for (number, link) in net.links.iter().enumerate() {
            if repeated[number] {
                continue;
            }
            let pull = match lanes.pull(net, link) {
                Some(pull) => (pull, pull),
                None => (
                    after.precedence(link) * i64::from(before.heeds(link)),
                    before.precedence(link) * i64::from(after.heeds(link)),
                ),
            };
            (pulls.from_above[number], pulls.from_below[number]) = pull;
        }
        for (at, passes) in lanes.passes.iter().enumerate() {
            pulls.makes_way[net.nodes + at] = *passes > SHORT;
        }
        pulls
    }
}

/// How many steps are on the longest way to each item, and from it: for a lane
/// those of the nodes at its ends.
fn with_lanes(net: &Net, reach: &Reach) -> (Vec<usize>, Vec<usize>) {
    let (mut before, mut after) = (reach.before.clone(), reach.after.clone());
    before.resize(net.items(), 0);
    after.resize(net.items(), 0);
    // The items of a lane come from the top.
    for item in net.nodes..net.items() {
        let above = net.above(item).map(|link| before[link.upper]);
        before[item] = above.max().unwrap_or(0);
    }
    for item in (net.nodes..net.items()).rev() {
        let below = net.below(item).map(|link| after[link.lower]);
        after[item] = below.max().unwrap_or(0);
    }
    (before, after)
}

/// Whether each item is only on ways that what they leave does not heed; or comes
/// in from the side on ways that what they lead to does not heed.
fn aside<A, B>(net: &Net, after: &Rivals<'_, A>, before: &Rivals<'_, B>) -> Vec<bool>
where
    A: Fn(&Link) -> (usize, usize),
    B: Fn(&Link) -> (usize, usize),
{
    let mut is_unheeded = vec![false; net.items()];
    for item in net.layers.iter().rev().flatten() {
        let mut below = net.below(*item).peekable();
        is_unheeded[*item] = below.peek().is_some()
            && below.all(|link| is_unheeded[link.lower] || !before.heeds(link));
    }
    let mut aside = vec![false; net.items()];
    let mut comes_in = vec![false; net.items()];
    for item in net.layers.iter().flatten() {
        let mut above = net.above(*item);
        comes_in[*item] = is_unheeded[*item] && above.all(|link| comes_in[link.upper]);
        let mut above = net.above(*item).peekable();
        let is_branch =
            above.peek().is_some() && above.all(|link| aside[link.upper] || !after.heeds(link));
        aside[*item] = comes_in[*item] || is_branch;
    }
    aside
}

/// For each link whether another one before it has the same ends: what two exits
/// lead to pulls no more than what one does.
fn repeated(net: &Net) -> Vec<bool> {
    let mut repeated = vec![false; net.links.len()];
    let mut last_from = vec![None; net.items()];
    for item in 0..net.items() {
        for number in net.below.of(item) {
            let lower = net.links[*number].lower;
            repeated[*number] = last_from[lower].replace(item) == Some(item);
        }
    }
    repeated
}

/// How many layers the lane of each item passes, and how many edges have joined
/// it there.
struct Lanes {
    passes: Vec<usize>,
    joined: Vec<i64>,
}

impl Lanes {
    fn of(net: &Net) -> Self {
        let count = net.items() - net.nodes;
        let (mut passes, mut joined) = (vec![0; count], vec![0; count]);
        // The items of a lane come one after the other; the last leads to a node.
        let mut first = 0;
        for at in 0..count {
            let item = at + net.nodes;
            for link in net.above(item) {
                joined[at] += match link.upper.checked_sub(net.nodes) {
                    Some(before) => joined[before],
                    None => 1,
                };
            }
            if net.below(item).any(|link| !net.is_lane(link.lower)) {
                passes[first..=at].fill(at + 1 - first);
                first = at + 1;
            }
        }
        Self { passes, joined }
    }

    /// How strongly a part of a lane pulls; none for what is no lane.
    fn pull(&self, net: &Net, link: &Link) -> Option<i64> {
        let above = link.upper.checked_sub(net.nodes);
        let below = link.lower.checked_sub(net.nodes);
        match (above, below) {
            (Some(_), Some(_)) => Some(LANE),
            (Some(lane), None) | (None, Some(lane)) if self.passes[lane] <= SHORT => {
                Some(SHORT_LANE_END)
            }
            (Some(lane), None) => Some(LANE_END * self.joined[lane]),
            (None, Some(_)) => Some(LANE_END),
            (None, None) => None,
        }
    }
}

/// At each item the longest way that leaves or enters it, and the longest of the
/// others.
struct Rivals<'a, F> {
    /// The item of a link that is looked at, and the other.
    ends: F,
    steps: &'a [usize],
    longest: Vec<(usize, Option<usize>)>,
    second: Vec<usize>,
}

impl<'a, F: Fn(&Link) -> (usize, usize)> Rivals<'a, F> {
    /// The ways by how many steps are on them.
    fn of(net: &Net, ends: F, steps: &'a [usize]) -> Self {
        let mut rivals = Self {
            ends,
            steps,
            longest: vec![(0, None); net.items()],
            second: vec![0; net.items()],
        };
        for link in &net.links {
            let (item, other) = (rivals.ends)(link);
            let length = steps[other];
            let (longest, of) = rivals.longest[item];
            if of == Some(other) {
                continue;
            }
            if length > longest {
                rivals.second[item] = longest;
                rivals.longest[item] = (length, Some(other));
            } else {
                rivals.second[item] = rivals.second[item].max(length);
            }
        }
        rivals
    }

    /// How strongly a way goes straight: the more, where no other is more than
    /// half as long.
    fn precedence(&self, link: &Link) -> i64 {
        let (item, other) = (self.ends)(link);
        let (longest, of) = self.longest[item];
        if of == Some(other) && longest >= 2 * self.second[item] {
            WAY_ON
        } else {
            EDGE
        }
    }

    /// Whether the item heeds a way: unless another is twice as long.
    fn heeds(&self, link: &Link) -> bool {
        let (item, other) = (self.ends)(link);
        2 * self.steps[other] > self.longest[item].0
    }
}
