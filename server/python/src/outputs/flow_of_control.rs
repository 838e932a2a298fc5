//! Going through the body of main as it would run, every statement once.

use std::rc::Rc;

use ruff_python_ast::{Expr, Operator, Stmt};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

use super::state::{Dictionary, Site, State, Value, Values};
use crate::{ends::Endless, main_function::Main, scopes::Scopes, sort::Sort};

/// Steps after which a script is given up, so that no script takes long. What
/// people write takes a hundredth of that.
const FUEL: usize = 50_000;

/// A return, and what it may return.
pub(super) struct Returned<'a> {
    pub(super) at: TextRange,
    pub(super) values: Values,
    /// What is known of the dictionaries among them.
    pub(super) dictionaries: Vec<(Site, Rc<Dictionary<'a>>)>,
}

/// How a loop is left or goes on before its end.
#[derive(Default)]
pub(super) struct Exits<'a> {
    pub(super) breaks: Option<State<'a>>,
    pub(super) continues: Option<State<'a>>,
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
    /// Whether a return may give what is set further down: in a loop that went
    /// round before, or in a `finally`.
    pub(super) sets_later: bool,
    /// How many dictionaries the script makes.
    pub(super) sites: usize,
    endless: Endless<'s, 'a>,
    captured: FxHashSet<&'a str>,
    fuel: Option<usize>,
    pub(super) raises: usize,
    pub(super) loops: Vec<Exits<'a>>,
    /// What is known where the blocks around a place are left before their end:
    /// one for each `try` and `with`.
    pub(super) left_early: Vec<Option<State<'a>>>,
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
        sets_later: false,
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
    pub(super) fn doubt_in(&mut self, range: TextRange, state: &mut State<'a>) {
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

    pub(super) fn joined(
        &mut self,
        one: Option<State<'a>>,
        other: Option<State<'a>>,
    ) -> Option<State<'a>> {
        match (one, other) {
            (Some(mut one), Some(other)) => {
                self.spend(one.weight_of_join(&other));
                one.join(&other);
                Some(one)
            }
            (one, other) => one.or(other),
        }
    }

    pub(super) fn copied(&mut self, state: &State<'a>) -> State<'a> {
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
    pub(super) fn block(
        &mut self,
        block: &'a [Stmt],
        mut state: Option<State<'a>>,
    ) -> Option<State<'a>> {
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
