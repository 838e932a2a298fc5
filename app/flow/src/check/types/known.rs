//! What is known of the values of a flow's variables, wherever they are set.
//!
//! A variable may be set from others, and these from others again. What is
//! known is worked out in rounds: each from what the round before knew, the
//! first from what is there before a flow starts. Every value that is put into
//! a variable contributes its sort to the variable, so that another value
//! changes a count and nothing has to be gone through again.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::super::{
    checker::Readers,
    mappings::type_of as type_of_values,
    report::{Notes, Use},
};
use crate::{
    Flow, KindSpec,
    expression::{Environment, Type, type_of},
};

/// How far a chain of variables that are set from one another is followed.
/// What is known after any number of rounds is true.
const ROUNDS: usize = 4;

/// The sorts that a value may be of, for counting.
const SORTS: [Type; 6] = [
    Type::Unknown,
    Type::Null,
    Type::Boolean,
    Type::Number,
    Type::Text,
    Type::Json,
];

/// What a node's value adds to what is known of a variable, round by round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Contribution {
    variable: SmolStr,
    sorts: [Type; ROUNDS],
}

/// What is known of variables.
#[derive(Debug, Default)]
pub(in super::super) struct Types {
    given: FxHashMap<SmolStr, Type>,
    members: FxHashMap<String, FxHashMap<&'static str, Type>>,
    set: FxHashMap<SmolStr, Tally>,
}

/// How many values of which sort a variable is set to, by round and sort.
#[derive(Debug, Default)]
struct Tally([[u32; SORTS.len()]; ROUNDS]);

impl Tally {
    /// The sort of all values together; none where there is no value.
    fn sort(&self, round: usize, given: Option<Type>) -> Option<Type> {
        let counts = self.0.get(round)?;
        let counted = SORTS.iter().zip(counts).filter(|(_, count)| **count > 0);
        let sorts = counted.map(|(sort, _)| *sort);
        given.into_iter().chain(sorts).reduce(Type::or)
    }

    fn is_empty(&self) -> bool {
        let first = self.0.first();
        first.is_none_or(|counts| counts.iter().all(|count| *count == 0))
    }

    fn count(&mut self, sorts: [Type; ROUNDS], change: fn(u32) -> u32) {
        for (counts, sort) in self.0.iter_mut().zip(sorts) {
            let at = SORTS.iter().position(|known| *known == sort);
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count = change(*count);
            }
        }
    }
}

/// What is known after so many rounds; before the first, what is given.
struct After<'a> {
    types: &'a Types,
    rounds: usize,
}

/// A node as far as variables are set by it.
pub(in super::super) trait Sets {
    /// What it does with variables.
    fn notes(&self) -> &Notes;
    /// What it contributes to what is known of them.
    fn contributed(&mut self) -> &mut Vec<Contribution>;
}

/// The sorts of a variable, round by round; none where nothing is known.
type Sorts = [Option<Type>; ROUNDS];

impl Types {
    /// What is known before anything is set.
    pub(in super::super) fn given(flow: &Flow) -> Self {
        Self {
            given: given(flow),
            members: members(flow),
            set: FxHashMap::default(),
        }
    }

    /// Works out what these nodes contribute now, and what that makes of others
    /// which set variables from theirs. Gives the variables of which something
    /// else is known than before.
    pub(in super::super) fn update<N: Sets>(
        &mut self,
        nodes: &mut [N],
        changed: &[usize],
        readers: &mut Readers,
    ) -> FxHashSet<SmolStr> {
        let mut before: FxHashMap<SmolStr, Sorts> = FxHashMap::default();
        let mut looked_at: Vec<usize> = changed.to_vec();
        for round in 0..ROUNDS {
            if round > 0 {
                // Where all are looked at, nobody has to be found.
                if looked_at.len() < nodes.len() {
                    let mut more = readers.of(nodes, &self.moved(&before, round - 1));
                    let known: FxHashSet<usize> = looked_at.iter().copied().collect();
                    more.retain(|index| !known.contains(index));
                    looked_at.extend(more);
                }
            }
            for index in &looked_at {
                if let Some(node) = nodes.get_mut(*index) {
                    self.work_out(node, round, &mut before);
                }
            }
        }
        self.set.retain(|_, tally| !tally.is_empty());
        self.moved(&before, ROUNDS - 1)
    }

    /// The variables of which something else is known after a round.
    fn moved(&self, before: &FxHashMap<SmolStr, Sorts>, round: usize) -> FxHashSet<SmolStr> {
        let moved = before.iter().filter(|(variable, sorts)| {
            sorts.get(round).copied().flatten() != self.sort(variable, round)
        });
        moved.map(|(variable, _)| variable.clone()).collect()
    }

