//! Documents that cannot be read, and how large they may be.

use flow::{FlowFile, MAX_JSON_DEPTH, MAX_REGIONS, import, read_json};
use serde_json::{Value, json};

use crate::{GUIDE, assert_refused, guide_with, read};

#[test]
fn a_broken_document_says_where() {
    let broken = |edit: fn(&mut Value)| guide_with(edit);
    let own = |flow: &str| format!("{{\"patchbay\": \"flow/1\",\n\"flow\": {flow}}}");
    // The document, what is said, what stands at the place, and its pointer.
    let cases: Vec<(String, &str, &str, &str)> = vec![
        (String::new(), "is empty", "", ""),
        ("[]".into(), "is a JSON object", "[]", ""),
        (
            "{\"a\": 1}".into(),
            "no document that Patchbay knows",
            "{",
            "",
        ),
        (
            "{\"nodes\": 1}".into(),
            "An object belongs here",
            "1}",
            "/nodes",
        ),
        ("{\"é\": \"ü\", x}".into(), "key must be a string", "x}", ""),
        (
            "{\"a\": {\"b\": [1, 2,, 3]}}".into(),
            "not valid JSON",
            ", 3]",
            "/a/b/2",
        ),
        (
            "{\"a\": 1,\n \"ö\": 1, \"a\": 2}".into(),
            "“a” stands twice",
            "\": 2}",
            "/a",
        ),
        (
            "{\"a\": [1, 12345678901234567890123]}".into(),
            "more digits",
            "123",
            "/a/1",
        ),
        ("{\"a\": \"\\ud800\"}".into(), "not valid JSON", "\"}", "/a"),
        (
            broken(|d| d["name"] = json!(5)),
            "“name” must be a text",
            "5,",
            "/name",
        ),
        (
            broken(|d| d["nodes"]["nodes"][1]["metadata"]["position"]["x"] = json!("1")),
            "must be a number",
            "\"1\"",
            "/nodes/nodes/1/metadata/position/x",
        ),
        (
            broken(|d| d["nodes"]["edges"][1]["toNodeId"] = json!("gone")),
            "“gone”, which is not there",
            "\"gone\"",
            "/nodes/edges/1/toNodeId",
        ),
        (
            broken(|d| d["nodes"]["edges"][1] = json!({"id": "e"})),
            "no “fromNodeId”",
            "{",
            "/nodes/edges/1",
        ),
        (
            broken(|d| d["nodes"]["nodes"][0] = json!({})),
            "no “type”",
            "{}",
            "/nodes/nodes/0",
        ),
        (
            "{\"patchbay\": \"flow/9\"}".into(),
            "newer Patchbay",
            "\"flow/9",
            "/patchbay",
        ),
        (
            own("{\"kind\": \"lookup\", \"name\": 1}"),
            "is damaged",
            "1}}",
            "/flow/name",
        ),
        (
            own(
                "{\"kind\":\"lookup\",\"name\":\"\",\"nodes\":{},\"positions\":{},\
              \"edges\":{\"e\":{\"source\":\"a\",\"port\":\"out\",\"target\":\"b\"}}}",
            ),
            "no node “a”",
            "\"a\"",
            "/flow/edges/e/source",
        ),
    ];
    for (text, message, there, path) in cases {
        assert_refused(&text, message, there, path);
    }
}

#[test]
fn documents_nest_as_deeply_as_the_limit_and_no_deeper() {
    let nested = |depth: usize| {
        // The document itself is one level.
        let lists = depth - 1;
        guide_with(|_| ()).replacen(
            '{',
            &format!("{{\"deep\": {}{},", "[".repeat(lists), "]".repeat(lists)),
            1,
        )
    };
    let file = read(&nested(MAX_JSON_DEPTH));
    let own = file.to_json().expect("a file prints");
    assert_eq!(read(&own), file, "our own file of it can be read");
    assert_eq!(
        read_json::<FlowFile>(&own).expect("and read elsewhere"),
        file
    );
    for depth in [MAX_JSON_DEPTH + 1, 100_000] {
        let error = import(&nested(depth)).expect_err("too deep");
        assert!(
            error.message.contains("nested more than 128 deep"),
            "{error}"
        );
        assert!(error.path.starts_with("/deep/0/0"), "{error}");
    }
}

#[test]
fn documents_over_a_limit_are_refused_with_a_message() {
    let chain = |count: usize| {
        let nodes: Vec<_> = (0..count)
            .map(|n| json!({"id": n.to_string(), "type": "StartNode"}))
            .collect();
        let edges: Vec<_> = (1..count)
            .map(|n| json!({"fromNodeId": (n - 1).to_string(), "toNodeId": n.to_string()}))
            .collect();
        json!({"type": "INBOUND", "name": "Chain", "nodes": {"nodes": nodes, "edges": edges}})
            .to_string()
    };
    let error = import(&chain(100_000)).expect_err("too many nodes");
    assert!(
        error.message.contains("at most 10000 are possible"),
        "{error}"
    );
    assert_eq!(error.path, "/nodes/nodes");
    let flow = read(&chain(10_000)).flow;
    assert_eq!(flow.nodes.len(), 10_000);
    let spaces = " ".repeat(11 * 1024 * 1024);
    assert!(
        import(&spaces)
            .expect_err("too long")
            .message
            .contains("bytes")
    );
}

#[test]
fn our_own_file_names_no_part_that_is_not_there() {
    let mut file = read(GUIDE).to_json().expect("a file prints");
    file = file.replacen(
        "\"label\": \"Start\"",
        "\"label\": \"Start\", \"region\": \"gone\"",
        1,
    );
    let error = import(&file).expect_err("the part is not there");
    assert_eq!(error.path, "/flow/nodes/start-node/region");
    assert!(
        error.message.contains("There is no part “gone”."),
        "{error}"
    );

    let regions: Vec<_> = (0..=MAX_REGIONS)
        .map(|number| format!("\"r{number}\":{{\"kind\":\"task\"}}"))
        .collect();
    let with = format!(
        "\"positions\": {{}}, \"regions\": {{{}}}",
        regions.join(",")
    );
    let flow = r#"{"patchbay":"flow/1","flow":{"kind":"architect","name":"","nodes":{},"edges":{},POSITIONS}}"#;
    let error = import(&flow.replace("POSITIONS", &with)).expect_err("too many parts");
    assert_eq!(error.path, "/flow/regions");
}
