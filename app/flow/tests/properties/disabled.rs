//! Disabled nodes: they are not sent, and what leads to one leads on.

use std::{collections::HashSet, sync::Arc};

use flow::{Flow, FlowKind, NodeId, aligned, check, direct, import};
use proptest::{collection::vec, prelude::*};

use crate::{
    arbitrary::edited,
    draw::{self, stamp},
    exactly,
    well_formed::{any_flow, lookup, module},
};

/// A flow of which some nodes are disabled that can be.
fn disabled(flow: impl Strategy<Value = Flow>) -> impl Strategy<Value = Flow> {
    (flow, vec(any::<bool>(), 16)).prop_map(|(mut flow, chosen)| {
        let ids: Vec<NodeId> = flow.nodes.keys().cloned().collect();
        for (id, _) in ids.iter().zip(chosen).filter(|(_, chosen)| *chosen) {
            if flow.cannot_disable(id).is_none() {
                draw::change(&mut flow, id.as_str(), |node| node.disabled = true);
            }
        }
        flow
    })
}

/// Where a way ends that leads to a node, step by step; none where it ends at
/// nothing.
fn end<'a>(flow: &'a Flow, mut at: &'a NodeId) -> Option<&'a NodeId> {
    let mut seen = HashSet::new();
    while flow.nodes.get(at).is_some_and(|node| node.disabled) {
        if !seen.insert(at) {
            return None;
        }
        at = &flow.edges_from(at).next()?.1.target;
    }
    Some(at)
}

proptest! {
    #[test]
    fn what_is_disabled_is_not_sent_and_what_leads_to_it_leads_on(flow in disabled(any_flow())) {
        let sent = flow.as_sent();
        let enabled = flow.nodes.iter().filter(|(_, node)| !node.disabled);
        prop_assert!(sent.nodes.keys().eq(enabled.map(|(id, _)| id)));
        let expected: Vec<_> = flow
            .edges
            .iter()
            .filter(|(_, edge)| !flow.nodes[&edge.source].disabled)
            .filter_map(|(id, edge)| Some((id, &edge.source, &edge.port, end(&flow, &edge.target)?)))
            .collect();
        let found: Vec<_> = sent
            .edges
            .iter()
            .map(|(id, edge)| (id, &edge.source, &edge.port, &edge.target))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_flow_with_disabled_nodes_is_written_as_the_flow_without_them(flow in disabled(any_flow())) {
        let written = direct::generate(&flow, &stamp()).expect("it can be written");
        let without = direct::generate(&flow.as_sent(), &stamp()).expect("it can be written");
        prop_assert_eq!(&written.text, &without.text);
        for mark in &written.source_map {
            if let flow::Origin::Node(id) = &mark.origin {
                prop_assert!(!flow.nodes[id].disabled);
            }
        }
    }

    #[test]
    fn without_disabled_nodes_the_flow_is_sent_as_it_is(flow in any_flow()) {
        prop_assert!(matches!(flow.as_sent(), std::borrow::Cow::Borrowed(_)));
    }

    /// A foreign node knows its exits by the edges that were read, so that ways
    /// to nowhere are left to lookup flows.
    #[test]
    fn what_is_disabled_is_put_back_into_what_was_read(
        flow in prop_oneof![
            disabled(lookup()),
            disabled(module(FlowKind::Module)),
            disabled(module(FlowKind::Call)),
        ],
    ) {
        let leads_on = flow.edges.values().all(|edge| end(&flow, &edge.target).is_some());
        prop_assume!(flow.kind == FlowKind::Lookup || leads_on);
        // Two edges with equal ends are known apart by nothing.
        let sent = flow.as_sent();
        let ends: HashSet<_> =
            sent.edges.values().map(|edge| (&edge.source, &edge.port, &edge.target)).collect();
        prop_assume!(ends.len() == sent.edges.len());
        let written = direct::generate(&flow, &stamp()).expect("it can be written").text;
        let read = import(&written).expect("it can be read").flow;
        let same = aligned(&read, &flow);
        let ids = |flow: &Flow| flow.nodes.keys().cloned().collect::<Vec<_>>();
        prop_assert_eq!(ids(&same), ids(&flow));
        let mut edges = (same.edges.clone(), flow.edges.clone());
        edges.0.sort_keys();
        edges.1.sort_keys();
        prop_assert_eq!(&edges.0, &edges.1);
        let again = direct::generate(&same, &stamp()).expect("it still can").text;
        prop_assert_eq!(again, written);
    }

    /// What is wrong with a flow is what is wrong with what is sent of it, but
    /// for the disabled nodes themselves.
    #[test]
    fn what_is_disabled_has_no_problems_of_its_own(flow in edited()) {
        let sent = flow.as_sent();
        let is_left_out = |id: &NodeId| !sent.nodes.contains_key(id);
        for problem in check(&flow) {
            let code = problem.code.as_str();
            let is_about_disabled = ["disabled-branches", "disabled-leads-nowhere", "flow-empty"].contains(&code);
            let left_out = problem.place.node.as_ref().is_some_and(is_left_out);
            prop_assert!(is_about_disabled || !left_out, "{problem:?}");
        }
    }

    #[test]
    fn enabling_what_was_disabled_gives_the_flow_as_it_was(flow in any_flow()) {
        let mut changed = flow.clone();
        let ids: Vec<NodeId> = flow.nodes.keys().cloned().collect();
        for disabled in [true, false] {
            let ops = ids.iter().map(|id| flow::Op::SetDisabled { id: id.clone(), disabled });
            let edit = flow::Transaction::new("", ops.collect());
            flow::apply(&mut changed, &edit).expect("the nodes are there");
        }
        prop_assert_eq!(exactly(&changed), exactly(&flow));
    }
}

#[test]
fn a_chain_of_disabled_nodes_as_long_as_a_flow_is_followed_once() {
    let mut flow = Flow::new(FlowKind::Lookup, "Long");
    let count = flow::MAX_NODES - 2;
    draw::node(&mut flow, "start", &flow::Kind::START);
    draw::node(&mut flow, "end", &flow::Kind::END);
    for number in 0..count {
        let node = flow::Node {
            disabled: true,
            ..flow::Node::of(&flow::Kind::LOOKUP)
        };
        let id = format!("n{number}");
        flow.nodes.insert(id.as_str().into(), Arc::new(node));
        let next = format!("n{}", number + 1);
        let next = if number + 1 == count { "end" } else { &next };
        draw::edge(&mut flow, &id, "out", next);
    }
    // As many ways in as a flow has edges, each to another place of the chain.
    for number in 0..count {
        draw::edge(&mut flow, "start", "out", &format!("n{number}"));
    }
    let sent = flow.as_sent();
    assert_eq!(sent.nodes.len(), 2);
    let mut targets = sent.edges.values().map(|edge| edge.target.as_str());
    assert!(sent.edges.len() == count && targets.all(|target| target == "end"));
}
