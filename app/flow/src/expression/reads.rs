//! What an expression reads and calls.

use std::ops::Range;

use smol_str::SmolStr;

use super::{Expression, ExpressionNode};

/// A variable that an expression reads, with the members that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The variable and its members: `externalContact`, `responseBody`, `name`.
    pub path: Vec<SmolStr>,
    /// The bytes of the variable's own name.
    pub root_span: Range<usize>,
    /// The bytes of the whole path.
    pub span: Range<usize>,
}

impl Read {
    /// The variable's name.
    pub fn root(&self) -> &str {
        self.path.first().map_or("", SmolStr::as_str)
    }

    /// The path as people write it: `externalContact.responseBody.name`.
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }
}

/// A call of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function's full name.
    pub function: String,
    /// The bytes of the name.
    pub span: Range<usize>,
    /// How many values it is given.
    pub arguments: usize,
}

/// The variables that an expression reads, in the order of its text.
pub fn reads(expression: &Expression) -> Vec<Read> {
    let mut reads = Vec::new();
    walk(expression, &mut |part| match path(part) {
        Some(read) => {
            reads.push(read);
            false
        }
        None => true,
    });
    reads
}

/// The functions that an expression calls, in the order of its text.
pub fn calls(expression: &Expression) -> Vec<Call> {
    let mut calls = Vec::new();
    walk(expression, &mut |part| {
        if let ExpressionNode::Call {
            function,
            function_span,
            arguments,
        } = &part.node
        {
            calls.push(Call {
                function: function.clone(),
                span: function_span.clone(),
                arguments: arguments.len(),
            });
        }
        true
    });
    calls
}

/// Visits an expression and, where the visitor says so, what is inside of it.
/// Its depth is limited when it is parsed.
fn walk(expression: &Expression, visit: &mut impl FnMut(&Expression) -> bool) {
    if !visit(expression) {
        return;
    }
    match &expression.node {
        ExpressionNode::Member { of, .. } => walk(of, visit),
        ExpressionNode::Index { of, index } => {
            walk(of, visit);
            walk(index, visit);
        }
        ExpressionNode::Unary { operand, .. } => walk(operand, visit),
        ExpressionNode::Binary { left, right, .. } => {
            walk(left, visit);
            walk(right, visit);
        }
        ExpressionNode::Call { arguments, .. } => {
            for argument in arguments {
                walk(argument, visit);
            }
        }
        ExpressionNode::Null
        | ExpressionNode::Boolean(_)
        | ExpressionNode::Number(_)
        | ExpressionNode::Text(_)
        | ExpressionNode::Variable(_) => {}
    }
}

/// The path that an expression is: names all the way, or texts as indices.
pub(super) fn path(expression: &Expression) -> Option<Read> {
    path_with(expression, 0)
}

/// The same, with room for as many further names.
fn path_with(expression: &Expression, further: usize) -> Option<Read> {
    let (of, name) = match &expression.node {
        ExpressionNode::Variable(name) => {
            let mut path = Vec::with_capacity(1 + further);
            path.push(name.clone());
            return Some(Read {
                path,
                root_span: expression.span.clone(),
                span: expression.span.clone(),
            });
        }
        ExpressionNode::Member { of, name } => (of, name.clone()),
        ExpressionNode::Index { of, index } => match &index.node {
            ExpressionNode::Text(name) => (of, SmolStr::new(name)),
            _ => return None,
        },
        _ => return None,
    };
    let mut read = path_with(of, further + 1)?;
    read.path.push(name);
    read.span = expression.span.clone();
    Some(read)
}
