//! Real flows, read from the folder that the public platform's facts stand in.

use std::path::{Path, PathBuf};

use flow::{EntityKind, Flow, Port, RegionId, RegionKind, architect, check};
use serde_json::Value;

use crate::{assert_kept, drawn, exactly, written};

/// How many there are: fewer would be missing without a word.
const EXAMPLES: usize = 16;

fn folder() -> Option<PathBuf> {
    let root = std::env::var_os("PATCHBAY_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let folder = root.join("genesys/examples/flows");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not there", folder.display());
    None
}

/// Files are templates: `{{name}}` stands for a text that is put in before the
/// YAML is read. Here the names themselves are put in.
fn filled_in(text: &str) -> String {
    text.replace("{{", "").replace("}}", "")
}

fn parse(text: &str) -> Value {
    // “yes” and “no” are texts, as in YAML 1.2 and in Architect.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).unwrap_or_else(|error| panic!("{error}"))
}

fn example(folder: &Path, name: &str) -> (Value, Flow) {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let document = parse(&filled_in(&text));
    let flow = assert_kept(&document);
    (document, flow)
}

#[test]
fn every_example_comes_back_as_the_same_tree() {
    let Some(folder) = folder() else {
        return;
    };
    let files = std::fs::read_dir(&folder).expect("a folder");
    let names: Vec<_> = files
        .map(|file| {
            file.expect("a file")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    assert_eq!(names.len(), EXAMPLES);
    for name in names {
        let (document, flow) = example(&folder, &name);
        assert!(!flow.name.is_empty() && !flow.nodes.is_empty(), "{name}");
        // Every action is a node: none is left in what is kept.
        let source = exactly(&document);
        let actions = actions(&document);
        assert_eq!(flow.nodes.len(), actions, "{name}: {source}");
        // A flow drawn by edits alone is the same.
        assert_eq!(exactly(&written(&drawn(&flow))), source, "{name}");
        let _no_panic = check(&flow);
    }
}

/// Actions and choices in a document, counted without the reader: the items of
/// every list that is called so.
fn actions(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let is_list = matches!(name.as_str(), "actions" | "choices" | "startUpTaskActions");
                let own = value.as_array().filter(|_| is_list).map_or(0, Vec::len);
                own + actions(value)
            })
            .sum(),
        Value::Array(items) => items.iter().map(actions).sum(),
        _ => 0,
    }
}

/// How many nodes, edges, exits with a name, and regions a flow has.
fn counts(flow: &Flow) -> [usize; 4] {
    let exits = flow.nodes.values().flat_map(|node| &node.exits);
    let named = exits.filter(|exit| exit.port != Port::OUT);
    [
        flow.nodes.len(),
        flow.edges.len(),
        named.count(),
        flow.regions.len(),
    ]
}

fn references(flow: &Flow) -> Vec<(EntityKind, String)> {
    let references = architect::references(flow).into_iter();
    references
        .map(|(id, kind, reference)| {
            assert!(flow.nodes.contains_key(&id));
            (kind, reference.to_string())
        })
        .collect()
}

#[test]
fn an_inbound_call_flow_has_a_menu_and_a_task() {
    let Some(folder) = folder() else {
        return;
    };
    let name = "GenesysCloudBlueprints__architect-flow-public-api-blueprint__blueprint__files__archy_flow.yml";
    let (_, flow) = example(&folder, name);
    assert_eq!(flow.wire_type.as_deref(), Some("inboundCall"));
    assert_eq!(flow.name, "Queue Members Check");
    // Two choices; twelve actions, of which one begins the task. Exits: two of
    // findQueue, three of callData, two of the decision, one of each transfer.
    assert_eq!(counts(&flow), [14, 11, 9, 2]);
    let regions: Vec<_> = flow
        .regions
        .iter()
        .map(|(id, region)| (id.as_str(), &region.kind, region.name.as_str()))
        .collect();
    assert_eq!(
        regions,
        [
            ("Main Menu_10", &RegionKind::Menu, "Main Menu"),
            (
                "Checking the queues_13",
                &RegionKind::Task,
                "Checking the queues"
            ),
        ]
    );
    let labels: Vec<_> = flow
        .nodes
        .values()
        .map(|node| node.label.as_str())
        .collect();
    assert_eq!(labels[..3], ["Disconnect", "Check the queue", "Find Queue"]);
    let find = flow.nodes.get_index(2).expect("the task's first action");
    let exits: Vec<_> = find
        .1
        .exits
        .iter()
        .map(|exit| (exit.port.as_str(), exit.label.as_str()))
        .collect();
    assert_eq!(
        exits,
        [
            ("out", "next"),
            ("outputs/found", "found"),
            ("outputs/notFound", "notFound")
        ]
    );
    let data_action = (
        EntityKind::DataAction,
        "Agents Logged Into Queue".to_owned(),
    );
    assert_eq!(references(&flow), [data_action]);
}

