//! What holds of every kind in the catalogue, and of each in the wire format.
#![allow(clippy::expect_used)]

mod draw;

use draw::{branching, edge, node, stamp, text};
use flow::{Flow, FlowKind, Kind, NodeId, catalogue, check, direct, import, variables_at};

/// A node of the direct profile as the spec shows it, alone in a document.
fn document(type_name: &str, configuration: &str) -> String {
    format!(
        r#"{{"type":"INBOUND","name":"One","nodes":{{"nodes":[{{"id":"n","type":"{type_name}","label":"N","metadata":{{"position":{{"x":1,"y":2}}}},"configuration":{configuration}}}],"edges":[]}},"metadata":{{"version":1,"lastModified":"2026-01-01T00:00:00Z"}}}}"#
    )
}

const MODULE_CALL: &str = r#"{"flowModuleId":"m-1","inputMappings":[{"name":"phone","value":"{{phoneNumber}}"}],"outputMappings":[{"name":"status","value":"{{output.status}}"}]}"#;

const FLOW_CALL: &str = r#"{"flowId":"f-1","inputMapping":[{"name":"emailBody","value":"${interaction.email.body}"}],"outputMapping":[{"name":"localResult","value":"${output.processedResult}"}]}"#;

/// A node of a module and an action of a shared flow, each alone in a document.
fn documents(type_name: &str, settings: &str) -> [String; 2] {
    let beside = settings.strip_prefix('{').expect("an object");
    let comma = if beside == "}" { "" } else { "," };
    [
        format!(
            r#"{{"name":"One","definition":{{"nodes":[{{"id":"n","name":"N","type":"{type_name}","settings":{settings}}}],"edges":[{{"id":"e","source":"start","target":"n","type":"default"}}],"entry":{{"nodeId":"n"}}}}}}"#
        ),
        format!(
            r#"{{"name":"One","type":"email","inputs":[],"outputs":[],"nodes":[{{"id":"n","label":"N","actions":[{{"type":"{type_name}"{comma}{beside}]}}],"trigger":{{"type":"email"}},"conditionset":{{"conditions":[]}},"end":{{}}}}"#
        ),
    ]
}

#[test]
fn every_kind_of_modules_and_shared_flows_is_read_and_written_as_the_spec_shows_it() {
    let table = [
        (
            Kind::HTTP_REQUEST,
            "httpRequest",
            r#"{"url":"https://a.example","method":"POST","headers":{"Content-Type":"application/json"},"body":"{}","timeout":5000}"#,
        ),
        (
            Kind::DATA_ACTION,
            "dataAction",
            r#"{"dataActionId":"d-1","inputs":{"user_id":"{{User.ID}}"},"outputs":{"user_name":"{{User.Name}}"}}"#,
        ),
        (
            Kind::SET_VARIABLES,
            "setData",
            r#"{"data":[{"key":"auth_status","value":"pending"}]}"#,
        ),
        (
            Kind::CONDITION,
            "condition",
            r#"{"expression":"{{status == 'ok'}}"}"#,
        ),
        (
            Kind::SPLIT,
            "split",
            r#"{"on":"{{status}}","cases":[{"value":"ok","label":"Fine"},{"value":"no"}]}"#,
        ),
        (Kind::FLOW_MODULE, "flowModule", MODULE_CALL),
        (Kind::RUN_FLOW, "runFlow", FLOW_CALL),
        (Kind::PLAY_PROMPT, "playPrompt", r#"{"prompt":"Hello"}"#),
        (Kind::DISCONNECT, "disconnect", "{}"),
    ];
    let kinds: Vec<_> = table.iter().map(|(kind, ..)| kind).collect();
    let known = catalogue().iter().filter(|spec| {
        spec.kind != Kind::START && spec.is_in(FlowKind::Module) && spec.is_in(FlowKind::Shared)
    });
    let known: Vec<_> = known.map(|spec| &spec.kind).collect();
    assert_eq!(kinds, known, "every kind is in this table");
    for (kind, type_name, settings) in &table {
        for document in documents(type_name, settings) {
            let flow = import(&document).expect("it can be read").flow;
            let node = flow.nodes.get(&NodeId::new("n")).expect("the node");
            assert_eq!(node.kind, *kind);
            assert!(
                node.extra.is_empty() && flow.extra.is_empty(),
                "all of it is understood"
            );
            let written = direct::generate(&flow, &stamp()).expect("it can be written");
            let value: serde_json::Value = serde_json::from_str(&written.text).expect("JSON");
            assert_eq!(value.to_string(), document);
        }
    }
}

#[test]
fn every_kind_is_read_and_written_as_the_spec_shows_it() {
    let action = r#"{"action":{"url":"https://a.example","method":"POST","body":"{}","timeout":5000,"headers":{"Content-Type":"application/json"}}}"#;
    let table = [
        (Kind::START, "StartNode", "{}"),
        (Kind::LOOKUP, "GetExternalContactNode", action),
        (Kind::HTTP_REQUEST, "HttpRequestNode", action),
        (
            Kind::DATA_ACTION,
            "DataActionNode",
            r#"{"dataActionId":"d-1","inputs":{"user_id":"{{User.ID}}"},"outputs":{"user_name":"{{User.Name}}"}}"#,
        ),
        (
            Kind::SET_VARIABLES,
            "SetVariablesNode",
            r#"{"variables":{"customerName":"{{phoneNumber}}"}}"#,
        ),
        (
            Kind::CONDITION,
            "ConditionNode",
            r#"{"expression":"{{externalContact.responseCode == 200}}"}"#,
        ),
        (
            Kind::SPLIT,
            "SplitNode",
            r#"{"on":"{{externalContact.responseCode}}","cases":[{"value":"200","label":"Found"}]}"#,
        ),
        (Kind::FLOW_MODULE, "FlowModuleNode", MODULE_CALL),
        (Kind::RUN_FLOW, "RunFlowNode", FLOW_CALL),
        (
            Kind::PLAY_PROMPT,
            "PlayPromptNode",
            r#"{"prompt":"Hello {{phoneNumber}}"}"#,
        ),
        (Kind::END, "EndNode", "{}"),
        (Kind::DISCONNECT, "DisconnectNode", "{}"),
    ];
    let kinds: Vec<_> = table.iter().map(|(kind, ..)| kind).collect();
    let known: Vec<_> = catalogue().iter().map(|spec| &spec.kind).collect();
    assert_eq!(kinds, known, "every kind is in this table");
    for (kind, type_name, configuration) in &table {
        let document = document(type_name, configuration);
        let flow = import(&document).expect("it can be read").flow;
        let node = flow.nodes.get(&NodeId::new("n")).expect("the node");
        assert_eq!(node.kind, *kind);
        assert!(
            node.extra.is_empty() && flow.extra.is_empty(),
            "all of it is understood"
        );
        let written = direct::generate(&flow, &stamp()).expect("it can be written");
        let value: serde_json::Value = serde_json::from_str(&written.text).expect("JSON");
        assert_eq!(value.to_string(), document);
    }
}

#[test]
fn every_kind_has_an_icon_a_colour_and_words() {
    let icons = include_str!("../../../public/icons.svg");
    let colours = include_str!("../../../style/tokens.css");
    for spec in catalogue() {
        let (icon, category) = (spec.icon, spec.category.as_str());
        assert!(icons.contains(&format!("id=\"{icon}\"")), "{icon}");
        assert!(
            colours.contains(&format!("--category-{category}:")),
            "{category}"
        );
        assert!(spec.help.ends_with('.') && !spec.title.is_empty());
        for field in spec.fields {
            assert!(field.help.ends_with('.'), "{}: {}", spec.title, field.key);
        }
    }
}

/// Start, request, prompt, and the end of this kind.
fn asking(end: &Kind) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Asking");
    for (id, kind) in [
        ("start", &Kind::START),
        ("request", &Kind::HTTP_REQUEST),
        ("prompt", &Kind::PLAY_PROMPT),
        ("last", end),
    ] {
        node(&mut flow, id, kind);
    }
    for (source, target) in [
        ("start", "request"),
        ("request", "prompt"),
        ("prompt", "last"),
    ] {
        edge(&mut flow, source, "out", target);
    }
    text(
        &mut flow,
        "prompt",
        "prompt",
        "{{response.responseBody.greeting}}",
    );
    flow
}

