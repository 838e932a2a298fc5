//! Which variables are there at each node: on every path, on some, on none.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::{Flow, NodeId, Setting, graph::Graph};

/// The variables that are there before a flow starts (spec, decision 12).
pub const BUILT_IN: &[&str] = &["phoneNumber", "interaction"];

/// On which of the paths to a node a variable was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Availability {
    /// On none.
    Never,
    /// On some, and on some not.
    OnSomePaths,
    /// On every one, or it is there from the start.
    Always,
}

/// A variable that can be read at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// Its name.
    pub name: String,
    /// The members that it has; none when nothing is known of them.
    pub members: Option<Vec<&'static str>>,
    /// Whether every path sets it.
    pub availability: Availability,
    /// The nodes that set it, anywhere in the flow, in document order. None
    /// for what is there from the start.
    pub set_by: Vec<NodeId>,
}

/// The variables along the paths of a flow.
pub(crate) struct Variables<'a> {
    flow: &'a Flow,
    /// The variables that are there from the start.
    given: FxHashSet<&'a str>,
    pub(crate) graph: &'a Graph<'a>,
    /// The variables that nodes set, by name, in document order.
    set: indexmap::IndexMap<String, Setters, FxBuildHasher>,
    /// How many words a node's row has in the tables below.
    words: usize,
    /// For each node a bit for each variable: set on every path to its end.
    every: Vec<u64>,
    /// The same: set on some path to its end.
    some: Vec<u64>,
}

#[derive(Default)]
struct Setters {
    nodes: Vec<usize>,
    /// None once a node sets it of which nothing is known.
    members: Option<Vec<&'static str>>,
}

impl<'a> Variables<'a> {
    /// Follows the variables through a graph. Edges that close a cycle do not
    /// count: a cycle is an error of its own, and what is set later in it is
    /// not there the first time round.
    pub(crate) fn new(flow: &'a Flow, graph: &'a Graph<'a>) -> Self {
        let declared = flow.variables.iter().map(|variable| variable.name.as_str());
        let mut variables = Self {
            flow,
            given: BUILT_IN.iter().copied().chain(declared).collect(),
            graph,
            set: Default::default(),
            words: 0,
            every: Vec::new(),
            some: Vec::new(),
        };
        let mut sets: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (index, node) in flow.nodes.values().enumerate() {
            let settings = node.kind.spec().map(|spec| (spec.sets)(node));
            for setting in settings.unwrap_or_default() {
                let number = variables.add(index, setting);
                sets.entry(index).or_default().push(number);
            }
        }
        variables.follow(&sets);
        variables
    }

    fn add(&mut self, node: usize, setting: Setting) -> usize {
        let members = setting.members.map(<[_]>::to_vec);
        let entry = self.set.entry(setting.name);
        let number = entry.index();
        let setters = entry.or_insert_with(|| Setters {
            nodes: Vec::new(),
            members: members.clone(),
        });
        if setters.nodes.last() != Some(&node) {
            setters.nodes.push(node);
        }
        match (&mut setters.members, members) {
            (Some(known), Some(more)) => {
                for member in more {
                    if !known.contains(&member) {
                        known.push(member);
                    }
                }
            }
            (known, _) => *known = None,
        }
        number
    }

    fn follow(&mut self, sets: &FxHashMap<usize, Vec<usize>>) {
        self.words = self.set.len().div_ceil(64);
        self.every = vec![0; self.words * self.flow.nodes.len()];
        self.some = self.every.clone();
        for node in self.graph.order.iter().copied() {
            let (mut every, mut some) = self.at_entry(node);
            for number in sets.get(&node).into_iter().flatten() {
                every[number / 64] |= 1 << (number % 64);
                some[number / 64] |= 1 << (number % 64);
            }
            let row = self.row(node);
            self.every[row.clone()].copy_from_slice(&every);
            self.some[row].copy_from_slice(&some);
        }
    }

    fn row(&self, node: usize) -> std::ops::Range<usize> {
        node * self.words..(node + 1) * self.words
    }

