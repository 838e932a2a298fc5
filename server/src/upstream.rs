//! What exists upstream: listed, opened as a document here, and linked anew.

pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod relink;

pub(crate) use list::list_upstream;
pub(crate) use open::open_upstream;
pub(crate) use relink::relink_flow;

use api::Failure;
use axum::http::StatusCode;
use flow::{FlowFile, FlowKind, ImportError};
use serde_json::Value;

use crate::http::Problem;

/// Reads a document that came from upstream as a flow of this kind. Where it
/// came from says what it is: a call flow that has a name is no module.
pub(crate) fn read_document(kind: FlowKind, text: &str) -> Result<FlowFile, ImportError> {
    let mut file = match kind {
        FlowKind::Call => flow::import(&without_name(text))?,
        _ => flow::import(text)?,
    };
    if file.flow.kind == FlowKind::Module && kind == FlowKind::Call {
        file.flow.kind = FlowKind::Call;
    }
    Ok(file)
}

/// The document without the members that make a call flow look like a module.
fn without_name(text: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(mut members)) => {
            members.shift_remove("name");
            Value::Object(members).to_string()
        }
        // The import says what is wrong with it.
        _ => text.to_owned(),
    }
}

/// What Genesys said to a question, as the answer to ours.
pub(crate) fn refused(failed: &genesys::Failure) -> Problem {
    let Failure {
        code,
        sentence,
        next_step,
        correlation_id,
        ..
    } = crate::publish::failure_of(failed);
    tracing::warn!(
        code,
        correlation_id,
        "Genesys Cloud did not answer a question"
    );
    if matches!(failed.kind, genesys::FailureKind::NotFound) {
        return Problem::new(
            StatusCode::NOT_FOUND,
            "not-upstream",
            "Genesys has none of this id.",
        )
        .next(
            "Flows and modules have ids of their own: choose the right sort, or one from the list.",
        );
    }
    Problem::new(StatusCode::BAD_GATEWAY, "upstream-failed", sentence).next(next_step)
}
