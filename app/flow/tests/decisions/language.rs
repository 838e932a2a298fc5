//! What nodes, edges, mappings, variables and templates mean.

use flow::{
    BUILT_IN, DataType, Edge, Entity, EntityKind, EntityRef, FieldValue, Flow, FlowKind,
    FlowSetting, Interface, Kind, Op, Origin, Parameter, Port, Problem, Severity, Transaction,
    Variable, Workspace, apply, check, check_in, direct, expression::parse_template, variables_at,
};
use serde_json::{Value, json};

use crate::{
    codes,
    draw::{self, branching, calling, cases, chain, edge, field, node, pairs, stamp, text},
    keys, read, written,
};

/// What stands on the line of a JSON pointer into a generated document: the
/// innermost part of the flow that it came from.
fn origin(flow: &Flow, pointer: &str) -> Option<String> {
    let artifact = direct::generate(flow, &stamp()).expect("it can be written");
    // The value is told apart by what replaces it.
    const MARK: &str = "the value that is meant";
    let mut document: Value = serde_json::from_str(&artifact.text).expect("JSON");
    let before = serde_json::to_string_pretty(&document).expect("a value prints");
    assert_eq!(before, artifact.text);
    *document.pointer_mut(pointer).expect("it is there") = json!(MARK);
    let marked = serde_json::to_string_pretty(&document).expect("a value prints");
    let line = marked
        .lines()
        .position(|line| line.contains(MARK))
        .expect("it is printed");
    let holding = artifact
        .source_map
        .iter()
        .filter(|mark| mark.lines.contains(&line));
    let innermost = holding.min_by_key(|mark| mark.lines.len())?;
    Some(match &innermost.origin {
        Origin::Node(id) => id.to_string(),
        Origin::Field(id, field) => format!("{id}.{field}"),
        Origin::Edge(id) => format!("edge {id}"),
        Origin::Member(field) => field.to_string(),
    })
}

#[test]
fn decision_08_a_pointer_into_the_sent_body_leads_back_to_node_field_and_edge() {
    let lookup = branching();
    let mut module = chain(FlowKind::Module, [Kind::SET_VARIABLES, Kind::FLOW_MODULE]);
    pairs(&mut module, "n0", "variables", &[("a", "1"), ("b", "2")]);
    let called = FieldValue::Reference(EntityRef::Id("m-2".to_owned()));
    field(&mut module, "n1", "module", called);
    let shared = read(&json!({"name": "S", "nodes": [
        {"id": "n", "label": "N", "actions": [
            {"type": "setData", "data": [{"key": "a", "value": "1"}]},
            {"type": "playPrompt", "prompt": "Hello"}],
         "next": [{"on": "default", "nodeId": "m"}]},
        {"id": "m", "label": "M", "actions": [{"type": "disconnect"}]}]}))
    .flow;
    let table = [
        (
            &lookup,
            "/nodes/nodes/1/configuration/action/url",
            Some("lookup.url"),
        ),
        (
            &lookup,
            "/nodes/nodes/2/configuration/cases/0/value",
            Some("split.cases"),
        ),
        (&lookup, "/nodes/nodes/3/label", Some("set")),
        (
            &lookup,
            "/nodes/edges/2/label",
            Some("edge split.case-1>set"),
        ),
        (&lookup, "/name", None),
        (
            &module,
            "/definition/nodes/0/settings/data/1/value",
            Some("n0.variables"),
        ),
        (
            &module,
            "/definition/nodes/1/settings/flowModuleId",
            Some("n1.module"),
        ),
        (&module, "/definition/nodes/1/type", Some("n1")),
        (
            &module,
            "/definition/edges/0/target",
            Some("edge start.out>n0"),
        ),
        (
            &module,
            "/definition/entry/nodeId",
            Some("edge start.out>n0"),
        ),
        (&module, "/name", None),
        (
            &shared,
            "/nodes/0/actions/0/data/0/key",
            Some("n.variables"),
        ),
        (
            &shared,
            "/nodes/0/actions/1/prompt",
            Some("n-action.prompt"),
        ),
        (&shared, "/nodes/0/actions/1/type", Some("n-action")),
        (
            &shared,
            "/nodes/0/next/0/nodeId",
            Some("edge n-action.out>m"),
        ),
        (&shared, "/nodes/1/label", Some("m")),
        (&shared, "/trigger/type", None),
    ];
    for (flow, pointer, expected) in table {
        assert_eq!(origin(flow, pointer).as_deref(), expected, "{pointer}");
    }
}

