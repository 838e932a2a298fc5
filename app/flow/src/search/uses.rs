//! What a node uses: the variables that it reads and sets, and what it calls.

use std::{cell::RefCell, collections::BTreeSet};

use super::{
    Excerpt, field_label,
    fold::{find_folded, folded_prefix, is_folded},
};
use crate::{
    FieldInput, FieldSpec, FieldValue, Flow, Node, PairsRole, Workspace,
    expression::{self, Expression},
};

/// Under this name a mapping reads what came back; it is no variable.
const OUTPUT: &str = "output";

/// A variable that stands in a field: its path, and the text that it was found
/// in, which is the name itself where a field names it.
struct Mention<'a> {
    field: &'static str,
    path: &'a str,
    text: &'a str,
}

/// Where a node uses a variable, a part of one, or something outside of the
/// flow that has this name or id. The name is in small letters.
pub(super) fn use_of(node: &Node, lowered: &str, workspace: &Workspace) -> Option<Excerpt> {
    if let Some((field, kind)) = node.callee()
        && let Some(reference) = node.reference(field)
    {
        let entity = workspace.find(kind, reference);
        let name = entity.map_or(reference.as_str(), |entity| entity.name.as_str());
        let id = entity.and_then(|entity| entity.id.as_deref());
        let is_meant = [Some(reference.as_str()), Some(name), id]
            .into_iter()
            .flatten()
            .any(|own| is_folded(own, lowered));
        if is_meant {
            let place = field_label(node, field);
            return Some(Excerpt::around(place, name, 0..name.len()));
        }
    }
    let root = lowered.split('.').next().unwrap_or(lowered);
    let found = RefCell::new(None);
    // Most texts do not hold the name at all, and need no reading.
    let may_hold = |text: &str| found.borrow().is_none() && find_folded(text, root).is_some();
    mentions(node, &may_hold, &mut |mention| {
        if is_path(mention.path, lowered) {
            let place = field_label(node, mention.field);
            let mut found = found.borrow_mut();
            *found = found
                .take()
                .or_else(|| Excerpt::of(place, mention.text, root));
        }
    });
    found.into_inner()
}

/// The names of everything that a flow uses, in alphabetical order: what may be
/// written behind `uses:`.
pub fn used_names(flow: &Flow, workspace: &Workspace) -> Vec<String> {
    let mut names = BTreeSet::new();
    for node in flow.nodes.values() {
        if let Some((field, kind)) = node.callee()
            && let Some(reference) = node.reference(field)
        {
            let entity = workspace.find(kind, reference);
            let name = entity.map_or(reference.as_str(), |entity| entity.name.as_str());
            names.insert(name.to_owned());
        }
        mentions(node, &|_| true, &mut |mention| {
            let root = mention.path.split('.').next().unwrap_or_default();
            if !names.contains(root) {
                names.insert(root.to_owned());
            }
        });
    }
    names.remove("");
    names.into_iter().collect()
}

/// Whether a path is one that was asked for, or a part of it.
fn is_path(path: &str, lowered: &str) -> bool {
    folded_prefix(path, lowered)
        .and_then(|end| path.get(end..))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn mentions(node: &Node, may_hold: &dyn Fn(&str) -> bool, tell: &mut dyn FnMut(Mention<'_>)) {
    let Some(spec) = node.kind.spec() else {
        return;
    };
    for field in spec.fields {
        match (field.input, node.field(field.key)) {
            (
                FieldInput::Url | FieldInput::TemplateText | FieldInput::Expression,
                Some(FieldValue::Text(text)),
            ) => reads(field, text, may_hold, tell),
            (FieldInput::Pairs { role, .. }, Some(FieldValue::Pairs(pairs))) => {
                for pair in pairs {
                    if matches!(role, PairsRole::Variables | PairsRole::Results)
                        && may_hold(&pair.name)
                    {
                        tell(Mention {
                            field: field.key,
                            path: pair.name.trim(),
                            text: &pair.name,
                        });
                    }
                    if let Some(text) = pair.value.as_str() {
                        reads(field, text, may_hold, &mut |mention| {
                            let is_output = role == PairsRole::Results
                                && mention.path.split('.').next() == Some(OUTPUT);
                            if !is_output {
                                tell(mention);
                            }
                        });
                    }
                }
            }
            _ => {}
        }
    }
}

/// The variables that a text reads.
fn reads(
    field: &'static FieldSpec,
    text: &str,
    may_hold: &dyn Fn(&str) -> bool,
    tell: &mut dyn FnMut(Mention<'_>),
) {
    if !may_hold(text) {
        return;
    }
    let has_braces = text.contains("{{") || text.contains("${");
    let mut tell_of = |expression: &Expression| {
        for read in expression::reads(expression) {
            tell(Mention {
                field: field.key,
                path: &read.dotted(),
                text,
            });
        }
    };
    if has_braces {
        let template = expression::parse_template(text);
        template.expressions().for_each(&mut tell_of);
    } else if field.input == FieldInput::Expression
        && text.len() <= crate::MAX_TEXT_BYTES
        // What cannot be read uses nothing that could be named.
        && let Ok(expression) = expression::parse(text)
    {
        tell_of(&expression);
    }
}
