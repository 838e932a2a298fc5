//! The document: a plain value.

use std::{collections::BTreeMap, sync::Arc};

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Case, EdgeId, EntityRef, Exit, FieldKey, FieldValue, Fields, Group, GroupId, Interface, Kind,
    NodeId, Note, NoteId, Pair, Point, Port, Region, RegionId,
};

/// Fields of a document from elsewhere that Patchbay does not understand, kept
/// verbatim: JSON pointer into the object (`/configuration/retries`) to value.
/// They are written back behind the known ones.
pub type Extra = IndexMap<String, Value>;

/// Nodes and edges are shared between copies of a flow, so a copy is cheap.
pub(crate) type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// A flow: a graph of nodes with what a designer set on them. Layout stands
/// apart from logic, so that comparisons can leave it out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// What sort of document this is; decides dialect and checks.
    pub kind: FlowKind,
    /// The name, unique in the organisation.
    pub name: String,
    /// What the flow is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The `type` on the wire, where it is another than the one that flows of
    /// this kind have by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire_type: Option<String>,
    /// What the flow takes from those who call it and gives back to them. Only
    /// modules and shared flows can be called.
    #[serde(default, skip_serializing_if = "Interface::is_empty")]
    pub interface: Interface,
    /// The nodes in document order (spec, decision 2).
    pub nodes: Map<NodeId, Arc<Node>>,
    /// The edges in document order.
    pub edges: Map<EdgeId, Arc<Edge>>,
    /// Where each node's top left corner is, in no particular order. A node
    /// without an entry is at the origin.
    pub positions: Map<NodeId, Point>,
    /// Notes on the canvas; those with later keys lie on top.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<NoteId, Arc<Note>>,
    /// Frames around nodes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<GroupId, Arc<Group>>,
    /// Which group a node is in, of those that are in one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub grouped: BTreeMap<NodeId, GroupId>,
    /// The parts of the flow that have a name, in document order.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub regions: Map<RegionId, Arc<Region>>,
    /// Variables that are there before the flow starts, declared by the
    /// designer. Not sent (spec, decision 12).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// What came with the document and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

/// The sort of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FlowKind {
    /// A lookup flow: from one Start to its Ends, with an external lookup.
    #[default]
    Lookup,
    /// A call flow that links modules.
    Call,
    /// A flow module: logic that call flows link.
    Module,
    /// A shared flow, or a flow that runs one: both have the same form.
    Shared,
    /// A flow of the public platform, as Architect writes it.
    Architect,
}

impl FlowKind {
    /// Every kind, in the order in which menus show them.
    pub const ALL: [Self; 5] = [
        Self::Lookup,
        Self::Call,
        Self::Module,
        Self::Shared,
        Self::Architect,
    ];

    /// The name in files and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Call => "call",
            Self::Module => "module",
            Self::Shared => "shared",
            Self::Architect => "architect",
        }
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// With its article, as a sentence names it: "a lookup flow".
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Lookup => "a lookup flow",
            Self::Call => "a call flow",
            Self::Module => "a module",
            Self::Shared => "a shared flow",
            Self::Architect => "a flow of the public platform",
        }
    }

    /// The name for people: "Lookup flow".
    pub fn title(self) -> &'static str {
        match self {
            Self::Lookup => "Lookup flow",
            Self::Call => "Call flow",
            Self::Module => "Module",
            Self::Shared => "Shared flow",
            Self::Architect => "Architect flow",
        }
    }
}

/// A node: a step of the flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Which entry of the catalogue it is.
    pub kind: Kind,
    /// The name that a person reads on the card.
    pub label: String,
    /// What is set on it. A field that is absent has not been filled.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
    /// The ways out of a node whose kind does not say them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exits: Vec<Exit>,
    /// The part of the flow that it is in; none for the flow itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// Whether it goes over the wire as a further action of the node before
    /// it, as it came. Only shared flows can do that, and only where nothing
    /// else leads in between.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joins: bool,
    /// Whether it is left out of what is sent, so that what leads to it leads
    /// on to what follows it. Stays in Patchbay.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// The id on the wire, kept from an import or a template; without one it
    /// is the key (spec, decision 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire_id: Option<String>,
    /// What came with it and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

