//! What the actions of a flow refer to.

use serde_json::{Map, Value};

use super::SOURCE;
use crate::{EntityKind, EntityRef, FieldValue, Flow, Node, NodeId};

/// The data actions and the modules that a flow of the public platform names,
/// in document order.
pub fn references(flow: &Flow) -> Vec<(NodeId, EntityKind, EntityRef)> {
    let mut all = Vec::new();
    for (id, node) in &flow.nodes {
        if let Some((kind, names)) = named(node) {
            let names = names.into_iter().cloned().map(EntityRef::Name);
            all.extend(names.map(|name| (id.clone(), kind, name)));
        }
    }
    all
}

/// What an action names: each name is a member of the object that says how it
/// is called, a data action's within that of its category.
fn named(node: &Node) -> Option<(EntityKind, Vec<&String>)> {
    let Some(FieldValue::Json(Value::Object(source))) = node.field(SOURCE) else {
        return None;
    };
    match node.kind.foreign_type()? {
        "callData" => {
            let categories = object(source, "category")?.values();
            let actions = categories.filter_map(|category| {
                let category = category.as_object()?;
                object(category, "dataAction")
            });
            Some((
                EntityKind::DataAction,
                actions.flat_map(Map::keys).collect(),
            ))
        }
        "callCommonModule" => {
            let modules = object(source, "commonModule")?;
            Some((EntityKind::Module, modules.keys().collect()))
        }
        _ => None,
    }
}

fn object<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    members.get(name).and_then(Value::as_object)
}
