//! Which variables are there at each node: on every path, on some, on none.

mod follow;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use self::follow::{AT_ONCE, Entries, Followed};
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
    entries: Entries,
}

struct Setters {
    nodes: Vec<usize>,
    /// None once a node sets it of which nothing is known.
    members: Option<Vec<&'static str>>,
}

/// A question: a node, by its place in document order, and a variable.
pub(crate) type Question<'a> = (usize, &'a str);

impl<'a> Variables<'a> {
    pub(crate) fn new(flow: &'a Flow, graph: &'a Graph<'a>) -> Self {
        let declared = flow.variables.iter().map(|variable| variable.name.as_str());
        let inputs = flow
            .interface
            .inputs
            .iter()
            .map(|input| input.name.as_str());
        let mut variables = Self {
            flow,
            given: BUILT_IN
                .iter()
                .copied()
                .chain(declared)
                .chain(inputs)
                .collect(),
            graph,
            set: Default::default(),
            entries: Entries::new(graph),
        };
        for (index, node) in flow.nodes.values().enumerate() {
            let settings = node.kind.spec().map(|spec| (spec.sets)(node));
            for setting in settings.unwrap_or_default() {
                variables.add(index, setting);
            }
        }
        variables
    }

    fn add(&mut self, node: usize, setting: Setting) {
        let members = setting.members.map(<[_]>::to_vec);
        let entry = self.set.entry(setting.name);
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
    }

    /// Whether a variable is there from the start.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// The ranks of the nodes that set a variable, by its number.
    fn ranks_that_set(&self, number: usize) -> impl Iterator<Item = usize> {
        let setters = self.set.get_index(number).map(|(_, setters)| setters);
        let nodes = setters.map_or(&[][..], |setters| &setters.nodes).iter();
        nodes.filter_map(|node| self.graph.rank_of(*node))
    }

    /// On which paths to the beginning of a node a variable was set, for many
    /// nodes and variables at once.
    pub(crate) fn availabilities(&self, questions: &[Question<'_>]) -> Vec<Availability> {
        let mut answers = vec![Availability::Never; questions.len()];
        // What has to be followed: the variable, by where it is first set, the
        // rank that asks, and whose question it is.
        let mut asked = Vec::new();
        let mut first_ranks: FxHashMap<usize, Option<usize>> = FxHashMap::default();
        for ((node, name), (index, answer)) in questions.iter().zip(answers.iter_mut().enumerate())
        {
            if self.is_given(name) {
                *answer = Availability::Always;
            } else if let (Some(number), Some(rank)) =
                (self.set.get_index_of(*name), self.graph.rank_of(*node))
            {
                let first = first_ranks.entry(number);
                let first = *first.or_insert_with(|| self.ranks_that_set(number).min());
                asked.extend(first.map(|first| (first, number, rank, index)));
            }
        }
        asked.sort_unstable();
        let mut rest = asked.as_slice();
        while !rest.is_empty() {
            let (mut numbers, mut last, mut taken) = (Vec::new(), 0, 0);
            for (_, number, rank, _) in rest {
                if numbers.last() != Some(number) {
                    if numbers.len() == AT_ONCE {
                        break;
                    }
                    numbers.push(*number);
                }
                last = last.max(*rank);
                taken += 1;
            }
            let (block, later) = rest.split_at(taken);
            let followed = Followed::new(self, &self.entries, &numbers, last);
            let mut numbers = numbers.iter().enumerate().peekable();
            for (_, number, rank, index) in block {
                while numbers.next_if(|(_, next)| *next != number).is_some() {}
                let bit = 1 << numbers.peek().map_or(0, |(bit, _)| *bit);
                let bits = followed.at_entry(*rank);
                if let Some(answer) = answers.get_mut(*index) {
                    *answer = match (bits.every & bit != 0, bits.some & bit != 0) {
                        (true, _) => Availability::Always,
                        (false, true) => Availability::OnSomePaths,
                        (false, false) => Availability::Never,
                    };
                }
            }
            rest = later;
        }
        answers
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
        let inputs = self.flow.interface.inputs.iter().map(|i| i.name.as_str());
        let given = BUILT_IN.iter().copied().chain(declared).chain(inputs);
        given.chain(set)
    }

    /// A way from a Start to a node on which a variable is not set, as links.
    pub(crate) fn path_without(&self, node: usize, name: &str) -> Vec<&crate::graph::Link<'a>> {
        let mut path = Vec::new();
        let number = self.set.get_index_of(name);
        let (Some(number), Some(rank)) = (number, self.graph.rank_of(node)) else {
            return path;
        };
        let followed = Followed::new(self, &self.entries, &[number], rank);
        let is_set = |node| {
            let rank = self.graph.rank_of(node);
            rank.is_some_and(|rank| followed.at_exit(rank).every != 0)
        };
        let mut at = node;
        while let Some(link) = self
            .graph
            .entering_forward(at)
            .find(|link| !is_set(link.source))
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
    let names: Vec<_> = variables
        .names()
        .filter(|name| seen.insert(*name))
        .collect();
    let questions: Vec<_> = names.iter().map(|name| (index, *name)).collect();
    for (name, availability) in names.into_iter().zip(variables.availabilities(&questions)) {
        if availability == Availability::Never {
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
