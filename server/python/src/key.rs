//! The keys of dictionaries, as a script writes them.

use flow::Parameter;
use ruff_python_ast::{AnyNodeRef, Expr, ExprCall, Keyword, ModModule};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

use crate::{
    finding::{Replacement, Report, span},
    walk::walk,
};

/// A key that is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: TextRange,
}

impl<'a> Key<'a> {
    /// The key that an expression is, where it is a text.
    pub(crate) fn of(expression: &'a Expr) -> Option<Self> {
        let literal = expression.as_string_literal_expr()?;
        Some(Self {
            text: literal.value.to_str(),
            at: literal.range(),
        })
    }

    /// The key that a keyword of `dict(…)` or `update(…)` is.
    pub(crate) fn of_keyword(keyword: &'a Keyword) -> Option<Self> {
        let name = keyword.arg.as_ref()?;
        Some(Self {
            text: name.as_str(),
            at: name.range(),
        })
    }

    /// The parameter whose name is this key but for capitals.
    pub(crate) fn other_case_of<'p>(&self, parameters: &'p [Parameter]) -> Option<&'p Parameter> {
        let lower = self.text.to_lowercase();
        let mut parameters = parameters.iter();
        parameters.find(|parameter| parameter.name.to_lowercase() == lower)
    }

    /// The edit that makes it another key.
    pub(crate) fn renamed(&self, name: &str, report: &Report<'_>) -> Option<Replacement> {
        let written = report.text(self.at);
        let text = if written == self.text {
            name.to_owned()
        } else {
            let quote = ['"', '\''].into_iter().find(|quote| {
                let inner = written.strip_prefix(*quote);
                inner.and_then(|rest| rest.strip_suffix(*quote)) == Some(self.text)
            })?;
            format!("{quote}{name}{quote}")
        };
        Some(Replacement {
            label: format!("Use {name}"),
            span: span(self.at),
            text,
        })
    }
}

/// The keys that a script sets in any dictionary.
#[derive(Default)]
pub(crate) struct SetAnywhere<'a> {
    pub(crate) keys: FxHashSet<&'a str>,
    /// Whether there are some that are not written out.
    pub(crate) has_others: bool,
}

impl<'a> SetAnywhere<'a> {
    pub(crate) fn of(module: &'a ModModule) -> Self {
        let mut set = Self::default();
        walk(module, (), |node, (), ahead| {
            match node {
                AnyNodeRef::ExprSubscript(subscript) if subscript.ctx.is_store() => {
                    set.add(Key::of(&subscript.slice));
                }
                AnyNodeRef::ExprDict(dictionary) => {
                    for key in dictionary.iter_keys().flatten() {
                        set.add(Key::of(key));
                    }
                }
                AnyNodeRef::ExprCall(call) => set.by_call(call),
                _ => {}
            }
            ahead.children(node, ());
        });
        set
    }

    fn add(&mut self, key: Option<Key<'a>>) {
        match key {
            Some(key) => {
                self.keys.insert(key.text);
            }
            None => self.has_others = true,
        }
    }

    fn by_call(&mut self, call: &'a ExprCall) {
        let arguments = &call.arguments;
        self.keys.extend(
            arguments
                .keywords
                .iter()
                .filter_map(Key::of_keyword)
                .map(|key| key.text),
        );
        let Expr::Attribute(attribute) = &*call.func else {
            return;
        };
        match (attribute.attr.as_str(), arguments.args.first()) {
            ("setdefault" | "__setitem__", Some(key)) => self.add(Key::of(key)),
            ("update", Some(other)) => self.has_others |= !other.is_dict_expr(),
            _ => {}
        }
    }
}

/// The names of parameters, as a sentence lists them.
pub(crate) fn listed(parameters: &[Parameter]) -> String {
    /// Names that a sentence takes.
    const SHOWN: usize = 8;
    let names = parameters.iter().take(SHOWN);
    let names: Vec<_> = names.map(|each| format!("“{}”", each.name)).collect();
    let more = if parameters.len() > SHOWN {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", names.join(", "))
}

/// A key as a message shows it.
pub(crate) fn shown(text: &str) -> String {
    /// Characters of a key that a sentence takes.
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
