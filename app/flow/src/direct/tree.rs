//! A JSON document that still knows where its parts came from, and its text.

use std::{borrow::Cow, fmt::Write};

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::{Number, Value};

use crate::{Artifact, Extra, MAX_JSON_DEPTH, Mark, Origin, pointer};

/// A JSON value on its way out.
pub(super) enum Tree<'a> {
    Text(Cow<'a, str>),
    Number(Number),
    /// A value that is written as it came.
    Kept(&'a Value),
    Object(Vec<Branch<'a>>),
    /// A list. The names of its branches do not go out; they say which element
    /// an unknown member belongs to.
    Array(Vec<Branch<'a>>),
    /// A list whose elements are made when their turn to be printed comes, so
    /// that a large flow is never there twice.
    Each(Box<dyn Iterator<Item = Branch<'a>> + 'a>),
}

/// A part of an object or a list.
pub(super) struct Branch<'a> {
    name: Cow<'a, str>,
    value: Tree<'a>,
    origin: Option<Origin>,
}

impl<'a> Branch<'a> {
    pub(super) fn new(name: impl Into<Cow<'a, str>>, value: Tree<'a>) -> Self {
        Self {
            name: name.into(),
            value,
            origin: None,
        }
    }

    /// A text; nothing when it is empty (spec, decision 1).
    pub(super) fn text(name: &'a str, text: &'a str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::new(name, Tree::Text(text.into())))
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is_empty_text(&self) -> bool {
        matches!(&self.value, Tree::Text(text) if text.is_empty())
    }

    /// Says where it came from.
    pub(super) fn from(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }
}

impl<'a> Tree<'a> {
    /// An object of those members that are there.
    pub(super) fn object<const N: usize>(members: [Option<Branch<'a>>; N]) -> Self {
        let mut branches = Vec::with_capacity(N);
        branches.extend(members.into_iter().flatten());
        Self::Object(branches)
    }

    pub(super) fn is_empty_object(&self) -> bool {
        matches!(self, Self::Object(branches) if branches.is_empty())
    }

    /// A coordinate: whole where it is whole, as people write it.
    pub(super) fn coordinate(value: f64) -> Self {
        /// Up to here every whole number is itself as a float.
        const WHOLE: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= WHOLE {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within i64")]
            let whole = value as i64;
            return Self::Number(whole.into());
        }
        Self::Number(Number::from_f64(value).unwrap_or_else(|| 0.into()))
    }

    /// Puts kept members at their pointers, behind what is known. What is
    /// known wins where both say something.
    pub(super) fn keep_all(&mut self, extra: &'a Extra) {
        let members = extra.iter();
        self.keep(members.filter_map(|(pointer, value)| Some((pointer.strip_prefix('/')?, value))));
    }

    /// The same by pointers without their first slashes.
    pub(super) fn keep(&mut self, members: impl Iterator<Item = (&'a str, &'a Value)>) {
        let mut kept = KeptMembers::default();
        for (path, value) in members {
            kept.add(path, value);
        }
        kept.put_into(self);
    }
}

/// Members that are kept, by their names, with those that are kept of them.
#[derive(Default)]
struct KeptMembers<'a> {
    value: Option<&'a Value>,
    inner: IndexMap<Cow<'a, str>, KeptMembers<'a>, FxBuildHasher>,
}

impl<'a> KeptMembers<'a> {
    fn add(&mut self, path: &'a str, value: &'a Value) {
        // No document that was read goes deeper.
        if path.split('/').count() > MAX_JSON_DEPTH {
            return;
        }
        let mut at = self;
        for token in path.split('/') {
            at = at.inner.entry(pointer::name(token)).or_default();
        }
        at.value.get_or_insert(value);
    }

    /// As deep as the longest path.
    fn put_into(self, tree: &mut Tree<'a>) {
        if self.inner.is_empty() {
            return;
        }
        let (branches, is_object) = match tree {
            Tree::Object(branches) => (branches, true),
            Tree::Array(branches) => (branches, false),
            Tree::Text(_) | Tree::Number(_) | Tree::Kept(_) | Tree::Each(_) => return,
        };
        // Of branches with one name the first is meant.
        let numbered = branches.iter().enumerate().rev();
        let known: FxHashMap<_, _> = numbered
            .map(|(index, branch)| (branch.name.clone(), index))
            .collect();
        for (name, kept) in self.inner {
            let index = known.get(&name).copied();
            match index.and_then(|index| branches.get_mut(index)) {
                Some(branch) => kept.put_into(&mut branch.value),
                None if is_object => branches.push(Branch::new(name, kept.into_tree())),
                // The element that the member belonged to is gone.
                None => {}
            }
        }
    }

    fn into_tree(self) -> Tree<'a> {
        match self.value {
            Some(value) => Tree::Kept(value),
            None => {
                let mut object = Tree::Object(Vec::new());
                self.put_into(&mut object);
                object
            }
        }
    }
}

/// The text of a document, two spaces per level, with its source map.
pub(super) fn artifact(tree: Tree<'_>, expected_bytes: usize) -> Artifact {
    let mut printer = Printer {
        text: String::with_capacity(expected_bytes),
        ..Printer::default()
    };
    printer.tree(tree, 0);
    Artifact {
        text: printer.text,
        source_map: printer.marks,
    }
}

#[derive(Default)]
struct Printer {
    text: String,
    line: usize,
    marks: Vec<Mark>,
}

impl Printer {
    fn tree(&mut self, tree: Tree<'_>, level: usize) {
        match tree {
            Tree::Text(text) => self.string(&text),
            Tree::Number(number) => {
                let _infallible = write!(self.text, "{number}");
            }
            Tree::Kept(value) => self.kept(value, level),
            Tree::Object(branches) => self.list(branches, ['{', '}'], level, |this, branch| {
                this.marked(branch.origin, |this| {
                    this.name(&branch.name);
                    this.tree(branch.value, level + 1);
                });
            }),
            Tree::Array(branches) => self.elements(branches, level),
            Tree::Each(branches) => self.elements(branches, level),
        }
    }

    fn elements<'a>(&mut self, branches: impl IntoIterator<Item = Branch<'a>>, level: usize) {
        self.list(branches, ['[', ']'], level, |this, branch| {
            this.marked(branch.origin, |this| this.tree(branch.value, level + 1));
        });
    }

    fn kept(&mut self, value: &Value, level: usize) {
        match value {
            Value::Object(members) => self.list(members, ['{', '}'], level, |this, member| {
                this.name(member.0);
                this.kept(member.1, level + 1);
            }),
            Value::Array(items) => self.list(items, ['[', ']'], level, |this, item| {
                this.kept(item, level + 1);
            }),
            Value::String(text) => self.string(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                let _infallible = write!(self.text, "{value}");
            }
        }
    }

    /// Prints with a mark on the lines that it takes.
    fn marked(&mut self, origin: Option<Origin>, print: impl FnOnce(&mut Self)) {
        let Some(origin) = origin else {
            return print(self);
        };
        let index = self.marks.len();
        let first = self.line;
        self.marks.push(Mark {
            lines: first..first,
            origin,
        });
        print(self);
        if let Some(mark) = self.marks.get_mut(index) {
            mark.lines = first..self.line + 1;
        }
    }

    fn list<I: IntoIterator>(
        &mut self,
        items: I,
        [open, close]: [char; 2],
        level: usize,
        mut print: impl FnMut(&mut Self, I::Item),
    ) {
        self.text.push(open);
        let mut is_empty = true;
        for item in items {
            if !is_empty {
                self.text.push(',');
            }
            is_empty = false;
            self.new_line(level + 1);
            print(self, item);
        }
        if !is_empty {
            self.new_line(level);
        }
        self.text.push(close);
    }

    fn new_line(&mut self, level: usize) {
        /// A new line, indented as deep as documents of ours usually go.
        const INDENTED: &str = "\n                                ";
        self.line += 1;
        let indent = 1 + 2 * level;
        self.text
            .push_str(INDENTED.get(..indent).unwrap_or(INDENTED));
        for _ in INDENTED.len()..indent {
            self.text.push(' ');
        }
    }

    fn name(&mut self, name: &str) {
        self.string(name);
        self.text.push_str(": ");
    }

    /// A string as `serde_json` writes it: only what must be escaped is.
    fn string(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        // All that is escaped is ASCII, which no other character has a byte of.
        let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        while let Some(at) = rest.bytes().position(is_special) {
            let (plain, special) = rest.split_at(at);
            self.text.push_str(plain);
            let mut chars = special.chars();
            match chars.next() {
                Some('"') => self.text.push_str("\\\""),
                Some('\\') => self.text.push_str("\\\\"),
                Some('\n') => self.text.push_str("\\n"),
                Some('\r') => self.text.push_str("\\r"),
                Some('\t') => self.text.push_str("\\t"),
                Some('\u{8}') => self.text.push_str("\\b"),
                Some('\u{c}') => self.text.push_str("\\f"),
                Some(control) => {
                    let _infallible = write!(self.text, "\\u{:04x}", u32::from(control));
                }
                None => {}
            }
            rest = chars.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }
}
