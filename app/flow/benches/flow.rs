//! How long checking, generating and importing take, by the size of a flow.

#[path = "../tests/draw/mod.rs"]
mod draw;

use divan::Bencher;
use draw::{realistic, realistic_in, stamp};
use flow::FlowKind;

/// Nodes of the flows that are measured.
const SIZES: &[usize] = &[100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// All that a publish does before it sends, and an editor after an edit.
#[divan::bench(args = SIZES)]
fn check_and_generate(bencher: Bencher<'_, '_>, nodes: usize) {
    let (flow, stamp) = (realistic(nodes), stamp());
    bencher.bench(|| (flow::check(&flow), flow::direct::generate(&flow, &stamp)));
}

#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, nodes: usize) {
    let flow = realistic(nodes);
    bencher.bench(|| flow::check(&flow));
}

#[divan::bench(args = SIZES)]
fn generate(bencher: Bencher<'_, '_>, nodes: usize) {
    let (flow, stamp) = (realistic(nodes), stamp());
    bencher.bench(|| flow::direct::generate(&flow, &stamp));
}

#[divan::bench(args = SIZES)]
fn import(bencher: Bencher<'_, '_>, nodes: usize) {
    let text = flow::direct::generate(&realistic(nodes), &stamp()).map(|artifact| artifact.text);
    bencher.bench(|| flow::import(text.as_deref().unwrap_or_default()));
}

/// One edit of one field, as an editor checks it, the edit included: what the
/// field is decides what else has to be looked at.
#[divan::bench(args = [
    ("lookup", "body", "{ \"phoneNumber\": \"{{phoneNumber}}\", \"n\": 1 }"),
    ("check", "expression", "{{lookupSuccess}}"),
    ("found", "variables", "{{externalContact.responseBody.id}}"),
    ("found", "variables retyped", "always 200"),
    ("found", "variables renamed", "{{externalContact.responseBody.id}}"),
])]
fn check_after_an_edit_of_10_000_nodes(
    bencher: Bencher<'_, '_>,
    (node, field, text): (&str, &str, &str),
) {
    let mut flow = realistic(10_000);
    let mut checker = flow::Checker::default();
    checker.check(&flow);
    let id = format!("{node}-1000");
    let original = flow.nodes.get(&flow::NodeId::new(id.as_str())).cloned();
    let mut is_edited = false;
    bencher.bench_local(|| {
        is_edited = !is_edited;
        match (field, is_edited) {
            (_, false) => {
                if let (Some(slot), Some(node)) = (
                    flow.nodes.get_mut(&flow::NodeId::new(id.as_str())),
                    &original,
                ) {
                    *slot = node.clone();
                }
            }
            ("variables", true) => {
                let success = "{{externalContact.responseCode == 200}}";
                let rows = [("customer1000", text), ("lookupSuccess", success)];
                draw::pairs(&mut flow, &id, field, &rows);
            }
            // Of `lookupSuccess`, which thousands set and read, no sort is
            // known any more.
            ("variables retyped", true) => {
                let name = "{{externalContact.responseBody.name}}";
                let rows = [("customer1000", name), ("lookupSuccess", text)];
                draw::pairs(&mut flow, &id, "variables", &rows);
            }
            ("variables renamed", true) => {
                let success = "{{externalContact.responseCode == 200}}";
                let rows = [("customer", text), ("lookupSuccess", success)];
                draw::pairs(&mut flow, &id, "variables", &rows);
            }
            (_, true) => draw::text(&mut flow, &id, field, text),
        }
        checker.check(&flow)
    });
}

/// The forms of flows besides lookup flows.
const OTHER_FORMS: &[(FlowKind, usize)] = &[
    (FlowKind::Module, 1_000),
    (FlowKind::Module, 10_000),
    (FlowKind::Shared, 1_000),
    (FlowKind::Shared, 10_000),
];

#[divan::bench(args = OTHER_FORMS)]
fn check_and_generate_in(bencher: Bencher<'_, '_>, (kind, nodes): &(FlowKind, usize)) {
    let (flow, stamp) = (realistic_in(*kind, *nodes), stamp());
    bencher.bench(|| (flow::check(&flow), flow::direct::generate(&flow, &stamp)));
}

/// All that is done with a document that is compared with what was drawn.
#[divan::bench(args = OTHER_FORMS)]
fn import_and_align_in(bencher: Bencher<'_, '_>, (kind, nodes): &(FlowKind, usize)) {
    let drawn = realistic_in(*kind, *nodes);
    let text = flow::direct::generate(&drawn, &stamp()).map(|artifact| artifact.text);
    bencher.bench(|| {
        let file = flow::import(text.as_deref().unwrap_or_default());
        file.map(|file| flow::aligned(&file.flow, &drawn))
    });
}

/// The longest text that a field can hold, full of names that nothing sets.
#[divan::bench]
fn check_a_text_of_unknown_variables(bencher: Bencher<'_, '_>) {
    let mut flow = realistic(100);
    let names = (0..).map(|number| format!("{{{{u{number}}}}}"));
    let mut body = String::new();
    for name in names {
        if body.len() + name.len() > flow::MAX_TEXT_BYTES {
            break;
        }
        body.push_str(&name);
    }
    draw::text(&mut flow, "lookup-0", "body", &body);
    draw::pairs(&mut flow, "lookup-0", "headers", &[]);
    bencher.bench(|| flow::check(&flow));
}

/// What a keystroke in the search field costs, over all nodes of a flow.
#[divan::bench(args = [
    "customer",
    "nothing holds this",
    "uses:externalContact",
    "is:unconnected",
    "kind:http -is:invalid",
])]
fn search_10_000_nodes(bencher: Bencher<'_, '_>, query: &str) {
    let (flow, workspace) = (realistic(10_000), flow::Workspace::default());
    let Ok(query) = flow::search::Query::parse(query) else {
        return;
    };
    bencher.bench(|| {
        let search = flow::search::Search::new(&query, &flow, &workspace, &|_| None);
        flow.nodes
            .keys()
            .filter_map(|id| search.look_at(id))
            .count()
    });
}
