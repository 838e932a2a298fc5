//! Who calls a module or a shared flow, and what its publish would break there:
//! a change is live for its callers (spec, decision 19).

use std::sync::Arc;

use api::{Consumer, Consumers};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use flow::{Entity, Flow, FlowKind, Interface, Severity, Workspace};
use serde::Deserialize;

use super::workspace::interface_of;
use crate::{
    app::App,
    http::{Problem, Result},
};

/// The connection that would be published through.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Through {
    connection: Option<String>,
}

/// The flows here that call a flow, with what is wrong in them once it is
/// published as it stands. Empty for flows that cannot be called.
#[utoipa::path(get, path = "/api/flows/{flow}/consumers",
    params(("flow" = String, Path), ("connection" = Option<String>, Query)),
    responses((status = 200, body = Consumers), (status = 404), (status = 409)))]
pub(crate) async fn show_consumers(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(through): Query<Through>,
) -> Result<Json<Consumers>> {
    let reading = app.rooms.read(&id).await?;
    let upstream_id = reading.row.upstream.id.as_deref();
    let Some(mut callee) = Entity::of_flow(&reading.flow, upstream_id) else {
        return Ok(Json(Consumers {
            is_published_known: true,
            changes: Vec::new(),
            consumers: Vec::new(),
        }));
    };
    let published = published(&app, &id, reading.flow.kind, through.connection).await?;
    let changes = published
        .as_ref()
        .map_or_else(Vec::new, |interface| changes(&reading.flow, interface));
    let known = app.workspaces.callee(&app, &id).await?;
    callee.elsewhere = known.map_or_else(Vec::new, |known| known.elsewhere);
    let workspace = app.workspaces.now(&app).await?;
    let mut consumers = Vec::new();
    for row in app.store.flows().await? {
        if row.id == id {
            continue;
        }
        let Some(flow) = app.searches.flow(&app, &row).await else {
            continue;
        };
        let calls = callee.calls_in(&flow.as_sent()).count();
        if calls == 0 {
            continue;
        }
        let (callee, published) = (callee.clone(), published.clone());
        let workspace: Arc<Workspace> = Arc::clone(&workspace);
        // A large flow takes a while; other requests go on meanwhile.
        let looking = tokio::task::spawn_blocking(move || {
            flow::broken_by(&callee, published.as_ref(), &flow, &workspace)
        });
        consumers.push(Consumer {
            flow: row.id,
            name: row.name,
            kind: row.kind,
            calls,
            problems: looking.await.map_err(Problem::internal)?,
        });
    }
    consumers.sort_by_cached_key(|consumer| {
        let worst = consumer
            .problems
            .iter()
            .map(|problem| problem.severity)
            .min();
        let rank = match worst {
            Some(Severity::Error) => 0,
            Some(Severity::Warning) => 1,
            None => 2,
        };
        (rank, consumer.name.to_lowercase())
    });
    Ok(Json(Consumers {
        is_published_known: published.is_some(),
        changes,
        consumers,
    }))
}

/// The interface that is published; none where it is not known, or nothing is.
async fn published(
    app: &App,
    id: &str,
    kind: FlowKind,
    connection: Option<String>,
) -> Result<Option<Interface>> {
    let reachable = app.connections.reach(app, connection.as_deref()).await?;
    let link = app.store.link(id, &reachable.id).await?;
    let base = link.and_then(|link| link.base);
    Ok(base.and_then(|text| interface_of(id, kind, &text)))
}

/// How the interface of a flow differs from the one that is published.
fn changes(flow: &Flow, published: &Interface) -> Vec<String> {
    let before = Flow {
        interface: published.clone(),
        ..flow.clone()
    };
    let differences = flow::diff(&before, flow);
    differences
        .into_iter()
        .map(|found| found.sentence)
        .collect()
}
