//! Which variables are there at each node: on every path, on some, on none.

mod follow;

use crate::Sort as _;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use self::follow::{AT_ONCE, Entries, Followed};
use crate::{
    Flow, NodeId, Setting,
    graph::{Graph, Link},
};

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
#[derive(Default)]
pub(crate) struct Variables {
    /// The variables that are there from the start.
    given: FxHashSet<SmolStr>,
    /// The variables that nodes set.
    set: FxHashMap<SmolStr, Setters>,
    entries: Entries,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Setters {
    /// By their places in document order, ascending.
    nodes: Vec<usize>,
    /// None once a node sets it of which nothing is known.
    members: Option<Vec<&'static str>>,
}

impl Setters {
    /// Adds a node that sets the variable; of one node, all its settings come
    /// after one another.
    fn add(&mut self, node: usize, setting: &Setting) {
        let is_first = self.nodes.is_empty();
        if self.nodes.last() != Some(&node) {
            self.nodes.push(node);
        }
        match (&mut self.members, setting.members) {
            (Some(known), Some(more)) => {
                for member in more {
                    if !known.contains(member) {
                        known.push(member);
                    }
                }
            }
            (known @ None, Some(members)) if is_first => *known = Some(members.to_vec()),
            (known, _) => *known = None,
        }
    }
}

/// A question: a node, by its place in document order, and a variable.
pub(crate) type Question<'a> = (usize, &'a str);

impl Variables {
    pub(crate) fn new(flow: &Flow, graph: &Graph) -> Self {
        let settings = flow.nodes.values().map(|node| {
            let spec = node.kind.spec();
            spec.map(|spec| (spec.sets)(node)).unwrap_or_default()
        });
        let settings: Vec<_> = settings.collect();
        Self::of(flow, graph, settings.iter().map(Vec::as_slice))
    }