/// A split of a form of flow, as its document has it, with an edge that is
/// called so.
fn split(kind: FlowKind, called: &str) -> Value {
    let cases = json!([{"value": "200", "label": "Found"}, {"value": "404"}]);
    match kind {
        FlowKind::Lookup => json!({"name": "Split", "nodes": {
            "nodes": [{"id": "s", "type": "SplitNode", "configuration": {"on": "{{x}}", "cases": cases}}],
            "edges": [{"id": "e", "fromNodeId": "s", "toNodeId": "s", "label": called}]}}),
        FlowKind::Shared => json!({"name": "Split", "nodes": [
            {"id": "s", "actions": [{"type": "split", "on": "{{x}}", "cases": cases}], "next": [{"on": called, "nodeId": "s"}]}]}),
        _ => json!({"name": "Split", "definition": {
            "nodes": [{"id": "s", "type": "split", "settings": {"on": "{{x}}", "cases": cases}}],
            "edges": [{"id": "e", "source": "s", "target": "s", "type": called}]}}),
    }
}

#[test]
fn decision_09_an_edge_of_a_split_is_called_like_its_case() {
    for (kind, label_at) in [
        (FlowKind::Lookup, "/nodes/edges/0/label"),
        (FlowKind::Module, "/definition/edges/0/type"),
        (FlowKind::Shared, "/nodes/0/next/0/on"),
    ] {
        for (called, port, label) in [
            ("Found", "case-1", "Found"),
            ("200", "case-1", "Found"),
            ("404", "case-2", "404"),
            ("default", "default", "default"),
            ("Gone", "unknown:Gone", "Gone"),
        ] {
            let file = read(&split(kind, called));
            let edge = file
                .flow
                .edges
                .values()
                .find(|edge| edge.source.as_str() == "s");
            assert_eq!(edge.expect("an edge").port.as_str(), port, "{kind:?}");
            let document = written(&file.flow, &stamp());
            assert_eq!(document.pointer(label_at), Some(&json!(label)), "{kind:?}");
        }
    }
    // `default` is reserved and names stand once.
    let mut flow = branching();
    cases(&mut flow, "split", &[("1", "default")]);
    assert!(codes(&check(&flow)).contains(&"case-name-reserved"));
    cases(&mut flow, "split", &[("1", "A"), ("2", "A")]);
    assert!(codes(&check(&flow)).contains(&"case-name-duplicate"));
    // Elsewhere a label is free text.
    let labelled = written(&draw::template(), &stamp());
    assert_eq!(labelled["nodes"]["edges"][0]["label"], "To Lookup");
}

#[test]
fn decision_10_calls_hold_their_settings_and_a_request_its_action() {
    let mut flow = chain(
        FlowKind::Lookup,
        [
            Kind::FLOW_MODULE,
            Kind::RUN_FLOW,
            Kind::HTTP_REQUEST,
            Kind::PLAY_PROMPT,
            Kind::END,
        ],
    );
    for (id, key, called) in [("n0", "module", "m-1"), ("n1", "flow", "f-1")] {
        let called = FieldValue::Reference(EntityRef::Id(called.to_owned()));
        field(&mut flow, id, key, called);
    }
    text(&mut flow, "n3", "prompt", "{{response.responseCode}}");
    let document = written(&flow, &stamp());
    let configuration = |index: usize| &document["nodes"]["nodes"][index]["configuration"];
    assert_eq!(configuration(1), &json!({"flowModuleId": "m-1"}));
    assert_eq!(configuration(2), &json!({"flowId": "f-1"}));
    assert_eq!(keys(configuration(3)), ["action"]);
    let members = |flow: &Flow, id: &str, name: &str| {
        let available = variables_at(flow, &id.into()).into_iter();
        let mut named = available.filter(|variable| variable.name == name);
        named.next().and_then(|variable| variable.members)
    };
    let expected = vec!["responseCode", "responseBody", "responseHeaders", "error"];
    assert_eq!(members(&flow, "n3", "response"), Some(expected.clone()));
    assert_eq!(
        members(&branching(), "split", "externalContact"),
        Some(expected)
    );
    let mut module = chain(FlowKind::Module, [Kind::SPLIT, Kind::DATA_ACTION]);
    let called = FieldValue::Reference(EntityRef::Id("d-1".to_owned()));
    field(&mut module, "n1", "dataAction", called);
    pairs(&mut module, "n1", "inputs", &[("user_id", "7")]);
    let document = written(&module, &stamp());
    let settings = |index: usize| &document["definition"]["nodes"][index]["settings"];
    assert_eq!(keys(settings(0)), ["on", "cases"]);
    assert_eq!(
        settings(1),
        &json!({"dataActionId": "d-1", "inputs": {"user_id": "7"}})
    );
}

