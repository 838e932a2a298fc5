//! What a check finds: a problem with its place and, where one exists, a fix.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{Edge, EdgeId, FieldKey, NodeId, Op, Port};

/// Something wrong with a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The rule that it breaks: stable, to search for and to document.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what to do, in a sentence or two.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What a click can do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// The stable name of a rule: `url-not-https`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub(crate) &'static str);

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// The flow cannot be published like this.
    Error,
    /// The flow can be published; somebody should look at this.
    Warning,
}

/// Where a problem is. All parts absent: the flow as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// The edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edge: Option<EdgeId>,
    /// The exit of the node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<Port>,
    /// The field of the node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldKey>,
    /// The row of a field that holds several, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The bytes of the text that are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Range<usize>>,
}

/// What a click can do about a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says: "Use https://".
    pub label: String,
    /// The edits.
    pub ops: Vec<Op>,
}

impl Place {
    /// A node as a whole.
    pub fn node(id: &NodeId) -> Self {
        Self {
            node: Some(id.clone()),
            ..Self::default()
        }
    }

    /// A field of a node.
    pub fn field(id: &NodeId, field: &'static str) -> Self {
        Self {
            field: Some(FieldKey::of(field)),
            ..Self::node(id)
        }
    }

    /// An exit of a node.
    pub fn port(id: &NodeId, port: &Port) -> Self {
        Self {
            port: Some(port.clone()),
            ..Self::node(id)
        }
    }

    /// An edge, with the node and the exit that it leaves.
    pub fn edge(id: &EdgeId, edge: &Edge) -> Self {
        Self {
            edge: Some(id.clone()),
            ..Self::port(&edge.source, &edge.port)
        }
    }

    /// The same place, narrowed to a row of the field.
    pub fn row(mut self, row: impl Into<Option<usize>>) -> Self {
        self.row = row.into();
        self
    }

    /// The same place, narrowed to bytes of the text.
    pub fn span(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }
}

impl Fix {
    /// A fix whose button says this.
    pub fn new(label: impl Into<String>, ops: Vec<Op>) -> Self {
        Self {
            label: label.into(),
            ops,
        }
    }
}

impl Code {
    /// The code as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    /// Only codes of this version's rules are known; another is an error.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        crate::check::code(&text)
            .ok_or_else(|| serde::de::Error::custom(format_args!("unknown rule “{text}”")))
    }
}
