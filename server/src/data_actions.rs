//! Data actions: scripts with declared inputs and outputs, kept as documents
//! that are saved as a whole, and uploaded.

pub(crate) mod check;
pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod merge;
pub(crate) mod save;
pub(crate) mod upload;
pub(crate) mod upstream;

pub(crate) use check::{check_data_action, try_data_action};
pub(crate) use file::download_data_action;
pub(crate) use list::{delete_data_action, list_data_actions, show_data_action};
pub(crate) use make::{import_data_action, make_data_action};
pub(crate) use merge::{compare_upstream, take_upstream};
pub(crate) use save::save_data_action;
pub(crate) use upload::{
    begin::begin_upload,
    list::{list_uploads, show_upload},
    reconcile::reconcile_uploads,
};
pub(crate) use upstream::{list_upstream, open_upstream};

use api::{DataActionSummary, OpenDataAction, PublishState, UploadedAction};
use flow::{
    Stamp,
    data_action::{DataAction, Script},
};
use store::{ActionUpstream, DataActionRow, JobKind, LoadedDataAction};

use crate::{
    app::App,
    clock,
    http::{Problem, Result},
};

/// A data action, as the list shows it.
fn summary(row: DataActionRow, upload: Option<PublishState>) -> DataActionSummary {
    DataActionSummary {
        upstream: uploaded(&row),
        id: row.id,
        name: row.name,
        inputs: row.interface.inputs.len(),
        outputs: row.interface.outputs.len(),
        revision: row.revision,
        changed_at: clock::rfc3339(row.changed_at_millis),
        changed_by: row.changed_by,
        upload,
    }
}

fn uploaded(row: &DataActionRow) -> Option<UploadedAction> {
    let ActionUpstream {
        id,
        version,
        uploaded_revision,
        uploaded_at_millis,
    } = &row.upstream;
    Some(UploadedAction {
        id: id.clone()?,
        version: *version,
        uploaded_at: uploaded_at_millis.map(clock::rfc3339),
        changed_since: *uploaded_revision != Some(row.revision),
    })
}

/// Reads a data action.
async fn load(app: &App, id: &str) -> Result<LoadedDataAction> {
    let loaded = app.store.data_action(id).await?;
    loaded.ok_or_else(|| Problem::not_found("data action"))
}

/// A data action as it is opened, with how its latest upload stands.
async fn opened(app: &App, loaded: LoadedDataAction) -> Result<OpenDataAction> {
    let latest = app
        .store
        .jobs_of(JobKind::Upload, &loaded.row.id, 1)
        .await?
        .pop();
    Ok(OpenDataAction {
        summary: summary(loaded.row, latest.map(|upload| upload.state)),
        action: loaded.action,
    })
}

/// What an upload would carry beside the document, for what is there.
fn stamp(row: &DataActionRow, upstream: &ActionUpstream) -> Stamp {
    Stamp {
        upstream_id: upstream.id.clone(),
        version: upstream.version,
        last_modified: clock::rfc3339(row.changed_at_millis),
    }
}

/// Refuses a script that is too large to be kept.
fn check_size(action: &DataAction) -> Result<()> {
    let bytes = match &action.definition.code {
        Script::Text(text) | Script::Opaque { opaque: text } => text.len(),
    };
    if bytes > flow::MAX_SCRIPT_BYTES {
        return Err(Problem::field(
            "/action/definition/code",
            "A script of more than 256 KiB is not kept. Move data that it holds to where it can be requested.",
        ));
    }
    Ok(())
}
