//! What holds for every flow that is tidied.

use flow::{Flow, NodeId};
use proptest::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    ORIENTATIONS, assert_apart, done, done_in_pieces_of,
    flows::{any_acyclic_flow, any_flow},
    moved, opened, task_of, tidied,
};
use crate::{Command, Orientation, geometry::NODE_SIZE, testing::Person};

fn few() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(128)
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn cards_lie_on_the_grid_and_apart(flow in any_flow()) {
        for orientation in ORIENTATIONS {
            assert_apart(&tidied(&flow, orientation));
        }
    }

    #[test]
    fn a_second_run_moves_nothing(flow in any_flow()) {
        for orientation in ORIENTATIONS {
            let once = tidied(&flow, orientation);
            prop_assert_eq!(moved(&once, &tidied(&once, orientation)), Vec::<&NodeId>::new());
        }
    }

    #[test]
    fn edges_lead_on_unless_they_close_a_circle(flow in any_flow()) {
        for orientation in ORIENTATIONS {
            let tidied = tidied(&flow, orientation);
            for edge in flow.edges.values().filter(|edge| edge.source != edge.target) {
                let closes = reached_from(&flow, &edge.target).contains(&edge.source);
                prop_assert!(closes || leads_on(&tidied, &edge.source, &edge.target, orientation));
            }
        }
    }

    #[test]
    fn every_edge_of_a_flow_without_circles_leads_on(flow in any_acyclic_flow()) {
        for orientation in ORIENTATIONS {
            let tidied = tidied(&flow, orientation);
            for edge in flow.edges.values() {
                prop_assert!(leads_on(&tidied, &edge.source, &edge.target, orientation));
            }
        }
    }

    #[test]
    fn ports_are_at_the_sides_where_a_tidy_flow_leads(flow in any_acyclic_flow()) {
        prop_assume!(!flow.edges.is_empty());
        for orientation in ORIENTATIONS {
            let tidied = tidied(&flow, orientation);
            prop_assert_eq!(opened(&tidied).orientation(), orientation);
        }
    }

    #[test]
    fn the_order_of_the_document_does_not_matter(flow in any_flow(), turn in 1_usize..20) {
        let mut other = flow.clone();
        other.nodes.reverse();
        other.edges.reverse();
        if !other.nodes.is_empty() {
            let by = turn % other.nodes.len();
            let mut nodes: Vec<_> = other.nodes.drain(..).collect();
            nodes.rotate_left(by);
            other.nodes.extend(nodes);
        }
        prop_assert_eq!(
            tidied(&flow, Orientation::TopDown),
            tidied(&other, Orientation::TopDown)
        );
    }

    #[test]
    fn work_in_pieces_leads_to_the_same(flow in any_flow(), piece in 0_usize..200) {
        let mut person = Person::at(flow);
        let update = person.run(Command::TidyUp(Orientation::TopDown));
        let task = task_of(&update).expect("a task");
        let (in_pieces, steps) = done_in_pieces_of(task, piece);
        prop_assert_eq!(&in_pieces, &done(task));
        prop_assert!(steps > 1 || person.flow().nodes.len() <= piece);
    }

    #[test]
    fn what_is_not_selected_stays_and_is_not_covered(
        flow in any_acyclic_flow(),
        chosen in prop::collection::vec(any::<bool>(), 28),
    ) {
        let selected = flow.nodes.keys().zip(chosen).filter(|(_, chosen)| *chosen);
        let selected: Vec<NodeId> = selected.map(|(id, _)| id.clone()).collect();
        prop_assume!(selected.len() > 1);
        let mut person = Person::at(flow.clone());
        person.run(Command::Select { nodes: selected.clone(), mode: crate::SelectMode::Replace });
        super::tidy_up(&mut person, Orientation::TopDown);
        for id in moved(&flow, person.flow()) {
            prop_assert!(selected.contains(id));
        }
        for id in &selected {
            let here = person.flow().position(id);
            for other in flow.nodes.keys().filter(|other| *other != id) {
                let there = person.flow().position(other);
                let (x, y) = ((here.x - there.x).abs(), (here.y - there.y).abs());
                prop_assert!(x >= NODE_SIZE.width || y >= NODE_SIZE.height, "{id} is on {other}");
            }
        }
        super::tidy_up(&mut person, Orientation::TopDown);
        prop_assert!(person.announced("Everything is tidy already."));
    }
}

/// Whether the target begins where the source has ended.
fn leads_on(flow: &Flow, source: &NodeId, target: &NodeId, orientation: Orientation) -> bool {
    let (from, to) = (flow.position(source), flow.position(target));
    match orientation {
        Orientation::TopDown => to.y > from.y + NODE_SIZE.height,
        Orientation::LeftRight => to.x > from.x + NODE_SIZE.width,
    }
}

fn reached_from(flow: &Flow, from: &NodeId) -> FxHashSet<NodeId> {
    let mut reached = FxHashSet::default();
    let mut open = vec![from.clone()];
    while let Some(node) = open.pop() {
        if reached.insert(node.clone()) {
            open.extend(flow.edges_from(&node).map(|(_, edge)| edge.target.clone()));
        }
    }
    reached
}
