//! The parts of a flow that differences and conflicts are about.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Edge, EdgeId, FieldKey, Flow, GroupId, Node, NodeId, NoteId, Place, Port, RegionId};

/// Characters of a value that a sentence shows.
const SHOWN_VALUE: usize = 60;

/// A part of a flow that changes by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    tag = "part",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[allow(missing_docs)] // The fields say themselves.
pub enum Part {
    /// The sort of document.
    FlowKind,
    /// The flow's name.
    Name,
    /// The flow's description.
    Description,
    /// The type of the flow on the wire.
    WireType,
    /// A declared input.
    Input { name: String },
    /// The declared inputs together: where names stand twice, or for their
    /// order.
    Inputs,
    /// A declared output.
    Output { name: String },
    /// The declared outputs together: where names stand twice, or for their
    /// order.
    Outputs,
    /// A declared variable.
    Variable { name: String },
    /// The declared variables together: where names stand twice, or for their
    /// order.
    Variables,
    /// Something in the flow that Patchbay does not understand.
    FlowMember { pointer: String },
    /// A named part of the flow.
    Region { id: RegionId },
    /// The order of the named parts in the document.
    RegionOrder,
    /// The order of the nodes in the document.
    NodeOrder,
    /// The order of the edges in the document.
    EdgeOrder,
    /// A node as a whole.
    Node { id: NodeId },
    /// Which sort of step a node is.
    NodeKind { id: NodeId },
    /// What a person reads on a node.
    NodeLabel { id: NodeId },
    /// Which named part of the flow a node is in.
    NodeRegion { id: NodeId },
    /// The ways out of a node whose kind does not say them.
    NodeExits { id: NodeId },
    /// Whether a node is a further action of the one before it.
    NodeJoins { id: NodeId },
    /// Whether a node is left out of what is sent.
    NodeDisabled { id: NodeId },
    /// A node's id on the wire.
    NodeWireId { id: NodeId },
    /// Where a node is drawn.
    NodePosition { id: NodeId },
    /// Which group a node is in.
    NodeGroup { id: NodeId },
    /// A note on the canvas.
    Note { id: NoteId },
    /// A group of nodes.
    Group { id: GroupId },
    /// A field of a node.
    Field { id: NodeId, field: FieldKey },
    /// A row of a field: a case by its exit, a pair by its name.
    Row {
        id: NodeId,
        field: FieldKey,
        key: String,
    },
    /// Something in a node that Patchbay does not understand.
    NodeMember { id: NodeId, pointer: String },
    /// An edge as a whole.
    Edge { id: EdgeId },
    /// What an edge connects.
    EdgeEnds { id: EdgeId },
    /// An edge's free text.
    EdgeLabel { id: EdgeId },
    /// An edge's id on the wire.
    EdgeWireId { id: EdgeId },
    /// Something in an edge that Patchbay does not understand.
    EdgeMember { id: EdgeId, pointer: String },
    /// Where an exit of a node leads.
    Exit { id: NodeId, port: Port },
}

impl Part {
    /// Whether it says only where something is drawn.
    pub fn is_layout(&self) -> bool {
        matches!(
            self,
            Self::NodePosition { .. }
                | Self::NodeGroup { .. }
                | Self::Note { .. }
                | Self::Group { .. }
        )
    }

    /// Where it is drawn; the flow as a whole for what is not.
    pub fn place(&self) -> Place {
        match self {
            Self::Node { id }
            | Self::NodeKind { id }
            | Self::NodeLabel { id }
            | Self::NodeRegion { id }
            | Self::NodeExits { id }
            | Self::NodeJoins { id }
            | Self::NodeDisabled { id }
            | Self::NodeWireId { id }
            | Self::NodePosition { id }
            | Self::NodeGroup { id }
            | Self::NodeMember { id, .. } => Place::node(id),
            Self::Field { id, field } | Self::Row { id, field, .. } => Place {
                field: Some(field.clone()),
                ..Place::node(id)
            },
            Self::Exit { id, port } => Place {
                port: Some(port.clone()),
                ..Place::node(id)
            },
            Self::Edge { id }
            | Self::EdgeEnds { id }
            | Self::EdgeLabel { id }
            | Self::EdgeWireId { id }
            | Self::EdgeMember { id, .. } => Place {
                edge: Some(id.clone()),
                ..Place::default()
            },
            _ => Place::default(),
        }
    }

