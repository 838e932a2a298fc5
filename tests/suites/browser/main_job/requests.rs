//! What Genesys Cloud is to be sent for the flow of the main job, written by
//! hand from the spec of the direct profile.

use serde_json::{Value, json};

use super::{BODY, DESCRIPTION, NAME, URL};

/// What Genesys Cloud is sent for this flow, by the spec of the direct
/// profile; the first node lies at `start`.
pub(super) fn requests(start: (f64, f64)) -> Value {
    let created = document(start, 8000, 1);
    let mut changed = json!({ "id": "<flow>" });
    merge(&mut changed, document(start, 9000, 1));
    json!({ "requests": [
        { "method": "POST", "host": "oauth", "path": "/oauth/token", "form": {
            "grant_type": "client_credentials",
            "client_id": "<client id>", "client_secret": "<client secret>",
        } },
        { "method": "POST", "path": "/api/v2/flows", "body": created,
          "answer": { "status": 200, "id": "<flow>", "version": 1 } },
        { "method": "GET", "path": "/api/v2/flows/<flow>" },
        { "method": "POST", "path": "/api/v2/flows/<flow>/publish",
          "answer": { "status": 200, "version": 1 } },
        { "method": "GET", "path": "/api/v2/flows/<flow>" },
        { "method": "PUT", "path": "/api/v2/flows/<flow>", "body": changed,
          "answer": { "status": 200, "version": 2 } },
        { "method": "GET", "path": "/api/v2/flows/<flow>" },
        { "method": "POST", "path": "/api/v2/flows/<flow>/publish",
          "answer": { "status": 200, "version": 2 } },
    ] })
}

fn document((x, y): (f64, f64), timeout: u64, version: u64) -> Value {
    let node = |id: &str, wire_type: &str, label: &str, column: f64, row: f64, settings: Value| {
        let position = json!({ "x": x + column * 260.0, "y": y + row * 100.0 });
        json!({
            "id": id, "type": wire_type, "label": label,
            "metadata": { "position": position }, "configuration": settings,
        })
    };
    let action = json!({
        "url": URL, "method": "POST", "body": BODY, "timeout": timeout,
        "headers": { "Content-Type": "application/json", "X-Source": "patchbay" },
    });
    let split = json!({
        "on": "{{externalContact.responseCode}}",
        "cases": [{ "value": "200", "label": "Found" }],
    });
    let variables = json!({
        "customerName": "{{externalContact.responseBody.name}}",
        "calledFrom": "Call from {{phoneNumber}}",
    });
    json!({
        "type": "INBOUND", "name": NAME, "description": DESCRIPTION,
        "nodes": {
            "nodes": [
                node("start", "StartNode", "Start", 0.0, 0.0, json!({})),
                node("lookup", "GetExternalContactNode", "Look up caller", 0.0, 1.0,
                    json!({ "action": action })),
                node("split", "SplitNode", "Split", 0.0, 2.0, split),
                node("set", "SetVariablesNode", "Set variables", 0.0, 3.0,
                    json!({ "variables": variables })),
                node("found", "EndNode", "End", 0.0, 4.0, json!({})),
                node("other", "EndNode", "End", 1.0, 3.0, json!({})),
            ],
            "edges": [
                { "id": "e1", "fromNodeId": "start", "toNodeId": "lookup" },
                { "id": "e2", "fromNodeId": "lookup", "toNodeId": "split" },
                { "id": "e3", "fromNodeId": "split", "toNodeId": "set", "label": "Found" },
                { "id": "e4", "fromNodeId": "split", "toNodeId": "other", "label": "default" },
                { "id": "e5", "fromNodeId": "set", "toNodeId": "found" },
            ],
        },
        "metadata": { "version": version, "lastModified": "<time>" },
    })
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
