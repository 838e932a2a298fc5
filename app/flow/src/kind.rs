//! The catalogue of node kinds: one file per kind, one list. Whoever draws,
//! checks, writes or reads a node asks its entry here.

pub(crate) mod call;
mod condition;
mod data_action;
mod disconnect;
mod end;
mod flow_module;
mod http_request;
mod lookup;
mod play_prompt;
mod request;
mod run_flow;
mod set_variables;
mod split;
mod start;
pub(crate) mod wire;

use std::fmt;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use self::wire::Wires;
use crate::{EntityKind, FieldValue, Node, Port, check::NodeRule, expression::Type};

/// Every kind that can be drawn, in the palette's order.
static CATALOGUE: &[&KindSpec] = &[
    &start::START,
    &lookup::LOOKUP,
    &http_request::HTTP_REQUEST,
    &data_action::DATA_ACTION,
    &set_variables::SET_VARIABLES,
    &condition::CONDITION,
    &split::SPLIT,
    &flow_module::FLOW_MODULE,
    &run_flow::RUN_FLOW,
    &play_prompt::PLAY_PROMPT,
    &end::END,
    &disconnect::DISCONNECT,
];

/// Every kind that can be drawn, in the palette's order.
pub fn catalogue() -> &'static [&'static KindSpec] {
    CATALOGUE
}

/// Which sort of step a node is: an entry of the catalogue by its name, or a
/// foreign one that is kept as it came.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(SmolStr);

/// What stands before the wire's name of a kind that is not in the catalogue.
const FOREIGN: &str = "foreign:";

impl Kind {
    /// Where a flow begins.
    pub const START: Kind = Kind(SmolStr::new_static("start"));
    /// An external contact lookup.
    pub const LOOKUP: Kind = Kind(SmolStr::new_static("lookup"));
    /// A request to any service.
    pub const HTTP_REQUEST: Kind = Kind(SmolStr::new_static("httpRequest"));
    /// Executes a data action.
    pub const DATA_ACTION: Kind = Kind(SmolStr::new_static("dataAction"));
    /// Executes a flow module.
    pub const FLOW_MODULE: Kind = Kind(SmolStr::new_static("flowModule"));
    /// Runs a shared flow.
    pub const RUN_FLOW: Kind = Kind(SmolStr::new_static("runFlow"));
    /// Sets variables.
    pub const SET_VARIABLES: Kind = Kind(SmolStr::new_static("setVariables"));
    /// Two ways by one expression.
    pub const CONDITION: Kind = Kind(SmolStr::new_static("condition"));
    /// Many ways by one value.
    pub const SPLIT: Kind = Kind(SmolStr::new_static("split"));
    /// Says something to the caller.
    pub const PLAY_PROMPT: Kind = Kind(SmolStr::new_static("playPrompt"));
    /// Where a flow ends.
    pub const END: Kind = Kind(SmolStr::new_static("end"));
    /// Where the call is hung up, and the flow ends.
    pub const DISCONNECT: Kind = Kind(SmolStr::new_static("disconnect"));

    /// A kind of which only the name on the wire is known.
    pub fn foreign(wire_type: &str) -> Self {
        Self(smol_str::format_smolstr!("{FOREIGN}{wire_type}"))
    }

    /// The kind's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name on the wire of a kind that is not in the catalogue.
    pub fn foreign_type(&self) -> Option<&str> {
        self.0.strip_prefix(FOREIGN)
    }

    /// The catalogue's entry; none for a foreign kind.
    pub fn spec(&self) -> Option<&'static KindSpec> {
        let name = self.as_str();
        let mut specs = CATALOGUE.iter();
        specs.find(|spec| spec.kind.as_str() == name).copied()
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// A kind's entry in the catalogue.
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// Its name for people: "Look up customer".
    pub title: &'static str,
    /// One sentence on what it does.
    pub help: &'static str,
    /// What other products call it, one word after the other.
    pub also: &'static str,
    /// The icon's id in the sprite.
    pub icon: &'static str,
    /// The colour family and the palette's section.
    pub category: Category,
    /// Whether edges can enter it.
    pub has_entry: bool,
    /// What can be set on it, in the inspector's order.
    pub fields: &'static [FieldSpec],
    /// The exits of a node of this kind, in drawing order.
    pub exits: fn(&Node) -> Vec<Exit>,
    /// What the card says below the title: "POST crm.example.org".
    pub subtitle: fn(&Node) -> String,
    /// The variables that are there after a node of this kind.
    pub sets: fn(&Node) -> Vec<Setting>,
    /// What is checked beyond what its fields say of themselves.
    pub(crate) rules: &'static [NodeRule],
    /// How the direct profile writes it.
    pub(crate) wires: Wires,
}

