//! What a connection has.

use std::collections::HashMap;

use api::{Outcome, UpstreamEntry, UpstreamKind};
use axum::{
    Json,
    extract::{Path, State},
};
use genesys::FlowForm;

use super::{Asked, unanswered};
use crate::{accounts::Actor, app::App, audit, http::Result};

/// The flows and modules that exist behind a connection, by name.
#[utoipa::path(get, path = "/api/connections/{connection}/flows", params(("connection" = String, Path)),
    responses((status = 200, body = Vec<UpstreamEntry>), (status = 404), (status = 502)))]
pub(crate) async fn list_upstream(
    State(app): State<App>,
    Path(connection): Path<String>,
    actor: Actor,
) -> Result<Json<Vec<UpstreamEntry>>> {
    let reachable = app.connections.reach(&app, Some(&connection)).await?;
    let linked = app.store.linked_flows(&reachable.id).await?;
    let linked: HashMap<String, String> = linked.into_iter().collect();
    let client = &reachable.client;
    let entry = |outcome| audit::entry("flow.list", &actor.account.name, outcome);
    let listed = async { Ok((client.flows().list().await?, client.modules().list().await?)) };
    let (flows, modules) = match listed.await {
        Ok(listed) => listed,
        Err(failed) => {
            let entry = entry(Outcome::Failed);
            return Err(unanswered(&app, entry, &failed, Asked::List).await);
        }
    };
    let entry = entry(Outcome::Done).saying(format!(
        "Read the flows and modules of “{}”: {}.",
        reachable.name,
        flows.len() + modules.len()
    ));
    app.store.append_audit(entry.into()).await?;
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
