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
