//! What a publish would make live: what is drawn, compared with what is live,
//! and who changed it. Bursts of typing are no part of it.

mod blame;
mod thing;

use api::UnpublishedChanges;
use axum::{
    Json,
    extract::{Path, Query, State},
};
use flow::{Flow, FlowKind};
use serde::Deserialize;

use self::{
    blame::Blame,
    thing::{Thing, things},
};
use super::{
    target::Target,
    translation::{Translated, Translation, translate},
};
use crate::{
    app::App,
    http::{Problem, Result},
    rooms::Reading,
    upstream::read_document,
};

/// Things that are shown.
const SHOWN: usize = 100;

/// The connection that would be published through.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Through {
    connection: Option<String>,
}

/// What differs from what is live in a connection; nothing where nothing is.
#[utoipa::path(get, path = "/api/flows/{flow}/unpublished",
    params(("flow" = String, Path), ("connection" = Option<String>, Query)),
    responses((status = 200, body = UnpublishedChanges), (status = 404), (status = 409)))]
pub(crate) async fn show_unpublished(
    State(app): State<App>,
    Path(flow): Path<String>,
    Query(through): Query<Through>,
) -> Result<Json<UnpublishedChanges>> {
    if app.store.flow(&flow).await?.is_none() {
        return Err(Problem::not_found("flow"));
    }
    let reachable = app
        .connections
        .reach(&app, through.connection.as_deref())
        .await?;
    let link = app.store.link(&flow, &reachable.id).await?;
    let (upstream, base) = link.map(|link| (link.upstream, link.base)).unzip();
    let (upstream, base) = (upstream.unwrap_or_default(), base.flatten());
    let reading = app.rooms.read(&flow).await?;
    let is_live = upstream.published_version == Some(upstream.version)
        || Target::of(reading.flow.kind).is_some_and(Target::is_live_as_saved);
    let connection = (&*reachable.id, &*reachable.name);
    let Translated { translation, .. } = translate(&app, connection, &reading.flow).await?;
    let comparing = base.filter(|_| is_live).map(|document| {
        // A large flow takes a while; other requests go on meanwhile.
        tokio::task::spawn_blocking(move || compared(&document, &reading, &translation))
    });
    let compared = match comparing {
        Some(compared) => compared.await.map_err(Problem::internal)?,
        None => None,
    };
    let mut answer = UnpublishedChanges {
        upstream_id: upstream.id,
        version: upstream.version,
        is_live_known: compared.is_some(),
        changes: Vec::new(),
        more: 0,
    };
    let things = compared.unwrap_or_default();
    if things.is_empty() {
        return Ok(Json(answer));
    }
    let since = upstream.published_seq.unwrap_or_default();
    let blame = Blame::since(&app, &flow, since).await?;
    let changes = things.into_iter().map(|thing| blame.of(thing));
    answer.changes = changes.collect();
    answer.more = answer.changes.len().saturating_sub(SHOWN) as u64;
    answer.changes.truncate(SHOWN);
    // What the same people changed stands together, in the order of the flow.
    answer
        .changes
        .sort_by(|one, other| one.authors.cmp(&other.authors));
    Ok(Json(answer))
}

/// What differs between the document that is live and the one that would be
/// sent: what stays here is no part of either. None where the former cannot be
/// read.
fn compared(document: &str, reading: &Reading, translation: &Translation) -> Option<Vec<Thing>> {
    let drawn = &translation.there(&reading.flow);
    let live = as_drawn(document, drawn)?;
    // What cannot be written is compared as it is drawn.
    let written = flow::direct::generate(drawn, &reading.stamp()).ok();
    let written = written.and_then(|written| as_drawn(&written.text, drawn));
    Some(things(&live, written.as_ref().unwrap_or(drawn)))
}

/// The flow of a document, under the keys of the one that is drawn.
fn as_drawn(document: &str, drawn: &Flow) -> Option<Flow> {
    let file = read_document(drawn.kind, document).inspect_err(|error| {
        tracing::warn!(%error, "a document cannot be compared with what is drawn");
    });
    let mut flow = flow::aligned(&file.ok()?.flow, drawn);
    if flow.kind == FlowKind::Call {
        // Names of call flows stay here.
        flow.name.clone_from(&drawn.name);
    }
    Some(flow)
}
