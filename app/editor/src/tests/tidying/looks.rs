//! How a tidy flow looks, and how little it changes with the flow.

use flow::{Flow, Kind};

use super::{
    ORIENTATIONS, at,
    flows::{add, connect, designed, flow_of},
    moved, tidied,
};
use crate::Orientation::{LeftRight, TopDown};

#[test]
fn a_chain_is_a_straight_line() {
    let chain = flow_of(&[("start", "out", "a"), ("a", "out", "b"), ("b", "out", "c")]);
    let down = tidied(&chain, TopDown);
    let right = tidied(&chain, LeftRight);
    for (before, after) in [("start", "a"), ("a", "b"), ("b", "c")] {
        assert_eq!(at(&down, before).x, at(&down, after).x);
        assert_eq!(at(&right, before).y, at(&right, after).y);
        assert_eq!(at(&down, after).y - at(&down, before).y, 140.0);
    }
}

#[test]
fn what_branches_stands_over_the_middle_of_its_branches_first_exit_first() {
    let flow = flow_of(&[
        ("start", "out", "check"),
        ("check", "true", "yes"),
        ("check", "false", "no"),
        ("yes", "out", "end"),
        ("no", "out", "end"),
    ]);
    let flow = tidied(&flow, TopDown);
    let middle = f64::midpoint(at(&flow, "yes").x, at(&flow, "no").x);
    assert!(at(&flow, "yes").x < at(&flow, "no").x);
    for id in ["start", "check", "end"] {
        assert_eq!(at(&flow, id).x, middle, "{id}");
    }
}

#[test]
fn branches_that_a_designer_drew_the_other_way_round_go_by_their_exits() {
    let mut flow = flow_of(&[("check", "true", "yes"), ("check", "false", "no")]);
    flow.positions
        .insert("yes".into(), flow::Point::new(900.0, 400.0));
    let flow = tidied(&flow, TopDown);
    assert!(at(&flow, "yes").x < at(&flow, "no").x);
}

#[test]
fn a_step_that_both_ways_skip_to_leaves_the_other_way_straight() {
    let flow = flow_of(&[
        ("start", "out", "check"),
        ("check", "true", "set"),
        ("check", "false", "end"),
        ("set", "out", "end"),
    ]);
    let flow = tidied(&flow, TopDown);
    // The skipping edge runs straight down into the end, beside the step.
    assert!(at(&flow, "end").x - at(&flow, "set").x >= 120.0);
}

#[test]
fn a_circle_leads_back_to_where_it_is_entered() {
    let flow = flow_of(&[
        ("start", "out", "head"),
        ("head", "out", "again"),
        ("again", "true", "end"),
        ("again", "false", "head"),
    ]);
    for seed_place in [0.0, 900.0] {
        let mut flow = flow.clone();
        flow.positions
            .insert("again".into(), flow::Point::new(0.0, -seed_place));
        let flow = tidied(&flow, TopDown);
        let rows = ["start", "head", "again", "end"].map(|id| at(&flow, id).y);
        assert!(rows.is_sorted(), "{rows:?}");
    }
}

#[test]
fn separate_parts_lie_side_by_side_as_they_did_and_loose_nodes_last() {
    let mut flow = flow_of(&[("start", "out", "a"), ("x", "out", "y")]);
    add(&mut flow, "loose", &Kind::END, (-500.0, 0.0));
    flow.positions
        .insert("x".into(), flow::Point::new(-900.0, 0.0));
    flow.positions
        .insert("y".into(), flow::Point::new(-800.0, 50.0));
    let flow = tidied(&flow, TopDown);
    let columns = ["x", "start", "loose"].map(|id| at(&flow, id).x);
    assert_eq!(columns, [-900.0, -620.0, -340.0]);
    assert_eq!(at(&flow, "x").x, at(&flow, "y").x);
}

#[test]
fn the_upper_left_corner_stays() {
    for orientation in ORIENTATIONS {
        let flow = designed(30, 1);
        let corner = |flow: &Flow| {
            let least = |a: f64, b: f64| a.min(b);
            let all = || flow.positions.values();
            (
                all().map(|p| p.x).fold(f64::MAX, least),
                all().map(|p| p.y).fold(f64::MAX, least),
            )
        };
        let (before, after) = (corner(&flow), corner(&tidied(&flow, orientation)));
        assert!((before.0 - after.0).abs() <= 10.0, "{before:?} {after:?}");
        assert!((before.1 - after.1).abs() <= 10.0, "{before:?} {after:?}");
    }
}

/// How many of the nodes that were there a step more or less moves, for every
/// place of a few flows where there can be one: mostly next to none, and on the
/// average a sixth.
#[test]
fn a_small_change_moves_little() {
    let (mut by_leaf, mut by_removal) = (Vec::new(), Vec::new());
    let mut nodes = 0;
    for seed in 1..=3 {
        let before = tidied(&designed(60, seed), TopDown);
        nodes += before.nodes.len();
        for (id, place) in &before.positions {
            let mut flow = before.clone();
            let beside = (place.x + 230.0, place.y + 150.0);
            add(&mut flow, "leaf", &Kind::END, beside);
            connect(&mut flow, id.as_str(), "more", "leaf");
            by_leaf.push(moved(&before, &tidied(&flow, TopDown)).len());
            if before.edges_from(id).next().is_none() {
                let mut flow = before.clone();
                flow.nodes.shift_remove(id);
                flow.positions.shift_remove(id);
                flow.edges.retain(|_, edge| edge.target != *id);
                by_removal.push(moved(&before, &tidied(&flow, TopDown)).len());
            }
        }
    }
    for mut counts in [by_leaf, by_removal] {
        counts.sort_unstable();
        let average = counts.iter().sum::<usize>() / counts.len();
        let median = counts[counts.len() / 2];
        assert!(median <= 3, "{median} in {counts:?}");
        assert!(average * 6 <= nodes / 3, "{average} in {counts:?}");
    }
}

#[test]
fn a_node_that_was_pushed_aside_comes_back_alone() {
    let before = tidied(&designed(60, 3), TopDown);
    for (id, at) in &before.positions {
        let mut flow = before.clone();
        flow.positions
            .insert(id.clone(), *at + flow::Point::new(50.0, 30.0));
        let after = tidied(&flow, TopDown);
        assert_eq!(after.positions, before.positions, "{id}");
    }
}
