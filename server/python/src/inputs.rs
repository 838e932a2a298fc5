//! Which inputs a script reads.

use flow::{Parameter, data_action::rules};
use ruff_python_ast::{BoolOp, Expr, ExprDict};
use rustc_hash::FxHashSet;

use crate::{
    finding::Report,
    key::{Key, SetAnywhere, listed, shown},
    main_function::Main,
    scopes::{Binding, Bindings, Lookup, ScopeId, Scopes},
    uses::{Use, copied, uses},
};

/// Rounds in which names for the inputs are looked for: each finds those that
/// stand for one of the round before.
const ROUNDS: usize = 4;

/// Reports what is read and not declared, and what is declared and never read.
pub(crate) fn look<'a>(
    main: Main<'a>,
    scopes: &Scopes<'a>,
    inputs: &[Parameter],
    report: &mut Report<'_>,
) {
    let Some(parameter) = main.parameter else {
        return;
    };
    let names = names_of_inputs(parameter, main.scope, scopes);
    if names.is_empty() {
        return;
    }
    let found = Found::of(main, scopes, &names);
    for key in found.undeclared(inputs) {
        undeclared(key, inputs, report);
    }
    if !found.all_may_be_read {
        unused(&found, inputs, report);
    }
}

/// The names of main that hold the inputs and nothing else. None where the
/// parameter itself is set to something else.
fn names_of_inputs<'a>(
    parameter: &'a str,
    main: ScopeId,
    scopes: &Scopes<'a>,
) -> FxHashSet<&'a str> {
    let mut names = FxHashSet::from_iter([parameter]);
    let holds = |bindings: &Bindings<'a>, names: &FxHashSet<&str>| {
        bindings.iter().all(|binding| match binding {
            Binding::Value(value) => is_inputs(value, names),
            Binding::Parameter => true,
            _ => false,
        })
    };
    if !scopes
        .bindings(main, parameter)
        .is_some_and(|bindings| holds(bindings, &names))
    {
        return FxHashSet::default();
    }
    for _ in 0..ROUNDS {
        let more: Vec<_> = scopes
            .names(main)
            .filter(|(name, bindings)| {
                let is_local = |binding| matches!(binding, Binding::Value(_));
                !names.contains(name) && bindings.iter().all(is_local) && holds(bindings, &names)
            })
            .map(|(name, _)| name)
            .collect();
        if more.is_empty() {
            break;
        }
        names.extend(more);
    }
    names
}

/// Whether a value is the inputs: a name of theirs, a copy, or that with an
/// empty dictionary in its place.
fn is_inputs(value: &Expr, names: &FxHashSet<&str>) -> bool {
    let is_empty = |value: &Expr| value.as_dict_expr().is_some_and(ExprDict::is_empty);
    let is_name = |value: &Expr| {
        let name = copied(value).and_then(Expr::as_name_expr);
        name.is_some_and(|name| names.contains(name.id.as_str()))
    };
    match value {
        Expr::BoolOp(operation) if operation.op == BoolOp::Or => {
            let first = operation.values.first();
            first.is_some_and(is_name)
                && operation
                    .values
                    .iter()
                    .all(|value| is_name(value) || is_empty(value))
        }
        Expr::If(either) => {
            let (body, orelse) = (&either.body, &either.orelse);
            (is_name(body) && (is_name(orelse) || is_empty(orelse)))
                || (is_empty(body) && is_name(orelse))
        }
        value => is_name(value),
    }
}

/// What is done with the inputs.
#[derive(Default)]
struct Found<'a> {
    read: Vec<Key<'a>>,
    /// What the script sets itself is no input when it is read.
    set: FxHashSet<&'a str>,
    all_may_be_read: bool,
    /// Something unknown is set.
    any_may_be_set: bool,
}

impl<'a> Found<'a> {
    fn of(main: Main<'a>, scopes: &Scopes<'a>, names: &FxHashSet<&str>) -> Self {
        let mut found = Self::default();
        let mut is_handed_on = false;
        let is_meant = |name: &str, scope| {
            names.contains(name)
                && matches!(scopes.look_up(name, scope), Lookup::Bound(bound, _) if bound == main.scope)
        };
        for statement in &main.function.body {
            uses(statement, main.scope, false, scopes, is_meant, |_, used| {
                is_handed_on |= matches!(used, Use::HandedOn);
                found.take(used);
            });
        }
        if is_handed_on {
            found.all_may_be_read = true;
            // Whoever has them may set what is set anywhere.
            let set = SetAnywhere::of(main.module);
            found.set.extend(set.keys);
            found.any_may_be_set |= set.has_others;
        }
        found
    }

    fn take(&mut self, used: Use<'a>) {
        match used {
            Use::Read(key) | Use::Removed(key) => self.read.push(key),
            Use::ReadAny | Use::RemovedAny => self.all_may_be_read = true,
            Use::Looked | Use::HandedOn => {}
            Use::Set(key, _) => {
                self.set.insert(key.text);
            }
            Use::SetAny => self.any_may_be_set = true,
            Use::Merged(arguments) => {
                self.any_may_be_set |= !arguments.args.is_empty();
                for keyword in &arguments.keywords {
                    match Key::of_keyword(keyword) {
                        Some(key) => {
                            self.set.insert(key.text);
                        }
                        None => self.any_may_be_set = true,
                    }
                }
            }
        }
    }

    fn undeclared(&self, inputs: &[Parameter]) -> Vec<Key<'a>> {
        if self.any_may_be_set {
            return Vec::new();
        }
        let declared: FxHashSet<_> = inputs.iter().map(|input| input.name.as_str()).collect();
        let read = self.read.iter().copied();
        read.filter(|key| !declared.contains(key.text) && !self.set.contains(key.text))
            .collect()
    }
}

fn undeclared(key: Key<'_>, inputs: &[Parameter], report: &mut Report<'_>) {
    let read = shown(key.text);
    if let Some(input) = key.other_case_of(inputs) {
        let name = &input.name;
        let message =
            format!("“{read}” is read, “{name}” is declared. Capitals matter: read “{name}”.");
        let suggestion = key.renamed(name, report);
        report.add_with(rules::SCRIPT_INPUT_UNDECLARED, key.at, message, suggestion);
        return;
    }
    let known = match inputs {
        [] => "No input is declared".to_owned(),
        inputs => format!("Declared are {}", listed(inputs)),
    };
    let message =
        format!("“{read}” is read and is no input. {known}: declare it, or read one that is.");
    report.add(rules::SCRIPT_INPUT_UNDECLARED, key.at, message);
}

fn unused(found: &Found<'_>, inputs: &[Parameter], report: &mut Report<'_>) {
    // One that is read with other capitals has been reported there.
    let read: FxHashSet<_> = found
        .read
        .iter()
        .map(|key| key.text.to_lowercase())
        .collect();
    let set: FxHashSet<_> = found.set.iter().map(|key| key.to_lowercase()).collect();
    for (row, input) in inputs.iter().enumerate() {
        let name = input.name.to_lowercase();
        if !name.is_empty() && !read.contains(&name) && !set.contains(&name) {
            let message = format!(
                "The script never reads the input “{}”. Read it, or remove it from the inputs.",
                shown(&input.name)
            );
            report.add_at_row(rules::SCRIPT_INPUT_UNUSED, "inputs", row, message);
        }
    }
}
