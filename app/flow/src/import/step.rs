//! A node of a document, whatever its dialect.

use serde_json::json;

use super::{Fault, fields, object::Object};
use crate::{
    FieldKey, FieldValue, Kind, Node,
    kind::wire::{Dialect, kind_of},
};

/// A node by its `type`, with what was kept of it so far and its label.
pub(super) fn node(object: &mut Object, label: &str, dialect: Dialect) -> Result<Node, Fault> {
    let type_name = type_name(
        object,
        "The node has no “type”. Say which sort of step it is.",
    )?;
    let kind = match kind_of(&type_name, dialect) {
        Some(spec) => spec.kind.clone(),
        None => Kind::foreign(&type_name),
    };
    Ok(Node {
        label: object.text(label)?.unwrap_or_default(),
        fields: Default::default(),
        extra: std::mem::take(&mut object.kept),
        ..Node::of(&kind)
    })
}

/// What a node or an action says that it is. An empty text says nothing, as
/// the wire leaves that out (spec, decision 1).
pub(super) fn type_name(object: &mut Object, when_absent: &str) -> Result<String, Fault> {
    let name = object.text("type")?.filter(|name| !name.is_empty());
    name.ok_or_else(|| Fault::new(when_absent, object.path()))
}

/// Reads the object in which a node has what is set on it.
pub(super) fn settings(
    node: &mut Node,
    object: &mut Object,
    name: &str,
    dialect: Dialect,
) -> Result<(), Fault> {
    let wire = node.kind.spec().and_then(|spec| spec.wire(dialect));
    if let Some(wire) = wire {
        let settings = object.object(name)?;
        fields::read(node, wire.members, settings, &format!("/{name}"));
        return Ok(());
    }
    // Kept in one piece: nothing is known of what is in it. An empty one is
    // what is written where there is none.
    if let Some(kept) = object.take(name).filter(|kept| *kept != json!({})) {
        let key = FieldKey::of("configuration");
        node.fields.insert(key, FieldValue::Json(kept));
    }
    Ok(())
}