    /// The part as it is called beside the name of what it belongs to: "URL"
    /// of a node. As in a sentence where it belongs to the flow as a whole.
    pub fn within(&self, flows: &[&Flow]) -> String {
        match self {
            Self::Field { id, field } => field_label(flows, id, field).to_owned(),
            Self::Row { id, field, key } => {
                let field = field_label(flows, id, field);
                format!("{field} › {}", row_name(flows, id, key))
            }
            Self::NodeLabel { .. } => "Label".to_owned(),
            Self::NodeKind { .. } => "Type".to_owned(),
            Self::NodeRegion { .. } => "Part".to_owned(),
            Self::NodeExits { .. } => "Exits".to_owned(),
            Self::NodeJoins { .. } => "Joins the step before it".to_owned(),
            Self::NodeDisabled { .. } => "Disabled".to_owned(),
            Self::NodeWireId { .. } => "Id".to_owned(),
            Self::NodeMember { pointer, .. } => pointer.clone(),
            Self::Input { name } => format!("Input {name}"),
            Self::Output { name } => format!("Output {name}"),
            _ => self.named(flows),
        }
    }

    /// The part as a sentence names it, at its beginning. Of several flows the
    /// first that has the node or the edge gives its name.
    pub fn named(&self, flows: &[&Flow]) -> String {
        let node = |id: &NodeId| {
            let found = flows.iter().find_map(|flow| flow.nodes.get(id));
            found.map_or_else(|| format!("“{id}”"), |node| crate::check::named(node))
        };
        let edge = |id: &EdgeId| {
            let found = flows.iter().find_map(|flow| flow.edges.get(id));
            found.map_or_else(
                || format!("connection “{id}”"),
                |edge| {
                    let exit = exit(flows, edge);
                    let (source, target) = (node(&edge.source), node(&edge.target));
                    format!("connection from {source}{exit} to {target}")
                },
            )
        };
        match self {
            Self::FlowKind => "The sort of flow".to_owned(),
            Self::Name => "The flow's name".to_owned(),
            Self::Description => "The flow's description".to_owned(),
            Self::WireType => "The flow's type".to_owned(),
            Self::Input { name } => format!("The input “{name}”"),
            Self::Inputs => "The list of inputs".to_owned(),
            Self::Output { name } => format!("The output “{name}”"),
            Self::Outputs => "The list of outputs".to_owned(),
            Self::Variable { name } => format!("The declared variable “{name}”"),
            Self::Variables => "The list of declared variables".to_owned(),
            Self::FlowMember { pointer } => format!("{pointer} of the flow"),
            Self::Region { id } => {
                let found = flows.iter().find_map(|flow| flow.regions.get(id));
                let name = found.map_or(id.as_str(), |region| &region.name);
                format!("The part “{name}”")
            }
            Self::RegionOrder => "The order of the parts".to_owned(),
            Self::NodeOrder => "The order of the nodes".to_owned(),
            Self::EdgeOrder => "The order of the connections".to_owned(),
            Self::Node { id } => node(id),
            Self::NodeKind { id } => format!("The type of {}", node(id)),
            Self::NodeLabel { id } => format!("The label of {}", node(id)),
            Self::NodeRegion { id } => format!("The part that {} is in", node(id)),
            Self::NodeExits { id } => format!("The exits of {}", node(id)),
            Self::NodeJoins { id } => {
                format!(
                    "Whether {} is sent as an action of the step before it",
                    node(id)
                )
            }
            Self::NodeDisabled { id } => format!("Whether {} is disabled", node(id)),
            Self::NodeWireId { id } => format!("The id of {}", node(id)),
            Self::NodePosition { id } => format!("The place of {}", node(id)),
            Self::NodeGroup { id } => format!("The group of {}", node(id)),
            Self::Note { id } => {
                let found = flows.iter().find_map(|flow| flow.notes.get(id));
                let text = found.map_or("", |note| note.text.trim());
                let line = text.lines().next().unwrap_or_default();
                format!("The note {}", shown(&Value::from(line)))
            }
            Self::Group { id } => {
                let found = flows.iter().find_map(|flow| flow.groups.get(id));
                let title = found.map_or("", |group| &group.title);
                format!("The group {}", shown(&Value::from(title)))
            }
            Self::Field { id, field } => {
                format!("{} of {}", field_label(flows, id, field), node(id))
            }
            Self::Row { id, field, key } => {
                let field = field_label(flows, id, field);
                format!("“{}” in {field} of {}", row_name(flows, id, key), node(id))
            }
            Self::NodeMember { id, pointer } => format!("{pointer} of {}", node(id)),
            Self::Edge { id } => format!("The {}", edge(id)),
            Self::EdgeEnds { id } => format!("What the {} connects", edge(id)),
            Self::EdgeLabel { id } => format!("The text of the {}", edge(id)),
            Self::EdgeWireId { id } => format!("The id of the {}", edge(id)),
            Self::EdgeMember { id, pointer } => format!("{pointer} of the {}", edge(id)),
            Self::Exit { id, port } => {
                let found = flows.iter().find_map(|flow| flow.nodes.get(id));
                let label = found.and_then(|node| exit_label(node, port));
                label.map_or_else(
                    || format!("Where {} leads", node(id)),
                    |label| format!("Where “{label}” of {} leads", node(id)),
                )
            }
        }
    }
}