#[test]
fn a_path_ends_at_an_end_or_at_a_disconnect() {
    for end in [Kind::END, Kind::DISCONNECT] {
        assert_eq!(check(&asking(&end)), []);
    }
    let problems = check(&asking(&Kind::PLAY_PROMPT));
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(codes, ["dead-end"]);
}

#[test]
fn nothing_comes_after_a_disconnect() {
    let mut flow = asking(&Kind::DISCONNECT);
    node(&mut flow, "end", &Kind::END);
    edge(&mut flow, "last", "out", "end");
    let problems = check(&flow);
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(codes, ["edge-exit-missing"]);
}

#[test]
fn a_request_sets_response_as_a_lookup_sets_external_contact() {
    let members = |flow: &Flow, node: &str, name: &str| {
        let available = variables_at(flow, &NodeId::new(node)).into_iter();
        let mut named = available.filter(|variable| variable.name == name);
        named.next().and_then(|variable| variable.members)
    };
    let of_request = members(&asking(&Kind::END), "prompt", "response");
    let of_lookup = members(&branching(), "split", "externalContact");
    assert_eq!(of_request, of_lookup);
    let expected = ["responseCode", "responseBody", "responseHeaders", "error"];
    assert_eq!(of_request, Some(expected.to_vec()));

    let mut misspelt = asking(&Kind::END);
    text(
        &mut misspelt,
        "prompt",
        "prompt",
        "{{response.responsecode}}",
    );
    let problems = check(&misspelt);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code.as_str(), "member-unknown");
}

#[test]
fn what_a_request_and_a_prompt_need_is_asked_for() {
    let mut flow = asking(&Kind::END);
    text(&mut flow, "request", "url", "http://a.example");
    text(&mut flow, "request", "method", "FETCH");
    text(&mut flow, "prompt", "prompt", "");
    let found: Vec<_> = check(&flow)
        .into_iter()
        .map(|problem| (problem.code.as_str(), problem.place.field))
        .collect();
    let expected = [
        ("url-not-https", Some("url".into())),
        ("choice-unknown", Some("method".into())),
        ("field-required", Some("prompt".into())),
    ];
    assert_eq!(found, expected);
}
