//! Telling documents apart by what only they have.

use serde_json::Value;

use super::Fault;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Patchbay's own file of a flow.
    OwnFlow,
    /// Patchbay's own file of a data action.
    OwnDataAction,
    /// Patchbay's own file of a contact.
    OwnContact,
    /// A lookup flow as it goes over the wire.
    LookupFlow,
    /// A module or a call flow as it goes over the wire.
    Module,
    /// A shared flow as it goes over the wire.
    SharedFlow,
    /// A data action as it goes over the wire.
    DataAction,
    /// A contact as it goes over the wire.
    Contact,
}

impl Sort {
    /// What a document is; an error for what is none that is known.
    pub(super) fn of(document: &Value) -> Result<Self, Fault> {
        if !document.is_object() {
            let message = "A document is a JSON object, and this is not one.";
            return Err(Fault::new(message, ""));
        }
        if let Some(format) = document.get("patchbay") {
            return Self::of_own(format);
        }
        let member = |name: &str| document.get(name).filter(|value| !value.is_null());
        if let Some(nodes) = member("nodes") {
            return Ok(if nodes.is_array() {
                Self::SharedFlow
            } else {
                Self::LookupFlow
            });
        }
        if let Some(definition) = member("definition") {
            let of_data_action = ["code", "language", "inputs", "outputs"];
            let is_data_action = of_data_action
                .iter()
                .any(|name| definition.get(name).is_some())
                && definition.get("nodes").is_none();
            return Ok(if is_data_action {
                Self::DataAction
            } else {
                Self::Module
            });
        }
        if member("externalContactId").is_some() || member("channels").is_some() {
            return Ok(Self::Contact);
        }
        let message = "This is no document that Patchbay knows. It reads its own files, flows with “nodes”, modules, call flows and data actions with a “definition”, and contacts with “channels”.";
        Err(Fault::new(message, ""))
    }

    fn of_own(format: &Value) -> Result<Self, Fault> {
        let name = format.as_str().unwrap_or_default();
        match name.split('/').next() {
            Some("flow") => Ok(Self::OwnFlow),
            Some("data-action") => Ok(Self::OwnDataAction),
            Some("contact") => Ok(Self::OwnContact),
            _ => {
                let message = "This file says that it is Patchbay's, in a format that is not known. A newer Patchbay may have written it.";
                Err(Fault::new(message, "/patchbay"))
            }
        }
    }

    /// The name for people, with its article.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::OwnFlow => "a flow",
            Self::LookupFlow => "a lookup flow",
            Self::Module => "a module or a call flow",
            Self::SharedFlow => "a shared flow",
            Self::OwnDataAction | Self::DataAction => "a data action",
            Self::OwnContact | Self::Contact => "a contact",
        }
    }

    /// Says that something else belongs here.
    pub(super) fn instead_of(self, wanted: &str) -> Fault {
        let message = format!(
            "This is {}, and {wanted} belongs here. Choose another file.",
            self.title()
        );
        Fault::new(message, "")
    }
}