    /// What is set where a node begins: on every path, and on some.
    fn at_entry(&self, node: usize) -> (Vec<u64>, Vec<u64>) {
        let mut every: Option<Vec<u64>> = None;
        let mut some = vec![0; self.words];
        for link in self.graph.entering_forward(node) {
            let row = self.row(link.source);
            let (source_every, source_some) = (&self.every[row.clone()], &self.some[row]);
            match &mut every {
                Some(every) => {
                    for (word, source) in every.iter_mut().zip(source_every) {
                        *word &= source;
                    }
                }
                None => every = Some(source_every.to_vec()),
            }
            for (word, source) in some.iter_mut().zip(source_some) {
                *word |= source;
            }
        }
        (every.unwrap_or_else(|| vec![0; self.words]), some)
    }

    /// Whether a variable is there from the start.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    fn has(table: &[u64], row: std::ops::Range<usize>, number: usize) -> bool {
        table[row][number / 64] & (1 << (number % 64)) != 0
    }

    /// On which paths to the beginning of a node a variable was set.
    pub(crate) fn availability(&self, node: usize, name: &str) -> Availability {
        if self.is_given(name) {
            return Availability::Always;
        }
        let Some(number) = self.set.get_index_of(name) else {
            return Availability::Never;
        };
        let mut sources = self.graph.entering_forward(node).peekable();
        if sources.peek().is_none() {
            return Availability::Never;
        }
        let (mut every, mut some) = (true, false);
        for link in sources {
            every &= Self::has(&self.every, self.row(link.source), number);
            some |= Self::has(&self.some, self.row(link.source), number);
        }
        match (every, some) {
            (true, _) => Availability::Always,
            (false, true) => Availability::OnSomePaths,
            (false, false) => Availability::Never,
        }
    }

    /// The nodes that set a variable, by their place in document order.
    pub(crate) fn set_by(&self, name: &str) -> &[usize] {
        self.set.get(name).map_or(&[], |setters| &setters.nodes)
    }

    /// The members that a variable has; none when nothing is known of them.
    pub(crate) fn members(&self, name: &str) -> Option<&[&'static str]> {
        if self.is_given(name) {
            return None;
        }
        self.set.get(name)?.members.as_deref()
    }

    /// The names of all variables, those from the start first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let declared = self.flow.variables.iter().map(|v| v.name.as_str());
        let set = self.set.keys().map(String::as_str);
        BUILT_IN.iter().copied().chain(declared).chain(set)
    }

    /// A way from a Start to a node on which a variable is not set, as links.
    pub(crate) fn path_without(&self, node: usize, name: &str) -> Vec<&crate::graph::Link<'a>> {
        let mut path = Vec::new();
        let Some(number) = self.set.get_index_of(name) else {
            return path;
        };
        let mut at = node;
        while let Some(link) = self
            .graph
            .entering_forward(at)
            .find(|link| !Self::has(&self.every, self.row(link.source), number))
        {
            path.push(link);
            at = link.source;
        }
        path.reverse();
        path
    }
}

/// The variables that can be read at a node, those from the start first: what
/// an editor offers there. Empty for a node that is not there.
pub fn variables_at(flow: &Flow, node: &NodeId) -> Vec<Available> {
    let Some(index) = flow.nodes.get_index_of(node) else {
        return Vec::new();
    };
    let graph = Graph::new(flow);
    let variables = Variables::new(flow, &graph);
    let mut available: Vec<Available> = Vec::new();
    let mut seen = FxHashSet::default();
    for name in variables.names() {
        let availability = variables.availability(index, name);
        if availability == Availability::Never || !seen.insert(name) {
            continue;
        }
        let set_by = variables.set_by(name).iter();
        available.push(Available {
            name: name.to_owned(),
            members: variables.members(name).map(<[_]>::to_vec),
            availability,
            set_by: set_by
                .filter_map(|index| crate::graph::id_at(flow, *index).cloned())
                .collect(),
        });
    }
    available
}
