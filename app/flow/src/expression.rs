//! The language of expressions and of the templates that they stand in:
//! `externalContact.responseCode == 200`, `Hello {{customerName}}`.
//!
//! Parsing gives a tree with byte spans, so that whoever checks, colours or
//! evaluates can point at the place that is meant.

mod evaluate;
mod function;
mod lexer;
mod parser;
mod reads;
mod render;
mod template;
mod types;
mod value;

use std::ops::Range;

use smol_str::SmolStr;
use thiserror::Error;

pub use self::{
    evaluate::{
        Bindings, Evaluation, EvaluationError, MAX_OUTPUT_BYTES, MAX_STEPS, Note, evaluate,
    },
    function::{FUNCTIONS, FunctionSpec, function},
    parser::parse,
    reads::{Call, Read, calls, reads},
    render::{evaluate_text, render, render_template, response_body},
    template::{ParsedTemplate, Part, parse_template},
    types::{Environment, Mismatch, Type, type_of},
    value::{Members, Number, Value},
};

/// How deeply an expression may be nested, so that nothing that walks its tree
/// runs out of stack.
pub const MAX_EXPRESSION_DEPTH: usize = 64;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub node: ExpressionNode,
    /// Its bytes in the text that it was parsed from.
    pub span: Range<usize>,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionNode {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// `200`, `1.5`.
    Number(f64),
    /// `"Gold"` or `'Gold'`, without its quotes and escapes.
    Text(String),
    /// A variable: `externalContact`.
    Variable(SmolStr),
    /// A member of a value: `contact.name`.
    Member {
        /// The value.
        of: Box<Expression>,
        /// The member's name.
        name: SmolStr,
    },
    /// An element of a value: `list[0]`, `contact["name"]`.
    Index {
        /// The value.
        of: Box<Expression>,
        /// Which element.
        index: Box<Expression>,
    },
    /// `!found`, `-1`.
    Unary {
        /// What is done.
        operator: UnaryOperator,
        /// To what.
        operand: Box<Expression>,
    },
    /// `code == 200`.
    Binary {
        /// What is done.
        operator: BinaryOperator,
        /// The value on the left.
        left: Box<Expression>,
        /// The value on the right.
        right: Box<Expression>,
    },
    /// `json.parse(body)`.
    Call {
        /// The function's full name. It need not be one that exists.
        function: String,
        /// The bytes of the name.
        function_span: Range<usize>,
        /// The values that it is given.
        arguments: Vec<Expression>,
    },
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `!` or `not`.
    Not,
    /// `-`.
    Negate,
}

/// An operator between its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// Why a text is no expression or template, and which bytes are to blame.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What is wrong and what to do.
    pub message: String,
    /// The bytes; on character boundaries, and empty only in an empty text.
    pub span: Range<usize>,
    /// Whether it is a Mustache section, which this language has not (spec,
    /// decision 16).
    pub is_section: bool,
    /// Whether it is a text in quotes that nothing closes.
    is_open: bool,
}

impl SyntaxError {
    fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            message: message.into(),
            span,
            is_section: false,
            is_open: false,
        }
    }
}
