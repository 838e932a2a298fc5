//! The module of the flow-modules guide: it begins an authentication by saying
//! that it is pending.

use super::draw::{add, begun, connect, named};
use crate::{FieldKey, FieldValue, Flow, FlowKind, Kind, Pair};

pub(super) fn build() -> Flow {
    let mut flow = begun(FlowKind::Module, "Shared_Auth_Library_v1");
    flow.description = "Centralized authentication logic for all inbound flows.".to_owned();
    let mut set = named(&Kind::SET_VARIABLES, "Set Auth Pending");
    set.fields.insert(
        FieldKey::of("variables"),
        FieldValue::Pairs(vec![Pair::text("auth_status", "pending")]),
    );
    add(&mut flow, "set-auth-pending", set);
    connect(&mut flow, "start", "set-auth-pending");
    flow
}
