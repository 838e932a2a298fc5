//! Interfaces, references, named parts, and further actions of one node.

use std::sync::Arc;

use flow::{
    DataType, Difference, EntityRef, FieldValue, Flow, FlowKind, Kind, NodeId, Parameter,
    ParameterType, Region, RegionId, RegionKind, diff, merge,
};

use crate::{
    draw::{self, change, edge, node, pairs},
    sentences,
};

/// A shared flow whose first step has two further actions, and a part.
pub(crate) fn shared() -> Flow {
    let mut flow = Flow::new(FlowKind::Shared, "Processor");
    flow.interface.inputs = vec![Parameter::new("emailBody", DataType::String)];
    flow.interface.outputs = vec![Parameter::new("result", DataType::String)];
    for (id, kind) in [
        ("begin", Kind::START),
        ("set", Kind::SET_VARIABLES),
        ("run", Kind::RUN_FLOW),
        ("is", Kind::CONDITION),
        ("bye", Kind::DISCONNECT),
    ] {
        node(&mut flow, id, &kind);
    }
    for id in ["run", "is"] {
        change(&mut flow, id, |node| {
            node.joins = true;
            node.label = node.kind.spec().expect("a known kind").title.to_owned();
        });
    }
    let reference = FieldValue::Reference(EntityRef::Id("f-1".to_owned()));
    draw::field(&mut flow, "run", "flow", reference);
    for (source, port, target) in [
        ("begin", "out", "set"),
        ("set", "out", "run"),
        ("run", "out", "is"),
        ("is", "true", "bye"),
        ("is", "false", "bye"),
    ] {
        edge(&mut flow, source, port, target);
    }
    let menu = Region {
        kind: RegionKind::Menu,
        name: "Main menu".to_owned(),
        wire_id: None,
        extra: Default::default(),
    };
    flow.regions.insert("menu".into(), Arc::new(menu));
    flow
}

fn renamed_region(flow: &mut Flow, name: &str) {
    let region = flow
        .regions
        .get_mut(&RegionId::new("menu"))
        .expect("a part");
    Arc::make_mut(region).name = name.to_owned();
}

#[test]
fn what_interfaces_references_parts_and_joined_actions_became_is_said() {
    type Edit = fn(&mut Flow);
    let table: &[(Edit, &[&str])] = &[
        (
            |flow| {
                flow.interface
                    .inputs
                    .push(Parameter::new("verbose", DataType::Boolean));
            },
            &["The input “verbose” was added."],
        ),
        (
            |flow| flow.interface.outputs.clear(),
            &["The output “result” was removed."],
        ),
        (
            |flow| flow.interface.inputs[0].datatype = ParameterType::Known(DataType::Object),
            &["The input “emailBody” changed from “string” to “object”."],
        ),
        (
            |flow| flow.interface.outputs[0].description = "What came of it".to_owned(),
            &["The output “result” changed from “string” to “string: What came of it”."],
        ),
        (
            |flow| {
                let again = flow.interface.inputs[0].clone();
                flow.interface.inputs.push(again);
            },
            &[
                "The list of inputs changed from “[{\"name\":\"emailBody\",\"datatype\":\"string\"}]” to “[{\"name\":\"emailBody\",\"datatype\":\"string\"},{\"name\":\"emailBody…”.",
            ],
        ),
        (
            |flow| {
                let reference = FieldValue::Reference(EntityRef::Name("Other".to_owned()));
                draw::field(flow, "run", "flow", reference);
            },
            &["Shared flow of “Run flow” changed from “f-1” to “Other”."],
        ),
        (
            |flow| pairs(flow, "run", "inputs", &[("emailBody", "{{emailBody}}")]),
            &[
                "Inputs of “Run flow” was set to “{\"pairs\":[{\"name\":\"emailBody\",\"value\":\"{{emailBody}}\"}]}”.",
            ],
        ),
        (
            |flow| change(flow, "run", |node| node.joins = false),
            &[
                "Whether “Run flow” is sent as an action of the step before it changed from “true” to “false”.",
            ],
        ),
        (
            |flow| renamed_region(flow, "First menu"),
            &[
                "The part “First menu” changed from “{\"kind\":\"menu\",\"name\":\"Main menu\"}” to “{\"kind\":\"menu\",\"name\":\"First menu\"}”.",
            ],
        ),
        (
            |flow| change(flow, "set", |node| node.region = Some("menu".into())),
            &["The part that “Node set” is in was set to “menu”."],
        ),
        (
            |flow| {
                flow.regions.clear();
            },
            &["The part “Main menu” was removed."],
        ),
        (
            |flow| flow.wire_type = Some("chat".to_owned()),
            &["The flow's type was set to “chat”."],
        ),
    ];
    for (edit, expected) in table {
        let mut after = shared();
        edit(&mut after);
        let differences = diff(&shared(), &after);
        assert_eq!(sentences(&differences), *expected);
        assert!(!differences.iter().any(Difference::is_layout));
    }
}

