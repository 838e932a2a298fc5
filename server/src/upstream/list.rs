//! What a connection has.

use std::collections::HashMap;

use api::{UpstreamEntry, UpstreamKind};
use axum::{
    Json,
    extract::{Path, State},
};
use genesys::FlowForm;

use super::refused;
use crate::{app::App, http::Result};

/// The flows and modules that exist behind a connection, by name.
#[utoipa::path(get, path = "/api/connections/{connection}/flows", params(("connection" = String, Path)),
    responses((status = 200, body = Vec<UpstreamEntry>), (status = 404), (status = 502)))]
pub(crate) async fn list_upstream(
    State(app): State<App>,
    Path(connection): Path<String>,
) -> Result<Json<Vec<UpstreamEntry>>> {
    let reachable = app.connections.reach(&app, Some(&connection)).await?;
    let linked = app.store.linked_flows(&reachable.id).await?;
    let linked: HashMap<String, String> = linked.into_iter().collect();
    let client = &reachable.client;
    let flows = client
        .flows()
        .list()
        .await
        .map_err(|error| refused(&error))?;
    let modules = client.modules().list().await;
    let modules = modules.map_err(|error| refused(&error))?;
    let flows = flows.into_iter().map(|flow| {
        let title = match flow.form {
            Some(FlowForm::Lookup) => "Lookup flow",
            Some(FlowForm::Call) => "Call flow",
            Some(FlowForm::Shared) => "Shared flow",
            None => "Flow",
        };
        (
            UpstreamKind::Flow,
            title,
            flow.id.to_string(),
            flow.name,
            flow.version,
        )
    });
    let modules = modules.into_iter().map(|module| {
        let id = module.id.to_string();
        (
            UpstreamKind::Module,
            "Module",
            id,
            module.name,
            module.version,
        )
    });
    let mut entries: Vec<UpstreamEntry> = flows
        .chain(modules)
        .map(|(kind, title, id, name, version)| UpstreamEntry {
            kind,
            title: title.to_owned(),
            flow: linked.get(&id).cloned(),
            id,
            name,
            version,
        })
        .collect();
    entries.sort_by_cached_key(|entry| (entry.name.to_lowercase(), entry.id.clone()));
    Ok(Json(entries))
}
