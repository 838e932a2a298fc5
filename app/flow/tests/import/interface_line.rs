//! The line of a module's description that declares what it takes and gives.

use flow::{DataType, Flow, FlowKind, Interface, Kind, Parameter, ParameterType, direct};
use serde_json::{Value, json};

use crate::{
    draw::{self, stamp},
    read, written,
};

fn module(description: &str) -> String {
    json!({"name": "M", "description": description, "definition": {"nodes": [], "edges": []}})
        .to_string()
}

/// What a description declares, as `a:string b:integer > c:string`.
fn declared(interface: &Interface) -> String {
    let side = |parameters: &[Parameter]| {
        let parameters = parameters.iter().map(|parameter| {
            let datatype = match &parameter.datatype {
                ParameterType::Known(datatype) => datatype.as_str().to_owned(),
                ParameterType::Foreign(other) => format!("{other}"),
            };
            format!("{}:{datatype}", parameter.name)
        });
        parameters.collect::<Vec<_>>().join(" ")
    };
    format!("{} > {}", side(&interface.inputs), side(&interface.outputs))
}

#[test]
fn a_line_declares_the_interface_wherever_it_stands_and_however_it_is_spelt() {
    // The description, what it declares, and what the editor shows of it.
    let table = [
        (
            "Keeps it.\nin: a:string, b:integer; out: c:string",
            "a:string b:integer > c:string",
            "Keeps it.",
        ),
        ("in: a:string", "a:string > ", ""),
        ("out: c:boolean", " > c:boolean", ""),
        (
            "in: a:string\nKeeps it.",
            "a:string > ",
            "in: a:string\nKeeps it.",
        ),
        (
            "Keeps it.\r\n  in:a:string ,b : object;out:c:array \r\nMore.",
            "a:string b:object > c:array",
            "Keeps it.\r\n  in:a:string ,b : object;out:c:array \r\nMore.",
        ),
        (
            "in: price:currency; out: ok:Boolean",
            "price:\"currency\" > ok:\"Boolean\"",
            "",
        ),
        ("in: größe:number", "größe:number > ", ""),
        (
            "out: a:string; in: b:string",
            "b:string > a:string",
            "out: a:string; in: b:string",
        ),
        (
            "In: a:integer; OUT: b:string;",
            "a:integer > b:string",
            "In: a:integer; OUT: b:string;",
        ),
        // These declare nothing.
        (
            "in: a:string; in: b:string",
            " > ",
            "in: a:string; in: b:string",
        ),
        ("in: see below", " > ", "in: see below"),
        ("inputs: a:string", " > ", "inputs: a:string"),
        ("It is in: a:string", " > ", "It is in: a:string"),
        ("in: a string:string", " > ", "in: a string:string"),
        (
            "in: a:string; out: b:string; x",
            " > ",
            "in: a:string; out: b:string; x",
        ),
        ("in:", " > ", "in:"),
        ("", " > ", ""),
    ];
    for (description, interface, shown) in table {
        let file = read(&module(description));
        assert_eq!(declared(&file.flow.interface), interface, "{description:?}");
        assert_eq!(file.flow.description, shown, "{description:?}");
        let document: Value = serde_json::from_str(&written(&file)).expect("JSON");
        let back = document["description"].as_str().unwrap_or_default();
        assert_eq!(back, description, "kept to the byte");
    }
}

/// The description that is sent of a module.
fn sent(description: &str, inputs: &[Parameter], outputs: &[Parameter]) -> String {
    let mut flow = Flow::new(FlowKind::Module, "M");
    draw::node(&mut flow, "start", &Kind::START);
    flow.description = description.to_owned();
    flow.interface = Interface {
        inputs: inputs.to_vec(),
        outputs: outputs.to_vec(),
    };
    let text = direct::generate(&flow, &stamp())
        .expect("it can be written")
        .text;
    let document: Value = serde_json::from_str(&text).expect("JSON");
    document["description"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn the_fields_of_the_editor_are_what_the_line_says() {
    let [a, b, c] = [
        Parameter::new("a", DataType::String),
        Parameter::new("b", DataType::Integer),
        Parameter::new("c", DataType::String),
    ];
    let both = [a.clone(), b];
    let outputs = [c];
    let line = "in: a:string, b:integer; out: c:string";
    assert_eq!(sent("", &both, &outputs), line);
    assert_eq!(
        sent("Keeps it.", &both, &outputs),
        format!("Keeps it.\n{line}")
    );
    assert_eq!(sent("", &[], &outputs), "out: c:string");
    assert_eq!(sent("Keeps it.", &[], &[]), "Keeps it.");
    // Another line gives way, and one that says the same stays.
    let typed = "Keeps it.\n in:a:string\nMore.";
    let only = [a];
    assert_eq!(sent(typed, &only, &[]), typed);
    assert_eq!(
        sent(typed, &both, &outputs),
        format!("Keeps it.\n{line}\nMore.")
    );
    assert_eq!(sent(typed, &[], &[]), "Keeps it.\nMore.");
    assert_eq!(sent("Keeps it.\nin: a:string", &[], &[]), "Keeps it.");
}

#[test]
fn more_inputs_than_a_flow_can_have_are_refused_with_their_place() {
    let many: Vec<String> = (0..50_000)
        .map(|number| format!("a{number}:string"))
        .collect();
    let text = module(&format!("in: {}", many.join(", ")));
    let error = flow::import(&text).expect_err("too many inputs");
    assert_eq!(error.path, "/description");
    assert!(error.message.contains("at most 200"), "{error}");
}