/// An edge: from an exit of one node to another node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// The node that it leaves.
    pub source: NodeId,
    /// The exit by which it leaves.
    pub port: Port,
    /// The node that it enters.
    pub target: NodeId,
    /// A free text. On a condition or a split the exit's name is written
    /// instead (spec, decision 9).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The id on the wire, kept from an import or a template; without one it
    /// is the key (spec, decision 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wire_id: Option<String>,
    /// What came with it and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

/// A variable that the designer declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Variable {
    /// The name, as expressions use it.
    pub name: String,
    /// The type of its values.
    pub datatype: DataType,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// The data types of the direct profile (spec, "Shared flow").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // Each says itself.
pub enum DataType {
    #[default]
    String,
    Integer,
    Number,
    Boolean,
    Datetime,
    Object,
    Array,
}

impl Flow {
    /// An empty flow of a kind.
    pub fn new(kind: FlowKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            ..Self::default()
        }
    }

    /// Where a node's top left corner is, in canvas units.
    pub fn position(&self, id: &NodeId) -> Point {
        self.positions.get(id).copied().unwrap_or_default()
    }

    /// The id under which a node goes over the wire.
    pub fn wire_id<'a>(&'a self, id: &'a NodeId) -> &'a str {
        self.nodes
            .get(id)
            .and_then(|node| node.wire_id.as_deref())
            .unwrap_or(id.as_str())
    }

    /// The `type` on the wire: the flow's own, else the one that its kind has.
    pub(crate) fn type_on_wire<'a>(&'a self, of_kind: &'a str) -> &'a str {
        let own = self.wire_type.as_deref();
        own.filter(|own| !own.is_empty()).unwrap_or(of_kind)
    }

    /// The edges that leave a node, in document order. Walks all edges.
    pub fn edges_from<'a>(
        &'a self,
        id: &'a NodeId,
    ) -> impl Iterator<Item = (&'a EdgeId, &'a Edge)> {
        self.edges
            .iter()
            .filter(move |(_, edge)| edge.source == *id)
            .map(|(key, edge)| (key, &**edge))
    }

    /// The edges that enter or leave a node, in document order. Walks all edges.
    pub fn edges_at<'a>(&'a self, id: &'a NodeId) -> impl Iterator<Item = (&'a EdgeId, &'a Edge)> {
        self.edges
            .iter()
            .filter(move |(_, edge)| edge.source == *id || edge.target == *id)
            .map(|(key, edge)| (key, &**edge))
    }
}

impl Node {
    /// A node as the palette makes it: the kind's title as its label and the
    /// catalogue's defaults in its fields.
    pub fn of(kind: &Kind) -> Self {
        let (label, fields) = match kind.spec() {
            Some(spec) => (
                spec.title.to_owned(),
                spec.fields
                    .iter()
                    .filter_map(|field| Some((FieldKey::of(field.key), (field.default)?())))
                    .collect(),
            ),
            None => (kind.as_str().to_owned(), Fields::default()),
        };
        Self {
            kind: kind.clone(),
            label,
            fields,
            exits: Vec::new(),
            region: None,
            joins: false,
            disabled: false,
            wire_id: None,
            extra: Extra::new(),
        }
    }

    /// A field's value.
    pub fn field(&self, key: &str) -> Option<&FieldValue> {
        self.fields.get(key)
    }

    /// A field's text; empty when it is not set or no text.
    pub fn text(&self, key: &str) -> &str {
        match self.field(key) {
            Some(FieldValue::Text(text)) => text,
            _ => "",
        }
    }

    /// What a field refers to; nothing when it is not set.
    pub fn reference(&self, key: &str) -> Option<&EntityRef> {
        match self.field(key) {
            Some(FieldValue::Reference(reference)) => Some(reference),
            _ => None,
        }
    }

    /// A field's pairs; none when it is not set or holds something else.
    pub fn pairs(&self, key: &str) -> &[Pair] {
        match self.field(key) {
            Some(FieldValue::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    /// A field's cases; none when it is not set or holds something else.
    pub fn cases(&self, key: &str) -> &[Case] {
        match self.field(key) {
            Some(FieldValue::Cases(cases)) => cases,
            _ => &[],
        }
    }
}

impl Edge {
    /// An edge as the canvas draws it, without a label.
    pub fn new(source: NodeId, port: Port, target: NodeId) -> Self {
        Self {
            source,
            port,
            target,
            label: String::new(),
            wire_id: None,
            extra: Extra::new(),
        }
    }

    /// The key that derives from its ends.
    pub fn key(&self) -> EdgeId {
        EdgeId::between(&self.source, &self.port, &self.target)
    }
}
