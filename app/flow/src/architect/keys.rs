//! Keys for what a document holds, so that the same document always gets the
//! same ones.

use serde_json::Value;

use crate::{Edge, EdgeId, Flow, NodeId, RegionId};

/// Bytes of a key that is made from ids and places in the document.
const MAX_KEY_BYTES: usize = 256;

/// A region's key: the id by which others refer to it, else its place.
pub(super) fn of_region(flow: &Flow, wire_id: &str, place: &str) -> RegionId {
    let wanted = [wire_id, place].into_iter().filter(|key| is_usable(key));
    free(
        wanted.map(RegionId::new),
        |number| RegionId::new(format!("part-{number}")),
        |key| !flow.regions.contains_key(key),
    )
}

/// An action's key: its own id where it has one, else its place behind the
/// id of what it is nested in.
pub(super) fn of_node(flow: &Flow, sort: &str, source: &Value, path: &str) -> NodeId {
    let reference = source.get("refId").and_then(Value::as_str);
    let tracking = match source.get("trackingId") {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let tracking = tracking.map(|tracking| format!("{sort}-{tracking}"));
    let wanted = [
        reference.map(str::to_owned),
        tracking,
        Some(path.to_owned()),
    ];
    let wanted = wanted.into_iter().flatten().filter(|key| is_usable(key));
    let before = flow.nodes.len();
    free(
        wanted.map(NodeId::new),
        |number| NodeId::new(format!("step-{}", before + number)),
        |key| !flow.nodes.contains_key(key),
    )
}

/// An edge's key: that of its ends, numbered where ends only look the same.
pub(super) fn of_edge(flow: &Flow, edge: &Edge) -> EdgeId {
    free(
        [edge.key()].into_iter(),
        |number| EdgeId::new(format!("{}#{number}", edge.key())),
        |key| !flow.edges.contains_key(key),
    )
}

fn is_usable(key: &str) -> bool {
    (1..=MAX_KEY_BYTES).contains(&key.len())
}

/// The first wanted key that is free, else the first numbered one.
fn free<K>(
    mut wanted: impl Iterator<Item = K>,
    numbered: impl Fn(usize) -> K,
    is_free: impl Fn(&K) -> bool,
) -> K {
    if let Some(key) = wanted.find(&is_free) {
        return key;
    }
    let mut number = 1;
    loop {
        let key = numbered(number);
        if is_free(&key) {
            return key;
        }
        number += 1;
    }
}
