//! The domain of Patchbay: what a flow is, how it changes, what is wrong with
//! it, and what it looks like on the wire.
//!
//! Shared by the browser and the server, so that both compute the same answer
//! from the same flow. Nothing here does IO, reads a clock or draws a random
//! number: ids and times come in from outside.

mod align;
mod apply;
pub mod architect;
mod artifact;
mod bypass;
mod calls;
pub mod check;
mod consumers;
pub mod contact;
pub mod data_action;
mod diff;
pub mod direct;
mod document;
pub mod expression;
mod field;
mod fields;
mod file;
mod graph;
mod group;
mod id;
mod import;
mod interface_line;
mod json;
mod kind;
mod limits;
mod link;
mod merge;
mod model;
mod note;
mod op;
mod parameter;
mod part;
mod plan;
mod point;
mod pointer;
mod pretty;
mod problem;
mod reading;
mod reference;
mod region;
mod rows;
pub mod search;
mod sorting;
mod template;
mod transition;
mod variables;
mod workspace;

pub use align::aligned;
pub use apply::{Applied, Changes, Refused, apply};
pub use artifact::{Artifact, Mark, Origin, Stamp};
pub use bypass::CannotDisable;
pub use calls::Call;
pub use check::{Checker, Rule, RuleText, check, check_in, rules, rules_page};
pub use consumers::broken_by;
pub use diff::{Difference, diff};
pub use document::Document;
pub use field::{Case, FieldKey, FieldValue, Pair};
pub use fields::Fields;
pub use file::FlowFile;
pub use group::Group;
pub use id::{EdgeId, GroupId, NodeId, NoteId, Port, RegionId};
pub use import::{ImportError, import, read_json};
pub use kind::{
    Category, Exit, FieldInput, FieldSpec, Kind, KindSpec, PairsRole, Setting, catalogue,
};
pub use limits::{
    MAX_DOCUMENT_BYTES, MAX_EDGES, MAX_GROUPS, MAX_ID_BYTES, MAX_JSON_DEPTH, MAX_NODE_BYTES,
    MAX_NODES, MAX_NOTE_BYTES, MAX_NOTES, MAX_OPS, MAX_PARAMETERS, MAX_REGIONS, MAX_SCRIPT_BYTES,
    MAX_TEXT_BYTES, MAX_VARIABLES,
};
pub use link::{put_first, repoint};
pub use merge::{Choices, Conflict, Merged, Side, changed_by_one_side, merge, merge_with};
pub use model::{DataType, Edge, Extra, Flow, FlowKind, Node, Variable};
pub use note::{Note, NoteSize, Tint};
pub use op::{FlowSetting, Op, Transaction};
pub use parameter::{Interface, Parameter, ParameterType};
pub use part::Part;
pub use plan::{CannotLink, Plan, PlannedChange, plan_link, plan_repoint};
pub use point::Point;
pub use problem::{Code, Fix, Place, Problem, Severity};
pub use reading::{Unreadable, read};
pub use reference::{EntityKind, EntityRef};
pub use region::{Region, RegionKind};
pub use sorting::Sort;
pub use template::{TEMPLATES, Template, TemplateContent};
pub use transition::transition;
pub use variables::{Availability, Available, BUILT_IN, variables_at};
pub use workspace::{Entity, Workspace};
