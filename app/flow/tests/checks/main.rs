//! Every rule, by a flow that breaks it.
#![allow(clippy::expect_used, clippy::panic)]

mod breach;
mod calls;
mod cases;
#[path = "../draw/mod.rs"]
mod draw;
mod expressions;
mod fields;
mod graph;
mod interface;
mod mappings;
mod settings;
mod types;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use breach::{Breach, blamed, shown};
use draw::{branching, edge, field, node, template, text};
use flow::{
    EdgeId, FieldValue, Flow, FlowKind, Kind, Node, Problem, Severity, check, check::RULES,
    check_in,
};

fn breaches() -> Vec<Breach> {
    let groups = [
        settings::breaches(),
        interface::breaches(),
        graph::breaches(),
        fields::breaches(),
        expressions::breaches(),
        types::breaches(),
        cases::breaches(),
        calls::breaches(),
        mappings::breaches(),
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn each_breach_is_found_where_it_is() {
    for breach in breaches() {
        let found = breach.found();
        assert_eq!(
            blamed(&breach.flow, &found),
            breach.blamed,
            "{}: {}",
            breach.code,
            found.message
        );
        assert_eq!(
            found.fix.is_some(),
            breach.has_fix,
            "{}: {:?}",
            breach.code,
            found.fix
        );
        assert!(found.message.ends_with(['.', '?']), "{}", found.message);
    }
}

#[test]
fn a_fix_removes_its_problem_and_makes_no_new_error() {
    for breach in breaches() {
        let problems = breach.problems();
        for problem in &problems {
            let Some(fixed) = breach.fixed(problem) else {
                continue;
            };
            let code = problem.code.as_str();
            let label = problem.fix.as_ref().map_or("", |fix| fix.label.as_str());
            let left = check_in(&fixed, &breach.workspace);
            assert!(
                !left.contains(problem),
                "{code} is still there after “{label}”"
            );
            if code != breach.code {
                continue;
            }
            // Places move with the rows and bytes before them, so errors are
            // counted.
            let (before, after) = (errors(&problems), errors(&left));
            let is_new = |(error, count): &(&&str, &usize)| {
                **count > before.get(**error).copied().unwrap_or_default()
            };
            let new: Vec<_> = after
                .iter()
                .filter(is_new)
                .map(|(error, _)| *error)
                .collect();
            assert_eq!(
                new, breach.leaves,
                "“{label}”, which fixes {code}: {left:#?}"
            );
        }
    }
}

/// How many errors there are of each code.
fn errors(problems: &[Problem]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for problem in problems {
        if problem.severity == Severity::Error {
            *counts.entry(problem.code.as_str()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn every_rule_has_a_breach_that_names_its_code() {
    let named: BTreeSet<_> = breaches().iter().map(|breach| breach.code).collect();
    let known: BTreeSet<_> = RULES.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(named, known);
    assert_eq!(known.len(), RULES.len(), "a code stands for one rule");
    for rule in RULES {
        let code = rule.code.as_str();
        let offers = |breach: &Breach| breach.code == code && breach.has_fix;
        let is_offered = breaches().iter().any(offers);
        assert_eq!(rule.fix.is_some(), is_offered, "the fix of {code}");
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
        assert!(
            rule.sentence.ends_with('.') && !rule.example.is_empty(),
            "{code}"
        );
    }
}

#[test]
fn every_code_is_read_back() {
    for rule in flow::rules() {
        let text = serde_json::to_string(&rule.code).expect("a code is JSON");
        let back: flow::Code = serde_json::from_str(&text).expect("and back");
        assert_eq!(back, rule.code);
    }
}

#[test]
fn people_read_of_connections_and_never_of_edges() {
    for rule in flow::rules() {
        let code = rule.code.as_str();
        for words in [rule.sentence, rule.example, rule.fix.unwrap_or_default()] {
            let mut words = words.split(|letter: char| !letter.is_alphabetic());
            let is_edge = |word: &str| matches!(&*word.to_lowercase(), "edge" | "edges");
            assert!(!words.any(is_edge), "the words of {code}");
        }
    }
}

#[test]
fn what_designers_draw_checks_clean() {
    for flow in [template(), branching()] {
        assert_eq!(check(&flow), [], "{}", flow.name);
    }
    for kind in [
        FlowKind::Lookup,
        FlowKind::Call,
        FlowKind::Module,
        FlowKind::Shared,
    ] {
        let flow = draw::realistic_in(kind, 1_000);
        assert_eq!(check(&flow), [], "{kind:?}");
    }
    for url in [
        "https://crm.example.org",
        "HTTPS://crm.example.org:8443/a/{{phoneNumber}}?q=${interaction.id}&r=%20#x",
        "https://[::1]/x",
        "https://10.0.0.1/x",
        "https://bücher.example/ü",
    ] {
        let mut flow = template();
        text(&mut flow, "lookup", "url", url);
        assert_eq!(check(&flow), [], "{url}");
    }
    for body in [
        "",
        "{ \"a\": {{phoneNumber}}, \"b\": [\"x{{interaction.id}}\"], \"c\": {\"d\":{}}}",
        "{{interaction}}",
        "{\"\\\"{{phoneNumber}}\": 1}",
    ] {
        let mut flow = template();
        text(&mut flow, "lookup", "body", body);
        assert_eq!(check(&flow), [], "{body}");
    }
}

#[test]
fn problems_come_in_document_order() {
    let mut flow = branching();
    flow.name.clear();
    text(&mut flow, "lookup", "url", "http://a.example/{{oops}}");
    text(&mut flow, "lookup", "body", "{{oops}} {{oops2}}");
    field(&mut flow, "lookup", "timeout", FieldValue::Integer(0));
    flow.edges.shift_remove(&EdgeId::new("split.default>end"));
    let found: Vec<_> = check(&flow)
        .iter()
        .map(|p| (p.code.as_str(), shown(p)))
        .collect();
    let expected = [
        ("flow-name-missing", ""),
        ("url-not-https", "lookup.url"),
        ("variable-not-set", "lookup.url"),
        ("variable-not-set", "lookup.body"),
        ("body-not-json", "lookup.body"),
        ("variable-not-set", "lookup.body"),
        ("number-out-of-range", "lookup.timeout"),
        ("exit-not-connected", "split port default"),
    ];
    assert_eq!(
        found,
        expected.map(|(code, place)| (code, place.to_owned()))
    );
}

#[test]
fn messages_name_the_path_the_cycle_and_what_was_meant() {
    let breaches = breaches();
    let message = |code: &str| {
        let breach = breaches
            .iter()
            .find(|breach| breach.code == code)
            .expect("a breach");
        let problems = check(&breach.flow);
        let problem = problems
            .into_iter()
            .find(|problem| problem.code.as_str() == code);
        problem.expect("it is found").message
    };
    let path = "“Node start” → “Node lookup” → “Node split” → “Node greet”";
    assert!(
        message("variable-partly-set").contains(path),
        "{}",
        message("variable-partly-set")
    );
    let cycle = "“Node lookup” → “Node split” → “Node set” → “Node lookup” is a cycle";
    assert!(message("cycle").starts_with(cycle), "{}", message("cycle"));
    assert!(message("member-unknown").contains("“responseCode”"));
}

#[test]
fn a_foreign_node_and_the_severities_are_as_the_rules_say() {
    let mut flow = template();
    flow.nodes.insert(
        "f".into(),
        Arc::new(Node::of(&Kind::foreign("TeleportNode"))),
    );
    edge(&mut flow, "f", "out", "end");
    for problem in check(&flow) {
        let rule = flow::check::rule(problem.code.as_str()).expect("a rule");
        assert_eq!(problem.severity, rule.severity);
        assert_eq!(problem.severity, Severity::Error);
        let text = serde_json::to_string(&problem).expect("a problem is JSON");
        assert_eq!(
            serde_json::from_str::<Problem>(&text).expect("and back"),
            problem
        );
    }
}

#[test]
fn cyclic_graphs_and_long_chains_come_to_an_end() {
    let mut flow = Flow::new(FlowKind::Lookup, "Knot");
    node(&mut flow, "start", &Kind::START);
    for number in 0..2_000_usize {
        node(&mut flow, &format!("n{number}"), &Kind::LOOKUP);
        let before = number
            .checked_sub(1)
            .map_or("start".to_owned(), |n| format!("n{n}"));
        edge(&mut flow, &before, "out", &format!("n{number}"));
        if number > 0 {
            edge(
                &mut flow,
                &format!("n{number}"),
                "out",
                &format!("n{}", number - 1),
            );
        }
    }
    let cycles = check(&flow)
        .into_iter()
        .filter(|p| p.code.as_str() == "cycle")
        .count();
    assert_eq!(cycles, 1, "one knot is one problem");
}
