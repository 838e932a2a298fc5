//! What a script returns.
//!
//! The body of main is gone through as it would run, with what is known of its
//! variables at each place. Nothing is claimed of a value that cannot be
//! followed.

mod compound;
mod flow_of_control;
mod returned;
mod state;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use flow::data_action::rules;
use ruff_python_ast::AnyNodeRef;
use ruff_text_size::Ranged;

use crate::{
    declared::Declared,
    finding::Report,
    main_function::Main,
    returns::PossibleReturn,
    scopes::{ScopeId, Scopes},
    walk::walk,
};

/// Reports what is returned and not declared, or of another type; what is
/// declared and never returned; and where something else is returned.
pub(crate) fn look<'a>(
    main: Main<'a>,
    scopes: &Scopes<'a>,
    outputs: &Declared<'_>,
    report: &mut Report<'_>,
) {
    if let Some(at) = first_yield(main, scopes) {
        let message =
            "main yields, so that a call gives a generator and no outputs. Return a dictionary.";
        report.add(rules::SCRIPT_RETURN_NO_DICTIONARY, at.range(), message);
        return;
    }
    let Some(run) = flow_of_control::run(main, scopes) else {
        return;
    };
    if run.reaches_end {
        let message = format!(
            "A path through main ends without a return, in line {} at the latest; Python then returns None, and the flow gets no outputs. Return a dictionary there.",
            report.line(main.function.end())
        );
        report.add(
            rules::SCRIPT_RETURN_MISSING,
            main.function.name.range(),
            message,
        );
    }
    returned::report(&run, main, outputs, report);
}

/// What each return can give back, from the top to the bottom.
pub(crate) fn possible<'a>(
    main: Main<'a>,
    scopes: &Scopes<'a>,
    report: &Report<'_>,
) -> Option<Vec<PossibleReturn>> {
    if first_yield(main, scopes).is_some() {
        return None;
    }
    let run = flow_of_control::run(main, scopes)?;
    let mut lines: BTreeMap<usize, (BTreeSet<&str>, bool)> = BTreeMap::new();
    for returned in &run.returns {
        let line = report.line(returned.at.start());
        let (outputs, is_open) = lines.entry(line).or_default();
        *is_open |= run.sets_later || !returned.is_followed(&run);
        for (_, dictionary) in &returned.dictionaries {
            let members = dictionary.members.values().flatten();
            outputs.extend(members.map(|member| member.key.text));
            *is_open |= dictionary.is_open;
        }
    }
    let possible = lines.into_iter().map(|(line, (outputs, is_open))| {
        let outputs = outputs.into_iter().map(str::to_owned).collect();
        PossibleReturn {
            line,
            outputs,
            may_hold_more: is_open,
        }
    });
    Some(possible.collect())
}

/// A `yield` of main itself, which makes it a generator.
fn first_yield<'a>(main: Main<'a>, scopes: &Scopes<'a>) -> Option<AnyNodeRef<'a>> {
    let mut found = None;
    walk(main.function, ScopeId::MODULE, |node, scope, ahead| {
        let is_yield = matches!(
            node,
            AnyNodeRef::ExprYield(_) | AnyNodeRef::ExprYieldFrom(_)
        );
        if is_yield && scopes.around(scope) == main.scope && found.is_none() {
            found = Some(node);
        }
        scopes.children(node, scope, ahead, |scope| scope);
    });
    found
}
