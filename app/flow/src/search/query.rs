//! What is looked for, as people write it: `greeting kind:prompt -is:invalid`.

use std::{fmt, ops::Range};

/// A query is at most so long.
pub const MAX_QUERY_BYTES: usize = 500;
/// A query has at most so many terms.
pub const MAX_QUERY_TERMS: usize = 20;

/// What is looked for. Every term has to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub(super) terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    /// Whether it must not hold.
    pub(super) denies: bool,
    pub(super) filter: Filter,
}

/// What a node has to have. Texts are in small letters.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    Words(String),
    Kind(String),
    Uses(String),
    Is(State),
}

/// What can be asked with `is:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Invalid,
    Warning,
    Unconnected,
    Disabled,
}

/// Each state with its name and what it means.
pub(super) const STATES: [(&str, State, &str); 4] = [
    ("invalid", State::Invalid, "Has an error"),
    ("warning", State::Warning, "Has a warning"),
    (
        "unconnected",
        State::Unconnected,
        "Nothing leads there, or an exit leads nowhere",
    ),
    ("disabled", State::Disabled, "Is left out of what is sent"),
];

/// What may stand before a colon, and what it asks for.
pub(super) const KEYS: [(&str, &str); 3] = [
    ("is:", "A state: is:invalid"),
    ("kind:", "A kind of step: kind:http"),
    ("uses:", "A variable, module, data action or shared flow"),
];

/// What of a query is not understood, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The sentence.
    pub message: String,
    /// The bytes of the query that are meant.
    pub span: Range<usize>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A term as it stands in the text.
pub(super) struct Written<'t> {
    pub(super) denies: bool,
    /// `is:`, `kind:` or `uses:`; none before a free word.
    pub(super) key: Option<&'static str>,
    /// Without its quotes.
    pub(super) value: &'t str,
    /// The bytes of all of it, and of the value with its quotes.
    pub(super) span: Range<usize>,
    pub(super) value_span: Range<usize>,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// When it is too long, or asks with `is:` for what there is not.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.len() > MAX_QUERY_BYTES {
            return Err(QueryError {
                message: format!("A search has at most {MAX_QUERY_BYTES} bytes. Shorten it."),
                span: text.floor_char_boundary(MAX_QUERY_BYTES)..text.len(),
            });
        }
        let mut terms = Vec::new();
        for written in Written::all(text) {
            if terms.len() == MAX_QUERY_TERMS {
                return Err(QueryError {
                    message: format!(
                        "A search has at most {MAX_QUERY_TERMS} words. Leave some out."
                    ),
                    span: written.span.start..text.len(),
                });
            }
            let lowered = written.value.to_lowercase();
            let filter = match written.key {
                None => Filter::Words(lowered),
                Some("is:") => Filter::Is(state(&lowered, &written)?),
                // What is still being written asks for nothing yet.
                Some(_) if lowered.is_empty() => continue,
                Some("kind:") => Filter::Kind(lowered),
                Some(_) => Filter::Uses(lowered),
            };
            terms.push(Term {
                denies: written.denies,
                filter,
            });
        }
        Ok(Self { terms })
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the flow has to be checked before it can be answered.
    pub fn asks_for_problems(&self) -> bool {
        self.asks_for(State::Invalid) || self.asks_for(State::Warning)
    }

    pub(super) fn asks_for(&self, state: State) -> bool {
        let mut terms = self.terms.iter();
        terms.any(|term| term.filter == Filter::Is(state))
    }
}

fn state(lowered: &str, written: &Written<'_>) -> Result<State, QueryError> {
    let known = STATES.iter().find(|(name, ..)| *name == lowered);
    if let Some((_, state, _)) = known {
        return Ok(*state);
    }
    let names: Vec<_> = STATES.iter().map(|(name, ..)| *name).collect();
    let names = names.join(", ");
    let message = if lowered.is_empty() {
        format!("Write what a step is behind “is:”: {names}.")
    } else {
        format!("There is no “is:{}”. Write one of: {names}.", written.value)
    };
    Err(QueryError {
        message,
        span: written.span.clone(),
    })
}

impl<'t> Written<'t> {
    /// The terms of a text, in order.
    pub(super) fn all(text: &'t str) -> Vec<Self> {
        let mut terms = Vec::new();
        let mut at = 0;
        while let Some(written) = Self::next(text, at) {
            at = written.span.end;
            // Quotes with nothing in them, and a minus that nothing follows yet.
            let is_begun = written.key.is_none() && matches!(written.value, "" | "-");
            if !is_begun {
                terms.push(written);
            }
        }
        terms
    }

    fn next(text: &'t str, from: usize) -> Option<Self> {
        let rest = text.get(from..)?;
        let start = from + (rest.len() - rest.trim_start().len());
        let mut rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let mut at = start;
        let denied = rest.strip_prefix('-');
        let denied =
            denied.filter(|rest| !rest.is_empty() && !rest.starts_with(char::is_whitespace));
        if let Some(denied) = denied {
            rest = denied;
            at += 1;
        }
        let key = KEYS.iter().map(|(key, _)| *key).find(|key| {
            let head = rest.get(..key.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(key))
        });
        if let Some(key) = key {
            rest = rest.get(key.len()..).unwrap_or_default();
            at += key.len();
        }
        // A quote that is not closed goes on to the end.
        let (value, length) = match rest.strip_prefix('"') {
            Some(quoted) => match quoted.split_once('"') {
                Some((value, _)) => (value, value.len() + 2),
                None => (quoted, rest.len()),
            },
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (rest.get(..end).unwrap_or_default(), end)
            }
        };
        Some(Self {
            denies: denied.is_some(),
            key,
            value,
            span: start..at + length,
            value_span: at..at + length,
        })
    }
}
