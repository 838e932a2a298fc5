//! Whether the end of a block can be reached.

use ruff_python_ast::{AnyNodeRef, ExceptHandler, Expr, Stmt, StmtFunctionDef};
use rustc_hash::FxHashSet;

use crate::{
    imports::is_module,
    scopes::{Binding, ScopeId, Scopes},
    walk::walk,
};

/// Functions at the top of a script that always raise. Rounds in which one may
/// call another of the round before.
const ROUNDS: usize = 3;

/// What is known of the functions of a script: those that never come back.
pub(crate) struct Endless<'s, 'a> {
    scopes: &'s Scopes<'a>,
    functions: FxHashSet<&'a str>,
}

impl<'s, 'a> Endless<'s, 'a> {
    pub(crate) fn of(scopes: &'s Scopes<'a>) -> Self {
        let mut endless = Self {
            scopes,
            functions: FxHashSet::default(),
        };
        let candidates: Vec<(&'a str, &'a StmtFunctionDef)> = scopes
            .names(ScopeId::MODULE)
            .filter_map(|(name, bindings)| match bindings.all.as_slice() {
                [(_, Binding::Function(function))] if !comes_back(function) => {
                    Some((name, *function))
                }
                _ => None,
            })
            .collect();
        for _ in 0..ROUNDS {
            let before = endless.functions.len();
            for (name, function) in &candidates {
                if !endless.functions.contains(name) && !endless.is_left(&function.body) {
                    endless.functions.insert(name);
                }
            }
            if endless.functions.len() == before {
                break;
            }
        }
        endless
    }

    /// Whether a call never comes back.
    pub(crate) fn is_call(&self, expression: &Expr, scope: ScopeId) -> bool {
        let Expr::Call(call) = expression else {
            return false;
        };
        match &*call.func {
            Expr::Name(name) => {
                let name = name.id.as_str();
                (matches!(name, "exit" | "quit") && self.scopes.is_built_in(name, scope))
                    || self.functions.contains(name)
            }
            Expr::Attribute(attribute) => {
                let exits = [("sys", "exit"), ("os", "_exit"), ("os", "abort")];
                let module = attribute.value.as_name_expr();
                module.is_some_and(|module| {
                    exits.into_iter().any(|(of, name)| {
                        attribute.attr.as_str() == name
                            && is_module(&module.id, scope, self.scopes, of)
                    })
                })
            }
            _ => false,
        }
    }

    /// Whether the statement behind a block can be reached by its end.
    fn is_left(&self, block: &[Stmt]) -> bool {
        block.iter().all(|statement| self.goes_on(statement))
    }

    fn goes_on(&self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) => false,
            Stmt::Expr(statement) => !self.is_call(&statement.value, ScopeId::MODULE),
            Stmt::With(with) => self.is_left(&with.body),
            Stmt::If(either) => {
                let has_else = either
                    .elif_else_clauses
                    .last()
                    .is_some_and(|clause| clause.test.is_none());
                !has_else
                    || self.is_left(&either.body)
                    || either
                        .elif_else_clauses
                        .iter()
                        .any(|clause| self.is_left(&clause.body))
            }
            Stmt::Try(each) => {
                let by_body = self.is_left(&each.body) && self.is_left(&each.orelse);
                let by_handler = each.handlers.iter().any(|handler| {
                    let ExceptHandler::ExceptHandler(handler) = handler;
                    self.is_left(&handler.body)
                });
                (by_body || by_handler) && self.is_left(&each.finalbody)
            }
            // A loop may be left in many ways: taken for one that is.
            _ => true,
        }
    }
}

/// Whether a function may return something, or gives a generator.
fn comes_back(function: &StmtFunctionDef) -> bool {
    let mut comes_back = function.is_async;
    walk(function, (), |node, (), ahead| {
        match node {
            AnyNodeRef::StmtReturn(_) | AnyNodeRef::ExprYield(_) | AnyNodeRef::ExprYieldFrom(_) => {
                comes_back = true
            }
            _ => {}
        }
        ahead.children(node, ());
    });
    comes_back
}
