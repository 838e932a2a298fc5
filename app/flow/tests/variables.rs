//! Which variables can be read where.
#![allow(clippy::expect_used)]

mod draw;

use draw::{branching, edge, node, pairs};
use flow::{Availability, EdgeId, Flow, Kind, NodeId, variables_at};

fn at(flow: &Flow, id: &str) -> Vec<String> {
    let available = variables_at(flow, &NodeId::new(id)).into_iter();
    available
        .map(|variable| {
            let sometimes = if variable.availability == Availability::Always {
                ""
            } else {
                "?"
            };
            let by: Vec<_> = variable.set_by.iter().map(NodeId::as_str).collect();
            format!("{}{sometimes} {}", variable.name, by.join(" "))
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_variable_is_there_on_every_path_on_some_or_on_none() {
    let flow = branching();
    assert_eq!(at(&flow, "lookup"), ["phoneNumber", "interaction"]);
    let after_lookup = ["phoneNumber", "interaction", "externalContact lookup"];
    assert_eq!(at(&flow, "split"), after_lookup);
    assert_eq!(
        at(&flow, "set"),
        after_lookup,
        "a node does not read what it sets itself"
    );
    assert_eq!(at(&flow, "end")[3..], ["customerName? set"]);
    assert_eq!(at(&flow, "gone"), [""; 0]);
}

#[test]
fn every_way_that_joins_must_set_a_variable() {
    let mut flow = branching();
    node(&mut flow, "other", &Kind::SET_VARIABLES);
    pairs(
        &mut flow,
        "other",
        "variables",
        &[("customerName", "unknown"), ("user.tier", "x")],
    );
    flow.edges.shift_remove(&EdgeId::new("split.default>end"));
    edge(&mut flow, "split", "default", "other");
    edge(&mut flow, "other", "out", "end");
    assert_eq!(
        at(&flow, "end")[3..],
        ["customerName set other", "user? other"]
    );
}

#[test]
fn a_cycle_comes_to_an_end_and_gives_nothing_the_first_time_round() {
    let mut flow = branching();
    flow.edges.shift_remove(&EdgeId::new("set.out>end"));
    edge(&mut flow, "set", "out", "lookup");
    assert_eq!(at(&flow, "lookup"), ["phoneNumber", "interaction"]);
    assert_eq!(at(&flow, "end").len(), 3);
}

#[test]
fn more_variables_than_a_word_has_bits_are_followed() {
    let mut flow = branching();
    let names: Vec<String> = (0..200).map(|number| format!("v{number}")).collect();
    let rows: Vec<_> = names.iter().map(|name| (name.as_str(), "x")).collect();
    pairs(&mut flow, "set", "variables", &rows);
    assert_eq!(at(&flow, "end").len(), 3 + 200);
    assert_eq!(at(&flow, "end")[202], "v199? set");
}

#[test]
fn of_many_variables_each_is_followed_by_itself() {
    // A condition goes past every second node, in a chain of many.
    let mut flow = Flow::new(flow::FlowKind::Lookup, "Many");
    node(&mut flow, "start", &Kind::START);
    let mut open = vec![("start".to_owned(), "out")];
    let count = 150;
    for round in 0..count {
        let (set, past) = (format!("set-{round}"), format!("past-{round}"));
        node(&mut flow, &set, &Kind::SET_VARIABLES);
        let names = [format!("always{round}"), format!("maybe{round}")];
        pairs(&mut flow, &set, "variables", &[(&names[0], "1")]);
        for (source, port) in open.drain(..) {
            edge(&mut flow, &source, port, &set);
        }
        node(&mut flow, &past, &Kind::CONDITION);
        edge(&mut flow, &set, "out", &past);
        let only = format!("only-{round}");
        node(&mut flow, &only, &Kind::SET_VARIABLES);
        pairs(&mut flow, &only, "variables", &[(&names[1], "1")]);
        edge(&mut flow, &past, "true", &only);
        open = vec![(only, "out"), (past, "false")];
    }
    node(&mut flow, "end", &Kind::END);
    for (source, port) in open {
        edge(&mut flow, &source, port, "end");
    }
    let found = at(&flow, "end");
    let expected = (0..count).flat_map(|round| {
        [
            format!("always{round} set-{round}"),
            format!("maybe{round}? only-{round}"),
        ]
    });
    assert_eq!(found[2..], expected.collect::<Vec<_>>());
    assert_eq!(at(&flow, "set-0").len(), 2);
    assert_eq!(at(&flow, "past-0")[2..], ["always0 set-0"]);
}
