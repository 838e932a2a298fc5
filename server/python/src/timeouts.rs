//! Whether calls over the network come to an end in time.

use flow::data_action::rules;
use ruff_python_ast::{Expr, ExprCall, Number, UnaryOp};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::{
    finding::{Replacement, Report, span},
    imports::is_module,
    scopes::{Binding, Lookup, ScopeId, Scopes},
};

/// Seconds that a call may take.
const MAX_SECONDS: f64 = 30.0;
/// Seconds that a suggestion puts in.
const USUAL_SECONDS: &str = "10";
/// The functions of `requests` that go over the network, and the methods of its
/// sessions.
const VERBS: &[&str] = &[
    "delete", "get", "head", "options", "patch", "post", "put", "request",
];
/// Values that the functions and methods take by position at most, before the
/// timeout comes.
const MAX_POSITIONAL: usize = 3;

/// Reports a call of `requests` that may take longer than it should.
pub(crate) fn call<'a>(
    call: &'a ExprCall,
    scope: ScopeId,
    scopes: &Scopes<'a>,
    report: &mut Report<'_>,
) {
    let Some(name) = goes_over_network(&call.func, scope, scopes) else {
        return;
    };
    let arguments = &call.arguments;
    let is_unclear = arguments.args.len() > MAX_POSITIONAL
        || arguments.args.iter().any(Expr::is_starred_expr)
        || arguments
            .keywords
            .iter()
            .any(|keyword| keyword.arg.is_none());
    let timeout = arguments.find_keyword("timeout");
    let Some(timeout) = timeout.map(|keyword| &keyword.value) else {
        if !is_unclear {
            let message = format!(
                "“{name}” waits for an answer without end. Pass a timeout of at most 30 seconds: timeout={USUAL_SECONDS}."
            );
            let suggestion = added(call, report);
            report.add_with(rules::SCRIPT_TIMEOUT, call.range(), message, suggestion);
        }
        return;
    };
    let message = match longest(timeout, scope, scopes) {
        Wait::Fine => return,
        Wait::Endless => format!(
            "With this timeout, “{name}” waits for an answer without end. Pass at most 30 seconds."
        ),
        Wait::Seconds(seconds) => format!(
            "“{name}” may wait {seconds} seconds, and a data action is ended about then. Pass a timeout of at most 30 seconds."
        ),
    };
    let suggestion = Replacement {
        label: "Use 30 seconds".to_owned(),
        span: span(timeout.range()),
        text: "30".to_owned(),
    };
    report.add_with(
        rules::SCRIPT_TIMEOUT,
        timeout.range(),
        message,
        Some(suggestion),
    );
}

/// What is called, as a message names it, if it is of `requests`.
fn goes_over_network(called: &Expr, scope: ScopeId, scopes: &Scopes<'_>) -> Option<String> {
    match called {
        Expr::Name(name) => {
            let verb = member_of_requests(&name.id, scope, scopes)?;
            VERBS.contains(&verb).then(|| name.id.to_string())
        }
        Expr::Attribute(attribute) => {
            let method = attribute.attr.as_str();
            let is_verb = VERBS.contains(&method);
            let of = match &*attribute.value {
                Expr::Name(name) if is_verb && is_requests(&name.id, scope, scopes) => {
                    name.id.as_str()
                }
                Expr::Name(name)
                    if (is_verb || method == "send") && is_session(&name.id, scope, scopes) =>
                {
                    name.id.as_str()
                }
                value if (is_verb || method == "send") && opens_session(value, scope, scopes) => {
                    "Session()"
                }
                _ => return None,
            };
            Some(format!("{of}.{method}"))
        }
        _ => None,
    }
}

fn is_requests(name: &str, scope: ScopeId, scopes: &Scopes<'_>) -> bool {
    is_module(name, scope, scopes, "requests")
}

/// What a name stands for that was imported from `requests`.
fn member_of_requests<'a>(name: &str, scope: ScopeId, scopes: &Scopes<'a>) -> Option<&'a str> {
    let Lookup::Bound(_, bindings) = scopes.look_up(name, scope) else {
        return None;
    };
    let mut member = None;
    for binding in bindings.iter() {
        match binding {
            Binding::Member { module, name } if module.split('.').next() == Some("requests") => {
                member = Some(name);
            }
            _ => return None,
        }
    }
    member
}

