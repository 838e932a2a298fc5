//! What an expression gives, once it is known what its variables hold.
//!
//! Evaluation is total: whatever the expression and the values are, it ends
//! within its limits with a value, or with an error that says where and why.
//! What is merely absent or odd is null or false and leaves a note, so that a
//! designer who tries a flow sees it without the flow coming to a stop:
//!
//! - A variable that is not set, a member that is not there, and JSON that
//!   cannot be read are null, with a note.
//! - Members of a text are read as JSON (spec, decision 16).
//! - A value in a text is written as people read it; null is nothing there.
//! - `+` joins when one side is a text, else it adds numbers. All other
//!   calculating takes numbers only. What cannot be calculated is an error.
//! - Values of different sorts are never equal and neither comes first, with a
//!   note. Texts are ordered by their characters' code points.
//! - `and` and `or` give one of their sides, and look at the right one only
//!   where the left does not decide.

mod call;
mod functions;
mod members;
mod meter;
mod operators;
mod output;

use std::{hash::BuildHasher, ops::Range};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use thiserror::Error;

use self::members::KnownJson;
use super::{Expression, ExpressionNode, MAX_EXPRESSION_DEPTH, UnaryOperator, Value, reads::path};

pub(super) use self::{meter::Work, output::Output};

/// Steps that one evaluation may take, a whole template being one (reliability,
/// 2.1). A part of an expression takes one, and what works on texts more by
/// their lengths, so that 10,000 of them are over within milliseconds.
pub const MAX_STEPS: usize = 10_000;
/// Bytes of a text that an evaluation makes or gives; of a list or an object
/// the bytes of its JSON (reliability, 2.1).
pub const MAX_OUTPUT_BYTES: usize = 64 * 1024;
/// Notes of one evaluation that are kept.
const MAX_NOTES: usize = 100;
/// Characters of an expression that a message shows.
const SHOWN_CHARS: usize = 60;

/// What variables hold.
pub trait Bindings {
    /// A variable's value; none when nothing set it.
    fn value_of(&self, variable: &str) -> Option<Value>;
}

impl<S: BuildHasher> Bindings for IndexMap<String, Value, S> {
    fn value_of(&self, variable: &str) -> Option<Value> {
        self.get(variable).cloned()
    }
}

/// What came out of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The value, or why there is none.
    pub result: Result<Value, EvaluationError>,
    /// What somebody should know of how it came about, in the order in which
    /// it happened; at most 100.
    pub notes: Vec<Note>,
    /// The steps that it took, at most [`MAX_STEPS`].
    pub steps: usize,
}

/// Why an expression gives nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct EvaluationError {
    /// What is wrong and what to do.
    pub message: String,
    /// The bytes that are to blame.
    pub span: Range<usize>,
}

/// A warning for the trace of a flow that is tried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was found and what came of it.
    pub message: String,
    /// The bytes that it is about.
    pub span: Range<usize>,
}

impl EvaluationError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            message: message.into(),
            span,
        }
    }
}

pub(super) type Evaluated<T = Value> = Result<T, EvaluationError>;

/// Evaluates one expression.
pub fn evaluate(expression: &Expression, bindings: &impl Bindings) -> Evaluation {
    let mut evaluator = Evaluator::new(bindings);
    let result = evaluator.whole(expression);
    evaluator.finished(result)
}

