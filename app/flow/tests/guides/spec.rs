//! The documents of the wire format, as it shows them: each is read, drawn anew
//! by edits, and written to the byte.

use flow::{
    DataType, Entity, EntityKind, EntityRef, FieldValue, FlowFile, FlowKind, Interface, Parameter,
    Port, Stamp, Workspace, direct, import,
};
use serde_json::Value;

use crate::{errors, node, redrawn, sent, unsent};

const LOOKUP: &str = r#"{"type":"INBOUND","name":"Phone Lookup Flow","description":"Looks the caller up",
 "nodes":{"nodes":[
   {"id":"start-node","type":"StartNode","label":"Start","metadata":{"position":{"x":100,"y":100}},"configuration":{}},
   {"id":"lookup-node","type":"GetExternalContactNode","label":"Lookup Customer","metadata":{"position":{"x":100,"y":250}},
    "configuration":{"action":{"url":"https://crm.example.org/lookup","method":"POST","body":"{ \"phoneNumber\": \"{{phoneNumber}}\" }","timeout":5000,"headers":{"Content-Type":"application/json"}}}},
   {"id":"end-node","type":"EndNode","label":"End","metadata":{"position":{"x":100,"y":400}},"configuration":{}}],
  "edges":[{"id":"edge-1","fromNodeId":"start-node","toNodeId":"lookup-node","label":"To Lookup"},
           {"id":"edge-2","fromNodeId":"lookup-node","toNodeId":"end-node","label":"To End"}]},
 "metadata":{"version":1,"lastModified":"2026-01-01T00:00:00Z"}}"#;

const MODULE: &str = r#"{"id":"m-1","name":"shared_auth_logic_v1","description":"Keeps whether the caller is known.","version":1,
 "definition":{"nodes":[{"id":"5f0e","name":"Init Auth Status","type":"setData","settings":{"data":[{"key":"auth_status","value":"pending"}]}}],
  "edges":[{"id":"9a1c","source":"start","target":"5f0e","type":"default"}],"entry":{"nodeId":"5f0e"}}}"#;

const CALL: &str = r#"{"id":"c-1","version":4,
 "definition":{"nodes":[
   {"id":"e1","name":"Execute Shared Auth","type":"flowModule","settings":{"flowModuleId":"m-1","inputMappings":[{"name":"phone","value":"{{phoneNumber}}"}],"outputMappings":[{"name":"status","value":"{{output.auth_status}}"}]}},
   {"id":"is","name":"Known?","type":"condition","settings":{"expression":"{{status == 'known'}}"}},
   {"id":"hi","name":"Greet","type":"playPrompt","settings":{"prompt":"Hello"}},
   {"id":"bye","name":"Hang up","type":"disconnect","settings":{}}],
  "edges":[
   {"id":"x1","source":"start","target":"e1","type":"default"},
   {"id":"x2","source":"e1","target":"is","type":"default"},
   {"id":"x3","source":"is","target":"hi","type":"true"},
   {"id":"x4","source":"is","target":"bye","type":"false"}],
  "entry":{"nodeId":"e1"}}}"#;

const SHARED: &str = r#"{"name":"Shared Email Processor","type":"email","description":"Processes what came in",
 "inputs":[{"name":"emailBody","description":"The body","datatype":"string"}],"outputs":[{"name":"localResult","description":"What came of it","datatype":"string"}],
 "nodes":[
   {"id":"n1","label":"Process","actions":[{"type":"runFlow","flowId":"f-1","inputMapping":[{"name":"emailBody","value":"${interaction.email.body}"}],"outputMapping":[{"name":"localResult","value":"${output.processedResult}"}]}],"next":[{"on":"default","nodeId":"n2"}]},
   {"id":"n2","label":"Sort","actions":[{"type":"split","on":"{{localResult}}","cases":[{"value":"spam","label":"Spam"}]}],"next":[{"on":"Spam","nodeId":"n3"},{"on":"default","nodeId":"n4"}]},
   {"id":"n3","label":"Drop","actions":[{"type":"setData","data":[{"key":"kept","value":"no"}]},{"type":"disconnect"}]},
   {"id":"n4","label":"Keep","actions":[{"type":"setData","data":[{"key":"kept","value":"yes"}]}]}],
 "trigger":{"type":"email"},"conditionset":{"conditions":[]},"end":{}}"#;