#[test]
fn a_common_module_begins_with_actions_in_no_part() {
    let Some(folder) = folder() else {
        return;
    };
    let name = "GenesysCloudBlueprints__merge-ephemeral-message-to-external-contact-blueprint__modules__common-module__ResolveContact.yaml";
    let (document, flow) = example(&folder, name);
    assert_eq!(flow.wire_type.as_deref(), Some("commonModule"));
    // Three data actions, a decision, three updates and the end of the task;
    // the first data action and the end are one behind the other. Exits: one
    // of each data action, two of the decision.
    assert_eq!(counts(&flow), [8, 7, 5, 0]);
    let names = [
        "fetch_external_contact_by_identifier_data_action",
        "get_external_contact_id_for_customer_participant_data_action",
        "merge_external_contacts_data_action",
    ];
    let expected = names.map(|name| (EntityKind::DataAction, name.to_owned()));
    assert_eq!(references(&flow), expected);
    let variables = document["commonModule"]["variables"].clone();
    assert_eq!(flow.extra["/variables"], variables, "as they came");

    let name = "GenesysCloudBlueprints__merge-ephemeral-message-to-external-contact-blueprint__modules__inbound-message-flow__MergeExternalContactMessageFlow.yaml";
    let (_, flow) = example(&folder, name);
    let module = (EntityKind::Module, "common_module_name".to_owned());
    assert_eq!(references(&flow), [module], "the flow that calls one");
}

#[test]
fn a_workflow_has_a_state_with_a_loop() {
    let Some(folder) = folder() else {
        return;
    };
    let name = "GenesysCloudBlueprints__callback-prioritization__terraform__Callback-Prioritization-Workflow.yaml";
    let (_, flow) = example(&folder, name);
    assert_eq!(flow.wire_type.as_deref(), Some("workflow"));
    // Three updates, three decisions, a loop, a wait, three data actions and
    // four ends, of which one update begins the state. Exits: two of each
    // decision, one of the loop, one of each data action but the last.
    assert_eq!(counts(&flow), [15, 14, 9, 1]);
    let region = &flow.regions[&RegionId::from("Initial State_10")];
    assert_eq!(
        (&region.kind, region.name.as_str()),
        (&RegionKind::State, "Initial State")
    );
    let inside = flow.nodes.values();
    assert!(inside.clone().all(|node| {
        node.region
            .as_ref()
            .is_some_and(|id| id.as_str() == "Initial State_10")
    }));
    let sorts: Vec<_> = inside.filter_map(|node| node.kind.foreign_type()).collect();
    assert_eq!(
        sorts,
        [
            "updateData",
            "decision",
            "decision",
            "updateData",
            "loop",
            "wait",
            "callData",
            "decision",
            "callData",
            "updateData",
            "callData",
            "endWorkflow",
            "endWorkflow",
            "endWorkflow",
            "endWorkflow",
        ]
    );
}

#[test]
fn yaml_is_read_as_architect_means_it() {
    let text = "workflow:\n  name: Yes & no\n  states:\n    - state:\n        refId: &here s\n        actions:\n          - decision:\n              note: >-\n                folded\n                lines\n              text: |\n                kept\n                lines\n              lit: \"5\"\n              outputs:\n                yes:\n                  actions: []\n                \"no\": {actions: [{endWorkflow: }]}\n                also: *here\n";
    let document = parse(text);
    let flow = assert_kept(&document);
    let decision = &flow.nodes[0];
    let exits: Vec<_> = decision
        .exits
        .iter()
        .map(|exit| exit.port.as_str())
        .collect();
    assert_eq!(exits, ["out", "outputs/yes", "outputs/no"]);
    let source = &document["workflow"]["states"][0]["state"]["actions"][0]["decision"];
    assert_eq!(source["note"], "folded lines");
    assert_eq!(source["text"], "kept\nlines\n");
    assert_eq!(source["lit"], "5");
    assert_eq!(source["outputs"]["also"], "s");
}
