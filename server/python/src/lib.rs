//! The check of the Python scripts of data actions (spec, "Validation rules").
//!
//! A script is parsed and looked at; nothing of it is ever run. What cannot be
//! known without running it is not claimed: a problem that is reported is one.
//!
//! A script of 256 KiB is checked on the caller's thread in milliseconds and
//! within a stack of 2 MiB, whatever is in it: [`depth`] refuses what would
//! nest the parser and its tree too deeply.

mod declared;
mod depth;
mod ends;
mod everywhere;
mod finding;
mod imports;
mod inputs;
mod key;
mod main_function;
mod outputs;
mod parse;
mod placement;
mod returns;
mod scopes;
mod sort;
mod standard_library;
mod timeouts;
mod uses;
mod walk;

use flow::{
    Interface, Problem,
    data_action::{self, DataAction, Script},
};

use self::{declared::Declared, finding::Report, scopes::Scopes};
pub use self::{
    finding::{Finding, Replacement},
    returns::{PossibleReturn, returns},
};

/// Everything that is wrong with a data action, its script included, in the
/// order of the form.
pub fn check(action: &DataAction) -> Vec<Problem> {
    let findings = findings(action).into_iter();
    findings.map(|finding| finding.problem).collect()
}

/// As [`check`], with what to put into the script where that is known.
pub fn findings(action: &DataAction) -> Vec<Finding> {
    let document = data_action::check(action).into_iter();
    let mut findings: Vec<_> = document.map(Finding::from).collect();
    if let Script::Text(code) = &action.definition.code
        && is_readable(code)
    {
        findings.extend(findings_in(code, Some(action.interface())));
    }
    findings
}

/// Everything that is wrong with a script, from its top to its bottom. Without
/// an interface nothing is said of inputs and outputs. A script that is empty
/// or of more than 256 KiB is not looked at: the check of the data action says
/// so.
pub fn findings_in(code: &str, interface: Option<&Interface>) -> Vec<Finding> {
    let mut report = Report::new(code);
    if is_readable(code) {
        look_at(code, interface, &mut report);
    }
    report.into_findings()
}

fn is_readable(code: &str) -> bool {
    code.len() <= flow::MAX_SCRIPT_BYTES && !code.trim().is_empty()
}

fn look_at(code: &str, interface: Option<&Interface>, report: &mut Report<'_>) {
    if let Some(too_deep) = depth::too_deep(code) {
        too_deep.report(report);
        return;
    }
    let Some(module) = parse::module(code, report) else {
        return;
    };
    let scopes = Scopes::of(&module);
    everywhere::look(&module, &scopes, report);
    let Some(main) = main_function::find(&module, &scopes, report) else {
        return;
    };
    if let Some(interface) = interface {
        inputs::look(main, &scopes, &Declared::new(&interface.inputs), report);
        outputs::look(main, &scopes, &Declared::new(&interface.outputs), report);
    }
}
