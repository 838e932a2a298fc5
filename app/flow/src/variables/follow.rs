//! Following variables along the paths of a graph, 64 at a time.
//!
//! Nothing is set before the first node that sets one of them, and nobody asks
//! behind the last node that reads one, so a walk covers only the ranks
//! between. Where variables are read near to where they are set, as designers
//! draw it, the whole costs little more than reading the flow.

use super::Variables;
use crate::graph::Graph;

/// How many variables are followed in one walk.
pub(super) const AT_ONCE: usize = 64;

/// For each rank of a graph the ranks from which its node is entered.
#[derive(Default)]
pub(super) struct Entries {
    from: Vec<usize>,
    sources: Vec<usize>,
}

impl Entries {
    /// Edges that close a cycle do not count: a cycle is an error of its own,
    /// and what is set later in it is not there the first time round.
    pub(super) fn new(graph: &Graph) -> Self {
        let mut from = Vec::with_capacity(graph.order.len() + 1);
        let mut sources = Vec::with_capacity(graph.links.len());
        from.push(0);
        for node in &graph.order {
            let ranks = graph.entering_forward(*node);
            sources.extend(ranks.filter_map(|link| graph.rank_of(link.source)));
            from.push(sources.len());
        }
        Self { from, sources }
    }

    fn of(&self, rank: usize) -> &[usize] {
        let range = self.from.get(rank).zip(self.from.get(rank + 1));
        range
            .and_then(|(from, to)| self.sources.get(*from..*to))
            .unwrap_or_default()
    }
}

/// What is set at a place: a bit for each variable that is followed.
#[derive(Clone, Copy, Default)]
pub(super) struct Bits {
    /// Set on every path that leads there.
    pub(super) every: u64,
    /// Set on some path that leads there.
    pub(super) some: u64,
}

/// Where some variables are set, from the first rank that sets one of them on.
pub(super) struct Followed {
    first: usize,
    at_entry: Vec<Bits>,
    /// What the nodes themselves set.
    set_here: Vec<u64>,
}

impl Followed {
    /// Follows at most [`AT_ONCE`] variables, by their names, up to a rank.
    pub(super) fn new(variables: &Variables, graph: &Graph, names: &[&str], last: usize) -> Self {
        let entries = &variables.entries;
        let ranks = names
            .iter()
            .flat_map(|name| variables.ranks_that_set(graph, name));
        let first = ranks.min().unwrap_or(usize::MAX);
        let length = (last + 1).saturating_sub(first);
        let mut followed = Self {
            first,
            at_entry: Vec::with_capacity(length),
            set_here: vec![0; length],
        };
        for (bit, name) in names.iter().enumerate() {
            for rank in variables.ranks_that_set(graph, name) {
                if let Some(set) = followed.set_here.get_mut(rank - first) {
                    *set |= 1 << bit;
                }
            }
        }
        for rank in first..first.saturating_add(length) {
            let mut sources = entries.of(rank).iter().map(|rank| followed.at_exit(*rank));
            let bits = sources.next().map_or(Bits::default(), |first| {
                sources.fold(first, |all, one| Bits {
                    every: all.every & one.every,
                    some: all.some | one.some,
                })
            });
            followed.at_entry.push(bits);
        }
        followed
    }

    /// What is set where the node of a rank begins.
    pub(super) fn at_entry(&self, rank: usize) -> Bits {
        let at = rank.checked_sub(self.first);
        at.and_then(|at| self.at_entry.get(at).copied())
            .unwrap_or_default()
    }

    /// What is set where the node of a rank ends.
    pub(super) fn at_exit(&self, rank: usize) -> Bits {
        let bits = self.at_entry(rank);
        let here = rank
            .checked_sub(self.first)
            .and_then(|at| self.set_here.get(at));
        let here = here.copied().unwrap_or_default();
        Bits {
            every: bits.every | here,
            some: bits.some | here,
        }
    }
}
