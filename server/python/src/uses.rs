//! What a script does with a variable that holds a dictionary.

use ruff_python_ast::{
    AnyNodeRef, Arguments, CmpOp, Expr, ExprCall, ExprContext, ExprName, UnaryOp,
};

use crate::{
    key::Key,
    scopes::{ScopeId, Scopes},
    walk::{Ahead, walk},
};

/// What is done with a dictionary.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use<'a> {
    /// One member is read, or asked for.
    Read(Key<'a>),
    /// Some member is read, or all are; nothing is changed.
    ReadAny,
    /// It is looked at, not into: `if data`, `data is None`.
    Looked,
    /// A member is set, to this value where that is known.
    Set(Key<'a>, Option<&'a Expr>),
    /// A member is set whose name is not written out.
    SetAny,
    /// Members are set from other dictionaries and by keywords.
    Merged(&'a Arguments),
    /// A member is removed.
    Removed(Key<'a>),
    /// Some member is removed, or all are.
    RemovedAny,
    /// It is handed on to where it cannot be followed.
    HandedOn,
}

/// Methods of a dictionary that read and change nothing.
const READING: &[&str] = &["copy", "items", "keys", "values"];
/// Functions of Python's that keep nothing of what they are given.
const HARMLESS: &[&str] = &[
    "all",
    "any",
    "bool",
    "dict",
    "enumerate",
    "format",
    "id",
    "isinstance",
    "iter",
    "len",
    "list",
    "max",
    "min",
    "print",
    "repr",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "type",
];
/// Methods of modules, loggers and texts that keep nothing of what they are
/// given.
const HARMLESS_METHODS: &[&str] = &[
    "critical",
    "debug",
    "dump",
    "dumps",
    "error",
    "exception",
    "format",
    "get",
    "info",
    "join",
    "log",
    "patch",
    "post",
    "put",
    "request",
    "update",
    "warning",
];

/// The expression of whose value another one is a copy, or which it is itself:
/// `data` of `dict(data)`, `data.copy()` and `data`.
pub(crate) fn copied(value: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = value else {
        return Some(value);
    };
    let arguments = &call.arguments;
    match (&*call.func, &*arguments.args) {
        _ if !arguments.keywords.is_empty() => None,
        (Expr::Name(name), [argument]) if name.id == "dict" => Some(argument),
        (Expr::Attribute(attribute), []) if attribute.attr.as_str() == "copy" => {
            Some(&attribute.value)
        }
        _ => None,
    }
}

/// Where a node is.
#[derive(Clone, Copy)]
struct At {
    scope: ScopeId,
    /// Whether only the truth of its value matters.
    is_test: bool,
}

/// Finds what is done with the names that `is_meant` knows, in a part of a
/// script and in everything inside of it, in the order of the source. Names are
/// asked about with the scope that they stand in.
pub(crate) fn uses<'a>(
    root: impl Into<AnyNodeRef<'a>>,
    scope: ScopeId,
    is_test: bool,
    scopes: &Scopes<'a>,
    is_meant: impl Fn(&str, ScopeId) -> bool,
    mut found: impl FnMut(&'a str, Use<'a>),
) {
    walk(root, At { scope, is_test }, |node, at, ahead| {
        let mut visit = Visit {
            scopes,
            at,
            is_meant: &|name| is_meant(name, at.scope),
            found: &mut found,
            ahead,
        };
        visit.node(node);
    });
}

struct Visit<'v, 'a> {
    scopes: &'v Scopes<'a>,
    at: At,
    is_meant: &'v dyn Fn(&str) -> bool,
    found: &'v mut dyn FnMut(&'a str, Use<'a>),
    ahead: &'v mut Ahead<'a, At>,
}

impl<'a> Visit<'_, 'a> {
    fn node(&mut self, node: AnyNodeRef<'a>) {
        match node {
            AnyNodeRef::ExprName(name) => self.name(name),
            AnyNodeRef::StmtAssign(assign) if assign.targets.len() == 1 => {
                if let Some(target) = assign.targets.first() {
                    self.set(target, &assign.value);
                }
            }
            AnyNodeRef::StmtAnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.set(&assign.target, value);
                }
            }
            AnyNodeRef::ExprSubscript(subscript) => {
                let Some(name) = self.meant(&subscript.value) else {
                    return self.inside(node);
                };
                let used = match (Key::of(&subscript.slice), subscript.ctx) {
                    (Some(key), ExprContext::Store) => Use::Set(key, None),
                    (None, ExprContext::Store) => Use::SetAny,
                    (Some(key), ExprContext::Del) => Use::Removed(key),
                    (None, ExprContext::Del) => Use::RemovedAny,
                    (Some(key), _) => Use::Read(key),
                    (None, _) => Use::ReadAny,
                };
                (self.found)(name, used);
                self.value(&subscript.slice);
            }
            AnyNodeRef::ExprCall(call) => self.call(call),
            AnyNodeRef::ExprCompare(compare) => {
                let operands = std::iter::once(&*compare.left).chain(&compare.comparators);
                let before = operands.clone();
                let operators = std::iter::once(None).chain(compare.ops.iter().map(Some));
                let lefts = std::iter::once(None).chain(before.map(Some));
                for ((operand, left), operator) in operands.zip(lefts).zip(operators) {
                    let asks = matches!(operator, Some(CmpOp::In | CmpOp::NotIn));
                    match (self.meant(operand), left.and_then(Key::of)) {
                        (Some(name), Some(key)) if asks => (self.found)(name, Use::Read(key)),
                        (Some(name), _) if asks => (self.found)(name, Use::ReadAny),
                        (Some(name), _) => (self.found)(name, Use::Looked),
                        (None, _) => self.value(operand),
                    }
                }
            }
            AnyNodeRef::ExprBoolOp(operation) => {
                for value in &operation.values {
                    self.ahead.node(value, self.at);
                }
            }
            AnyNodeRef::ExprUnaryOp(operation) if operation.op == UnaryOp::Not => {
                self.test(&operation.operand);
            }
            AnyNodeRef::ExprIf(either) => {
                self.value(&either.body);
                self.test(&either.test);
                self.value(&either.orelse);
            }
            AnyNodeRef::InterpolatedElement(element) => {
                self.read(&element.expression);
                if let Some(format) = &element.format_spec {
                    self.ahead.node(&**format, self.as_value());
                }
            }
            AnyNodeRef::Comprehension(part) => {
                self.value(&part.target);
                self.read(&part.iter);
                for test in &part.ifs {
                    self.test(test);
                }
            }
            AnyNodeRef::ExprDict(dictionary) => {
                for item in dictionary {
                    match &item.key {
                        Some(key) => {
                            self.value(key);
                            self.value(&item.value);
                        }
                        None => self.read(&item.value),
                    }
                }
            }
            AnyNodeRef::StmtExpr(statement) => self.test(&statement.value),
            AnyNodeRef::StmtFor(statement) => {
                self.value(&statement.target);
                self.read(&statement.iter);
                self.statements(&statement.body);
                self.statements(&statement.orelse);
            }
            AnyNodeRef::StmtWhile(statement) => {
                self.test(&statement.test);
                self.statements(&statement.body);
                self.statements(&statement.orelse);
            }
            AnyNodeRef::StmtIf(statement) => {
                self.test(&statement.test);
                self.statements(&statement.body);
                for clause in &statement.elif_else_clauses {
                    if let Some(test) = &clause.test {
                        self.test(test);
                    }
                    self.statements(&clause.body);
                }
            }
            AnyNodeRef::StmtAssert(statement) => {
                self.test(&statement.test);
                if let Some(message) = &statement.msg {
                    self.read(message);
                }
            }
            _ => self.inside(node),
        }
    }

    /// The name that an expression is, if it is meant.
    fn meant(&self, expression: &'a Expr) -> Option<&'a str> {
        let name = expression.as_name_expr()?.id.as_str();
        (self.is_meant)(name).then_some(name)
    }

    /// A name that nothing around it explains.
    fn name(&mut self, name: &'a ExprName) {
        if name.ctx == ExprContext::Load && (self.is_meant)(&name.id) {
            let used = if self.at.is_test {
                Use::Looked
            } else {
                Use::HandedOn
            };
            (self.found)(&name.id, used);
        }
    }

    /// What a name is set to that is meant itself: another name for the same.
    fn alias(&mut self, value: &'a Expr) {
        match value {
            Expr::BoolOp(operation) => {
                for value in &operation.values {
                    self.alias_or_value(value);
                }
            }
            Expr::If(either) => {
                self.alias_or_value(&either.body);
                self.test(&either.test);
                self.alias_or_value(&either.orelse);
            }
            other => self.alias_or_value(other),
        }
    }

    fn alias_or_value(&mut self, value: &'a Expr) {
        if copied(value).and_then(|inner| self.meant(inner)).is_none() {
            self.value(value);
        }
    }

    fn set(&mut self, target: &'a Expr, value: &'a Expr) {
        if self.meant(target).is_some() {
            self.alias(value);
        } else {
            self.value(target);
            self.value(value);
        }
    }

    fn call(&mut self, call: &'a ExprCall) {
        let arguments = &call.arguments;
        if let Expr::Attribute(attribute) = &*call.func
            && let Some(name) = self.meant(&attribute.value)
        {
            return self.method(name, &attribute.attr, arguments);
        }
        let is_harmless = match &*call.func {
            Expr::Name(name) => {
                HARMLESS.contains(&name.id.as_str())
                    && self.scopes.is_built_in(&name.id, self.at.scope)
            }
            Expr::Attribute(attribute) => HARMLESS_METHODS.contains(&attribute.attr.as_str()),
            _ => false,
        };
        self.value(&call.func);
        for argument in &arguments.args {
            match argument {
                argument if is_harmless => self.read(argument),
                argument => self.value(argument),
            }
        }
        for keyword in &arguments.keywords {
            // `**data` hands on its members, not itself.
            if is_harmless || keyword.arg.is_none() {
                self.read(&keyword.value);
            } else {
                self.value(&keyword.value);
            }
        }
    }

    /// A method of the dictionary itself.
    fn method(&mut self, name: &'a str, method: &str, arguments: &'a Arguments) {
        let first = arguments.args.first();
        let key = first.and_then(Key::of);
        let used = match (method, key) {
            ("get", Some(key)) => Use::Read(key),
            ("get", None) => Use::ReadAny,
            ("pop", Some(key)) => Use::Removed(key),
            ("pop" | "popitem" | "clear", _) => Use::RemovedAny,
            ("setdefault", Some(key)) => Use::Set(key, arguments.args.get(1)),
            ("setdefault", None) => Use::SetAny,
            ("update", _) => Use::Merged(arguments),
            (method, _) if READING.contains(&method) => Use::ReadAny,
            _ => Use::HandedOn,
        };
        (self.found)(name, used);
        if !matches!(used, Use::Merged(_)) {
            for argument in &arguments.args {
                self.value(argument);
            }
            for keyword in &arguments.keywords {
                self.value(&keyword.value);
            }
        }
    }

    /// An expression of which the whole is read where it stands.
    fn read(&mut self, expression: &'a Expr) {
        let inner = match expression {
            Expr::Starred(starred) => &starred.value,
            other => other,
        };
        match self.meant(inner) {
            Some(name) => (self.found)(name, Use::ReadAny),
            None => self.value(expression),
        }
    }

    fn value(&mut self, expression: &'a Expr) {
        self.ahead.node(expression, self.as_value());
    }

    fn test(&mut self, expression: &'a Expr) {
        let at = At {
            is_test: true,
            ..self.at
        };
        self.ahead.node(expression, at);
    }

    fn statements(&mut self, statements: &'a [ruff_python_ast::Stmt]) {
        for statement in statements {
            self.ahead.node(statement, self.as_value());
        }
    }

    fn inside(&mut self, node: AnyNodeRef<'a>) {
        self.scopes
            .children(node, self.at.scope, self.ahead, |scope| At {
                scope,
                is_test: false,
            });
    }

    fn as_value(&self) -> At {
        At {
            is_test: false,
            ..self.at
        }
    }
}