    /// The same from what each node sets, in document order.
    pub(crate) fn of<'s>(
        flow: &Flow,
        graph: &Graph,
        settings: impl Iterator<Item = &'s [Setting]>,
    ) -> Self {
        let mut variables = Self {
            given: given(flow).map(SmolStr::new).collect(),
            set: FxHashMap::default(),
            entries: Entries::new(graph),
        };
        for (index, settings) in settings.enumerate() {
            for setting in settings {
                variables.add(index, setting);
            }
        }
        variables
    }

    fn add(&mut self, node: usize, setting: &Setting) {
        match self.set.get_mut(setting.name.as_str()) {
            Some(setters) => setters.add(node, setting),
            None => {
                let mut setters = Setters::default();
                setters.add(node, setting);
                self.set.insert(SmolStr::new(&setting.name), setters);
            }
        }
    }

    /// Takes in that a node sets something else now, and gives the variables
    /// of which another answer is possible than before. `settings_of` says what
    /// a node sets now.
    pub(crate) fn change<'s>(
        &mut self,
        node: usize,
        before: &[Setting],
        after: &[Setting],
        settings_of: impl Fn(usize) -> &'s [Setting],
    ) -> FxHashSet<SmolStr> {
        let names = before.iter().chain(after).map(|setting| &setting.name);
        let names: FxHashSet<SmolStr> = names.map(SmolStr::new).collect();
        let mut changed = FxHashSet::default();
        for name in names {
            let mut setters = self.set.remove(&name).unwrap_or_default();
            let sets = after.iter().any(|setting| name == setting.name);
            let is_another = match (setters.nodes.binary_search(&node), sets) {
                (Ok(at), false) => {
                    setters.nodes.remove(at);
                    true
                }
                (Err(at), true) => {
                    setters.nodes.insert(at, node);
                    true
                }
                (Ok(_), true) | (Err(_), false) => false,
            };
            let of_name = |node: usize| {
                let settings = settings_of(node).iter();
                settings.filter(|setting| name == setting.name)
            };
            let members = std::mem::take(&mut setters.members);
            // Mostly the first setter says that nothing is known of them.
            let mut all = setters.nodes.iter().flat_map(|node| of_name(*node));
            if all.all(|setting| setting.members.is_some()) {
                for setter in std::mem::take(&mut setters.nodes) {
                    for setting in of_name(setter) {
                        setters.add(setter, setting);
                    }
                }
            }
            if is_another || setters.members != members {
                changed.insert(name.clone());
            }
            if !setters.nodes.is_empty() {
                self.set.insert(name, setters);
            }
        }
        changed
    }

    /// Whether a variable is there from the start.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// The ranks of the nodes that set a variable.
    fn ranks_that_set(&self, graph: &Graph, name: &str) -> impl Iterator<Item = usize> {
        let nodes = self.set_by(name).iter();
        nodes.filter_map(|node| graph.rank_of(*node))
    }

    /// On which paths to the beginning of a node a variable was set, for many
    /// nodes and variables at once.
    pub(crate) fn availabilities(
        &self,
        graph: &Graph,
        questions: &[Question<'_>],
    ) -> Vec<Availability> {
        let mut answers = vec![Availability::Never; questions.len()];
        // What has to be followed: the variable, by where it is first set, the
        // rank that asks, and whose question it is.
        let mut asked = Vec::new();
        // The variables that are asked for, with where they are first set.
        let mut followed: FxHashMap<&str, Option<(usize, usize)>> = FxHashMap::default();
        let mut names = Vec::new();
        for ((node, name), (index, answer)) in questions.iter().zip(answers.iter_mut().enumerate())
        {
            if self.is_given(name) {
                *answer = Availability::Always;
                continue;
            }
            let Some(rank) = graph.rank_of(*node) else {
                continue;
            };
            let number_and_first = *followed.entry(name).or_insert_with(|| {
                let first = self.ranks_that_set(graph, name).min()?;
                names.push(*name);
                Some((names.len() - 1, first))
            });
            asked.extend(number_and_first.map(|(number, first)| (first, number, rank, index)));
        }
        asked.order();
        let mut rest = asked.as_slice();
        while !rest.is_empty() {
            let (mut block_names, mut last_number, mut last, mut taken) = (Vec::new(), None, 0, 0);
            for (_, number, rank, _) in rest {
                if last_number != Some(number) {
                    if block_names.len() == AT_ONCE {
                        break;
                    }
                    last_number = Some(number);
                    block_names.push(names.get(*number).copied().unwrap_or_default());
                }
                last = last.max(*rank);
                taken += 1;
            }
            let (block, later) = rest.split_at(taken);
            let ways = Followed::new(self, graph, &block_names, last);
            let (mut bit, mut bit_number) = (0_u64, None);
            for (_, number, rank, index) in block {
                if bit_number != Some(number) {
                    bit = if bit_number.is_none() { 1 } else { bit << 1 };
                    bit_number = Some(number);
                }
                let bits = ways.at_entry(*rank);
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

    /// The names of all variables that are set, in alphabetical order.
    pub(crate) fn set_names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.set.keys().map(SmolStr::as_str).collect();
        names.order();
        names
    }

    /// A way from a Start to a node on which a variable is not set, as links.
    pub(crate) fn path_without(&self, graph: &Graph, node: usize, name: &str) -> Vec<Link> {
        let mut path = Vec::new();
        let Some(rank) = graph.rank_of(node) else {
            return path;
        };
        let followed = Followed::new(self, graph, &[name], rank);
        let is_set = |node| {
            let rank = graph.rank_of(node);
            rank.is_some_and(|rank| followed.at_exit(rank).every != 0)
        };
        let mut at = node;
        while let Some(link) = graph.entering_forward(at).find(|link| !is_set(link.source)) {
            path.push(*link);
            at = link.source;
        }
        path.reverse();
        path
    }
}

/// The variables that are there before a flow starts: those of the platform,
/// those that are declared, and what the flow takes from its callers.
pub(crate) fn given(flow: &Flow) -> impl Iterator<Item = &str> {
    let declared = flow.variables.iter().map(|variable| variable.name.as_str());
    let inputs = flow
        .interface
        .inputs
        .iter()
        .map(|input| input.name.as_str());
    BUILT_IN.iter().copied().chain(declared).chain(inputs)
}

/// The variables that can be read at a node, those from the start first, the
/// others in document order: what an editor offers there. Empty for a node
/// that is not there. Other nodes that are disabled set nothing.
pub fn variables_at(flow: &Flow, node: &NodeId) -> Vec<Available> {
    let flow = &*flow.as_seen_from(node);
    let Some(index) = flow.nodes.get_index_of(node) else {
        return Vec::new();
    };
    let graph = Graph::new(flow);
    let variables = Variables::new(flow, &graph);
    let mut available: Vec<Available> = Vec::new();
    let mut seen = FxHashSet::default();
    let set = flow.nodes.values().flat_map(|node| {
        let spec = node.kind.spec();
        spec.map(|spec| (spec.sets)(node)).unwrap_or_default()
    });
    let names: Vec<SmolStr> = given(flow)
        .map(SmolStr::new)
        .chain(set.map(|setting| SmolStr::new(setting.name)))
        .filter(|name| seen.insert(name.clone()))
        .collect();
    let questions: Vec<_> = names.iter().map(|name| (index, name.as_str())).collect();
    let answers = variables.availabilities(&graph, &questions);
    for (name, availability) in names.into_iter().zip(answers) {
        if availability == Availability::Never {
            continue;
        }
        let set_by = variables.set_by(&name).iter();
        available.push(Available {
            name: name.to_string(),
            members: variables.members(&name).map(<[_]>::to_vec),
            availability,
            set_by: set_by
                .filter_map(|index| crate::graph::id_at(flow, *index).cloned())
                .collect(),
        });
    }
    available
}
