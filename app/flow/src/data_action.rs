//! Data actions: a script with declared inputs and outputs, as a document of
//! its own.
//!
//! What is wrong with the script itself is found by a parser of Python, which
//! is no part of this crate. The rules that it applies stand here, so that
//! every side knows their codes.

mod check;
mod file;
mod merge;
pub mod rules;
mod sample;
mod script;
mod start;

use serde::{Deserialize, Serialize};

use crate::{Artifact, Extra, ImportError, Interface, Stamp};

pub(crate) use self::rules::CODES;
pub use self::{
    check::check,
    file::DataActionFile,
    merge::{ActionPart, MergedAction, merge},
    rules::RULES,
    sample::{Misfit, misfits, misfits_of_result},
    script::Script,
    start::{empty, example},
};

/// The document that creates or updates a data action upstream, byte for byte
/// (spec, "Data action"; decisions 5 and 7).
pub fn generate(action: &DataAction, stamp: &Stamp) -> Artifact {
    crate::direct::data_action(action, stamp)
}

/// Reads a data action, as Patchbay's own file or as it goes over the wire.
/// Nothing is half imported: it is all there, or there is an error.
pub fn import(text: &str) -> Result<DataActionFile, ImportError> {
    crate::import::import_data_action(text)
}

/// A data action: what is created upstream, and what it runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DataAction {
    /// The name of the resource, unique in the organisation.
    pub name: String,
    /// What the resource is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What it runs, with what goes in and what comes out.
    pub definition: Definition,
    /// What came with the document and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

/// What a data action runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    /// The name of the action, as Architect lists it.
    pub name: String,
    /// What the action does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What a flow hands over and what it gets back.
    #[serde(default)]
    pub interface: Interface,
    /// The script.
    #[serde(default)]
    pub code: Script,
    /// The language of the script. Only [`PYTHON`](Self::PYTHON) can be run;
    /// another is kept as it came.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// What came with the definition and is not understood.
    #[serde(
        default,
        skip_serializing_if = "Extra::is_empty",
        deserialize_with = "crate::json::members"
    )]
    pub extra: Extra,
}

impl DataAction {
    /// What it takes from a flow and gives back to it.
    pub fn interface(&self) -> &Interface {
        &self.definition.interface
    }
}

impl Definition {
    /// Python 3, as the wire names it.
    pub const PYTHON: &'static str = "python3";
}

impl Default for Definition {
    /// An empty definition in Python.
    fn default() -> Self {
        Self {
            name: String::new(),
            description: String::new(),
            interface: Interface::default(),
            code: Script::default(),
            language: Self::PYTHON.to_owned(),
            extra: Extra::new(),
        }
    }
}

/// How the parts of a data action are called where a problem or a line of the
/// sent document names one.
pub(crate) mod member {
    pub(crate) const NAME: &str = "name";
    pub(crate) const DESCRIPTION: &str = "description";
    pub(crate) const DEFINITION_NAME: &str = "definitionName";
    pub(crate) const DEFINITION_DESCRIPTION: &str = "definitionDescription";
    pub(crate) const INPUTS: &str = "inputs";
    pub(crate) const OUTPUTS: &str = "outputs";
    pub(crate) const CODE: &str = "code";
    pub(crate) const LANGUAGE: &str = "language";
}
