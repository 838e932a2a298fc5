//! What is looked at wherever it stands in a script.

use ruff_python_ast::{AnyNodeRef, ModModule, Stmt};

use crate::{
    finding::Report,
    imports, placement,
    scopes::{ScopeId, Scopes},
    timeouts,
    walk::{Ahead, walk},
};

/// Where a node is.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) scope: ScopeId,
    /// Whether `break` has something to leave.
    pub(crate) is_in_loop: bool,
}

/// Reports misplaced statements, imports, and calls without a timeout.
pub(crate) fn look<'a>(module: &'a ModModule, scopes: &Scopes<'a>, report: &mut Report<'_>) {
    let top = At {
        scope: ScopeId::MODULE,
        is_in_loop: false,
    };
    walk(module, top, |node, at, ahead| {
        placement::look(node, at, scopes, report);
        match node {
            AnyNodeRef::StmtImport(import) => imports::import(import, report),
            AnyNodeRef::StmtImportFrom(import) => imports::import_from(import, report),
            AnyNodeRef::ExprCall(call) => {
                imports::call(call, at.scope, scopes, report);
                timeouts::call(call, at.scope, scopes, report);
            }
            _ => {}
        }
        inside(node, at, scopes, ahead);
    });
}

fn inside<'a>(node: AnyNodeRef<'a>, at: At, scopes: &Scopes<'a>, ahead: &mut Ahead<'a, At>) {
    let (parts, body, orelse) = match node {
        AnyNodeRef::StmtFor(each) => (
            [Some(&*each.target), Some(&*each.iter)],
            &each.body,
            &each.orelse,
        ),
        AnyNodeRef::StmtWhile(each) => ([Some(&*each.test), None], &each.body, &each.orelse),
        _ => {
            return scopes.children(node, at.scope, ahead, |scope| At {
                scope,
                is_in_loop: at.is_in_loop && scope == at.scope,
            });
        }
    };
    for part in parts.into_iter().flatten() {
        ahead.node(part, at);
    }
    let within = At {
        is_in_loop: true,
        ..at
    };
    statements(body, within, ahead);
    statements(orelse, at, ahead);
}

fn statements<'a>(statements: &'a [Stmt], at: At, ahead: &mut Ahead<'a, At>) {
    for statement in statements {
        ahead.node(statement, at);
    }
}
