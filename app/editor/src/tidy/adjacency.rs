//! Which links are at which node, by numbers: walking them costs no hashing.

/// For each node the numbers of its links, in the order in which they came.
pub(super) struct Adjacency {
    from: Vec<usize>,
    links: Vec<usize>,
}

impl Adjacency {
    /// The links of each node that is this end of theirs.
    pub(super) fn new<L>(nodes: usize, links: &[L], end: impl Fn(&L) -> usize) -> Self {
        Self::of_ends(nodes, &links.iter().map(end).collect::<Vec<_>>())
    }

    fn of_ends(nodes: usize, ends: &[usize]) -> Self {
        let mut from = vec![0; nodes + 1];
        for end in ends {
            from[end + 1] += 1;
        }
        let mut total = 0;
        for count in &mut from {
            total += *count;
            *count = total;
        }
        let mut next = from.clone();
        let mut links = vec![0; ends.len()];
        for (number, end) in ends.iter().enumerate() {
            links[next[*end]] = number;
            next[*end] += 1;
        }
        Self { from, links }
    }

    /// The numbers of a node's links.
    pub(super) fn of(&self, node: usize) -> &[usize] {
        &self.links[self.from[node]..self.from[node + 1]]
    }
}