/// One evaluation, as far as it went.
pub(super) struct Evaluator<'a> {
    bindings: &'a dyn Bindings,
    notes: Vec<Note>,
    /// How many notes there were, with those that are not kept.
    noted: usize,
    steps: usize,
    depth: usize,
    known_json: Vec<KnownJson>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(bindings: &'a dyn Bindings) -> Self {
        Self {
            bindings,
            notes: Vec::new(),
            noted: 0,
            steps: 0,
            depth: 0,
            known_json: Vec::new(),
        }
    }

    pub(super) fn finished(self, result: Evaluated) -> Evaluation {
        Evaluation {
            result,
            notes: self.notes,
            steps: self.steps,
        }
    }

    /// The value of an expression that stands for itself, within the limit.
    pub(super) fn whole(&mut self, expression: &Expression) -> Evaluated {
        let value = self.value(expression)?;
        self.within_limit(&value, &expression.span)?;
        Ok(value)
    }

    /// The value of an expression.
    pub(super) fn value(&mut self, expression: &Expression) -> Evaluated {
        self.pay(1, &expression.span)?;
        // The parser goes no deeper either; trees come from elsewhere too.
        if self.depth >= MAX_EXPRESSION_DEPTH {
            let message = format!(
                "The expression is nested more than {MAX_EXPRESSION_DEPTH} deep. Spread it over several variables."
            );
            return Err(EvaluationError::new(message, expression.span.clone()));
        }
        self.depth += 1;
        let value = self.node(expression);
        self.depth -= 1;
        value
    }

    fn node(&mut self, expression: &Expression) -> Evaluated {
        let span = &expression.span;
        match &expression.node {
            ExpressionNode::Null => Ok(Value::Null),
            ExpressionNode::Boolean(value) => Ok(Value::Boolean(*value)),
            ExpressionNode::Number(number) => self.number(*number, span),
            ExpressionNode::Text(text) => {
                self.pay_for(Work::Passing, text.len(), span)?;
                Ok(Value::Text(SmolStr::new(text)))
            }
            ExpressionNode::Variable(name) => self.variable(name, span),
            ExpressionNode::Member { of, name } => self.member(of, name, span),
            ExpressionNode::Index { of, index } => self.index(of, index, span),
            ExpressionNode::Unary {
                operator: UnaryOperator::Not,
                operand,
            } => Ok(Value::Boolean(!self.value(operand)?.is_truthy())),
            ExpressionNode::Unary {
                operator: UnaryOperator::Negate,
                operand,
            } => {
                let number = self.operand(operand)?;
                self.number(-number, span)
            }
            ExpressionNode::Binary {
                operator,
                left,
                right,
            } => self.binary(*operator, left, right, span),
            ExpressionNode::Call {
                function: name,
                function_span,
                arguments,
            } => self.call(name, function_span, arguments, span),
        }
    }

    fn variable(&mut self, name: &str, span: &Range<usize>) -> Evaluated {
        self.pay_for(Work::Passing, name.len(), span)?;
        let value = self.bindings.value_of(name);
        if value.is_none() {
            self.note(span, || {
                let name = shortened(name);
                format!(
                    "“{name}” is not set here, so it is null. Set it before, or declare it in the flow's settings."
                )
            });
        }
        Ok(value.unwrap_or_default())
    }

    /// A number that was calculated.
    fn number(&self, number: f64, span: &Range<usize>) -> Evaluated {
        super::Number::new(number)
            .map(Value::Number)
            .ok_or_else(|| {
                let message = "The result is too large for a number. Calculate with smaller ones.";
                EvaluationError::new(message, span.clone())
            })
    }

    /// Leaves a note, unless there are too many already.
    pub(super) fn note(&mut self, span: &Range<usize>, message: impl FnOnce() -> String) {
        self.noted += 1;
        if self.notes.len() < MAX_NOTES {
            self.notes.push(Note {
                message: message(),
                span: span.clone(),
            });
        }
    }

    /// How many notes there were so far: more than before means that what was
    /// odd has been said.
    pub(super) fn noted(&self) -> usize {
        self.noted
    }
}

/// An expression at the beginning of a sentence: what it reads, else just that
/// it is a value.
pub(super) fn subject(expression: &Expression) -> String {
    match (&expression.node, path(expression)) {
        (_, Some(read)) => format!("“{}”", shortened(&read.dotted())),
        (ExpressionNode::Text(text), _) => format!("“{}”", shortened(text)),
        _ => "This value".to_owned(),
    }
}

/// A text as a message shows it.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
