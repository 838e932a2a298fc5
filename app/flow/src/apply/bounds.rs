//! What one edit may hold. Whoever sends an edit is bounded by the same rules as
//! whoever types one, so that every flow that was made can be opened again.

use serde_json::Value;

use super::{MAX_OPS, Refused};
use crate::{
    Case, Edge, EdgeId, FieldValue, FlowSetting, Group, GroupId, MAX_ID_BYTES, MAX_NODE_BYTES,
    MAX_NOTE_BYTES, MAX_PARAMETERS, MAX_TEXT_BYTES, MAX_VARIABLES, Node, NodeId, Note, NoteId,
    NoteSize, Op, Pair, Parameter, ParameterType, Point, Region, RegionId, RegionKind, Transaction,
    Variable,
};

/// How far from the origin a node may lie, in canvas units.
const CANVAS_REACH: f64 = 10_000_000.0;

pub(crate) fn transaction(transaction: &Transaction) -> Result<(), Refused> {
    if transaction.ops.len() > MAX_OPS {
        return Err(Refused::TooMuchAtOnce);
    }
    within(transaction.label.len(), MAX_TEXT_BYTES, "a text")
}

/// Whether what an edit brings may be there.
pub(crate) fn op(op: &Op) -> Result<(), Refused> {
    match op {
        Op::AddNode {
            id,
            node: added,
            position,
            ..
        } => place(id, *position).and_then(|()| node(id, added)),
        Op::MoveNode { id, to } => place(id, *to),
        Op::SetLabel { label, .. } | Op::SetEdgeLabel { label, .. } => text(label),
        Op::SetField { value, .. } => value.as_ref().map_or(Ok(()), field),
        Op::Connect {
            id, edge: drawn, ..
        } => match id {
            Some(id) => edge(id, drawn),
            None => edge(&drawn.key(), drawn),
        },
        Op::AddRegion {
            id, region: added, ..
        } => region(id, added),
        Op::SetRegionName { name, .. } => text(name),
        Op::SetFlow(setting) => match setting {
            FlowSetting::Name(value) | FlowSetting::Description(value) => text(value),
            FlowSetting::WireType(value) => text(value.as_deref().unwrap_or_default()),
            FlowSetting::Variables(value) => variables(value),
            FlowSetting::Inputs(value) | FlowSetting::Outputs(value) => parameters(value),
            FlowSetting::Members(value) => within(
                extra_bytes(value.iter()),
                MAX_NODE_BYTES,
                "what is kept of a flow",
            ),
        },
        Op::AddNote { id, note: added } => note(id, added),
        Op::SetNoteText { text, .. } => note_text(text),
        Op::PlaceNote { id, at, size } => note_place(id, *at, *size),
        Op::AddGroup { id, group: added } => group(id, added),
        Op::SetGroupTitle { title, .. } => text(title),
        Op::RemoveNote { .. }
        | Op::SetNoteTint { .. }
        | Op::RemoveGroup { .. }
        | Op::SetGroupTint { .. }
        | Op::SetNodeGroup { .. }
        | Op::RemoveNode { .. }
        | Op::SetDisabled { .. }
        | Op::Disconnect { .. }
        | Op::RemoveRegion { .. } => Ok(()),
    }
}

pub(crate) fn text(text: &str) -> Result<(), Refused> {
    within(text.len(), MAX_TEXT_BYTES, "a text")
}

pub(crate) fn place(id: &NodeId, at: Point) -> Result<(), Refused> {
    if is_on_canvas(at) {
        Ok(())
    } else {
        Err(Refused::OffCanvas { id: id.clone() })
    }
}

fn is_on_canvas(at: Point) -> bool {
    let reaches = |coordinate: f64| coordinate.abs() <= CANVAS_REACH;
    reaches(at.x) && reaches(at.y)
}

pub(crate) fn note(id: &NoteId, note: &Note) -> Result<(), Refused> {
    within(id.as_str().len(), MAX_ID_BYTES, "an id")?;
    note_text(&note.text)?;
    note_place(id, note.at, note.size)
}

fn note_text(text: &str) -> Result<(), Refused> {
    within(text.len(), MAX_NOTE_BYTES, "a note")
}

fn note_place(id: &NoteId, at: Point, size: NoteSize) -> Result<(), Refused> {
    // No number is neither less nor more than it should be.
    if is_on_canvas(at) && size == size.fitting() {
        Ok(())
    } else {
        Err(Refused::NoteOffCanvas { id: id.clone() })
    }
}

pub(crate) fn group(id: &GroupId, group: &Group) -> Result<(), Refused> {
    within(id.as_str().len(), MAX_ID_BYTES, "an id")?;
    text(&group.title)
}

