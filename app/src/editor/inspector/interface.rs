//! What the flow takes from those who call it, and what it gives back.

use dom::prelude::*;
use editor::Command;
use flow::{FlowKind, FlowSetting, Parameter};

use super::{
    super::desk::Desk,
    declared::{Declared, Words},
};

const INPUTS: Words = Words {
    key: "inputs",
    title: "Inputs",
    note: "what callers hand over",
    one: "input",
    add: "Add input",
};
const OUTPUTS: Words = Words {
    key: "outputs",
    title: "Outputs",
    note: "variables that callers get back",
    one: "output",
    add: "Add output",
};

/// The inputs and outputs of a flow that can be called. Only a shared flow's
/// say on the wire what they are for.
#[component]
pub(super) fn InterfaceSettings(desk: Desk, kind: FlowKind) -> impl IntoView {
    let described = kind == FlowKind::Shared;
    let inputs = Memo::new(move |_| desk.flow.with(|flow| flow.interface.inputs.clone()));
    let outputs = Memo::new(move |_| desk.flow.with(|flow| flow.interface.outputs.clone()));
    let set_by = move |setting: fn(Vec<Parameter>) -> FlowSetting| {
        Callback::new(move |rows: Vec<Parameter>| {
            desk.run(Command::SetFlow(setting(rows)));
        })
    };
    view! {
        <Declared desk words=INPUTS rows=inputs set=set_by(FlowSetting::Inputs) described />
        <Declared desk words=OUTPUTS rows=outputs set=set_by(FlowSetting::Outputs) described />
    }
}
