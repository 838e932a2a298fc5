//! Tidying flows as large as they may be.

use flow::{Flow, FlowKind, Kind, MAX_NODES};

use super::{
    assert_apart, at,
    flows::{add, connect, designed, tangled},
    moved, tidied,
};
use crate::Orientation::TopDown;

/// Ends, stands apart, and is left alone by a second run.
fn check(flow: &Flow) -> Flow {
    let once = tidied(flow, TopDown);
    assert_apart(&once);
    assert!(moved(&once, &tidied(&once, TopDown)).is_empty());
    once
}

#[test]
fn a_chain_of_10_000_is_straight() {
    let mut flow = Flow::new(FlowKind::Lookup, "Chain");
    for number in 0..MAX_NODES {
        add(
            &mut flow,
            &format!("n{number}"),
            &Kind::SET_VARIABLES,
            (0.0, 0.0),
        );
        if number > 0 {
            connect(
                &mut flow,
                &format!("n{}", number - 1),
                "out",
                &format!("n{number}"),
            );
        }
    }
    let flow = check(&flow);
    assert!(flow.positions.values().all(|at| at.x == 0.0));
    assert_eq!(at(&flow, "n9999").y, 9_999.0 * 140.0);
}

#[test]
fn a_star_of_10_000_has_its_middle_over_its_rays() {
    let mut flow = Flow::new(FlowKind::Lookup, "Star");
    add(&mut flow, "middle", &Kind::SPLIT, (0.0, 0.0));
    for number in 1..MAX_NODES {
        add(&mut flow, &format!("n{number}"), &Kind::END, (0.0, 0.0));
        connect(
            &mut flow,
            "middle",
            &format!("case-{number}"),
            &format!("n{number}"),
        );
    }
    let flow = check(&flow);
    let rays = || flow.nodes.keys().filter(|id| id.as_str() != "middle");
    let across = || rays().map(|id| flow.position(id).x);
    let middle = f64::midpoint(
        across().fold(f64::MAX, f64::min),
        across().fold(0.0, f64::max),
    );
    assert!((at(&flow, "middle").x - middle).abs() <= 120.0);
    assert!(rays().all(|id| flow.position(id).y == 140.0));
}

#[test]
fn a_tangle_of_10_000_ends() {
    assert_apart(&tidied(&tangled(MAX_NODES), TopDown));
}

#[test]
fn a_designed_flow_of_1_000_is_left_alone_by_a_second_run() {
    check(&designed(1_000, 5));
}
