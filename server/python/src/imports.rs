//! What a script imports.

use flow::data_action::rules;
use ruff_python_ast::{Expr, ExprCall, StmtImport, StmtImportFrom};
use ruff_text_size::{Ranged, TextRange};

use crate::{
    finding::Report,
    key::{Key, shown},
    scopes::{Binding, Lookup, ScopeId, Scopes},
    standard_library::is_in_standard_library,
};

/// What the platform has besides the standard library.
const INSTALLED: &str = "requests";

pub(crate) fn import(import: &StmtImport, report: &mut Report<'_>) {
    for alias in &import.names {
        module(&alias.name, alias.name.range(), report);
    }
}

pub(crate) fn import_from(import: &StmtImportFrom, report: &mut Report<'_>) {
    if import.level > 0 {
        let message = "A data action is one script, and no other stands beside it. Put what is imported here into the script itself.";
        report.add(rules::SCRIPT_IMPORT_RELATIVE, import.range(), message);
    } else if let Some(name) = &import.module {
        module(name, name.range(), report);
    }
}

/// Reports imports whose module is only known when the script runs.
pub(crate) fn call<'a>(
    call: &'a ExprCall,
    scope: ScopeId,
    scopes: &Scopes<'a>,
    report: &mut Report<'_>,
) {
    let is_import = match &*call.func {
        Expr::Name(name) if name.id == "__import__" => scopes.is_built_in(&name.id, scope),
        Expr::Name(name) => is_member(&name.id, scope, scopes, "importlib", "import_module"),
        Expr::Attribute(attribute) if attribute.attr.as_str() == "import_module" => {
            let module = attribute.value.as_name_expr();
            module.is_some_and(|name| is_module(&name.id, scope, scopes, "importlib"))
        }
        _ => false,
    };
    if !is_import {
        return;
    }
    match call.arguments.args.first().and_then(Key::of) {
        Some(name) if !name.text.starts_with('.') => module(name.text, name.at, report),
        _ => {
            let message = "What is imported here is only known when the script runs. Write import with the name of the module.";
            report.add(rules::SCRIPT_IMPORT_DYNAMIC, call.range(), message);
        }
    }
}

/// Whether a name stands for a module, and for nothing else.
pub(crate) fn is_module(name: &str, scope: ScopeId, scopes: &Scopes<'_>, module: &str) -> bool {
    let Lookup::Bound(_, bindings) = scopes.look_up(name, scope) else {
        return false;
    };
    let mut all = bindings.iter();
    all.all(|binding| matches!(binding, Binding::Module(bound) if bound == module))
}

/// Whether a name stands for a member of a module, and for nothing else.
fn is_member(name: &str, scope: ScopeId, scopes: &Scopes<'_>, from: &str, member: &str) -> bool {
    let Lookup::Bound(_, bindings) = scopes.look_up(name, scope) else {
        return false;
    };
    let mut all = bindings.iter();
    all.all(|binding| {
        matches!(binding, Binding::Member { module, name } if module == from && name == member)
    })
}

fn module(name: &str, at: TextRange, report: &mut Report<'_>) {
    let top = name.split('.').next().unwrap_or(name);
    if top == INSTALLED || is_in_standard_library(top) {
        return;
    }
    let lower = top.to_lowercase();
    let meant = [lower.clone(), format!("{lower}s")]
        .into_iter()
        .find(|meant| meant == INSTALLED || is_in_standard_library(meant));
    let advice = match meant {
        Some(meant) => format!("Did you mean “{meant}”?"),
        None => "Do without it, or use what comes with Python.".to_owned(),
    };
    let top = shown(top);
    let message = format!(
        "“{top}” is not there: a script can import Python's standard library and requests. {advice}"
    );
    report.add(rules::SCRIPT_IMPORT, at, message);
}
