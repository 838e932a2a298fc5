//! What a query finds, what it refuses, and what may be written next.
#![allow(clippy::expect_used)]

mod draw;

use draw::{branching, change, edge, field, node, pairs, text};
use flow::{
    Entity, EntityKind, EntityRef, FieldValue, Flow, FlowKind, Kind, NodeId, Severity, Workspace,
    search::{Completions, Excerpt, Query, Search, completions, used_names},
};

/// Start, a lookup, a split, a set, a module, a condition, ends: every sort of
/// field stands in it.
fn drawn() -> Flow {
    let mut flow = branching();
    text(
        &mut flow,
        "lookup",
        "url",
        "https://crm.example.org/{{region}}",
    );
    node(&mut flow, "if", &Kind::CONDITION);
    text(&mut flow, "if", "expression", "customer.name == 'Zoë'");
    node(&mut flow, "call", &Kind::FLOW_MODULE);
    let module = FieldValue::Reference(EntityRef::Id("m-1".into()));
    field(&mut flow, "call", "module", module);
    pairs(
        &mut flow,
        "call",
        "outputs",
        &[("auth.status", "${output.state}")],
    );
    node(&mut flow, "old", &Kind::foreign("SendFax"));
    change(&mut flow, "old", |old| old.disabled = true);
    edge(&mut flow, "set", "out", "if");
    change(&mut flow, "call", |call| {
        call.label = "Sign the caller in".into();
    });
    flow
}

fn workspace() -> Workspace {
    let entity = Entity {
        kind: EntityKind::Module,
        id: Some("m-1".into()),
        name: "Shared_Auth".into(),
        interface: None,
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    };
    Workspace::new(vec![entity], false)
}

fn found(flow: &Flow, query: &str) -> Vec<(String, Option<Excerpt>)> {
    let query = Query::parse(query).expect("a query");
    let workspace = workspace();
    let severity = |id: &NodeId| match id.as_str() {
        "call" => Some(Severity::Error),
        "set" => Some(Severity::Warning),
        _ => None,
    };
    let search = Search::new(&query, flow, &workspace, &severity);
    let ids = flow.nodes.keys();
    ids.filter_map(|id| Some((id.to_string(), search.look_at(id)?.excerpt)))
        .collect()
}

fn ids(flow: &Flow, query: &str) -> String {
    let ids: Vec<_> = found(flow, query).into_iter().map(|(id, _)| id).collect();
    ids.join(" ")
}

#[test]
fn a_query_finds_the_nodes_that_hold_all_of_its_terms() {
    let flow = drawn();
    for (query, expected) in [
        // Names, kinds, values and ids, capitals aside.
        ("sign", "call"),
        ("SIGN caller", "call"),
        ("caller sign", "call"),
        ("\"caller sign\"", ""),
        ("\"the caller\"", "call"),
        ("CRM.example", "lookup"),
        ("https://crm", "lookup"),
        ("zoë", "if"),
        ("ZOË", "if"),
        ("sendfax", "old"),
        ("m-1", "call"),
        ("shared_auth", "call"),
        ("5000", "lookup"),
        ("content-type", "lookup"),
        ("nothing-holds-this", ""),
        // What is not meant.
        ("kind:condition -zoë", ""),
        ("kind:condition -anna", "if"),
        ("-kind:condition zoë", ""),
        ("kind:module - ", "call"),
        ("zoë -", "if"),
        // Kinds by title and by name.
        ("kind:cond", "if"),
        ("kind:flowModule", "call"),
        ("kind:\"flow module\"", "call"),
        ("KIND:fax", "old"),
        // Variables that are read, set and named; modules by name and id.
        ("uses:region", "lookup"),
        ("uses:REGION", "lookup"),
        ("uses:regio", ""),
        ("uses:customer", "if"),
        ("uses:customer.name", "if"),
        ("uses:customer.nam", ""),
        ("uses:customerName", "set"),
        ("uses:auth", "call"),
        ("uses:auth.status", "call"),
        ("uses:output", ""),
        ("uses:Zoë", ""),
        ("uses:shared_auth", "call"),
        ("uses:m-1", "call"),
        ("uses:phoneNumber", "lookup"),
        // States.
        ("is:invalid", "call"),
        ("is:warning", "set"),
        ("is:disabled", "old"),
        ("-is:disabled kind:fax", ""),
        ("-is:invalid kind:module", ""),
        ("is:unconnected kind:module", "call"),
        ("is:unconnected kind:start", ""),
        ("is:unconnected kind:condition", "if"),
        // What is still being written asks for nothing yet.
        ("", ""),
        ("   ", ""),
        ("\"\"", ""),
        ("zoë kind:", "if"),
        ("zoë uses:\"", "if"),
    ] {
        assert_eq!(ids(&flow, query), expected, "{query}");
    }
}