    /// Works out one round of what a node contributes, from the rounds before.
    fn work_out(
        &mut self,
        node: &mut impl Sets,
        round: usize,
        before: &mut FxHashMap<SmolStr, Sorts>,
    ) {
        let now = if round == 0 {
            self.first_round(node.notes())
        } else {
            if !self.may_differ_later(node) {
                return;
            }
            let old = node.contributed().clone();
            match self.later_round(node.notes(), old, round) {
                Some(now) => now,
                None => return,
            }
        };
        let old = std::mem::take(node.contributed());
        for (contributed, change) in [
            (&old, (|count| count - 1) as fn(u32) -> u32),
            (&now, |count| count + 1),
        ] {
            for one in contributed {
                if !before.contains_key(&one.variable) {
                    let sorts = std::array::from_fn(|round| self.sort(&one.variable, round));
                    before.insert(one.variable.clone(), sorts);
                }
                let tally = self.set.entry(one.variable.clone()).or_default();
                tally.count(one.sorts, change);
            }
        }
        *node.contributed() = now;
    }

    fn first_round(&self, notes: &Notes) -> Vec<Contribution> {
        let known = After {
            types: self,
            rounds: 0,
        };
        let plain = notes.assigned.iter().map(|(variable, sort)| Contribution {
            variable: variable.clone(),
            sorts: [*sort; ROUNDS],
        });
        let computed = notes.expressions.iter().filter_map(|noted| {
            let Use::Assigned(variable) = &noted.used else {
                return None;
            };
            let sort = type_of(&noted.expression, &known, &mut Vec::new());
            Some(Contribution {
                variable: variable.clone(),
                sorts: [sort; ROUNDS],
            })
        });
        plain.chain(computed).collect()
    }

    /// Whether a later round can know something else of what a node sets: it
    /// reads what nodes set, or it did.
    fn may_differ_later(&self, node: &mut impl Sets) -> bool {
        let is_settled =
            |one: &Contribution| one.sorts.iter().all(|sort| Some(sort) == one.sorts.first());
        let contributed = node.contributed();
        if contributed.is_empty() {
            return false;
        }
        let was_settled = contributed.iter().all(is_settled);
        let mut reads = node.notes().reads.iter();
        !was_settled || reads.any(|noted| self.set.contains_key(noted.read.root()))
    }

    /// None where the round makes no difference.
    fn later_round(
        &self,
        notes: &Notes,
        mut contributed: Vec<Contribution>,
        round: usize,
    ) -> Option<Vec<Contribution>> {
        let known = After {
            types: self,
            rounds: round,
        };
        let mut is_other = false;
        let computed = notes.expressions.iter();
        let computed = computed.filter(|noted| matches!(noted.used, Use::Assigned(_)));
        let behind_plain = contributed.iter_mut().skip(notes.assigned.len());
        for (noted, one) in computed.zip(behind_plain) {
            let sort = type_of(&noted.expression, &known, &mut Vec::new());
            for earlier in one.sorts.iter_mut().skip(round) {
                is_other |= *earlier != sort;
                *earlier = sort;
            }
        }
        is_other.then_some(contributed)
    }

    fn sort(&self, variable: &str, round: usize) -> Option<Type> {
        let given = self.given.get(variable).copied();
        match self.set.get(variable) {
            Some(tally) => tally.sort(round, given),
            None => given,
        }
    }
}

/// What is there from the start (spec, decision 12).
fn given(flow: &Flow) -> FxHashMap<SmolStr, Type> {
    let mut types = FxHashMap::default();
    types.insert("phoneNumber".into(), Type::Text);
    types.insert("interaction".into(), Type::Json);
    types.extend(flow.variables.iter().map(|variable| {
        (
            variable.name.as_str().into(),
            type_of_values(variable.datatype),
        )
    }));
    let inputs = flow.interface.inputs.iter();
    types.extend(inputs.map(|input| {
        let datatype = input.datatype.known().map(type_of_values);
        (input.name.as_str().into(), datatype.unwrap_or_default())
    }));
    types
}

/// The members of what steps of the flow set. A kind sets the same for all of
/// its nodes, or what a node names, of which no members are known.
fn members(flow: &Flow) -> FxHashMap<String, FxHashMap<&'static str, Type>> {
    let mut members = FxHashMap::default();
    let mut seen: Vec<&'static KindSpec> = Vec::new();
    for node in flow.nodes.values() {
        let Some(spec) = node.kind.spec() else {
            continue;
        };
        if seen.iter().any(|seen| std::ptr::eq(*seen, spec)) {
            continue;
        }
        for setting in (spec.sets)(node) {
            if !seen.iter().any(|seen| std::ptr::eq(*seen, spec)) {
                seen.push(spec);
            }
            if let Some(names) = setting.members {
                let names = names.iter().copied();
                let typed = names.zip(setting.types.iter().copied()).collect();
                members.insert(setting.name, typed);
            }
        }
    }
    members
}

impl Environment for After<'_> {
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type {
        let sort = match self.rounds.checked_sub(1) {
            Some(round) => self.types.sort(variable, round),
            None => self.types.given.get(variable).copied(),
        };
        match member {
            None => sort,
            // Somebody else set it too, so nothing is known of its members.
            Some(_) if sort.is_some() => None,
            Some(member) => {
                let members = self.types.members.get(variable);
                members.and_then(|of| of.get(member)).copied()
            }
        }
        .unwrap_or_default()
    }
}

impl Environment for Types {
    fn type_of(&self, variable: &str, member: Option<&str>) -> Type {
        let known = After {
            types: self,
            rounds: ROUNDS,
        };
        known.type_of(variable, member)
    }
}
