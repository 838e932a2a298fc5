//! Going through statements that hold other statements.

use ruff_python_ast::{ExceptHandler, Expr, Number, Stmt, StmtMatch, StmtTry};
use ruff_text_size::{Ranged, TextRange};

use super::{
    flow_of_control::{Exits, Run},
    state::State,
};
use crate::timeouts::is_of_requests;

impl<'a> Run<'_, 'a> {
    pub(super) fn compound(
        &mut self,
        statement: &'a Stmt,
        mut state: State<'a>,
    ) -> Option<State<'a>> {
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
                        matches!(&literal.value, Number::Int(number) if *number != 0)
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
                let holds_back = with
                    .items
                    .iter()
                    .any(|item| self.may_hold_back(&item.context_expr));
                if !holds_back {
                    return self.block(&with.body, Some(state));
                }
                let (end, mut broken_off) = self.attempt(&with.body, state)?;
                // Most contexts let exceptions through.
                broken_off.is_doubtful = true;
                self.joined(end, Some(broken_off))
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
        self.sets_later = true;
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
        let (end, seen) = self.attempt(&each.body, state)?;
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
        self.sets_later = true;
        match end {
            Some(state) => self.block(&each.finalbody, Some(state)),
            None => {
                // Runs all the same, and leads where the body led.
                self.block(&each.finalbody, Some(seen));
                None
            }
        }
    }

    /// Goes through a block that may be broken off. Gives what is known at its
    /// end, and where it was broken off, be it after any of its statements.
    fn attempt(
        &mut self,
        body: &'a [Stmt],
        state: State<'a>,
    ) -> Option<(Option<State<'a>>, State<'a>)> {
        let entry = self.copied(&state);
        self.left_early.push(None);
        let end = self.block(body, Some(state));
        let early = self.left_early.pop().flatten();
        let copy = end.as_ref().map(|end| self.copied(end));
        let broken_off = self.joined(Some(entry), copy);
        let mut broken_off = self.joined(broken_off, early)?;
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            self.doubt_in(TextRange::new(first.start(), last.end()), &mut broken_off);
        }
        Some((end, broken_off))
    }

    /// Whether a context may hold back an exception, as contextlib.suppress
    /// does. Files and what `requests` gives do not.
    fn may_hold_back(&self, context: &Expr) -> bool {
        let Expr::Call(call) = context else {
            return true;
        };
        match &*call.func {
            Expr::Name(name) if name.id == "open" => {
                !self.scopes.is_built_in("open", self.main.scope)
            }
            called => !is_of_requests(called, self.main.scope, self.scopes),
        }
    }
}