/// Merges two edits of the shared flow; gives the result and what is said of
/// the conflicts.
fn merged_shared(ours: fn(&mut Flow), theirs: fn(&mut Flow)) -> (Flow, Vec<String>) {
    let edited = |edit: fn(&mut Flow)| {
        let mut flow = shared();
        edit(&mut flow);
        flow
    };
    let merged = merge(&shared(), &edited(ours), &edited(theirs));
    let said = merged
        .conflicts
        .into_iter()
        .map(|conflict| conflict.sentence);
    (merged.flow, said.collect())
}

#[test]
fn interfaces_references_parts_and_joined_actions_are_brought_together() {
    let (flow, said) = merged_shared(
        |flow| {
            flow.interface
                .inputs
                .push(Parameter::new("ours", DataType::Boolean));
            change(flow, "set", |node| node.region = Some("menu".into()));
            renamed_region(flow, "First menu");
        },
        |flow| {
            flow.interface
                .inputs
                .push(Parameter::new("theirs", DataType::Integer));
            flow.interface.outputs[0].description = "What came of it".to_owned();
            let reference = FieldValue::Reference(EntityRef::Id("f-2".to_owned()));
            draw::field(flow, "run", "flow", reference);
            change(flow, "is", |node| node.joins = false);
        },
    );
    assert_eq!(said, [""; 0]);
    let names: Vec<_> = flow
        .interface
        .inputs
        .iter()
        .map(|input| &input.name)
        .collect();
    assert_eq!(names, ["emailBody", "ours", "theirs"]);
    assert_eq!(flow.interface.outputs[0].description, "What came of it");
    let at = |id: &str| &flow.nodes[&NodeId::new(id)];
    assert_eq!(at("set").region, Some("menu".into()));
    assert_eq!(
        at("run").reference("flow"),
        Some(&EntityRef::Id("f-2".to_owned()))
    );
    assert!(!at("is").joins);
    assert_eq!(flow.regions[&RegionId::new("menu")].name, "First menu");
}

#[test]
fn where_both_changed_an_interface_a_reference_or_a_part_the_result_has_ours() {
    let (flow, said) = merged_shared(
        |flow| {
            flow.interface.inputs[0].datatype = ParameterType::Known(DataType::Object);
            let reference = FieldValue::Reference(EntityRef::Id("f-2".to_owned()));
            draw::field(flow, "run", "flow", reference);
            renamed_region(flow, "Ours");
        },
        |flow| {
            flow.interface.inputs.clear();
            let reference = FieldValue::Reference(EntityRef::Name("Other".to_owned()));
            draw::field(flow, "run", "flow", reference);
            renamed_region(flow, "Theirs");
        },
    );
    assert_eq!(
        said,
        [
            "The input “emailBody” is “object” here and nothing there. “object” is kept.",
            "Shared flow of “Run flow” is “f-2” here and “Other” there. “f-2” is kept.",
            "The part “Ours” was changed here and there. What is here is kept.",
        ]
    );
    assert_eq!(flow.interface.inputs.len(), 1);
    assert_eq!(flow.regions[&RegionId::new("menu")].name, "Ours");
}

#[test]
fn a_part_into_which_one_side_put_a_step_stays_though_the_other_removed_it() {
    let into = |flow: &mut Flow| change(flow, "set", |node| node.region = Some("menu".into()));
    let removed = |flow: &mut Flow| flow.regions.clear();
    for (flow, said) in [merged_shared(into, removed), merged_shared(removed, into)] {
        assert_eq!(said, [""; 0]);
        assert_eq!(flow.regions.len(), 1);
        assert!(flow.nodes[&NodeId::new("set")].region.is_some());
    }
    let (flow, said) = merged_shared(|_| {}, removed);
    assert_eq!(said, [""; 0]);
    assert_eq!(flow.regions.len(), 0);
}
