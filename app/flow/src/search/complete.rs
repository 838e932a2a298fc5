//! What may be written next in a query.

use crate::Sort as _;
use std::ops::Range;

use super::{
    fold::find_folded,
    query::{KEYS, STATES, Written},
};
use crate::{FlowKind, catalogue};

/// At most so many are offered.
const MOST: usize = 12;

/// What may stand at a place of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The bytes of the query that a completion takes the place of.
    pub replaces: Range<usize>,
    /// What may stand there.
    pub offers: Vec<Completion>,
}

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The text, with quotes where it needs them.
    pub text: String,
    /// What it asks for; empty where the text says it.
    pub note: &'static str,
}

/// What may be written where the caret is, a byte of the text. Kinds are those
/// of one sort of flow, or all; `names` is what `uses:` may name.
pub fn completions(
    text: &str,
    caret: usize,
    kind: Option<FlowKind>,
    names: &dyn Fn() -> Vec<String>,
) -> Completions {
    let before = text.get(..caret).unwrap_or(text);
    let last = Written::all(before).pop();
    let last = last.filter(|written| written.span.end == before.len());
    let Some(written) = last else {
        // Nothing is offered between words: people look for words mostly.
        let offers = if before.is_empty() {
            keys("")
        } else {
            Vec::new()
        };
        return Completions {
            replaces: before.len()..before.len(),
            offers,
        };
    };
    let lowered = written.value.to_lowercase();
    let offers = match written.key {
        None => keys(&lowered),
        Some("is:") => STATES
            .iter()
            .filter(|(name, ..)| name.starts_with(&lowered))
            .map(|(name, _, note)| Completion {
                text: (*name).to_owned(),
                note,
            })
            .collect(),
        Some("kind:") => {
            let specs = catalogue()
                .iter()
                .filter(|spec| kind.is_none_or(|kind| spec.is_in(kind)));
            fitting(specs.map(|spec| spec.title.to_owned()), &lowered)
        }
        Some(_) => fitting(names().into_iter(), &lowered),
    };
    // What is written in full already needs no offer.
    let is_written =
        |offer: &Completion| before.get(written.value_span.clone()) == Some(&offer.text);
    let offers = if offers.iter().any(is_written) {
        Vec::new()
    } else {
        offers
    };
    Completions {
        replaces: written.value_span,
        offers,
    }
}

fn keys(lowered: &str) -> Vec<Completion> {
    KEYS.iter()
        .filter(|(key, _)| key.starts_with(lowered))
        .map(|(key, note)| Completion {
            text: (*key).to_owned(),
            note,
        })
        .collect()
}

/// The names that hold what is written, those that begin so first.
fn fitting(names: impl Iterator<Item = String>, lowered: &str) -> Vec<Completion> {
    let mut found: Vec<_> = names
        .filter_map(|name| Some((find_folded(&name, lowered)?.start, name)))
        .collect();
    found.order_by_key(|(start, _)| *start > 0);
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(_, name)| Completion {
            text: if name.contains(char::is_whitespace) {
                format!("\"{name}\"")
            } else {
                name
            },
            note: "",
        })
        .collect()
}
