//! What an evaluation costs, so that none takes long.

use std::{fmt::Write, ops::Range};

use super::{Evaluated, EvaluationError, Evaluator, MAX_STEPS, Output};
use crate::expression::Value;

/// What is done with the bytes of a text.
#[derive(Clone, Copy)]
pub(in crate::expression) enum Work {
    /// They are copied, compared or searched.
    Passing,
    /// They are read as JSON.
    Reading,
    /// They are changed one by one.
    Converting,
}

impl Work {
    /// What it costs to pass from one element of a list to the next, in bytes.
    pub(super) const ITEM_BYTES: usize = 16;

    /// Bytes that are done in the time of one step.
    fn bytes_per_step(self) -> usize {
        match self {
            Self::Passing => 64,
            Self::Reading => 32,
            Self::Converting => 16,
        }
    }
}

impl Evaluator<'_> {
    /// Pays for work before it is done.
    pub(in crate::expression) fn pay(
        &mut self,
        steps: usize,
        span: &Range<usize>,
    ) -> Evaluated<()> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps <= MAX_STEPS {
            return Ok(());
        }
        self.steps = MAX_STEPS;
        let message = format!(
            "This is more work than one field may ask for, {MAX_STEPS} steps. Shorten the expression or the texts that it works on, or spread it over several variables."
        );
        Err(EvaluationError::new(message, span.clone()))
    }

    /// Pays for work on a text of so many bytes.
    pub(in crate::expression) fn pay_for(
        &mut self,
        work: Work,
        bytes: usize,
        span: &Range<usize>,
    ) -> Evaluated<()> {
        self.pay(bytes / work.bytes_per_step(), span)
    }

    /// Whether a value is small enough to be given.
    pub(super) fn within_limit(&mut self, value: &Value, span: &Range<usize>) -> Evaluated<()> {
        match value {
            Value::Null | Value::Boolean(_) | Value::Number(_) => Ok(()),
            Value::Text(text) => Output::check(text.len()).map_err(|error| error.at(span)),
            Value::List(_) | Value::Object(_) => {
                let mut output = Output::default();
                let written = write!(output, "{value}").map_err(|_| Output::too_long().at(span));
                self.pay_for(Work::Passing, output.len(), span)?;
                written
            }
        }
    }
}
