//! What a node holds, in the form that its dialect gives it.

use serde_json::Value;

use super::tree::{Branch, Tree};
use crate::{
    Case, EntityRef, FieldKey, FieldValue, Node, NodeId, Origin, Pair,
    kind::wire::{Dialect, Member, Shape},
};

/// The `type` of a node.
pub(super) fn type_name(node: &Node, dialect: Dialect) -> &str {
    let wire = node.kind.spec().and_then(|spec| spec.wire(dialect));
    match wire {
        Some(wire) => wire.type_name,
        None => node.kind.foreign_type().unwrap_or(node.kind.as_str()),
    }
}

/// What is set on a node: the object in `configuration` or in `settings`.
pub(super) fn settings<'a>(id: &NodeId, node: &'a Node, dialect: Dialect) -> Tree<'a> {
    match node.kind.spec() {
        Some(spec) => {
            let members = spec.wire(dialect).map_or(&[][..], |wire| wire.members);
            Tree::Object(written(members, id, node))
        }
        None => match node.field("configuration") {
            Some(FieldValue::Json(kept)) => Tree::Kept(kept),
            _ => Tree::Object(Vec::new()),
        },
    }
}

fn written<'a>(members: &'static [Member], id: &NodeId, node: &'a Node) -> Vec<Branch<'a>> {
    let branches = members.iter().filter_map(|member| match member {
        Member::Field { name, field, shape } => {
            let value = field_value(*shape, node.field(field)?)?;
            let origin = Origin::Field(id.clone(), FieldKey::of(field));
            Some(Branch::new(*name, value).from(origin))
        }
        Member::Object { name, members } => {
            let object = Tree::Object(written(members, id, node));
            (!object.is_empty_object()).then(|| Branch::new(*name, object))
        }
    });
    branches.collect()
}

/// A field on the wire; nothing where it is empty and not one of those that
/// are kept though empty (spec, decision 1).
fn field_value(shape: Shape, value: &FieldValue) -> Option<Tree<'_>> {
    match value {
        FieldValue::Text(text) if text.is_empty() => None,
        FieldValue::Text(text) => Some(Tree::Text(text.as_str().into())),
        FieldValue::Integer(number) => Some(Tree::Number((*number).into())),
        FieldValue::Pairs(pairs) if pairs.is_empty() => None,
        FieldValue::Pairs(pairs) => Some(match shape {
            Shape::List { name } => Tree::Array(pairs.iter().map(|pair| row(pair, name)).collect()),
            _ => {
                let branches = pairs
                    .iter()
                    .map(|pair| Branch::new(pair.name.as_str(), Tree::Kept(&pair.value)));
                Tree::Object(branches.collect())
            }
        }),
        FieldValue::Cases(cases) if cases.is_empty() && shape != Shape::Cases => None,
        FieldValue::Cases(cases) => Some(Tree::Array(cases.iter().map(case).collect())),
        FieldValue::Reference(EntityRef::Id(id) | EntityRef::Name(id)) if id.is_empty() => None,
        FieldValue::Reference(EntityRef::Id(id) | EntityRef::Name(id)) => {
            Some(Tree::Text(id.as_str().into()))
        }
        FieldValue::Json(kept) if is_nothing(shape, kept) => None,
        FieldValue::Json(kept) => Some(Tree::Kept(kept)),
    }
}

/// Whether a value says no more than an absent one.
fn is_nothing(shape: Shape, value: &Value) -> bool {
    match (shape, value) {
        (_, Value::Null) => true,
        (Shape::Text | Shape::Id, Value::String(text)) => text.is_empty(),
        (Shape::Map, Value::Object(members)) => members.is_empty(),
        (Shape::List { .. }, Value::Array(items)) => items.is_empty(),
        _ => false,
    }
}

fn row<'a>(pair: &'a Pair, name: &'static str) -> Branch<'a> {
    let mut members = vec![Branch::new(name, Tree::Text(pair.name.as_str().into()))];
    if !pair.value.is_null() {
        members.push(Branch::new("value", Tree::Kept(&pair.value)));
    }
    Branch::new(pair.name.as_str(), Tree::Object(members))
}

fn case(case: &Case) -> Branch<'_> {
    let members = [
        Some(Branch::new("value", Tree::Text(case.value.as_str().into()))),
        Branch::text("label", &case.label),
    ];
    Branch::new(case.port.as_str(), Tree::object(members))
}