/// Whether a variable holds a session of `requests`, and nothing else.
fn is_session(name: &str, scope: ScopeId, scopes: &Scopes<'_>) -> bool {
    let Lookup::Bound(owner, bindings) = scopes.look_up(name, scope) else {
        return false;
    };
    let mut all = bindings.iter();
    all.all(|binding| match binding {
        Binding::Value(value) | Binding::Context(value) => opens_session(value, owner, scopes),
        _ => false,
    })
}

/// Whether an expression is `requests.Session()`.
fn opens_session(value: &Expr, scope: ScopeId, scopes: &Scopes<'_>) -> bool {
    let Expr::Call(call) = value else {
        return false;
    };
    let is_class = |name: &str| matches!(name, "Session" | "session");
    match &*call.func {
        Expr::Name(name) => member_of_requests(&name.id, scope, scopes).is_some_and(is_class),
        Expr::Attribute(attribute) if is_class(&attribute.attr) => {
            let module = attribute.value.as_name_expr();
            module.is_some_and(|name| is_requests(&name.id, scope, scopes))
        }
        _ => false,
    }
}

/// How long a timeout lets a call wait, as far as that is written.
enum Wait {
    /// Short enough, or it cannot be told.
    Fine,
    Endless,
    Seconds(f64),
}

fn longest(timeout: &Expr, scope: ScopeId, scopes: &Scopes<'_>) -> Wait {
    let timeout = constant(timeout, scope, scopes);
    // The time to connect, and the time between two bytes of the answer.
    let parts = match timeout {
        Expr::Tuple(tuple) => tuple.elts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let mut longest = Wait::Fine;
    for part in parts {
        match constant(part, scope, scopes) {
            Expr::NoneLiteral(_) => return Wait::Endless,
            part => match seconds(part) {
                Some(seconds) if seconds.is_infinite() => return Wait::Endless,
                Some(seconds) if seconds > MAX_SECONDS => {
                    let so_far = match longest {
                        Wait::Seconds(so_far) => so_far,
                        _ => 0.0,
                    };
                    longest = Wait::Seconds(so_far.max(seconds));
                }
                _ => {}
            },
        }
    }
    longest
}

/// What a name is set to, if it is set once; else the expression itself.
fn constant<'a: 's, 's>(expression: &'s Expr, scope: ScopeId, scopes: &'s Scopes<'a>) -> &'s Expr {
    let Expr::Name(name) = expression else {
        return expression;
    };
    match scopes.look_up(&name.id, scope) {
        Lookup::Bound(_, bindings) => match bindings.all.as_slice() {
            [(_, Binding::Value(value))] => value,
            _ => expression,
        },
        Lookup::Unbound | Lookup::Unknown => expression,
    }
}

fn seconds(expression: &Expr) -> Option<f64> {
    match expression {
        Expr::NumberLiteral(literal) => match &literal.value {
            #[expect(clippy::cast_precision_loss, reason = "it is compared with 30")]
            Number::Int(whole) => Some(whole.as_u64().map_or(f64::INFINITY, |whole| whole as f64)),
            Number::Float(number) => Some(*number),
            Number::Complex { .. } => None,
        },
        Expr::UnaryOp(operation) if operation.op == UnaryOp::UAdd => match &*operation.operand {
            literal @ Expr::NumberLiteral(_) => seconds(literal),
            _ => None,
        },
        _ => None,
    }
}

/// The edit that adds a timeout, where it is plain how a call goes on.
fn added(call: &ExprCall, report: &Report<'_>) -> Option<Replacement> {
    let arguments = &call.arguments;
    let ends = arguments.args.iter().map(Ranged::end);
    let ends = ends.chain(arguments.keywords.iter().map(Ranged::end));
    let last = ends.max();
    let close = arguments.range().end().checked_sub(TextSize::new(1))?;
    let begin = last.unwrap_or(arguments.range().start() + TextSize::new(1));
    let between = report.text(TextRange::new(begin, close));
    let timeout = format!("timeout={USUAL_SECONDS}");
    let label = format!("Add {timeout}");
    let (at, text) = match (last, between.trim()) {
        (None, "") => (close, timeout),
        (Some(last), "") => (last, format!(", {timeout}")),
        (Some(last), ",") => (last, format!(", {timeout}")),
        // Brackets or comments stand there.
        _ => return None,
    };
    Some(Replacement {
        label,
        span: span(TextRange::empty(at)),
        text,
    })
}