pub(crate) fn node(id: &NodeId, node: &Node) -> Result<(), Refused> {
    within(id.as_str().len(), MAX_ID_BYTES, "an id")?;
    text(&node.label)?;
    let region = node.region.as_ref().map_or("", RegionId::as_str);
    within(region.len(), MAX_ID_BYTES, "an id")?;
    let mut bytes = node.kind.as_str().len() + node.wire_id.as_ref().map_or(0, String::len);
    for value in node.fields.values() {
        field(value)?;
        bytes += field_bytes(value);
    }
    for exit in &node.exits {
        bytes += exit.port.as_str().len() + exit.label.len();
    }
    bytes += extra_bytes(node.extra.iter());
    within(bytes, MAX_NODE_BYTES, "a step")
}

pub(crate) fn edge(id: &EdgeId, edge: &Edge) -> Result<(), Refused> {
    // A derived key holds the keys of both ends and the exit.
    within(id.as_str().len(), 4 * MAX_ID_BYTES, "an id")?;
    within(edge.port.as_str().len(), MAX_TEXT_BYTES, "a text")?;
    text(&edge.label)?;
    let wire_id = edge.wire_id.as_ref().map_or(0, String::len);
    within(
        wire_id + extra_bytes(edge.extra.iter()),
        MAX_NODE_BYTES,
        "a connection",
    )
}

pub(crate) fn region(id: &RegionId, region: &Region) -> Result<(), Refused> {
    within(id.as_str().len(), MAX_ID_BYTES, "an id")?;
    text(&region.name)?;
    let kind = match &region.kind {
        RegionKind::Foreign(name) => name.len(),
        RegionKind::Menu | RegionKind::Task | RegionKind::State => 0,
    };
    let wire_id = region.wire_id.as_ref().map_or(0, String::len);
    let bytes = kind + wire_id + extra_bytes(region.extra.iter());
    within(bytes, MAX_NODE_BYTES, "a part")
}

pub(crate) fn field(value: &FieldValue) -> Result<(), Refused> {
    if let FieldValue::Text(value) = value {
        text(value)?;
    }
    within(field_bytes(value), MAX_NODE_BYTES, "a step")
}

pub(crate) fn variables(variables: &[Variable]) -> Result<(), Refused> {
    if variables.len() > MAX_VARIABLES {
        return Err(Refused::TooMany {
            what: "variables".into(),
            limit: MAX_VARIABLES,
        });
    }
    variables.iter().try_for_each(|variable| {
        text(&variable.name)?;
        text(&variable.description)
    })
}

pub(crate) fn parameters(parameters: &[Parameter]) -> Result<(), Refused> {
    if parameters.len() > MAX_PARAMETERS {
        return Err(Refused::TooMany {
            what: "inputs or outputs".into(),
            limit: MAX_PARAMETERS,
        });
    }
    let mut bytes = 0;
    for parameter in parameters {
        text(&parameter.name)?;
        text(&parameter.description)?;
        bytes += parameter.name.len() + parameter.description.len();
        bytes += extra_bytes(parameter.extra.iter());
        if let ParameterType::Foreign(value) = &parameter.datatype {
            bytes += json_bytes(value);
        }
    }
    within(bytes, MAX_NODE_BYTES, "an interface")
}

fn within(bytes: usize, limit: usize, what: &str) -> Result<(), Refused> {
    if bytes <= limit {
        return Ok(());
    }
    Err(Refused::TooLong {
        what: what.to_owned(),
        limit,
    })
}

fn field_bytes(value: &FieldValue) -> usize {
    let pair = |pair: &Pair| pair.name.len() + json_bytes(&pair.value);
    let case = |case: &Case| case.port.as_str().len() + case.value.len() + case.label.len();
    match value {
        FieldValue::Text(text) => text.len(),
        FieldValue::Integer(_) => size_of::<i64>(),
        FieldValue::Pairs(pairs) => pairs.iter().map(pair).sum(),
        FieldValue::Cases(cases) => cases.iter().map(case).sum(),
        FieldValue::Reference(reference) => reference.as_str().len(),
        FieldValue::Json(value) => json_bytes(value),
    }
}

fn extra_bytes<'a>(extra: impl Iterator<Item = (&'a String, &'a Value)>) -> usize {
    extra
        .map(|(pointer, value)| pointer.len() + json_bytes(value))
        .sum()
}

/// About as many bytes as the value takes as text. As deep as the value, and
/// no value is read that is deeper than a document may be.
fn json_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(|item| 1 + json_bytes(item)).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| 2 + name.len() + json_bytes(value))
            .sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => size_of::<u64>(),
    }
}