#[test]
fn decision_11_an_input_takes_a_value_and_a_variable_takes_an_output() {
    let string = |name| Parameter::new(name, DataType::String);
    let entity = |kind, id: &str| Entity {
        kind,
        id: Some(id.to_owned()),
        name: id.to_owned(),
        interface: Some(Interface {
            inputs: vec![string("phone")],
            outputs: vec![string("x")],
        }),
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    };
    let workspace = Workspace::new(
        vec![
            entity(EntityKind::SharedFlow, "f-1"),
            entity(EntityKind::Module, "m-1"),
        ],
        true,
    );
    for (step, id, output, settings, [inputs, outputs]) in [
        (
            Kind::RUN_FLOW,
            "f-1",
            "${output.x}",
            "/nodes/0/actions/0",
            ["inputMapping", "outputMapping"],
        ),
        (
            Kind::FLOW_MODULE,
            "m-1",
            "{{output.x}}",
            "/nodes/0/actions/0",
            ["inputMappings", "outputMappings"],
        ),
    ] {
        let called = EntityRef::Id(id.to_owned());
        let mut flow = calling(FlowKind::Shared, &step, called);
        pairs(&mut flow, "call", "inputs", &[("phone", "{{phoneNumber}}")]);
        pairs(&mut flow, "call", "outputs", &[("kept", output)]);
        node(&mut flow, "say", &Kind::PLAY_PROMPT);
        text(&mut flow, "say", "prompt", "{{kept}}");
        edge(&mut flow, "call", "out", "say");
        assert_eq!(check_in(&flow, &workspace), [], "the caller's own names");
        let document = written(&flow, &stamp());
        let settings = document.pointer(settings).expect("an action");
        assert_eq!(
            settings[inputs],
            json!([{"name": "phone", "value": "{{phoneNumber}}"}])
        );
        assert_eq!(
            settings[outputs],
            json!([{"name": "kept", "value": output}])
        );
        // What came back is read in its mapping alone.
        text(&mut flow, "say", "prompt", "{{output.x}}");
        assert_eq!(codes(&check_in(&flow, &workspace)), ["variable-not-set"]);
    }
}

#[test]
fn decision_12_what_is_there_from_the_start_is_built_in_declared_or_an_input() {
    assert_eq!(BUILT_IN, ["phoneNumber", "interaction"]);
    let reading = |kind| {
        let mut flow = chain(kind, [Kind::PLAY_PROMPT]);
        text(
            &mut flow,
            "n0",
            "prompt",
            "{{phoneNumber}} {{interaction.id}} {{tier}}",
        );
        if kind == FlowKind::Lookup {
            node(&mut flow, "end", &Kind::END);
            edge(&mut flow, "n0", "out", "end");
        }
        flow
    };
    // An error in a lookup flow, a warning in a module, which its callers may
    // hand it to.
    let mut lookup = reading(FlowKind::Lookup);
    let [problem] = check(&lookup).try_into().expect("one problem");
    let problem: Problem = problem;
    assert_eq!(problem.code.as_str(), "variable-not-set");
    assert_eq!(problem.severity, Severity::Error);
    lookup.variables.push(Variable {
        name: "tier".to_owned(),
        datatype: DataType::String,
        description: String::new(),
    });
    assert_eq!(check(&lookup), []);
    let document = written(&lookup, &stamp()).to_string();
    assert!(!document.contains("\"tier\""), "declarations are not sent");

    let mut module = reading(FlowKind::Module);
    let [problem] = check(&module).try_into().expect("one problem");
    let problem: Problem = problem;
    assert_eq!(problem.code.as_str(), "input-not-declared");
    assert_eq!(problem.severity, Severity::Warning);
    let fix = problem.fix.expect("a fix");
    assert_eq!(fix.label, "Declare “tier” as an input");
    apply(&mut module, &Transaction::new(fix.label, fix.ops)).expect("it applies");
    assert_eq!(check(&module), []);

    // A line of the description declares a module's interface.
    let outputs = vec![Parameter::new("status", DataType::Boolean)];
    let ops = vec![
        Op::SetFlow(FlowSetting::Outputs(outputs)),
        Op::SetFlow(FlowSetting::Description("Asks.".to_owned())),
    ];
    apply(&mut module, &Transaction::new("Declare", ops)).expect("it applies");
    let document = written(&module, &stamp());
    assert_eq!(
        document["description"],
        "Asks.\nin: tier:string; out: status:boolean"
    );
    assert_eq!(read(&document).flow.interface, module.interface);
}