/// A variable that a node sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name of the variable.
    pub name: String,
    /// The members that it has; none when nothing is known of them.
    pub members: Option<&'static [&'static str]>,
    /// The sorts of those members, in the same order.
    pub types: &'static [Type],
}

impl Setting {
    /// What setting this name sets: of `user.name`, which is a member of
    /// `user`, the root. Nothing where the name is empty.
    pub(crate) fn of_path(name: &str) -> Option<Self> {
        let root = name.split('.').next().unwrap_or(name);
        (!root.is_empty()).then(|| Self {
            name: root.to_owned(),
            members: None,
            types: &[],
        })
    }
}

/// The sections of the palette. Each has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// Start and end.
    Boundary,
    /// What asks another system.
    Data,
    /// What branches.
    Logic,
    /// What sets variables.
    Variables,
    /// What is shared between flows.
    Shared,
    /// What the caller hears.
    Prompt,
    /// What hangs up.
    Disconnect,
}

impl Category {
    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Boundary => "Start and end",
            Self::Data => "Data",
            Self::Logic => "Logic",
            Self::Variables => "Variables",
            Self::Shared => "Shared logic",
            Self::Prompt => "Prompts",
            Self::Disconnect => "Disconnect",
        }
    }

    /// The value of the `data-category` attribute that colours a card.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Boundary => "boundary",
            Self::Data => "data",
            Self::Logic => "logic",
            Self::Variables => "variables",
            Self::Shared => "shared",
            Self::Prompt => "prompt",
            Self::Disconnect => "disconnect",
        }
    }
}

/// A way out of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// The port that edges leave by.
    pub port: Port,
    /// What a person reads at the port; empty for the only exit of a node.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

/// A field of a kind.
pub struct FieldSpec {
    /// The key in [`Node::fields`].
    pub key: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// One sentence on what belongs here.
    pub help: &'static str,
    /// How it is edited.
    pub input: FieldInput,
    /// Whether a flow without it is wrong.
    pub required: bool,
    /// What a new node starts with.
    pub default: Option<fn() -> FieldValue>,
}

/// How a field is edited and what it may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldInput {
    /// An absolute HTTPS address, in which templates may stand.
    Url,
    /// A text in which templates may stand, over several lines.
    TemplateText,
    /// One template or expression.
    Expression,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A whole number between these, both included.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// The unit, as people read it: "ms".
        unit: &'static str,
    },
    /// Names with values in which templates may stand.
    Pairs {
        /// What names and values stand for.
        role: PairsRole,
        /// What a row's name is: "Header", "Variable".
        name_label: &'static str,
        /// What a row's value is.
        value_label: &'static str,
        /// What the button that adds a row says: "Add header".
        add_label: &'static str,
    },
    /// The cases of a split.
    Cases,
    /// Something outside of the flow that it uses.
    Reference(EntityKind),
}

/// What the names and the values of pairs stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairsRole {
    /// Names that are written as they are; values with templates.
    Named,
    /// Names of variables that are set to the values.
    Variables,
    /// Names of the callee's inputs; values of the caller.
    Inputs,
    /// Names of the callee's outputs; values that are variables of the caller
    /// in braces: `user_name` to `{{User.Name}}`.
    Outputs,
    /// Names of variables of the caller; values that read the callee's
    /// outputs: `localResult` from `${output.processedResult}`.
    Results,
}

impl Node {
    /// The ways out, in drawing order. A foreign node has those that it came
    /// with, else the one that every dialect can write.
    pub fn exits(&self) -> Vec<Exit> {
        match self.kind.spec() {
            Some(spec) => (spec.exits)(self),
            None if self.exits.is_empty() => single_exit(self),
            None => self.exits.clone(),
        }
    }

    /// Whether edges can enter it.
    pub fn has_entry(&self) -> bool {
        self.kind.spec().is_none_or(|spec| spec.has_entry)
    }
}

fn sets_nothing(_: &Node) -> Vec<Setting> {
    Vec::new()
}

fn no_exit(_: &Node) -> Vec<Exit> {
    Vec::new()
}

fn single_exit(_: &Node) -> Vec<Exit> {
    vec![Exit {
        port: Port::OUT,
        label: String::new(),
    }]
}

/// An expression as a card shows it: without the braces around it.
fn shown_expression(text: &str, when_empty: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return when_empty.to_owned();
    }
    let inner = text
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"));
    inner
        .filter(|inner| !inner.contains("{{"))
        .unwrap_or(text)
        .trim()
        .to_owned()
}
