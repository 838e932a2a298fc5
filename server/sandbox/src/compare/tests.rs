use serde_json::json;

use super::*;
use crate::arrival::Answered;

fn arrival(path: &str, body: Value) -> Arrival {
    Arrival {
        number: 1,
        at_millis: 0,
        method: "POST".to_owned(),
        host: HostKind::Api,
        path: path.to_owned(),
        query: None,
        form: None,
        body: Some(body),
        answer: Some(Answered {
            status: 200,
            body: Some(json!({"id": "f-1"})),
        }),
        fault: None,
    }
}

#[test]
fn ids_times_and_emptiness_may_differ_and_nothing_else() {
    let wanted = json!({"requests": [{
        "method": "POST", "path": "/flows/<flow>",
        "body": {
            "nodes": [{"id": "a", "label": "A"}, {"id": "b"}],
            "edges": [{"fromNodeId": "a", "toNodeId": "b"}],
            "n": 1, "lastModified": "<time>",
        },
        "answer": {"status": 200, "id": "<flow>"},
    }]});
    let edge = |from: &str, to: &str| json!([{"fromNodeId": from, "toNodeId": to}]);
    let nodes = json!([{"id": "x", "label": "A", "metadata": {}}, {"id": "y"}]);
    let body = |edges: Value, n: f64| json!({"nodes": nodes, "edges": edges, "n": n, "lastModified": "now", "note": ""});
    for (path, body, count) in [
        ("/flows/f-1", body(edge("x", "y"), 1.0), 0),
        ("/flows/f-2", body(edge("x", "y"), 1.0), 1),
        ("/flows", body(edge("x", "y"), 1.0), 1),
        ("/flows/f-1", body(edge("y", "x"), 1.0), 2),
        ("/flows/f-1", body(edge("x", "z"), 1.0), 1),
        ("/flows/f-1", body(edge("x", "y"), 2.0), 1),
    ] {
        let found = differences(&wanted, &[arrival(path, body)]);
        assert_eq!(found.len(), count, "{path}: {found:#?}");
    }
}

#[test]
fn a_placeholder_stands_for_a_number_or_a_whole_path() {
    let wanted = json!({"requests": [{
        "method": "POST", "host": "webhook", "path": "<the webhook's own>",
        "body": {"event": "made", "latency_ms": "<number>", "conversation_id": "<conversation>"},
    }]});
    let body =
        |latency: Value| json!({"event": "made", "latency_ms": latency, "conversation_id": "c-1"});
    for (path, latency, host, count) in [
        ("/hooks/crm/a", json!(12.5), HostKind::Webhook, 0),
        ("/hooks/crm/a", json!(null), HostKind::Webhook, 1),
        ("/hooks/crm/a", json!(12), HostKind::Api, 1),
    ] {
        let arrived = Arrival {
            host,
            ..arrival(path, body(latency))
        };
        let found = differences(&wanted, &[arrived]);
        assert_eq!(found.len(), count, "{path}: {found:#?}");
    }
}

#[test]
fn a_missing_request_is_a_difference() {
    let wanted = json!({"requests": [{"method": "GET", "path": "/a"}]});
    assert_eq!(differences(&wanted, &[]).len(), 1);
}