#[test]
fn decision_16_templates_are_expressions_in_braces_and_one_alone_keeps_its_type() {
    for text in [
        "{{phoneNumber}}",
        "${phoneNumber}",
        "{{ length(phoneNumber) + 1 }}",
    ] {
        let template = parse_template(text);
        assert!(template.sole_expression().is_some(), "{text}");
    }
    for text in [
        "Dear {{phoneNumber}}",
        "{{phoneNumber}}{{phoneNumber}}",
        "phoneNumber",
    ] {
        let template = parse_template(text);
        assert!(
            template.errors.is_empty() && template.sole_expression().is_none(),
            "{text}"
        );
    }
    for text in [
        "{{#x}}y{{/x}}",
        "{{^x}}",
        "{{> partial}}",
        "{{{x}}}",
        "{{& x}}",
    ] {
        let template = parse_template(text);
        assert!(
            template.errors.iter().any(|error| error.is_section),
            "{text}"
        );
    }
    // A number that stands alone is compared as one; in a text it is a text.
    let mut flow = branching();
    node(&mut flow, "is", &Kind::CONDITION);
    flow.edges
        .shift_remove(&Edge::new("set".into(), Port::OUT, "end".into()).key());
    for (source, port, target) in [
        ("set", "out", "is"),
        ("is", "true", "end"),
        ("is", "false", "end"),
    ] {
        edge(&mut flow, source, port, target);
    }
    text(&mut flow, "is", "expression", "{{code == 200}}");
    for (value, expected) in [
        ("{{externalContact.responseCode}}", [].as_slice()),
        (
            "code {{externalContact.responseCode}}",
            &["comparison-mismatch"],
        ),
        // The members of a body are read as JSON.
        ("{{externalContact.responseBody.code}}", &[]),
        ("{{externalContact.responseBody.list[0].code}}", &[]),
    ] {
        pairs(&mut flow, "set", "variables", &[("code", value)]);
        assert_eq!(codes(&check(&flow)), expected, "{value}");
    }
}

#[test]
fn decision_19_who_calls_what_changes_is_found_and_checked_against_the_new_interface() {
    let mut module = chain(FlowKind::Module, [Kind::SET_VARIABLES]);
    module.name = "Shared_Auth".to_owned();
    pairs(&mut module, "n0", "variables", &[("status", "ok")]);
    module.interface.inputs = vec![Parameter::new("phone", DataType::String)];
    let entity = |module: &Flow| Entity::of_flow(module, Some("m-1")).expect("it can be called");
    let before = entity(&module);

    let mut by_id = calling(
        FlowKind::Call,
        &Kind::FLOW_MODULE,
        EntityRef::Id("m-1".to_owned()),
    );
    pairs(
        &mut by_id,
        "call",
        "inputs",
        &[("phone", "{{phoneNumber}}")],
    );
    let by_name = EntityRef::Name("Shared_Auth".to_owned());
    let by_name = calling(FlowKind::Module, &Kind::FLOW_MODULE, by_name);
    let other = calling(
        FlowKind::Shared,
        &Kind::RUN_FLOW,
        EntityRef::Id("m-1".to_owned()),
    );
    let calls = |flow: &Flow| before.calls_in(flow).count();
    assert_eq!([&by_id, &by_name, &other].map(calls), [1, 1, 0]);

    let workspace = |entity: Entity| Workspace::new(vec![entity], true);
    assert_eq!(check_in(&by_id, &workspace(before.clone())), []);
    module.interface.inputs = vec![Parameter::new("number", DataType::String)];
    let after = check_in(&by_id, &workspace(entity(&module)));
    assert_eq!(
        codes(&after),
        ["mapping-input-open", "mapping-input-unknown"],
        "before it is published, each caller says what breaks"
    );
}
