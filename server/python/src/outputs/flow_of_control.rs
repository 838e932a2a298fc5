//! Going through the body of main as it would run, every statement once.

use std::rc::Rc;

use ruff_python_ast::{ExceptHandler, Expr, Operator, Stmt, StmtMatch, StmtTry};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

use super::state::{Dictionary, Site, State, Value, Values};
use crate::{ends::Endless, main_function::Main, scopes::Scopes, sort::Sort};

/// Steps after which a script is given up, so that no script takes long. What
/// people write takes a hundredth of that.
const FUEL: usize = 100_000;

/// A return, and what it may return.
pub(super) struct Returned<'a> {
    pub(super) at: TextRange,
    pub(super) values: Values,
    /// What is known of the dictionaries among them.
    pub(super) dictionaries: Vec<(Site, Rc<Dictionary<'a>>)>,
}

/// How a loop is left or goes on before its end.
#[derive(Default)]
struct Exits<'a> {
    breaks: Option<State<'a>>,
    continues: Option<State<'a>>,
}

/// What was seen on the way through main.
pub(super) struct Run<'s, 'a> {
    pub(super) main: Main<'a>,
    pub(super) scopes: &'s Scopes<'a>,
    pub(super) returns: Vec<Returned<'a>>,
    /// Whether a path leads to the end of main.
    pub(super) reaches_end: bool,
    /// The dictionaries that were handed to where they cannot be followed.
    pub(super) lost: FxHashSet<Site>,
    /// The keys that are removed from some dictionary.
    pub(super) removed: FxHashSet<&'a str>,
    /// Whether something may run twice, though it was gone through once.
    pub(super) has_loop: bool,
    /// How many dictionaries the script makes.
    pub(super) sites: usize,
    endless: Endless<'s, 'a>,
    captured: FxHashSet<&'a str>,
    fuel: Option<usize>,
    raises: usize,
    loops: Vec<Exits<'a>>,
    /// What is known where the blocks around a place are left before their end:
    /// one for each `try` and `with`.
    left_early: Vec<Option<State<'a>>>,
    depth: usize,
}

/// Goes through main. Nothing where the script is too intricate to follow.
pub(super) fn run<'s, 'a>(main: Main<'a>, scopes: &'s Scopes<'a>) -> Option<Run<'s, 'a>> {
    let mut run = Run {
        main,
        scopes,
        returns: Vec::new(),
        reaches_end: false,
        lost: FxHashSet::default(),
        removed: FxHashSet::default(),
        has_loop: false,
        sites: 0,
        endless: Endless::of(scopes),
        captured: scopes.captured(main.scope),
        fuel: Some(FUEL),
        raises: 0,
        loops: Vec::new(),
        left_early: Vec::new(),
        depth: 0,
    };
    let end = run.block(&main.function.body, Some(State::default()));
    run.reaches_end = end.is_some_and(|state| !state.is_doubtful);
    run.fuel.is_some().then_some(run)
}

