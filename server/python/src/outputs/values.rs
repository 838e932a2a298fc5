//! What an expression gives, and what it does to dictionaries on the way.

use std::rc::Rc;

use ruff_python_ast::{Arguments, Expr, ExprCall, ExprDict, Operator};
use ruff_text_size::Ranged;

use super::{
    flow_of_control::Run,
    state::{Dictionary, Member, Site, State, Value, Values},
};
use crate::{
    key::Key,
    scopes::{Lookup, ScopeId},
    sort::Sort,
    uses::{Use, uses},
};

/// Expressions inside of each other that are followed; nothing is said of what
/// is further in.
const MAX_DEPTH: usize = 32;

impl<'a> Run<'_, 'a> {
    /// What an expression gives. What it does to dictionaries is done.
    pub(super) fn value(&mut self, expression: &'a Expr, state: &mut State<'a>) -> Values {
        self.value_at(expression, state, 0)
    }

    fn value_at(&mut self, expression: &'a Expr, state: &mut State<'a>, depth: usize) -> Values {
        self.spend(1);
        let followed = match depth {
            0..MAX_DEPTH => self.followed(expression, state, depth + 1),
            _ => None,
        };
        followed.unwrap_or_else(|| {
            self.effects(expression, false, state);
            match Sort::of(expression, self.main.scope, self.scopes) {
                // One of which the members are not written out.
                Some(Sort::Dictionary) | None => Values::unknown(),
                Some(sort) => Values::one(Value::Other(sort)),
            }
        })
    }

    /// What an expression gives that has to do with dictionaries.
    fn followed(
        &mut self,
        expression: &'a Expr,
        state: &mut State<'a>,
        depth: usize,
    ) -> Option<Values> {
        match expression {
            Expr::Name(name) => Some(state.variable(&name.id)),
            Expr::Dict(dictionary) => {
                let dictionary = self.dictionary(dictionary, state, depth);
                Some(self.new_site(dictionary, state))
            }
            Expr::Call(call) => self.call(call, state, depth),
            Expr::If(either) => {
                self.test(&either.test, state);
                let mut values = self.value_at(&either.body, state, depth);
                values.join(&self.value_at(&either.orelse, state, depth));
                Some(values)
            }
            Expr::BoolOp(operation) => {
                let mut values = Values::default();
                for value in &operation.values {
                    values.join(&self.value_at(value, state, depth));
                }
                Some(values)
            }
            Expr::Named(named) => {
                let values = self.value_at(&named.value, state, depth);
                self.assign(&named.target, Some(&named.value), &values, state);
                Some(values)
            }
            Expr::BinOp(operation) if operation.op == Operator::BitOr => {
                let left = self.value_at(&operation.left, state, depth);
                let right = self.value_at(&operation.right, state, depth);
                if left.sites().next().is_none() && right.sites().next().is_none() {
                    return Some(Values::unknown());
                }
                let mut dictionary = Dictionary::default();
                self.pour(&left, &mut dictionary, state);
                self.pour(&right, &mut dictionary, state);
                Some(self.new_site(dictionary, state))
            }
            _ => None,
        }
    }

    fn new_site(&mut self, dictionary: Dictionary<'a>, state: &mut State<'a>) -> Values {
        let site = Site(self.sites);
        self.sites += 1;
        state.dictionaries.insert(site, Rc::new(dictionary));
        Values::one(Value::Dictionary(site))
    }

    fn dictionary(
        &mut self,
        written: &'a ExprDict,
        state: &mut State<'a>,
        depth: usize,
    ) -> Dictionary<'a> {
        let mut dictionary = Dictionary::default();
        for item in written {
            let Some(key) = &item.key else {
                let values = self.value_at(&item.value, state, depth);
                self.pour(&values, &mut dictionary, state);
                continue;
            };
            self.effects(&item.value, false, state);
            match Key::of(key) {
                Some(key) => dictionary.set(self.member(key, Some(&item.value))),
                None => {
                    self.effects(key, false, state);
                    dictionary.is_open = true;
                }
            }
        }
        dictionary
    }

    fn member(&self, key: Key<'a>, value: Option<&'a Expr>) -> Member<'a> {
        let sort = value.and_then(|value| Sort::of(value, self.main.scope, self.scopes));
        Member::new(key, value, sort)
    }

    /// Puts the members of what may be a dictionary into another one.
    pub(super) fn pour(&mut self, values: &Values, into: &mut Dictionary<'a>, state: &State<'a>) {
        for value in values.iter() {
            match value {
                // Whoever was handed it may have changed it.
                Value::Dictionary(site) if !self.lost.contains(&site) => {
                    if let Some(from) = state.dictionaries.get(&site) {
                        self.spend(from.members.len());
                        into.join(from);
                    }
                }
                Value::Dictionary(_) | Value::Other(_) | Value::Unknown => into.is_open = true,
            }
        }
    }

    /// What a call gives that makes a dictionary of what is written.
    fn call(&mut self, call: &'a ExprCall, state: &mut State<'a>, depth: usize) -> Option<Values> {
        let mut dictionary = Dictionary::default();
        match &*call.func {
            Expr::Name(name)
                if name.id == "dict" && self.scopes.is_built_in("dict", self.main.scope) =>
            {
                self.merge(&call.arguments, &mut dictionary, state, depth);
            }
            Expr::Attribute(attribute)
                if attribute.attr.as_str() == "copy" && call.arguments.is_empty() =>
            {
                let name = attribute.value.as_name_expr()?;
                let values = state.variables.get(name.id.as_str())?.clone();
                self.pour(&values, &mut dictionary, state);
            }
            _ => return None,
        }
        Some(self.new_site(dictionary, state))
    }

    /// What `dict(…)` and `update(…)` put into a dictionary.
    fn merge(
        &mut self,
        arguments: &'a Arguments,
        into: &mut Dictionary<'a>,
        state: &mut State<'a>,
        depth: usize,
    ) {
        for argument in &arguments.args {
            let values = self.value_at(argument, state, depth);
            self.pour(&values, into, state);
        }
        for keyword in &arguments.keywords {
            match Key::of_keyword(keyword) {
                Some(key) => {
                    self.effects(&keyword.value, false, state);
                    into.set(self.member(key, Some(&keyword.value)));
                }
                None => {
                    let values = self.value_at(&keyword.value, state, depth);
                    self.pour(&values, into, state);
                }
            }
        }
    }

    /// Goes through an expression of which only the truth matters.
    pub(super) fn test(&mut self, expression: &'a Expr, state: &mut State<'a>) {
        if expression.is_named_expr() {
            self.value(expression, state);
        } else {
            self.effects(expression, true, state);
        }
    }

    /// Does to dictionaries what an expression does to those that it names.
    pub(super) fn effects(&mut self, expression: &'a Expr, is_test: bool, state: &mut State<'a>) {
        let scope = self.main.scope;
        let is_meant = |name: &str, from: ScopeId| {
            state.variables.contains_key(name)
                && matches!(self.scopes.look_up(name, from), Lookup::Bound(bound, _) if bound == scope)
        };
        let mut found = Vec::new();
        uses(
            expression,
            scope,
            is_test,
            self.scopes,
            is_meant,
            |name, used| {
                found.push((name, used));
            },
        );
        for (name, used) in found {
            self.spend(1);
            self.effect(name, used, state);
        }
        if self.scopes.has_walrus() {
            self.forget_in(expression.range(), state);
        }
    }

    fn effect(&mut self, name: &'a str, used: Use<'a>, state: &mut State<'a>) {
        let values = state.variable(name);
        match used {
            Use::Read(_) | Use::ReadAny | Use::Looked => {}
            Use::Set(key, value) => {
                let member = self.member(key, value);
                self.change(&values, state, |dictionary| dictionary.add(member));
            }
            Use::SetAny => self.change(&values, state, |dictionary| dictionary.is_open = true),
            Use::Merged(arguments) => {
                let mut merged = Dictionary::default();
                self.merge(arguments, &mut merged, state, 1);
                self.change(&values, state, |dictionary| dictionary.join(&merged));
            }
            Use::Removed(key) => {
                self.removed.insert(key.text);
                self.change(&values, state, |dictionary| {
                    dictionary.members.remove(key.text);
                });
            }
            Use::RemovedAny | Use::HandedOn => self.lose(&values),
        }
    }

    /// Changes each dictionary that a variable may hold.
    pub(super) fn change(
        &mut self,
        values: &Values,
        state: &mut State<'a>,
        mut change: impl FnMut(&mut Dictionary<'a>),
    ) {
        for site in values.sites() {
            if let Some(dictionary) = state.dictionaries.get_mut(&site) {
                if Rc::strong_count(dictionary) > 1 {
                    self.spend(dictionary.members.len());
                }
                change(Rc::make_mut(dictionary));
            }
        }
    }

    /// Says nothing any more of what a variable may hold.
    pub(super) fn lose(&mut self, values: &Values) {
        self.lost.extend(values.sites());
    }

    /// Sets a target of an assignment.
    pub(super) fn assign(
        &mut self,
        target: &'a Expr,
        value: Option<&'a Expr>,
        values: &Values,
        state: &mut State<'a>,
    ) {
        match target {
            Expr::Name(name) => {
                if self.is_followed(&name.id) {
                    state.set(&name.id, values.clone());
                } else {
                    self.lose(values);
                }
            }
            Expr::Subscript(subscript) => {
                // What is put into another one can be reached through it.
                self.lose(values);
                let into = subscript.value.as_name_expr().map(|name| name.id.as_str());
                let into = into.and_then(|name| state.variables.get(name).cloned());
                let Some(into) = into else {
                    return self.effects(target, false, state);
                };
                self.effects(&subscript.slice, false, state);
                match Key::of(&subscript.slice) {
                    Some(key) => {
                        let member = self.member(key, value);
                        let is_sure = into.only_site().is_some();
                        self.change(&into, state, |dictionary| {
                            if is_sure {
                                dictionary.set(member);
                            } else {
                                dictionary.add(member);
                            }
                        });
                    }
                    None => self.change(&into, state, |dictionary| dictionary.is_open = true),
                }
            }
            Expr::Tuple(_) | Expr::List(_) | Expr::Starred(_) => {
                self.lose(values);
                self.forget_names(target, state);
            }
            other => {
                self.lose(values);
                self.effects(other, false, state);
            }
        }
    }

    /// Knows nothing any more of the names that a target sets.
    pub(super) fn forget_names(&mut self, target: &'a Expr, state: &mut State<'a>) {
        self.effects(target, false, state);
        self.forget_in(target.range(), state);
    }
}
