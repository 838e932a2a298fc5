//! Data actions: the list, the document, the check of its script, trying it,
//! uploading it.

use std::ops::Range;

use flow::{
    EntityRef, Problem,
    data_action::{ActionPart, DataAction},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{FieldProblem, PublishState, Step};

/// A data action, as the list shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DataActionSummary {
    /// Its id here.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many inputs it takes.
    pub inputs: usize,
    /// How many outputs it gives back.
    pub outputs: usize,
    /// Counts its saves; the next one names it.
    pub revision: u64,
    /// When it was last changed: RFC 3339, UTC.
    pub changed_at: String,
    /// Who changed it last.
    pub changed_by: String,
    /// Its life upstream; none while it was never uploaded.
    pub upstream: Option<UploadedAction>,
    /// How the latest upload stands, if there was one.
    pub upload: Option<PublishState>,
}

/// What is known of a data action upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UploadedAction {
    /// The id upstream.
    pub id: String,
    /// The version last read upstream.
    pub version: u64,
    /// When it was uploaded from here: RFC 3339, UTC.
    pub uploaded_at: Option<String>,
    /// Whether it may differ here from what is there.
    pub changed_since: bool,
}

/// A data action that is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpenDataAction {
    /// What the list shows of it.
    pub summary: DataActionSummary,
    /// The document.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub action: DataAction,
}

/// The body of making a data action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewDataAction {
    /// What to start from.
    pub start: ActionStart,
}

/// What a new data action starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ActionStart {
    /// Nothing but an empty `main`.
    Empty,
    /// An example that looks a user up and works as it is.
    Example,
    /// A copy of another, by its id.
    Copy(String),
}

/// The body of saving a data action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveDataAction {
    /// The revision that was changed. Where somebody has saved since, nothing
    /// is stored and the answer is 409.
    pub revision: u64,
    /// What it is to be.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub action: DataAction,
}

/// The body of checking a data action as it stands on the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckDataAction {
    /// The document.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub action: DataAction,
}

/// Something that is wrong with a data action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ActionFinding {
    /// What is wrong. Its span is in bytes of the script.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub problem: Problem,
    /// What a click can put into the script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Replacement>,
}

/// A part of a script and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    /// What the button says: "Use user_name".
    pub label: String,
    /// The bytes that are replaced; none where something is put in between.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub span: Range<usize>,
    /// What stands there after that.
    pub text: String,
}

/// The body of trying a data action against what it declares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TryDataAction {
    /// The document.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub action: DataAction,
    /// What a flow would hand over: an object of inputs.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub input: Value,
    /// What the script would return for it, to be held against the declared
    /// outputs: an object of outputs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub result: Option<Value>,
}

/// What a try came to. The script is read and never run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Trial {
    /// What does not fit the declared inputs, by JSON pointer into the input.
    pub problems: Vec<FieldProblem>,
    /// What does not fit the declared outputs, by JSON pointer into the result;
    /// none without a result.
    pub result_problems: Option<Vec<FieldProblem>>,
    /// What `main` can return, line by line; none where that cannot be told.
    pub returns: Option<Vec<PossibleReturn>>,
}

/// A `return` of a script, and what it can give back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PossibleReturn {
    /// The line of the script, from 1.
    pub line: usize,
    /// The names of the outputs that it can hold.
    pub outputs: Vec<String>,
    /// Whether it can hold more than these.
    pub may_hold_more: bool,
}

/// A data action that an organisation has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UpstreamDataAction {
    /// Its id there.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// How many inputs it takes.
    pub inputs: usize,
    /// How many outputs it gives back.
    pub outputs: usize,
    /// Its id here, where it was opened or uploaded from here.
    pub here: Option<String>,
}

/// The body of opening a data action that exists upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenUpstreamAction {
    /// Which one, by id or by name.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub reference: EntityRef,
    /// The connection to read it through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// The body of comparing a data action with what is upstream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompareUpstream {
    /// The connection to read it through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// What both sides changed of a data action since they last agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ActionComparison {
    /// The version that is in Genesys Cloud.
    pub version: u64,
    /// The parts that both changed, each in another way, in the order of the
    /// form.
    pub conflicts: Vec<ComparedActionPart>,
    /// What they alone changed: it comes in without asking.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub taken: Vec<ActionPart>,
}

/// A part of a data action that both sides changed. Values are text for people;
/// none where a side has nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ComparedActionPart {
    /// Which part.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub part: ActionPart,
    /// What both began with.
    pub base: Option<String>,
    /// What is here.
    pub ours: Option<String>,
    /// What is there.
    pub theirs: Option<String>,
}

/// The body of taking in what somebody changed upstream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TakeUpstream {
    /// The revision that it is merged into.
    pub revision: u64,
    /// The version upstream that was compared. Where there is another one by
    /// now, nothing is taken in and the answer is 409.
    pub version: u64,
    /// Where both changed the same, the parts in which theirs stands; ours
    /// stands in all others.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub theirs_in: Vec<ActionPart>,
    /// The connection to read it through; without one, the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// How an upload stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// The job's id.
    pub id: String,
    /// The data action.
    pub action: String,
    /// The revision that is uploaded.
    pub revision: u64,
    /// The connection's name.
    pub connection: String,
    /// Who asked for it.
    pub author: String,
    /// When it was asked for: RFC 3339, UTC.
    pub started_at: String,
    /// The steps, in order, those to come included.
    pub steps: Vec<Step>,
    /// The state as a whole. What is uploaded is live.
    pub state: PublishState,
}