#[test]
fn outside_of_lookup_flows_a_flow_may_end_where_no_exit_is_connected() {
    let mut flow = Flow::new(FlowKind::Module, "M");
    for (id, kind) in [
        ("start", Kind::START),
        ("set", Kind::SET_VARIABLES),
        ("if", Kind::CONDITION),
        ("last", Kind::SET_VARIABLES),
    ] {
        node(&mut flow, id, &kind);
    }
    assert_eq!(ids(&flow, "is:unconnected"), "start set if last");
    edge(&mut flow, "start", "out", "set");
    edge(&mut flow, "set", "out", "if");
    edge(&mut flow, "if", "true", "last");
    assert_eq!(ids(&flow, "is:unconnected"), "if");
}

#[test]
fn what_was_found_is_shown_where_it_stands() {
    let mut flow = drawn();
    let excerpt = |flow: &Flow, query: &str| {
        let found = found(flow, query)
            .into_iter()
            .find_map(|(_, excerpt)| excerpt);
        let found = found.map(|found| {
            let lit = found.text.get(found.lit.clone()).unwrap_or_default();
            format!("{} | {} | {lit}", found.place, found.text)
        });
        found.unwrap_or_default()
    };
    for (query, expected) in [
        ("crm", "URL | https://crm.example.org/{{region}} | crm"),
        (
            "uses:region",
            "URL | https://crm.example.org/{{region}} | region",
        ),
        ("uses:m-1", "Module | Shared_Auth | Shared_Auth"),
        ("shared", "Module | Shared_Auth | Shared"),
        ("ZOË", "Expression | customer.name == 'Zoë' | Zoë"),
        ("sign", ""),
        ("is:invalid", ""),
    ] {
        assert_eq!(excerpt(&flow, query), expected, "{query}");
    }
    let long = format!("{}\n  needle ä {}", "ä".repeat(90), "ö".repeat(90));
    text(&mut flow, "if", "expression", &long);
    let expected = format!(
        "Expression | …{}   needle ä {}… | needle",
        "ä".repeat(21),
        "ö".repeat(53)
    );
    assert_eq!(excerpt(&flow, "needle"), expected);
}

#[test]
fn a_query_that_is_not_understood_says_what_could_be_written() {
    for (query, message, meant) in [
        (
            "zoë is:broken",
            "There is no “is:broken”. Write one of: invalid, warning, unconnected, disabled.",
            "is:broken",
        ),
        (
            "-is:",
            "Write what a step is behind “is:”: invalid, warning, unconnected, disabled.",
            "-is:",
        ),
    ] {
        let error = Query::parse(query).expect_err(query);
        assert_eq!(error.message, message);
        assert_eq!(query.get(error.span), Some(meant));
    }
    let long = "é".repeat(300);
    let error = Query::parse(&long).expect_err("too long");
    assert_eq!(error.message, "A search has at most 500 bytes. Shorten it.");
    let many = "a ".repeat(21);
    let error = Query::parse(&many).expect_err("too many");
    assert_eq!(
        error.message,
        "A search has at most 20 words. Leave some out."
    );
    assert!(Query::parse(&"a ".repeat(20)).is_ok());
}

#[test]
fn what_may_be_written_next_is_offered() {
    let names = || vec!["customer name".to_owned(), "region".to_owned()];
    let offered = |text: &str, caret: usize| {
        let Completions { replaces, offers } =
            completions(text, caret, Some(FlowKind::Lookup), &names);
        let offers: Vec<_> = offers.into_iter().map(|offer| offer.text).collect();
        format!(
            "{} ← {}",
            text.get(replaces).unwrap_or("?"),
            offers.join(" ")
        )
    };
    for (text, expected) in [
        ("", " ← is: kind: uses:"),
        ("u", "u ← uses:"),
        ("word ", " ← "),
        ("word", "word ← "),
        ("word -k", "k ← kind:"),
        ("is:", " ← invalid warning unconnected disabled"),
        ("-is:un", "un ← unconnected"),
        ("is:invalid", "invalid ← "),
        ("is:nothing", "nothing ← "),
        ("kind:se", "se ← \"Set variables\""),
        ("kind:\"set v", "\"set v ← \"Set variables\""),
        ("kind:module", "module ← \"Flow module\""),
        ("kind:fax", "fax ← "),
        ("uses:", " ← \"customer name\" region"),
        ("uses:RE", "RE ← region"),
    ] {
        assert_eq!(offered(text, text.len()), expected, "{text}");
    }
    assert_eq!(offered("is:in word", 5), "in ← invalid");
    assert_eq!(offered("é", 1), "é ← ", "a caret inside of a letter");
}

#[test]
fn what_a_flow_uses_can_be_named() {
    let flow = drawn();
    let names = used_names(&flow, &workspace());
    assert_eq!(
        names,
        [
            "Shared_Auth",
            "auth",
            "customer",
            "customerName",
            "externalContact",
            "phoneNumber",
            "region",
        ]
    );
    for name in names {
        assert_ne!(ids(&flow, &format!("uses:{name}")), "", "{name}");
    }
}
