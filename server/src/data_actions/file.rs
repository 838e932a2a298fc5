//! Downloading a data action in Patchbay's own format.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use flow::data_action::DataActionFile;

use super::{load, stamp};
use crate::{
    app::App,
    flows::file::file_name,
    http::{Problem, Result},
};

/// A data action as a file.
#[utoipa::path(get, path = "/api/data-actions/{action}/file", params(("action" = String, Path)),
    responses((status = 200, description = "Patchbay's own file of the data action"), (status = 404)))]
pub(crate) async fn download_data_action(
    State(app): State<App>,
    Path(action): Path<String>,
) -> Result<Response> {
    let loaded = load(&app, &action).await?;
    let stamp = stamp(&loaded.row, &loaded.row.upstream);
    let name = file_name(&loaded.action.name);
    let file = DataActionFile::new(loaded.action, Some(stamp));
    let text = file.to_json().map_err(Problem::internal)?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.json\""))
        .map_err(Problem::internal)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, text).into_response())
}
