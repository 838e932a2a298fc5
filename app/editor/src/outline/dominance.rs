//! What can be reached only by way of what: the tree behind the outline.
//!
//! A vertex dominates another if every way to that other leads through it. Of
//! those that dominate it, the nearest is what it stands below. Edges that lead
//! back to what comes earlier change nothing about that.

use super::branches::{Branches, Vertex};

/// Each vertex below the nearest one that every way to it leads through.
pub(super) struct Tree {
    parents: Vec<Option<Vertex>>,
    /// What stands below each vertex, in the order of reading.
    children: Vec<Vec<Vertex>>,
    /// Whether what an exit leads to follows after all exits of its node.
    goes_below: Vec<bool>,
}

impl Tree {
    pub(super) fn parent(&self, vertex: Vertex) -> Vertex {
        let parent = self.parents.get(vertex.0).copied().flatten();
        parent.unwrap_or(Vertex::TOP)
    }

    pub(super) fn children(&self, vertex: Vertex) -> &[Vertex] {
        self.children.get(vertex.0).map_or(&[], Vec::as_slice)
    }

    pub(super) fn goes_below(&self, exit: Vertex) -> bool {
        self.goes_below.get(exit.0) == Some(&true)
    }
}

/// The tree of a flow.
pub(super) fn tree(branches: &Branches) -> Tree {
    let mut tree = Tree {
        parents: vec![None; branches.len()],
        children: vec![Vec::new(); branches.len()],
        goes_below: vec![false; branches.len()],
    };
    let order = reading_order(branches, &mut tree.parents);
    let mut places = vec![0; branches.len()];
    for (place, vertex) in order.iter().enumerate() {
        places[vertex.0] = place;
    }
    let mut ancestry = Ancestry::new(branches.len());
    for vertex in &order {
        if *vertex != Vertex::TOP {
            let parent = tree.parent(*vertex);
            tree.children[parent.0].push(*vertex);
            ancestry.add(*vertex, parent);
        }
        for next in successors(branches, *vertex) {
            // What comes earlier is led back to.
            if places[next.0] > places[vertex.0] {
                let known = tree.parents[next.0];
                let nearest = known.map_or(*vertex, |known| ancestry.nearest(known, *vertex));
                tree.parents[next.0] = Some(nearest);
            }
        }
    }
    continue_below(branches, &order, &mut tree);
    tree
}

/// Where a step parts into one long way and short ones, the long one goes on at
/// the step's own level: a flow that checks for a failure after every step does
/// not get a level deeper with each.
fn continue_below(branches: &Branches, order: &[Vertex], tree: &mut Tree) {
    let mut sizes = vec![0_usize; branches.len()];
    for vertex in order.iter().rev() {
        sizes[vertex.0] += usize::from(branches.is_node(*vertex));
        if *vertex != Vertex::TOP {
            sizes[tree.parent(*vertex).0] += sizes[vertex.0];
        }
    }
    for vertex in order {
        let joins = || {
            let mut below = tree.children(*vertex).iter();
            below.any(|child| !branches.is_exit(*child))
        };
        let exits = branches.exits(*vertex);
        let Some(longest) = exits.clone().max_by_key(|exit| sizes[exit.0]) else {
            continue;
        };
        let all: usize = exits.map(|exit| sizes[exit.0]).sum();
        let others = all - sizes[longest.0];
        if sizes[longest.0] > 2 * others && !joins() {
            tree.goes_below[longest.0] = true;
        }
    }
}

fn successors(branches: &Branches, vertex: Vertex) -> impl DoubleEndedIterator<Item = Vertex> {
    branches.exits(vertex).chain(branches.target(vertex))
}

/// Every vertex after all that lead to it, but for circles; what an earlier
/// exit leads to before what a later one does. Notes what reading begins with.
fn reading_order(branches: &Branches, parents: &mut [Option<Vertex>]) -> Vec<Vertex> {
    let mut met = vec![false; branches.len()];
    let mut order = vec![Vertex::TOP];
    let mut read = |from: Vec<Vertex>, below: Vertex, met: &mut [bool]| {
        for begin in &from {
            if !met[begin.0] {
                parents[begin.0] = Some(below);
            }
        }
        walk(branches, from, met)
    };
    let reached = read(branches.beginnings(), Vertex::TOP, &mut met);
    order.extend(reached.into_iter().rev());
    let before = order.len();
    order.push(Vertex::NOT_REACHED);
    let rest = read(branches.not_entered(), Vertex::NOT_REACHED, &mut met);
    order.extend(rest.into_iter().rev());
    // What is left runs in circles: each is entered where its first node is.
    for node in branches.nodes_but(&met) {
        let circle = read(vec![node], Vertex::NOT_REACHED, &mut met);
        order.extend(circle.into_iter().rev());
    }
    if order.len() == before + 1 {
        order.pop();
    }
    order
}

/// What can be reached from these and was not met, each after all that it leads
/// to.
fn walk(branches: &Branches, from: Vec<Vertex>, met: &mut [bool]) -> Vec<Vertex> {
    let mut done = Vec::new();
    for begin in from.into_iter().rev() {
        if std::mem::replace(&mut met[begin.0], true) {
            continue;
        }
        let mut open = vec![(begin, successors(branches, begin).rev())];
        while let Some((vertex, next)) = open.last_mut() {
            match next.next() {
                Some(next) if met[next.0] => {}
                Some(next) => {
                    met[next.0] = true;
                    open.push((next, successors(branches, next).rev()));
                }
                None => {
                    done.push(*vertex);
                    open.pop();
                }
            }
        }
    }
    done
}

/// Who stands below whom, with short cuts upwards, so that a common ancestor is
/// found in a number of steps that grows with the logarithm of the depth.
struct Ancestry {
    parent: Vec<Vertex>,
    depth: Vec<usize>,
    /// Further up: so far that two equal jumps make a longer one.
    jump: Vec<Vertex>,
}

impl Ancestry {
    fn new(count: usize) -> Self {
        Self {
            parent: vec![Vertex::TOP; count],
            depth: vec![0; count],
            jump: vec![Vertex::TOP; count],
        }
    }

    fn add(&mut self, vertex: Vertex, parent: Vertex) {
        let depth = |of: Vertex| self.depth[of.0];
        let half = self.jump[parent.0];
        let whole = self.jump[half.0];
        let jumps_are_equal = depth(parent) - depth(half) == depth(half) - depth(whole);
        self.jump[vertex.0] = if jumps_are_equal { whole } else { parent };
        self.depth[vertex.0] = self.depth[parent.0] + 1;
        self.parent[vertex.0] = parent;
    }

    /// The nearest that both stand below, or one of them that the other does.
    fn nearest(&self, one: Vertex, other: Vertex) -> Vertex {
        let depth = |of: Vertex| self.depth[of.0];
        let (mut high, mut low) = if depth(one) < depth(other) {
            (one, other)
        } else {
            (other, one)
        };
        while depth(low) > depth(high) {
            let jump = self.jump[low.0];
            low = if depth(jump) >= depth(high) {
                jump
            } else {
                self.parent[low.0]
            };
        }
        while high != low {
            let jumps = (self.jump[high.0], self.jump[low.0]);
            (high, low) = if jumps.0 == jumps.1 {
                (self.parent[high.0], self.parent[low.0])
            } else {
                jumps
            };
        }
        high
    }
}
