//! What operators do with values.

use std::{cmp::Ordering, mem, ops::Range, sync::Arc};

use super::{Evaluated, EvaluationError, Evaluator, Output, Work, subject};
use crate::expression::{BinaryOperator, Expression, Value};

impl Evaluator<'_> {
    pub(super) fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &Expression,
        right: &Expression,
        span: &Range<usize>,
    ) -> Evaluated {
        use BinaryOperator as Of;
        match operator {
            Of::Or | Of::And => {
                let value = self.value(left)?;
                if value.is_truthy() == (operator == Of::Or) {
                    return Ok(value);
                }
                self.value(right)
            }
            Of::Equal | Of::NotEqual => {
                let is_equal = self.equal(left, right, span)?;
                Ok(Value::Boolean(is_equal == (operator == Of::Equal)))
            }
            Of::Less => self.ordered(left, right, span, Ordering::is_lt),
            Of::LessOrEqual => self.ordered(left, right, span, Ordering::is_le),
            Of::Greater => self.ordered(left, right, span, Ordering::is_gt),
            Of::GreaterOrEqual => self.ordered(left, right, span, Ordering::is_ge),
            Of::Add => self.add(left, right, span),
            Of::Subtract | Of::Multiply | Of::Divide | Of::Remainder => {
                let (a, b) = (self.operand(left)?, self.operand(right)?);
                let number = match operator {
                    Of::Subtract => a - b,
                    Of::Multiply => a * b,
                    _ if b == 0.0 => {
                        let message = format!(
                            "{} is 0, and nothing can be divided by it. Use if(…) where it may be 0.",
                            subject(right)
                        );
                        return Err(EvaluationError::new(message, right.span.clone()));
                    }
                    Of::Divide => a / b,
                    _ => a % b,
                };
                self.number(number, span)
            }
        }
    }

    /// The number that is calculated with.
    pub(super) fn operand(&mut self, expression: &Expression) -> Evaluated<f64> {
        match self.value(expression)? {
            Value::Number(number) => Ok(number.get()),
            other => Err(not_calculated(expression, &other)),
        }
    }

    /// Joins texts, else adds numbers.
    fn add(&mut self, left: &Expression, right: &Expression, span: &Range<usize>) -> Evaluated {
        let (a, b) = (self.value(left)?, self.value(right)?);
        match (&a, &b) {
            (Value::Number(a), Value::Number(b)) => self.number(a.get() + b.get(), span),
            (Value::Text(_), _) | (_, Value::Text(_)) => {
                let mut output = Output::default();
                for value in [&a, &b] {
                    output
                        .push_value(value)
                        .map_err(|too_long| too_long.at(span))?;
                }
                self.pay_for(Work::Passing, output.len(), span)?;
                Ok(output.into_text().into())
            }
            (Value::Number(_), other) => Err(not_calculated(right, other)),
            (other, _) => Err(not_calculated(left, other)),
        }
    }

    fn equal(
        &mut self,
        left: &Expression,
        right: &Expression,
        span: &Range<usize>,
    ) -> Evaluated<bool> {
        let (a, b) = (self.value(left)?, self.value(right)?);
        // To ask whether something is null is how one finds out.
        if a != Value::Null && b != Value::Null {
            self.note_sorts((left, &a), (right, &b), span, "they are never equal");
        }
        self.same(&a, &b, span)
    }

    /// Whether two values are equal.
    pub(super) fn same(&mut self, a: &Value, b: &Value, span: &Range<usize>) -> Evaluated<bool> {
        self.pay(1, span)?;
        match (a, b) {
            (Value::Text(a), Value::Text(b)) => {
                if a.len() != b.len() {
                    return Ok(false);
                }
                self.pay_for(Work::Passing, a.len(), span)?;
                Ok(a == b)
            }
            (Value::List(a), Value::List(b)) => {
                if Arc::ptr_eq(a, b) {
                    return Ok(true);
                }
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (a, b) in a.iter().zip(b.iter()) {
                    if !self.same(a, b, span)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Object(a), Value::Object(b)) => {
                if Arc::ptr_eq(a, b) {
                    return Ok(true);
                }
                if a.len() != b.len() {
                    return Ok(false);
                }
                for (name, a) in a.iter() {
                    self.pay_for(Work::Passing, name.len(), span)?;
                    match b.get(name) {
                        Some(b) if self.same(a, b, span)? => {}
                        _ => return Ok(false),
                    }
                }
                Ok(true)
            }
            (a, b) => Ok(a == b),
        }
    }

    fn ordered(
        &mut self,
        left: &Expression,
        right: &Expression,
        span: &Range<usize>,
        holds: fn(Ordering) -> bool,
    ) -> Evaluated {
        let (a, b) = (self.value(left)?, self.value(right)?);
        let ordering = match (&a, &b) {
            (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
            (Value::Text(a), Value::Text(b)) => {
                self.pay_for(Work::Passing, a.len().min(b.len()), span)?;
                // The order of UTF-8 bytes is that of code points.
                Some(a.cmp(b))
            }
            (a, b) => {
                let what = "neither comes before the other";
                if !self.note_sorts((left, a), (right, b), span, what) {
                    let title = a.title();
                    self.note(span, || {
                        format!("Only numbers and texts have an order, and each side is {title} here. This is false.")
                    });
                }
                None
            }
        };
        Ok(Value::Boolean(ordering.is_some_and(holds)))
    }

    /// Notes that values of different sorts are compared, and says whether
    /// they are.
    fn note_sorts(
        &mut self,
        (left, a): (&Expression, &Value),
        (right, b): (&Expression, &Value),
        span: &Range<usize>,
        outcome: &str,
    ) -> bool {
        if mem::discriminant(a) == mem::discriminant(b) {
            return false;
        }
        let titles = [a.title(), b.title()];
        self.note(span, || {
            format!(
                "{} is {} and the value that it is compared with, {}, is {}, so that {outcome}. Compare values of one sort.",
                subject(left),
                titles[0],
                subject(right),
                titles[1],
            )
        });
        true
    }
}

fn not_calculated(expression: &Expression, value: &Value) -> EvaluationError {
    let advice = match value {
        Value::Text(_) => "Use number(…) where a text holds one.",
        Value::Null => "Use default(…) where it may be null.",
        _ => "Take a number out of it.",
    };
    let message = format!(
        "{} is {} here, and only numbers can be calculated with. {advice}",
        subject(expression),
        value.title()
    );
    EvaluationError::new(message, expression.span.clone())
}