fn read(text: &str) -> FlowFile {
    import(text).unwrap_or_else(|error| panic!("{error}"))
}

/// A module and a shared flow that these documents call.
fn workspace() -> Workspace {
    let string = |name| Parameter::new(name, DataType::String);
    let entity = |kind, id: &str, input, output| Entity {
        kind,
        id: Some(id.to_owned()),
        name: id.to_owned(),
        interface: Some(Interface {
            inputs: vec![string(input)],
            outputs: vec![string(output)],
        }),
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    };
    let module = entity(EntityKind::Module, "m-1", "phone", "auth_status");
    let shared = entity(
        EntityKind::SharedFlow,
        "f-1",
        "emailBody",
        "processedResult",
    );
    Workspace::new(vec![module, shared], true)
}

#[test]
fn each_document_comes_back_to_the_byte_and_can_be_drawn_by_edits() {
    let table = [
        (LOOKUP, FlowKind::Lookup),
        (MODULE, FlowKind::Module),
        (CALL, FlowKind::Call),
        (SHARED, FlowKind::Shared),
    ];
    for (document, kind) in table {
        let file = read(document);
        assert_eq!(file.flow.kind, kind);
        assert!(file.flow.extra.is_empty(), "all of it is understood");
        assert!(file.flow.nodes.values().all(|node| node.extra.is_empty()));
        let stamp = file.stamp.clone().unwrap_or_else(unsent);
        let value: Value = serde_json::from_str(document).expect("JSON");
        let pretty = serde_json::to_string_pretty(&value).expect("a value prints");
        assert_eq!(sent(&file.flow, &stamp, &workspace()), pretty);
        let drawn = redrawn(&file.flow);
        assert_eq!(sent(&drawn, &stamp, &workspace()), pretty);
        let own = file.to_json().expect("a file prints");
        assert_eq!(read(&own), file, "and through our own file");
    }
}

#[test]
fn an_empty_module_and_a_shell_of_a_call_flow_are_flows() {
    let module = r#"{"name":"shared_auth_logic_v1","definition":{"nodes":[],"edges":[]}}"#;
    let call = r#"{"id":"c-1","version":1,"definition":{"nodes":[],"edges":[]}}"#;
    for (document, kind) in [(module, FlowKind::Module), (call, FlowKind::Call)] {
        let file = read(document);
        assert_eq!(file.flow.kind, kind);
        assert_eq!(errors(&file.flow, &Workspace::default()), []);
        let stamp = file.stamp.clone().unwrap_or_else(unsent);
        let written = direct::generate(&file.flow, &stamp).expect("it can be written");
        let value: Value = serde_json::from_str(&written.text).expect("JSON");
        assert_eq!(value.to_string(), document);
    }
}

#[test]
fn what_the_documents_say_is_in_the_flow() {
    let file = read(CALL);
    let expected = Stamp {
        upstream_id: Some("c-1".to_owned()),
        version: 4,
        last_modified: String::new(),
    };
    assert_eq!(file.stamp, Some(expected));
    let call = node(&file.flow, "e1");
    assert_eq!(
        call.reference("module"),
        Some(&EntityRef::Id("m-1".to_owned()))
    );
    assert_eq!(call.pairs("inputs")[0].name, "phone");
    let ports: Vec<_> = file.flow.edges.values().map(|edge| &edge.port).collect();
    assert_eq!(ports, [&Port::OUT, &Port::OUT, &Port::TRUE, &Port::FALSE]);

    let shared = read(SHARED).flow;
    assert_eq!(shared.interface.inputs[0].description, "The body");
    assert_eq!(node(&shared, "n2").text("on"), "{{localResult}}");
    let further = node(&shared, "n3-action");
    assert!(further.joins, "a further action of “n3”");
    assert_eq!(further.label, "Disconnect");
    assert!(matches!(
        node(&shared, "n4").field("variables"),
        Some(FieldValue::Pairs(pairs)) if pairs.len() == 1
    ));
}
