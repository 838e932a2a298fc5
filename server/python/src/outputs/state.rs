//! What is known of the variables of main at one place.

use std::rc::Rc;

use ruff_python_ast::Expr;
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use crate::{key::Key, sort::Sort};

/// Values that a variable may have at one place before nothing is said of it.
const MAX_VALUES: usize = 8;
/// Places of one key that are looked at: more than any script has.
const MAX_PLACES: usize = 64;

/// A dictionary that the script makes, by the number of the place where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Site(pub(crate) usize);

/// What a variable may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A dictionary that the script made.
    Dictionary(Site),
    /// Something that is no dictionary.
    Other(Sort),
    Unknown,
}

/// All that a variable may hold; nothing where no path sets it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Values(Vec<Value>);

impl Values {
    pub(crate) fn one(value: Value) -> Self {
        Self(vec![value])
    }

    pub(crate) fn unknown() -> Self {
        Self::one(Value::Unknown)
    }

    pub(crate) fn add(&mut self, value: Value) {
        if !self.0.contains(&value) {
            self.0.push(value);
        }
        if self.0.len() > MAX_VALUES {
            *self = Self::unknown();
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        for value in &other.0 {
            self.add(*value);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Value> {
        self.0.iter().copied()
    }

    pub(crate) fn sites(&self) -> impl Iterator<Item = Site> {
        self.iter().filter_map(|value| match value {
            Value::Dictionary(site) => Some(site),
            Value::Other(_) | Value::Unknown => None,
        })
    }

    /// Whether nothing is known of it.
    pub(crate) fn is_unknown(&self) -> bool {
        self.0.iter().all(|value| *value == Value::Unknown)
    }

    /// The first of its sorts, if it is no dictionary for sure.
    pub(crate) fn only_others(&self) -> Option<Sort> {
        let mut sorts = self.0.iter().map(|value| match value {
            Value::Other(sort) => Some(*sort),
            Value::Dictionary(_) | Value::Unknown => None,
        });
        let first = sorts.next()??;
        sorts.all(|sort| sort.is_some()).then_some(first)
    }

    /// The one dictionary that it is for sure.
    pub(crate) fn only_site(&self) -> Option<Site> {
        match self.0.as_slice() {
            [Value::Dictionary(site)] => Some(*site),
            _ => None,
        }
    }
}

/// A member of a dictionary: where its key stands, and what it is set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Member<'a> {
    pub(crate) key: Key<'a>,
    /// The value's sort and place, where they are known.
    pub(crate) value: Option<(Sort, TextRange)>,
}

impl<'a> Member<'a> {
    pub(crate) fn new(key: Key<'a>, value: Option<&'a Expr>, sort: Option<Sort>) -> Self {
        let value = sort.zip(value).map(|(sort, value)| (sort, value.range()));
        Self { key, value }
    }
}

/// The members that a dictionary may have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary<'a> {
    /// By key, each in every place where it may have been set.
    pub(crate) members: FxHashMap<&'a str, Vec<Member<'a>>>,
    /// Whether it may have members that are not written out.
    pub(crate) is_open: bool,
}

impl<'a> Dictionary<'a> {
    /// A member that is set whatever was there before.
    pub(crate) fn set(&mut self, member: Member<'a>) {
        self.members.insert(member.key.text, vec![member]);
    }

    /// A member that may be set.
    pub(crate) fn add(&mut self, member: Member<'a>) {
        let members = self.members.entry(member.key.text).or_default();
        if members.len() < MAX_PLACES && !members.contains(&member) {
            members.push(member);
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.is_open |= other.is_open;
        for member in other.members.values().flatten() {
            self.add(*member);
        }
    }
}

/// What is known at one place.
#[derive(Clone, Debug, Default)]
pub(crate) struct State<'a> {
    /// The variables of which something is known.
    pub(crate) variables: FxHashMap<&'a str, Values>,
    /// Shared between places until one of them changes it.
    pub(crate) dictionaries: FxHashMap<Site, Rc<Dictionary<'a>>>,
    /// Whether it is not certain that a path leads here.
    pub(crate) is_doubtful: bool,
}

impl<'a> State<'a> {
    /// What a variable may hold.
    pub(crate) fn variable(&self, name: &str) -> Values {
        let known = self.variables.get(name);
        known.cloned().unwrap_or_else(Values::unknown)
    }

    /// Sets a variable, whatever it held before.
    pub(crate) fn set(&mut self, name: &'a str, values: Values) {
        if values.is_unknown() {
            self.variables.remove(name);
        } else {
            self.variables.insert(name, values);
        }
    }

    /// What is known where two ways come together.
    pub(crate) fn join(&mut self, other: &Self) {
        for (name, values) in &mut self.variables {
            match other.variables.get(name) {
                Some(others) => values.join(others),
                None => values.add(Value::Unknown),
            }
        }
        for (name, values) in &other.variables {
            if !self.variables.contains_key(name) {
                let mut values = values.clone();
                values.add(Value::Unknown);
                self.variables.insert(name, values);
            }
        }
        for (site, dictionary) in &other.dictionaries {
            match self.dictionaries.get_mut(site) {
                Some(mine) if Rc::ptr_eq(mine, dictionary) => {}
                Some(mine) => Rc::make_mut(mine).join(dictionary),
                None => {
                    self.dictionaries.insert(*site, Rc::clone(dictionary));
                }
            }
        }
        self.is_doubtful &= other.is_doubtful;
    }

    /// About how many steps it takes to copy it.
    pub(crate) fn weight(&self) -> usize {
        1 + self.variables.len() + self.dictionaries.len()
    }

    /// About how many steps it takes to join another one.
    pub(crate) fn weight_of_join(&self, other: &Self) -> usize {
        let changed = other.dictionaries.iter().filter(|(site, theirs)| {
            let mine = self.dictionaries.get(site);
            mine.is_some_and(|mine| !Rc::ptr_eq(mine, theirs))
        });
        // Twice: what is shared is copied first.
        let members: usize = changed.map(|(_, theirs)| 2 * theirs.members.len()).sum();
        self.weight() + other.weight() + members
    }
}
