//! Downloading a flow in Patchbay's own format.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use flow::FlowFile;

use crate::{
    app::App,
    http::{Problem, Result},
};

const LONGEST_FILE_NAME: usize = 80;

/// A flow as a file.
#[utoipa::path(get, path = "/api/flows/{flow}/file", params(("flow" = String, Path)),
    responses((status = 200, description = "Patchbay's own file of the flow"), (status = 404)))]
pub(crate) async fn download_flow(
    State(app): State<App>,
    Path(flow): Path<String>,
) -> Result<Response> {
    let reading = app.rooms.read(&flow).await?;
    let stamp = reading.stamp();
    let name = file_name(&reading.flow.name);
    let file = FlowFile::new(reading.flow, Some(stamp));
    let text = serde_json::to_string_pretty(&file).map_err(Problem::internal)?;
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

/// A flow's name as a file's name on every system.
pub(crate) fn file_name(name: &str) -> String {
    let safe: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(LONGEST_FILE_NAME)
        .collect();
    let safe = safe.trim_matches('-').to_ascii_lowercase();
    if safe.is_empty() {
        "flow".to_owned()
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_plain_whatever_the_flow_is_called() {
        for (name, file) in [
            ("Phone Lookup", "phone-lookup"),
            ("../../etc/passwd", "etc-passwd"),
            ("a\"\r\nSet-Cookie: x", "a---set-cookie--x"),
            ("日本", "flow"),
        ] {
            assert_eq!(file_name(name), file);
        }
    }
}
