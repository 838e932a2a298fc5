//! Edits that change what is there, each by itself.

use std::sync::Arc;

use super::{Applied, Refused};
use crate::{Flow, FlowSetting, Op};

pub(super) fn apply(flow: &mut Flow, op: &Op, applied: &mut Applied) -> Result<(), Refused> {
    match op {
        Op::MoveNode { id, to } => {
            if !flow.nodes.contains_key(id) {
                return Err(Refused::NodeMissing { id: id.clone() });
            }
            let from = flow.positions.insert(id.clone(), *to).unwrap_or_default();
            applied.inverse.push(Op::MoveNode {
                id: id.clone(),
                to: from,
            });
            applied.changes.moved.insert(id.clone());
        }
        Op::SetLabel { id, label } => {
            let node = flow
                .nodes
                .get_mut(id)
                .ok_or_else(|| Refused::NodeMissing { id: id.clone() })?;
            let label = std::mem::replace(&mut Arc::make_mut(node).label, label.clone());
            applied.inverse.push(Op::SetLabel {
                id: id.clone(),
                label,
            });
            applied.changes.nodes.insert(id.clone());
        }
        Op::SetDisabled { id, disabled } => {
            let node = flow
                .nodes
                .get_mut(id)
                .ok_or_else(|| Refused::NodeMissing { id: id.clone() })?;
            let disabled = std::mem::replace(&mut Arc::make_mut(node).disabled, *disabled);
            applied.inverse.push(Op::SetDisabled {
                id: id.clone(),
                disabled,
            });
            applied.changes.nodes.insert(id.clone());
        }
        Op::SetField { id, field, value } => {
            let node = flow
                .nodes
                .get_mut(id)
                .ok_or_else(|| Refused::NodeMissing { id: id.clone() })?;
            let fields = &mut Arc::make_mut(node).fields;
            let before = match value {
                Some(value) => fields.insert(field.clone(), value.clone()),
                None => fields.remove(field),
            };
            applied.inverse.push(Op::SetField {
                id: id.clone(),
                field: field.clone(),
                value: before,
            });
            applied.changes.nodes.insert(id.clone());
        }
        Op::SetEdgeLabel { id, label } => {
            let edge = flow
                .edges
                .get_mut(id)
                .ok_or_else(|| Refused::EdgeMissing { id: id.clone() })?;
            let label = std::mem::replace(&mut Arc::make_mut(edge).label, label.clone());
            applied.inverse.push(Op::SetEdgeLabel {
                id: id.clone(),
                label,
            });
            applied.changes.edges.insert(id.clone());
        }
        Op::SetRegionName { id, name } => {
            let region = flow
                .regions
                .get_mut(id)
                .ok_or_else(|| Refused::RegionMissing { id: id.clone() })?;
            let name = std::mem::replace(&mut Arc::make_mut(region).name, name.clone());
            applied.inverse.push(Op::SetRegionName {
                id: id.clone(),
                name,
            });
            applied.changes.regions.insert(id.clone());
        }
        Op::SetFlow(setting) => {
            let before = match setting {
                FlowSetting::Name(name) => {
                    FlowSetting::Name(std::mem::replace(&mut flow.name, name.clone()))
                }
                FlowSetting::Description(text) => {
                    FlowSetting::Description(std::mem::replace(&mut flow.description, text.clone()))
                }
                FlowSetting::Variables(variables) => FlowSetting::Variables(std::mem::replace(
                    &mut flow.variables,
                    variables.clone(),
                )),
                FlowSetting::WireType(wire_type) => {
                    FlowSetting::WireType(std::mem::replace(&mut flow.wire_type, wire_type.clone()))
                }
                FlowSetting::Inputs(inputs) => {
                    let before = std::mem::replace(&mut flow.interface.inputs, inputs.clone());
                    FlowSetting::Inputs(before)
                }
                FlowSetting::Outputs(outputs) => {
                    let before = std::mem::replace(&mut flow.interface.outputs, outputs.clone());
                    FlowSetting::Outputs(before)
                }
                FlowSetting::Members(members) => {
                    FlowSetting::Members(std::mem::replace(&mut flow.extra, members.clone()))
                }
            };
            applied.inverse.push(Op::SetFlow(before));
            applied.changes.settings = true;
        }
        Op::AddNote { .. }
        | Op::RemoveNote { .. }
        | Op::SetNoteText { .. }
        | Op::PlaceNote { .. }
        | Op::SetNoteTint { .. } => super::notes::apply(flow, op, applied)?,
        Op::AddGroup { .. }
        | Op::RemoveGroup { .. }
        | Op::SetGroupTitle { .. }
        | Op::SetGroupTint { .. } => super::groups::apply(flow, op, applied)?,
        Op::AddNode { .. }
        | Op::RemoveNode { .. }
        | Op::Connect { .. }
        | Op::Disconnect { .. }
        | Op::AddRegion { .. }
        | Op::RemoveRegion { .. }
        | Op::SetNodeGroup { .. } => {
            super::runs::apply(flow, std::slice::from_ref(op), applied)?;
        }
    }
    Ok(())
}
