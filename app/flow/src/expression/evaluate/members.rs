//! Members and elements of values.

use std::ops::Range;

use smol_str::SmolStr;

use super::{Evaluated, Evaluator, Work, shortened, subject};
use crate::expression::{Expression, Value, value::read_json};

/// A text that was read as JSON, and what it gave; none when it is no JSON.
/// Texts share their bytes, and this one keeps its own from going away, so
/// that another with the same address is the same.
pub(super) struct KnownJson {
    text: SmolStr,
    value: Option<Value>,
}

/// Texts that are remembered.
const KNOWN: usize = 8;
/// Shorter ones are as quickly read again.
const WORTH_KNOWING_BYTES: usize = 64;
/// Lists and objects that are read in the time of one step.
const OPENINGS_PER_STEP: usize = 4;

impl Evaluator<'_> {
    pub(super) fn member(&mut self, of: &Expression, name: &str, span: &Range<usize>) -> Evaluated {
        let noted = self.noted();
        let value = self.value(of)?;
        let value = self.with_members(of, value)?;
        self.named(of, &value, name, span, noted)
    }

    pub(super) fn index(
        &mut self,
        of: &Expression,
        index: &Expression,
        span: &Range<usize>,
    ) -> Evaluated {
        let noted = self.noted();
        let value = self.value(of)?;
        let at = self.value(index)?;
        let value = self.with_members(of, value)?;
        match (&value, &at) {
            (_, Value::Text(name)) => self.named(of, &value, name, span, noted),
            (Value::Object(_), Value::Number(number)) => {
                self.named(of, &value, &number.to_string(), span, noted)
            }
            (Value::List(items), Value::Number(number)) => {
                let at = number.whole().and_then(|at| usize::try_from(at).ok());
                let item = at.and_then(|at| items.get(at));
                if item.is_none() {
                    let count = items.len();
                    self.note(span, || {
                        format!(
                            "{} has {count} elements, counted from 0, and {number} is none of them, so this is null.",
                            subject(of)
                        )
                    });
                }
                Ok(item.cloned().unwrap_or_default())
            }
            (Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Text(_), _) => {
                self.no_members(of, &value, span, noted)
            }
            (Value::List(_) | Value::Object(_), at) => {
                let title = at.title();
                self.note(&index.span, || {
                    format!("{} is {title} here, and elements are named by numbers or texts, so this is null.", subject(index))
                });
                Ok(Value::Null)
            }
        }
    }

    /// The member of a value that has members.
    fn named(
        &mut self,
        of: &Expression,
        value: &Value,
        name: &str,
        span: &Range<usize>,
        noted: usize,
    ) -> Evaluated {
        self.pay_for(Work::Passing, name.len(), span)?;
        match value {
            Value::Object(members) => {
                if let Some(member) = members.get(name) {
                    return Ok(member.clone());
                }
                self.pay(members.len() / 16, span)?;
                let near = members
                    .keys()
                    .find(|known| known.eq_ignore_ascii_case(name));
                self.note(span, || {
                    let advice = near.map_or_else(String::new, |near| {
                        format!(" Did you mean “{}”?", shortened(near))
                    });
                    format!(
                        "{} has no member “{}” here, so this is null.{advice}",
                        subject(of),
                        shortened(name)
                    )
                });
                Ok(Value::Null)
            }
            Value::List(_) => {
                self.note(span, || {
                    let advice = match name {
                        "length" | "size" | "count" => "Use length(…)",
                        _ => "Name an element first: [0]",
                    };
                    format!(
                        "{} is a list and has no member “{}”, so this is null. {advice}.",
                        subject(of),
                        shortened(name)
                    )
                });
                Ok(Value::Null)
            }
            other => self.no_members(of, other, span, noted),
        }
    }

    /// Null, and a note unless a cause of it has one already.
    fn no_members(
        &mut self,
        of: &Expression,
        value: &Value,
        span: &Range<usize>,
        noted: usize,
    ) -> Evaluated {
        if self.noted() == noted {
            let title = value.title();
            self.note(span, || {
                format!(
                    "{} is {title} here and has no members, so this is null.",
                    subject(of)
                )
            });
        }
        Ok(Value::Null)
    }

    /// A value of which members are read: of a text they are those of the JSON
    /// that it is, and a text that is none is null (spec, decision 16).
    fn with_members(&mut self, of: &Expression, value: Value) -> Evaluated {
        match value {
            Value::Text(text) => self.json(of, text),
            other => Ok(other),
        }
    }

    /// What a text stands for as JSON; null, with a note, when it is none.
    pub(super) fn json(&mut self, of: &Expression, text: SmolStr) -> Evaluated {
        let known = self.known_json.iter().find(|known| {
            std::ptr::eq(known.text.as_ptr(), text.as_ptr()) && known.text.len() == text.len()
        });
        if let Some(known) = known {
            let value = known.value.clone();
            if value.is_none() {
                self.note(&of.span, || {
                    format!("{} is not JSON, so it is null.", subject(of))
                });
            }
            return Ok(value.unwrap_or_default());
        }
        self.pay_for(Work::Reading, text.len(), &of.span)?;
        // A list or an object takes as long as many bytes of other values.
        let opening = text.bytes().filter(|byte| matches!(byte, b'[' | b'{'));
        self.pay(opening.count() / OPENINGS_PER_STEP, &of.span)?;
        let value = match read_json(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(&of.span, || {
                    format!("{} is not JSON, so it is null: {error}.", subject(of))
                });
                None
            }
        };
        if text.len() >= WORTH_KNOWING_BYTES && self.known_json.len() < KNOWN {
            let value = value.clone();
            self.known_json.push(KnownJson { text, value });
        }
        Ok(value.unwrap_or_default())
    }
}
