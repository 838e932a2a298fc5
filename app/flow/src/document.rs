//! Whatever Patchbay keeps as a document of its own.

use crate::{
    Artifact, Entity, EntityKind, FlowFile, ImportError, Problem, Stamp,
    contact::{self, ContactFile},
    data_action::{self, DataActionFile},
    direct,
};

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// A flow of any kind.
    Flow(Box<FlowFile>),
    /// A data action.
    DataAction(Box<DataActionFile>),
    /// A contact.
    Contact(Box<ContactFile>),
}

impl Document {
    /// Reads a document in any format that Patchbay knows. Nothing is half
    /// imported: it is all there, or there is an error.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        crate::import::import_document(text)
    }

    /// What it is, within a sentence: "a module".
    pub fn title(&self) -> &'static str {
        match self {
            Self::Flow(file) => file.flow.kind.with_article(),
            Self::DataAction(_) => "a data action",
            Self::Contact(_) => "a contact",
        }
    }

    /// Patchbay's own file of it.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        match self {
            Self::Flow(file) => file.to_json(),
            Self::DataAction(file) => file.to_json(),
            Self::Contact(file) => file.to_json(),
        }
    }

    /// What is known of its life upstream.
    pub fn stamp(&self) -> Option<&Stamp> {
        match self {
            Self::Flow(file) => file.stamp.as_ref(),
            Self::DataAction(file) => file.stamp.as_ref(),
            Self::Contact(_) => None,
        }
    }

    /// The document that the direct profile sends. Fails only on what cannot
    /// be written at all (spec, decision 14).
    pub fn generate(&self, stamp: &Stamp) -> Result<Artifact, Vec<Problem>> {
        match self {
            Self::Flow(file) => direct::generate(&file.flow, stamp),
            Self::DataAction(file) => Ok(data_action::generate(&file.data_action, stamp)),
            Self::Contact(file) => Ok(contact::generate(&file.contact)),
        }
    }

    /// It as flows refer to it; none for what they cannot refer to.
    pub fn entity(&self) -> Option<Entity> {
        let upstream_id = self.stamp().and_then(|stamp| stamp.upstream_id.as_deref());
        match self {
            Self::Flow(file) => Entity::of_flow(&file.flow, upstream_id),
            Self::DataAction(file) => Some(Entity {
                kind: EntityKind::DataAction,
                id: upstream_id.map(str::to_owned),
                name: file.data_action.name.clone(),
                interface: Some(file.data_action.interface().clone()),
                elsewhere: Vec::new(),
                draft: None,
                calls: Vec::new(),
            }),
            Self::Contact(_) => None,
        }
    }
}
