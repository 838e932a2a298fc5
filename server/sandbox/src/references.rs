//! Whether what a document refers to is there.

use crate::error_body::ApiError;
use crate::state::Sandbox;
use crate::validate::{Problem, Referred, references};

/// Refuses a document that refers to a module, a flow or a data action that does
/// not exist, at each place that does.
pub(crate) fn check(sandbox: &Sandbox, document: &serde_json::Value) -> Result<(), ApiError> {
    let missing: Vec<Problem> = references(document)
        .into_iter()
        .filter_map(|reference| {
            let (exists, what) = match reference.to {
                Referred::Module => (
                    sandbox.module_store().contains(&reference.id),
                    "flow module",
                ),
                Referred::Flow => (sandbox.flow_store().contains(&reference.id), "flow"),
                Referred::DataAction => (
                    sandbox.data_action_store().get(&reference.id).is_ok(),
                    "data action",
                ),
            };
            (!exists).then(|| Problem {
                message: format!("there is no {what} {}", reference.id),
                pointer: reference.pointer,
                code: "reference.unknown",
                entity: reference.entity,
            })
        })
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(ApiError::invalid(missing))
    }
}
