//! Documents: what was written is read as the same flow, and written again to
//! the byte.

use std::sync::Arc;

use flow::{Extra, Flow, FlowKind, Stamp, aligned, diff, direct, import};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    arbitrary::{edited, text},
    draw::{self, stamp},
    exactly,
    well_formed::{any_flow, lookup, module, shared},
};

/// Reads what is written of a flow; fails unless it is written again to the
/// byte.
fn there_and_back(flow: &Flow, stamp: &Stamp) -> Result<Flow, TestCaseError> {
    let text = direct::generate(flow, stamp)
        .expect("a well-formed flow can be written")
        .text;
    let back = import(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    let again = direct::generate(&back.flow, stamp).expect("it still can");
    prop_assert_eq!(&again.text, &text);
    let read = back.stamp.unwrap_or_else(draw::stamp);
    prop_assert_eq!(&read.upstream_id, &stamp.upstream_id);
    // Only updates of modules and shared flows say a version.
    if flow.kind == FlowKind::Lookup || stamp.upstream_id.is_some() {
        prop_assert_eq!(read.version, stamp.version);
    }
    Ok(back.flow)
}

/// A flow without what its form cannot say: where the nodes of all but lookup
/// flows are drawn, and what a call flow is called. Unknown members are in the
/// order of the objects that they are in.
fn said(flow: &Flow) -> String {
    let mut flow = flow.clone();
    if flow.kind != FlowKind::Lookup {
        flow.positions.clear();
    }
    if flow.kind == FlowKind::Call {
        flow.name.clear();
    }
    let object = |pointer: &String| {
        let parent = pointer.rsplit_once('/');
        parent.map(|(parent, _)| parent.to_owned())
    };
    let sort = |extra: &mut Extra| extra.sort_by(|a, _, b, _| object(a).cmp(&object(b)));
    sort(&mut flow.extra);
    for node in flow.nodes.values_mut() {
        sort(&mut Arc::make_mut(node).extra);
    }
    exactly(&flow)
}

fn stamps() -> impl Strategy<Value = Stamp> {
    (proptest::option::of("[a-z]{1,4}"), 1..u64::MAX).prop_map(|(upstream_id, version)| Stamp {
        upstream_id,
        version,
        ..stamp()
    })
}

proptest! {
    #[test]
    fn a_lookup_flow_comes_back_as_it_was(flow in lookup(), stamp in stamps()) {
        let read = there_and_back(&flow, &stamp)?;
        prop_assert_eq!(said(&read), said(&flow));
    }

    #[test]
    fn modules_and_call_flows_come_back_but_for_their_layout(
        flow in prop_oneof![module(FlowKind::Module), module(FlowKind::Call)],
        stamp in stamps(),
    ) {
        let read = aligned(&there_and_back(&flow, &stamp)?, &flow);
        prop_assert_eq!(said(&read), said(&flow));
    }

    /// The order in which edges of different nodes are drawn is not said either.
    #[test]
    fn shared_flows_come_back_but_for_their_layout(flow in shared(), stamp in stamps()) {
        let read = aligned(&there_and_back(&flow, &stamp)?, &flow);
        prop_assert_eq!(said(&read), said(&flow));
        let logic: Vec<_> = diff(&flow, &read).into_iter().filter(|found| !found.is_layout()).collect();
        prop_assert_eq!(logic, vec![]);
    }

    #[test]
    fn the_text_is_what_serde_json_would_print(flow in any_flow()) {
        let text = direct::generate(&flow, &stamp()).expect("a well-formed flow can be written").text;
        let value: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(serde_json::to_string_pretty(&value).expect("a value prints"), text);
    }

    /// Whatever is in a flow: what can be written is JSON without a name that
    /// stands twice, which is what printing it again shows.
    #[test]
    fn whatever_is_written_is_json_whose_lines_are_known(flow in edited()) {
        if let Ok(artifact) = direct::generate(&flow, &stamp()) {
            let value: Value = serde_json::from_str(&artifact.text).expect("JSON");
            let printed = serde_json::to_string_pretty(&value).expect("a value prints");
            prop_assert_eq!(&printed, &artifact.text);
            let count = artifact.text.lines().count();
            let starts: Vec<_> = artifact.source_map.iter().map(|mark| mark.lines.start).collect();
            prop_assert!(starts.is_sorted());
            prop_assert!(artifact.source_map.iter().all(|mark| !mark.lines.is_empty() && mark.lines.end <= count));
        }
    }

    #[test]
    fn import_never_panics(flow in any_flow(), text in text(), cut in 0..400_usize) {
        let file = direct::generate(&flow, &stamp()).expect("it can be written").text;
        let cut = file.floor_char_boundary(cut);
        let broken = format!("{}{text}{}", &file[..cut], &file[cut..]);
        if let Err(error) = import(&broken) {
            let line = broken.split('\n').nth(error.line - 1).expect("the line is there");
            prop_assert!(error.column <= line.chars().count() + 1, "{error}");
        }
    }
}
