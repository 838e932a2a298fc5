//! The direct profile: the wire format of the guides.

mod chains;
mod contact;
mod data_action;
mod edge_ends;
mod exit_names;
mod lookup_flow;
mod module;
mod shared_flow;
mod step;
mod tree;

use crate::{Artifact, Flow, FlowKind, Problem, Stamp, bypass::Bypass};

pub(crate) use self::{
    chains::{IN_ACTION, default_label, node_chains},
    contact::document as contact,
    data_action::document as data_action,
    lookup_flow::TYPE as LOOKUP_FLOW_TYPE,
    shared_flow::TYPE as SHARED_FLOW_TYPE,
};

/// The id of a Start that is implicit: edges name it, and no node is sent.
pub(crate) const IMPLICIT_START: &str = "start";

/// The document that creates or updates a flow upstream (spec, "The direct
/// profile, exactly"), without what is disabled. Fails only on what cannot be
/// written at all (spec, decision 14): two values under one name of a JSON
/// object, a disabled node that cannot be left out.
pub fn generate(flow: &Flow, stamp: &Stamp) -> Result<Artifact, Vec<Problem>> {
    let bypass = Bypass::of(flow, None);
    let unwritable = crate::check::unwritable(flow, bypass.as_ref());
    if !unwritable.is_empty() {
        return Err(unwritable);
    }
    let flow = bypass.as_ref().map_or(flow, |bypass| &bypass.flow);
    let document = match flow.kind {
        FlowKind::Lookup => lookup_flow::document(flow, stamp),
        FlowKind::Call | FlowKind::Module => module::document(flow, stamp),
        FlowKind::Shared => shared_flow::document(flow, stamp),
        // `unwritable` has said so.
        FlowKind::Architect => return Err(Vec::new()),
    };
    // What a node or an edge takes as designers draw them.
    let expected_bytes = 1_024 + 640 * flow.nodes.len() + 160 * flow.edges.len();
    Ok(tree::artifact(document, expected_bytes))
}
