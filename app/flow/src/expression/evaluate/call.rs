//! A call of a function, with its values as the function asks for them.

use std::ops::Range;

use smol_str::SmolStr;

use super::{
    Evaluated, EvaluationError, Evaluator, Output, Work, functions, output::TooLong, shortened,
    subject,
};
use crate::expression::{Expression, Value, function};

/// What a function does when it is called.
pub(super) type Body = fn(&mut Call<'_, '_>) -> Evaluated;

/// A call. A value is computed when the function asks for it, and only then.
pub(super) struct Call<'c, 'a> {
    evaluator: &'c mut Evaluator<'a>,
    usage: &'static str,
    arguments: &'c [Expression],
    span: &'c Range<usize>,
}

impl Evaluator<'_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        name_span: &Range<usize>,
        arguments: &[Expression],
        span: &Range<usize>,
    ) -> Evaluated {
        let wrong = |message: String| Err(EvaluationError::new(message, name_span.clone()));
        let Some((spec, body)) = function(name).zip(functions::body(name)) else {
            let name = shortened(name);
            return wrong(format!("There is no function “{name}”. Remove the call."));
        };
        if !spec.arguments.contains(&arguments.len()) {
            return wrong(format!(
                "{} is given {} values. Write it as {}.",
                spec.name,
                arguments.len(),
                spec.usage
            ));
        }
        body(&mut Call {
            evaluator: self,
            usage: spec.usage,
            arguments,
            span,
        })
    }
}

impl Call<'_, '_> {
    /// How many values are given.
    pub(super) fn count(&self) -> usize {
        self.arguments.len()
    }

    /// A value; null where none is given.
    pub(super) fn value(&mut self, at: usize) -> Evaluated {
        match self.arguments.get(at) {
            Some(argument) => self.evaluator.value(argument),
            None => Ok(Value::Null),
        }
    }

    /// A value as a text: null is an empty one, and a list or an object is no
    /// text.
    pub(super) fn text(&mut self, at: usize) -> Evaluated<SmolStr> {
        let value = self.value(at)?;
        self.as_text(at, value)
    }

    /// A value that was asked for already, as a text.
    pub(super) fn as_text(&mut self, at: usize, value: Value) -> Evaluated<SmolStr> {
        let text = match value {
            Value::Text(text) => text,
            Value::Null | Value::Boolean(_) | Value::Number(_) => value.to_string().into(),
            Value::List(_) | Value::Object(_) => {
                return Err(self.refused(
                    at,
                    &value,
                    "Give it a text: json.stringify(…) makes one.",
                ));
            }
        };
        self.pay(Work::Passing, text.len())?;
        Ok(text)
    }

    /// A value that is a number.
    pub(super) fn number(&mut self, at: usize) -> Evaluated<f64> {
        match self.value(at)? {
            Value::Number(number) => Ok(number.get()),
            other => {
                let advice = "Give it a number: number(…) reads one from a text.";
                Err(self.refused(at, &other, advice))
            }
        }
    }

    /// A whole number that counts something; one below 0 is 0, and a large one
    /// is more than there is of anything.
    pub(super) fn count_of(&mut self, at: usize) -> Evaluated<usize> {
        let number = self.number(at)?;
        if number.fract() != 0.0 {
            let message = format!(
                "{number} is given to {} where a whole number belongs. Use round(…).",
                self.usage
            );
            return Err(self.wrong(at, message));
        }
        // A conversion to a whole number keeps to what that can be.
        Ok(number as usize)
    }

    /// What is wrong with a value.
    pub(super) fn wrong(&self, at: usize, message: impl Into<String>) -> EvaluationError {
        let argument = self.arguments.get(at);
        let span = argument.map_or(self.span, |argument| &argument.span);
        EvaluationError::new(message, span.clone())
    }

    pub(super) fn refused(&self, at: usize, value: &Value, advice: &str) -> EvaluationError {
        let subject = self.arguments.get(at).map(subject).unwrap_or_default();
        let message = format!(
            "{subject} is {} here, which {} cannot take. {advice}",
            value.title(),
            self.usage
        );
        self.wrong(at, message)
    }

    /// What the text of a value stands for as JSON.
    pub(super) fn json(&mut self, at: usize, text: SmolStr) -> Evaluated {
        match self.arguments.get(at) {
            Some(argument) => self.evaluator.json(argument, text),
            None => Ok(Value::Null),
        }
    }

    pub(super) fn pay(&mut self, work: Work, bytes: usize) -> Evaluated<()> {
        self.evaluator.pay_for(work, bytes, self.span)
    }

    /// Whether two values are equal.
    pub(super) fn same(&mut self, a: &Value, b: &Value) -> Evaluated<bool> {
        self.evaluator.same(a, b, self.span)
    }

    /// The text that was made.
    pub(super) fn made(&mut self, output: Output) -> Evaluated {
        self.pay(Work::Passing, output.len())?;
        Ok(output.into_text().into())
    }

    pub(super) fn too_long(&self, error: TooLong) -> EvaluationError {
        error.at(self.span)
    }

    /// The number that was calculated.
    pub(super) fn calculated(&self, number: f64) -> Evaluated {
        self.evaluator.number(number, self.span)
    }
}
