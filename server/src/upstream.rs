//! What exists upstream: listed, opened as a document here, and linked anew.

pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod relink;

pub(crate) use list::list_upstream;
pub(crate) use open::open_upstream;
pub(crate) use relink::relink_flow;

use axum::http::StatusCode;
use flow::{FlowFile, FlowKind, ImportError};
use genesys::FailureKind;
use serde_json::Value;

use crate::{app::App, audit, http::Problem};

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

/// What Genesys was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A flow or a module, by its id.
    Flow,
    /// A data action, by its id.
    DataAction,
    /// A list, or what has a name.
    List,
}

/// What Genesys said to a question, as the answer to ours.
pub(crate) fn refused(failed: &genesys::Failure, asked: Asked) -> Problem {
    tracing::warn!(
        code = failed.code(),
        correlation_id = failed.correlation_id,
        "Genesys Cloud did not answer a question"
    );
    let gone = |sentence: &str, next_step: &str| {
        Problem::new(StatusCode::NOT_FOUND, "not-upstream", sentence).next(next_step)
    };
    let unanswered = |sentence: String, next_step: &str| {
        Problem::new(StatusCode::BAD_GATEWAY, "upstream-failed", sentence).next(next_step)
    };
    match (&failed.kind, asked) {
        (FailureKind::NotFound, Asked::Flow) => gone(
            "Genesys has none of this id.",
            "Flows and modules have ids of their own: choose the right sort, or one from the list.",
        ),
        (FailureKind::NotFound, Asked::DataAction) => gone(
            "Genesys has no data action of this id.",
            "It may have been deleted there: choose one from the list.",
        ),
        (FailureKind::NotFound, Asked::List) => unanswered(
            "Genesys has no such list at the address of this connection.".to_owned(),
            "An administrator must check the API address in Settings → Connections.",
        ),
        // A question changes nothing that something could stand in the way of.
        (FailureKind::Conflict(_), _) => unanswered(failed.sentence(), "Try again in a moment."),
        _ => unanswered(failed.sentence(), failed.next_step()),
    }
}

/// Writes down that a question was not answered; gives the answer to ours.
pub(crate) async fn unanswered(
    app: &App,
    entry: audit::Entry,
    failed: &genesys::Failure,
    asked: Asked,
) -> Problem {
    let entry = entry
        .saying(failed.sentence())
        .correlated(failed.correlation_id.clone());
    match app.store.append_audit(entry.into()).await {
        Ok(()) => refused(failed, asked),
        Err(error) => error.into(),
    }
}
