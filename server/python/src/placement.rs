//! What Python's compiler refuses though its grammar allows it: statements in
//! places where they have no meaning.

use ruff_python_ast::{AnyNodeRef, AnyParameterRef, Parameters};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

use crate::{
    everywhere::At,
    finding::Report,
    parse::syntax,
    scopes::{Kind, ScopeId, Scopes},
};

pub(crate) fn look<'a>(node: AnyNodeRef<'a>, at: At, scopes: &Scopes<'a>, report: &mut Report<'_>) {
    if let Some(said) = misplaced(node, at, scopes) {
        syntax(report, node.range(), said);
    }
    match node {
        AnyNodeRef::StmtFunctionDef(function) => parameters(&function.parameters, report),
        AnyNodeRef::ExprLambda(lambda) => {
            if let Some(of_lambda) = &lambda.parameters {
                parameters(of_lambda, report);
            }
        }
        _ => {}
    }
}

fn misplaced(node: AnyNodeRef<'_>, at: At, scopes: &Scopes<'_>) -> Option<&'static str> {
    let kind = scopes.kind(at.scope);
    let is_in_async = || scopes.kind(scopes.around(at.scope)) == Kind::AsyncFunction;
    let is_in_function = matches!(kind, Kind::Function | Kind::AsyncFunction);
    match node {
        AnyNodeRef::StmtReturn(_) if !is_in_function => {
            Some("“return” stands outside of a function")
        }
        AnyNodeRef::StmtBreak(_) if !at.is_in_loop => Some("“break” stands outside of a loop"),
        AnyNodeRef::StmtContinue(_) if !at.is_in_loop => {
            Some("“continue” stands outside of a loop")
        }
        AnyNodeRef::ExprYield(_) | AnyNodeRef::ExprYieldFrom(_) if !kind.is_called() => {
            Some("“yield” stands outside of a function")
        }
        AnyNodeRef::ExprAwait(_) if !is_in_async() && kind != Kind::Lambda => {
            Some("“await” stands outside of an async function")
        }
        AnyNodeRef::StmtFor(each) if each.is_async && !is_in_async() => {
            Some("“async for” stands outside of an async function")
        }
        AnyNodeRef::StmtWith(with) if with.is_async && !is_in_async() => {
            Some("“async with” stands outside of an async function")
        }
        AnyNodeRef::StmtImportFrom(import) => {
            let has_star = import.names.iter().any(|alias| alias.name.as_str() == "*");
            (has_star && at.scope != ScopeId::MODULE)
                .then_some("“import *” stands inside of a function")
        }
        _ => None,
    }
}

fn parameters(parameters: &Parameters, report: &mut Report<'_>) {
    let mut seen = FxHashSet::default();
    let names = parameters.iter().map(AnyParameterRef::name);
    let twice: Vec<(String, TextRange)> = names
        .filter(|name| !seen.insert(name.as_str()))
        .map(|name| (name.to_string(), name.range()))
        .collect();
    for (name, at) in twice {
        syntax(
            report,
            at,
            &format!("the parameter “{name}” is there twice"),
        );
    }
}
