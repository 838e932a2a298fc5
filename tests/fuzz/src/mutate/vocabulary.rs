//! What the inputs of the corpus are made of, for changes to draw from. So a
//! new kind of node needs no more than an input that has it.

use fastrand::Rng;
use serde_json::Value;

use super::tokens;

/// Names, texts and words of a corpus.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// The documents.
    documents: Vec<Value>,
    /// Names of members of objects.
    names: Vec<String>,
    /// Texts in documents.
    texts: Vec<String>,
    /// Words and signs.
    words: Vec<String>,
}

/// Texts that are seldom thought of.
const ODD_TEXTS: &[&str] = &[
    "",
    " ",
    "\u{feff}",
    "\0",
    "é",
    "e\u{301}",
    "名前",
    "🙂",
    "\u{202e}",
    "İ",
    "ß",
    "a\r\nb",
    "/",
    "~",
    "~1",
    "//",
    "-1",
    "0",
    "default",
    "null",
    "__proto__",
    "https://",
    "https://[::1]:99999/",
    "https://example.org:0/%zz?{{a}}#",
    "{{",
    "}}",
    "{{}}",
    "{{a}}{{b}}",
    "${a}",
    "{{a.b[0][\"c\"] == 1 && !d}}",
    "{{#if}}",
    "{ \"a\": {{b}} }",
    "=?UTF-8?Q?=0D?=",
];

impl Vocabulary {
    /// Learns from an input.
    pub fn learn(&mut self, input: &[u8]) {
        let Ok(text) = str::from_utf8(input) else {
            return;
        };
        if let Ok(document) = serde_json::from_str(text) {
            self.learn_document(&document);
            self.documents.push(document);
        }
        self.words
            .extend(tokens::split(text).into_iter().map(str::to_owned));
        for list in [&mut self.names, &mut self.texts, &mut self.words] {
            list.sort();
            list.dedup();
        }
    }

    fn learn_document(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.texts.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| self.learn_document(item)),
            Value::Object(members) => {
                for (name, value) in members {
                    self.names.push(name.clone());
                    self.learn_document(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A document.
    pub(super) fn document(&self, rng: &mut Rng) -> Option<&Value> {
        rng.choice(&self.documents)
    }

    /// A name for a member.
    pub(super) fn name<'v>(&'v self, rng: &mut Rng) -> &'v str {
        if rng.u8(..8) == 0 {
            return self.text(rng);
        }
        rng.choice(&self.names).map_or("a", String::as_str)
    }

    /// A text.
    pub(super) fn text<'v>(&'v self, rng: &mut Rng) -> &'v str {
        let odd = rng.choice(ODD_TEXTS).copied().unwrap_or_default();
        if rng.u8(..3) == 0 {
            return odd;
        }
        rng.choice(&self.texts).map_or(odd, String::as_str)
    }

    /// A word or a sign.
    pub(super) fn word<'v>(&'v self, rng: &mut Rng) -> &'v str {
        let odd = rng.choice(ODD_TEXTS).copied().unwrap_or_default();
        if rng.u8(..12) == 0 {
            return odd;
        }
        rng.choice(&self.words).map_or(odd, String::as_str)
    }
}