fn exit(flows: &[&Flow], edge: &Edge) -> String {
    let source = flows.iter().find_map(|flow| flow.nodes.get(&edge.source));
    let label = source.and_then(|node| exit_label(node, &edge.port));
    label.map_or_else(String::new, |label| format!(" by “{label}”"))
}

fn exit_label(node: &Node, port: &Port) -> Option<String> {
    let exits = node.exits().into_iter();
    let mut named = exits.filter(|exit| !exit.label.is_empty());
    Some(named.find(|exit| exit.port == *port)?.label)
}

fn field_label<'a>(flows: &[&Flow], id: &NodeId, field: &'a FieldKey) -> &'a str {
    let node = flows.iter().find_map(|flow| flow.nodes.get(id));
    let spec = node.and_then(|node| node.kind.spec());
    let known = spec.and_then(|spec| spec.fields.iter().find(|spec| spec.key == field.as_str()));
    known.map_or(field.as_str(), |spec| spec.label)
}

/// A case by what it is called, a pair by its name.
fn row_name(flows: &[&Flow], id: &NodeId, key: &str) -> String {
    let mut nodes = flows.iter().filter_map(|flow| flow.nodes.get(id));
    let case = nodes.find_map(|node| {
        let cases = node.cases("cases").iter();
        let mut named = cases.filter(|case| case.port.as_str() == key);
        named.next().map(|case| case.name().to_owned())
    });
    case.unwrap_or_else(|| key.to_owned())
}

/// A value as a sentence shows it, shortened where it is long.
pub(crate) fn shown(value: &Value) -> String {
    let text = match declared(value) {
        Some(text) => text,
        None => match inner(value).unwrap_or(value) {
            Value::String(text) => text.replace('\n', "⏎"),
            other => other.to_string(),
        },
    };
    match text.char_indices().nth(SHOWN_VALUE) {
        Some((end, _)) => format!("“{}…”", text.get(..end).unwrap_or_default()),
        None => format!("“{text}”"),
    }
}

/// What people need to see of a value: a field carries its form as a tag, and
/// a row its key.
fn inner(value: &Value) -> Option<&Value> {
    let members = value.as_object()?;
    if members.len() == 1 {
        let forms = ["text", "integer", "json"];
        let plain = forms.into_iter().find_map(|form| members.get(form));
        return plain.or_else(|| {
            let reference = members.get("reference")?;
            reference.get("id").or_else(|| reference.get("name"))
        });
    }
    let is_row = members.contains_key("port") || members.len() == 2;
    is_row.then(|| members.get("value")).flatten()
}

/// A declared variable, input or output by its type and by what it is for: its
/// name is said already.
fn declared(value: &Value) -> Option<String> {
    let datatype = value.get("datatype")?.as_str()?;
    value.get("name")?;
    let description = value.get("description").and_then(Value::as_str);
    Some(match description {
        Some(description) => format!("{datatype}: {description}"),
        None => datatype.to_owned(),
    })
}
