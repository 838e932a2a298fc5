//! Changing a text as a row of words, numbers, texts in quotes and signs.

use fastrand::Rng;

use super::{Vocabulary, repetitions};

/// What a language has that can be put around something else.
#[derive(Clone, Copy, Debug)]
pub struct Grammar {
    /// What stands before and behind what is inside.
    pub around: &'static [(&'static str, &'static str)],
    /// Words and signs that a corpus may lack.
    pub words: &'static [&'static str],
}

/// The deepest that something is nested at once: past every limit.
const DEEPEST: usize = 300;

pub(super) fn changed(
    text: &str,
    changes: usize,
    max_size: usize,
    grammar: &Grammar,
    vocabulary: &Vocabulary,
    rng: &mut Rng,
) -> String {
    let mut tokens: Vec<String> = split(text).into_iter().map(str::to_owned).collect();
    for _ in 0..changes {
        let room = max_size.saturating_sub(tokens.iter().map(String::len).sum());
        change(&mut tokens, room, grammar, vocabulary, rng);
    }
    tokens.concat()
}

fn change(
    tokens: &mut Vec<String>,
    room: usize,
    grammar: &Grammar,
    vocabulary: &Vocabulary,
    rng: &mut Rng,
) {
    let at = rng.usize(..=tokens.len());
    let most = tokens.len() - at;
    let until = at + rng.usize(..=most.min(12));
    match rng.u8(..9) {
        0 | 1 => tokens.insert(at, word(grammar, vocabulary, rng)),
        2 => {
            if let Some(token) = tokens.get_mut(at) {
                *token = word(grammar, vocabulary, rng);
            }
        }
        3 => {
            tokens.drain(at..until);
        }
        4 => {
            let copy: Vec<String> = tokens.get(at..until).unwrap_or_default().to_vec();
            let to = rng.usize(..=tokens.len());
            tokens.splice(to..to, copy);
        }
        5 => {
            let copy: String = tokens.get(at..until).unwrap_or_default().concat();
            let times = repetitions(room, copy.len(), rng);
            tokens.insert(at, copy.repeat(times));
        }
        6 => {
            if let Some((open, close)) = rng.choice(grammar.around) {
                let deepest = if rng.bool() { 1 } else { DEEPEST };
                let times = rng.usize(1..=deepest);
                tokens.insert(until, close.repeat(times));
                tokens.insert(at, open.repeat(times));
            }
        }
        7 => {
            if let Some(token) = tokens.get_mut(at) {
                *token = changed_token(token, rng);
            }
        }
        _ => {
            let other = rng.usize(..=tokens.len());
            if at < tokens.len() && other < tokens.len() {
                tokens.swap(at, other);
            }
        }
    }
}

fn word(grammar: &Grammar, vocabulary: &Vocabulary, rng: &mut Rng) -> String {
    match rng.u8(..8) {
        0 => number(rng),
        1 | 2 => rng.choice(grammar.words).copied().unwrap_or(" ").to_owned(),
        _ => vocabulary.word(rng).to_owned(),
    }
}

/// A number as people write it, and as nobody does.
pub(super) fn number(rng: &mut Rng) -> String {
    match rng.u8(..8) {
        0 => "0".to_owned(),
        1 => "1".repeat(rng.usize(1..400)),
        2 => rng.u64(..).to_string(),
        3 => rng.i64(..).to_string(),
        4 => format!("{}.{}", rng.u8(..), rng.u64(..)),
        5 => format!("0.{}1", "0".repeat(rng.usize(1..400))),
        6 => format!("{}e{}", rng.u8(..), rng.i16(-400..400)),
        _ => rng.u8(..).to_string(),
    }
}

fn changed_token(token: &str, rng: &mut Rng) -> String {
    let at = token.floor_char_boundary(rng.usize(..=token.len()));
    let (before, behind) = token.split_at(at);
    match rng.u8(..5) {
        0 => before.to_owned(),
        1 => format!("{before} {behind}"),
        2 => format!("{behind}{before}"),
        3 => token.to_uppercase(),
        _ => format!("{before}{}{behind}", rng.char(..)),
    }
}

/// The tokens of a text, which together are the text again.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if first == ' ' {
            rest.find(|c| c != ' ').unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, behind) = rest.split_at(end);
        tokens.push(token);
        rest = behind;
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
