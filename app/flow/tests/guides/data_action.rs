//! The guide on data actions, step 3: a node that executes one, with its inputs
//! and outputs mapped.

use flow::{
    DataType, Entity, EntityKind, FlowKind, FlowSetting, Interface, Kind, Op, Parameter, Variable,
    Workspace,
};
use serde_json::{Value, json};

use crate::{Drawing, errors, sent, unsent};

const ACTION: &str = "5d1f8c2e-0d0a-4c52-9a2e-4d1f5b8c7a10";

/// What the guide's action declares.
fn action() -> Entity {
    let string = |name| Parameter::new(name, DataType::String);
    let mut user_id = Parameter::new("user_id", DataType::Integer);
    user_id.required = true;
    Entity {
        kind: EntityKind::DataAction,
        id: Some(ACTION.to_owned()),
        name: "ExternalUserLookup".to_owned(),
        interface: Some(Interface {
            inputs: vec![user_id],
            outputs: vec![
                string("user_name"),
                string("user_email"),
                string("user_phone"),
                Parameter::new("success", DataType::Boolean),
                string("error"),
            ],
        }),
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    }
}

#[test]
fn the_data_action_node_of_the_guide_is_written_with_its_mappings() {
    let mut drawing = Drawing::new(FlowKind::Lookup, "Fetch a user", "");
    drawing.add("fetch", &Kind::DATA_ACTION, "Fetch User Info");
    drawing.add("end", &Kind::END, "End");
    drawing.refer("fetch", "dataAction", ACTION);
    drawing.set_pairs("fetch", "inputs", &[("user_id", "{{User.ID}}")]);
    let outputs = [
        ("user_name", "{{User.Name}}"),
        ("user_email", "{{User.Email}}"),
        ("user_phone", "{{User.Phone}}"),
        ("success", "{{API.Success}}"),
        ("error", "{{API.ErrorMessage}}"),
    ];
    drawing.set_pairs("fetch", "outputs", &outputs);
    drawing.connect("start", "fetch");
    drawing.connect("fetch", "end");
    let workspace = Workspace::new(vec![action()], true);
    let undeclared = errors(&drawing.flow, &workspace);
    assert_eq!(undeclared.len(), 1, "User is there before the flow starts");
    drawing.edit(vec![Op::SetFlow(FlowSetting::Variables(vec![Variable {
        name: "User".to_owned(),
        datatype: DataType::Object,
        description: String::new(),
    }]))]);
    let text = sent(&drawing.flow, &unsent(), &workspace);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let expected = json!({
        "id": "fetch",
        "type": "DataActionNode",
        "label": "Fetch User Info",
        "metadata": {"position": {"x": 100, "y": 250}},
        "configuration": {
            "dataActionId": ACTION,
            "inputs": {"user_id": "{{User.ID}}"},
            "outputs": {
                "user_name": "{{User.Name}}",
                "user_email": "{{User.Email}}",
                "user_phone": "{{User.Phone}}",
                "success": "{{API.Success}}",
                "error": "{{API.ErrorMessage}}"
            }
        }
    });
    let node = &document["nodes"]["nodes"][1];
    assert_eq!(node.to_string(), expected.to_string(), "order included");
}

#[test]
fn an_output_whose_capitals_differ_is_an_error_that_says_so() {
    let mut drawing = Drawing::new(FlowKind::Module, "Fetch", "");
    drawing.add("fetch", &Kind::DATA_ACTION, "Fetch User Info");
    drawing.refer("fetch", "dataAction", ACTION);
    drawing.set_pairs("fetch", "inputs", &[("user_id", "7")]);
    drawing.set_pairs("fetch", "outputs", &[("User_name", "{{User.Name}}")]);
    drawing.connect("start", "fetch");
    let workspace = Workspace::new(vec![action()], true);
    let [error] = errors(&drawing.flow, &workspace)
        .try_into()
        .expect("one error");
    let error: flow::Problem = error;
    assert_eq!(
        error.message,
        "What “Fetch User Info” calls has no output “User_name”. Did you mean “user_name”? Capitals count."
    );
}
