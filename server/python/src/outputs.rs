//! What a script returns.
//!
//! The body of main is gone through as it would run, with what is known of its
//! variables at each place. Nothing is claimed of a value that cannot be
//! followed.

mod flow_of_control;
mod returned;
mod state;
mod values;

use flow::{Parameter, data_action::rules};
use ruff_python_ast::AnyNodeRef;
use ruff_text_size::Ranged;

use crate::{
    finding::Report,
    main_function::Main,
    scopes::{ScopeId, Scopes},
    walk::walk,
};

/// Reports what is returned and not declared, or of another type; what is
/// declared and never returned; and where something else is returned.
pub(crate) fn look<'a>(
    main: Main<'a>,
    scopes: &Scopes<'a>,
    outputs: &[Parameter],
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