impl<'a> Run<'_, 'a> {
    /// Counts steps.
    pub(super) fn spend(&mut self, steps: usize) {
        self.fuel = self.fuel.and_then(|fuel| fuel.checked_sub(steps));
    }

    /// Whether main alone sets a name.
    pub(super) fn is_followed(&self, name: &str) -> bool {
        !self.captured.contains(name) && self.scopes.bindings(self.main.scope, name).is_some()
    }

    /// Knows less of the names that are set in a part of the script: what they
    /// are set to there, or what they were.
    fn doubt_in(&mut self, range: TextRange, state: &mut State<'a>) {
        self.spend(state.variables.len());
        let (scopes, scope) = (self.scopes, self.main.scope);
        for (name, values) in &mut state.variables {
            let bindings = scopes.bindings(scope, name);
            if bindings.is_some_and(|bindings| bindings.any_in(range)) {
                values.add(Value::Unknown);
            }
        }
    }

    /// Knows nothing any more of the names that are set in a part of the script.
    pub(super) fn forget_in(&mut self, range: TextRange, state: &mut State<'a>) {
        self.spend(state.variables.len());
        let (scopes, scope) = (self.scopes, self.main.scope);
        state.variables.retain(|name, _| {
            let bindings = scopes.bindings(scope, name);
            !bindings.is_some_and(|bindings| bindings.any_in(range))
        });
    }

    fn joined(&mut self, one: Option<State<'a>>, other: Option<State<'a>>) -> Option<State<'a>> {
        match (one, other) {
            (Some(mut one), Some(other)) => {
                self.spend(one.weight_of_join(&other));
                one.join(&other);
                Some(one)
            }
            (one, other) => one.or(other),
        }
    }

    fn copied(&mut self, state: &State<'a>) -> State<'a> {
        self.spend(state.weight());
        state.clone()
    }

    /// The path ends here, or leads out of the blocks around it.
    fn leave(&mut self, state: &State<'a>) {
        for index in 0..self.left_early.len() {
            let copy = self.copied(state);
            let before = self.left_early.get_mut(index).and_then(Option::take);
            let joined = self.joined(before, Some(copy));
            if let Some(slot) = self.left_early.get_mut(index) {
                *slot = joined;
            }
        }
    }

    /// Goes through a block. Gives what is known at its end, if a path leads
    /// there.
    fn block(&mut self, block: &'a [Stmt], mut state: Option<State<'a>>) -> Option<State<'a>> {
        for statement in block {
            self.spend(1);
            self.fuel?;
            state = self.statement(statement, state?);
        }
        state
    }

    fn statement(&mut self, statement: &'a Stmt, mut state: State<'a>) -> Option<State<'a>> {
        match statement {
            Stmt::Return(statement) => {
                match &statement.value {
                    Some(value) => self.returned(value, &mut state),
                    None => self.returns.push(Returned {
                        at: statement.range(),
                        values: Values::one(Value::Other(Sort::None)),
                        dictionaries: Vec::new(),
                    }),
                }
                self.leave(&state);
                None
            }
            Stmt::Raise(statement) => {
                self.raises += 1;
                for part in [&statement.exc, &statement.cause].into_iter().flatten() {
                    self.effects(part, false, &mut state);
                }
                self.leave(&state);
                None
            }
            Stmt::Break(_) => {
                self.leave(&state);
                let before = self.loops.last_mut().and_then(|exits| exits.breaks.take());
                let joined = self.joined(before, Some(state));
                if let Some(exits) = self.loops.last_mut() {
                    exits.breaks = joined;
                }
                None
            }
            Stmt::Continue(_) => {
                self.leave(&state);
                let before = self
                    .loops
                    .last_mut()
                    .and_then(|exits| exits.continues.take());
                let joined = self.joined(before, Some(state));
                if let Some(exits) = self.loops.last_mut() {
                    exits.continues = joined;
                }
                None
            }
            Stmt::Assign(assign) => {
                let values = self.value(&assign.value, &mut state);
                for target in &assign.targets {
                    self.assign(target, Some(&assign.value), &values, &mut state);
                }
                Some(state)
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let values = self.value(value, &mut state);
                    self.assign(&assign.target, Some(value), &values, &mut state);
                }
                Some(state)
            }
            Stmt::AugAssign(assign) => {
                self.augment(&assign.target, assign.op, &assign.value, &mut state);
                Some(state)
            }
            Stmt::Expr(statement) => {
                if statement.value.is_name_expr() {
                    return Some(state);
                }
                self.value(&statement.value, &mut state);
                if self.endless.is_call(&statement.value, self.main.scope) {
                    self.raises += 1;
                    self.leave(&state);
                    return None;
                }
                Some(state)
            }
            Stmt::Assert(statement) => {
                self.test(&statement.test, &mut state);
                let never = statement.test.as_boolean_literal_expr();
                if never.is_some_and(|literal| !literal.value) {
                    self.raises += 1;
                    self.leave(&state);
                    return None;
                }
                Some(state)
            }
            Stmt::Delete(statement) => {
                for target in &statement.targets {
                    self.forget_names(target, &mut state);
                }
                Some(state)
            }
            Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::With(_)
            | Stmt::Match(_)
            | Stmt::Try(_) => self.compound(statement, state),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                // What they read of main is captured.
                self.forget_in(statement.range(), &mut state);
                Some(state)
            }
            Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::TypeAlias(_) => {
                self.forget_in(statement.range(), &mut state);
                Some(state)
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {
                Some(state)
            }
        }
    }

    fn compound(&mut self, statement: &'a Stmt, mut state: State<'a>) -> Option<State<'a>> {
        match statement {
            Stmt::If(either) => {
                self.test(&either.test, &mut state);
                let copy = self.copied(&state);
                let mut end = self.block(&either.body, Some(copy));
                let mut otherwise = Some(state);
                for clause in &either.elif_else_clauses {
                    let mut state = otherwise.take()?;
                    let taken = match &clause.test {
                        Some(test) => {
                            self.test(test, &mut state);
                            let copy = self.copied(&state);
                            otherwise = Some(state);
                            copy
                        }
                        None => state,
                    };
                    let by_clause = self.block(&clause.body, Some(taken));
                    end = self.joined(end, by_clause);
                    if clause.test.is_none() {
                        break;
                    }
                }
                self.joined(end, otherwise)
            }
            Stmt::For(each) => {
                self.effects_of_iterated(&each.iter, &mut state);
                self.repeated(statement.range(), &each.body, &each.orelse, false, state)
            }
            Stmt::While(each) => {
                self.test(&each.test, &mut state);
                let is_endless = match &*each.test {
                    Expr::BooleanLiteral(literal) => literal.value,
                    Expr::NumberLiteral(literal) => {
                        matches!(&literal.value, ruff_python_ast::Number::Int(number) if *number != 0)
                    }
                    _ => false,
                };
                self.repeated(
                    statement.range(),
                    &each.body,
                    &each.orelse,
                    is_endless,
                    state,
                )
            }
            Stmt::With(with) => {
                for item in &with.items {
                    self.effects(&item.context_expr, false, &mut state);
                    if let Some(target) = &item.optional_vars {
                        self.forget_names(target, &mut state);
                    }
                }
                self.left_early.push(None);
                let end = self.block(&with.body, Some(state));
                let early = self.left_early.pop().flatten();
                // Some contexts, like contextlib.suppress, hold exceptions
                // back; most do not.
                let suppressed = early.map(|mut state| {
                    self.doubt_in(statement.range(), &mut state);
                    state.is_doubtful = true;
                    state
                });
                self.joined(end, suppressed)
            }
            Stmt::Match(each) => self.matched(each, state),
            Stmt::Try(each) => self.tried(each, state),
            _ => Some(state),
        }
    }

    /// What is gone through by a loop, or a variable that it goes through.
    fn effects_of_iterated(&mut self, iterated: &'a Expr, state: &mut State<'a>) {
        if !iterated.is_name_expr() {
            self.effects(iterated, false, state);
        }
    }

    /// A loop. What it does is gone through once, with little known of what it
    /// sets itself.
    fn repeated(
        &mut self,
        range: TextRange,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        is_endless: bool,
        mut state: State<'a>,
    ) -> Option<State<'a>> {
        self.has_loop = true;
        self.doubt_in(range, &mut state);
        let (returns, raises) = (self.returns.len(), self.raises);
        let copy = self.copied(&state);
        self.loops.push(Exits::default());
        let end = self.block(body, Some(copy));
        let exits = self.loops.pop().unwrap_or_default();
        let mut after = None;
        if !is_endless {
            // One that returns or raises is often left in no other way.
            let is_left_inside = self.returns.len() > returns && self.raises > raises;
            let mut after_none = Some(state);
            after_none = self.joined(after_none, end);
            after_none = self.joined(after_none, exits.continues);
            if let Some(state) = &mut after_none {
                state.is_doubtful |= is_left_inside;
            }
            after = self.block(orelse, after_none);
        }
        self.joined(after, exits.breaks)
    }

    fn matched(&mut self, each: &'a StmtMatch, mut state: State<'a>) -> Option<State<'a>> {
        // A name that is looked into stays what it is.
        if !each.subject.is_name_expr() {
            self.effects(&each.subject, false, &mut state);
        }
        let mut end = None;
        for case in &each.cases {
            let mut taken = self.copied(&state);
            self.forget_in(case.pattern.range(), &mut taken);
            if let Some(guard) = &case.guard {
                self.test(guard, &mut taken);
            }
            let by_case = self.block(&case.body, Some(taken));
            end = self.joined(end, by_case);
            if case.guard.is_none() && case.pattern.is_irrefutable() {
                return end;
            }
        }
        self.joined(end, Some(state))
    }

    fn tried(&mut self, each: &'a StmtTry, state: State<'a>) -> Option<State<'a>> {
        let entry = self.copied(&state);
        self.left_early.push(None);
        let end = self.block(&each.body, Some(state));
        let early = self.left_early.pop().flatten();
        // A handler may begin after any statement of the body.
        let copy = end.as_ref().map(|end| self.copied(end));
        let seen = self.joined(Some(entry), copy);
        let mut seen = self.joined(seen, early)?;
        let body = match (each.body.first(), each.body.last()) {
            (Some(first), Some(last)) => TextRange::new(first.start(), last.end()),
            _ => each.range(),
        };
        self.doubt_in(body, &mut seen);
        let mut end = self.block(&each.orelse, end);
        for handler in &each.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let mut state = self.copied(&seen);
            if let Some(name) = &handler.name {
                self.forget_in(name.range(), &mut state);
            }
            let by_handler = self.block(&handler.body, Some(state));
            end = self.joined(end, by_handler);
        }
        if each.finalbody.is_empty() {
            return end;
        }
        match end {
            Some(state) => self.block(&each.finalbody, Some(state)),
            None => {
                // Runs all the same, and leads where the body led.
                self.block(&each.finalbody, Some(seen));
                None
            }
        }
    }

    fn augment(
        &mut self,
        target: &'a Expr,
        operator: Operator,
        value: &'a Expr,
        state: &mut State<'a>,
    ) {
        let values = self.value(value, state);
        match target {
            Expr::Name(name) if operator == Operator::BitOr => {
                let into = state.variable(&name.id);
                let mut merged = Dictionary::default();
                self.pour(&values, &mut merged, state);
                self.change(&into, state, |dictionary| dictionary.join(&merged));
            }
            Expr::Name(_) => self.forget_in(target.range(), state),
            other => self.assign(other, None, &values, state),
        }
    }

    /// Takes what a return gives, each of its alternatives by itself.
    fn returned(&mut self, value: &'a Expr, state: &mut State<'a>) {
        /// Alternatives inside of each other that are taken apart.
        const MAX_DEPTH: usize = 32;
        if let Expr::If(either) = value
            && self.depth < MAX_DEPTH
        {
            self.test(&either.test, state);
            self.depth += 1;
            self.returned(&either.body, state);
            self.returned(&either.orelse, state);
            self.depth -= 1;
            return;
        }
        let values = self.value(value, state);
        let known = values.sites().filter_map(|site| {
            let dictionary = state.dictionaries.get(&site)?;
            Some((site, Rc::clone(dictionary)))
        });
        self.returns.push(Returned {
            at: value.range(),
            dictionaries: known.collect(),
            values,
        });
    }
}
