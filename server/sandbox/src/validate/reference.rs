//! What a document refers to: modules, flows and data actions by id, wherever in
//! it they stand.

use serde_json::Value;

/// What a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Referred {
    Module,
    Flow,
    DataAction,
}

/// A reference and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) to: Referred,
    pub(crate) id: String,
    /// A JSON pointer into the body as it was sent.
    pub(crate) pointer: String,
    /// The id of the node that refers.
    pub(crate) entity: Option<String>,
}

/// Every reference of a document that passed its checks, which bounds how deep
/// the places that are looked at lie.
pub(crate) fn references(document: &Value) -> Vec<Reference> {
    let mut found = Vec::new();
    for (list, settings) in [
        ("/nodes/nodes", "/configuration"),
        ("/definition/nodes", "/settings"),
    ] {
        for (index, node) in items(document.pointer(list)) {
            let at = format!("{list}/{index}{settings}");
            of_settings(node, node.pointer(settings), at, &mut found);
        }
    }
    for (index, node) in items(document.get("nodes")) {
        for (place, action) in items(node.get("actions")) {
            let at = format!("/nodes/{index}/actions/{place}");
            of_settings(node, Some(action), at, &mut found);
        }
    }
    found
}

fn items(list: Option<&Value>) -> impl Iterator<Item = (usize, &Value)> {
    let items = list.and_then(Value::as_array);
    items.into_iter().flatten().enumerate()
}

fn of_settings(node: &Value, settings: Option<&Value>, at: String, found: &mut Vec<Reference>) {
    for (key, to) in [
        ("flowModuleId", Referred::Module),
        ("flowId", Referred::Flow),
        ("dataActionId", Referred::DataAction),
    ] {
        let id = settings.and_then(|settings| settings.get(key)?.as_str());
        if let Some(id) = id {
            found.push(Reference {
                to,
                id: id.to_owned(),
                pointer: format!("{at}/{key}"),
                entity: node.get("id").and_then(Value::as_str).map(str::to_owned),
            });
        }
    }
}
