//! The function that the platform calls.

use flow::data_action::rules;
use ruff_python_ast::{ModModule, Parameters, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::{
    finding::{Replacement, Report, span},
    scopes::{Binding, ScopeId, Scopes},
};

/// What the platform calls.
const NAME: &str = "main";
/// What its parameter is called.
const PARAMETER: &str = "input_data";

/// The function that the platform calls with the inputs.
#[derive(Clone, Copy)]
pub(crate) struct Main<'a> {
    pub(crate) module: &'a ModModule,
    pub(crate) function: &'a StmtFunctionDef,
    pub(crate) scope: ScopeId,
    /// The name of the parameter that holds the inputs, where there is one.
    pub(crate) parameter: Option<&'a str>,
}

/// The script's main. None, and a report where it is certain, if there is none
/// that could be looked at: what a decorator makes of it is not known.
pub(crate) fn find<'a>(
    module: &'a ModModule,
    scopes: &Scopes<'a>,
    report: &mut Report<'_>,
) -> Option<Main<'a>> {
    let Some(bindings) = scopes.bindings(ScopeId::MODULE, NAME) else {
        if scopes.is_built_in(NAME, ScopeId::MODULE) {
            missing(scopes, report);
        }
        return None;
    };
    let mut last = None;
    for binding in bindings.iter() {
        let Binding::Function(function) = binding else {
            return None;
        };
        last = Some(function);
    }
    let function = last?;
    if !function.decorator_list.is_empty() {
        return None;
    }
    if function.is_async {
        let message = "main is async, so that a call gives a coroutine and no outputs. Write def main(input_data): and use requests, which waits by itself.";
        report.add(rules::SCRIPT_MAIN_ASYNC, function.name.range(), message);
    }
    Some(Main {
        module,
        function,
        scope: scopes.inside(function)?,
        parameter: parameter(function, report),
    })
}

fn missing(scopes: &Scopes<'_>, report: &mut Report<'_>) {
    let functions = scopes.names(ScopeId::MODULE);
    let functions = functions.filter_map(|(name, bindings)| {
        let function = bindings.iter().find_map(|binding| match binding {
            Binding::Function(function) => Some(function),
            _ => None,
        })?;
        (name.to_lowercase() == NAME).then_some(function)
    });
    let other = functions.min_by_key(Ranged::start);
    let (at, found) = match other {
        Some(function) => (
            function.name.range(),
            format!("“{}” is defined", function.name),
        ),
        None => (
            TextRange::empty(TextSize::new(0)),
            "There is no function “main” at the top level".to_owned(),
        ),
    };
    let message =
        format!("{found}, and the platform calls “main”. Define def main(input_data): there.");
    let suggestion = other.map(|function| Replacement {
        label: format!("Use {NAME}"),
        span: span(function.name.range()),
        text: NAME.to_owned(),
    });
    report.add_with(rules::SCRIPT_MAIN_MISSING, at, message, suggestion);
}

/// The parameter that the inputs go to. Reports a main that cannot be called
/// with them.
fn parameter<'a>(function: &'a StmtFunctionDef, report: &mut Report<'_>) -> Option<&'a str> {
    let parameters = &function.parameters;
    if let Some(what) = refused(parameters) {
        let message = format!(
            "main is called with one value, the dictionary of the inputs, and {what}. Write def main(input_data):."
        );
        let at = TextRange::new(function.name.start(), parameters.end());
        report.add(rules::SCRIPT_MAIN_PARAMETERS, at, message);
    }
    let mut positional = parameters.posonlyargs.iter().chain(&parameters.args);
    let name = positional.next()?.name();
    if name.as_str() != PARAMETER {
        let message = format!(
            "The parameter of main is named “{name}”, and “{PARAMETER}” is what everybody looks for. Rename it."
        );
        report.add(rules::SCRIPT_MAIN_PARAMETER_NAME, name.range(), message);
    }
    Some(name.as_str())
}

/// Why a call with one value fails, if it does.
fn refused(parameters: &Parameters) -> Option<String> {
    let positional = parameters.posonlyargs.iter().chain(&parameters.args);
    let required = positional
        .clone()
        .filter(|parameter| parameter.default.is_none())
        .count();
    let keyword = parameters
        .kwonlyargs
        .iter()
        .find(|parameter| parameter.default.is_none());
    if required > 1 {
        return Some(format!("this one wants {required}"));
    }
    if positional.count() == 0 && parameters.vararg.is_none() {
        return Some("this one takes none".to_owned());
    }
    keyword.map(|parameter| format!("this one wants “{}” as well", parameter.name()))
}
