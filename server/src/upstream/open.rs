//! Opening what exists upstream only: it becomes a flow here that keeps its id,
//! its version and its document as the base of what comes (spec, decision 20).

use api::{FlowSummary, OpenUpstream, Outcome, UpstreamKind, Which};
use axum::{Json, extract::State, http::StatusCode};
use flow::{Flow, FlowKind, Stamp};
use store::{LinkRow, NewFlowRow, StoreError, UpstreamRow};

use super::{Asked, read_document, unanswered};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    connections::Reachable,
    flows::summary_of,
    http::{Body, Problem, Result},
    publish::{Stored, Target, Unreached},
    random,
};

const OPEN: &str = "flow.open";
const LONGEST_NAME: usize = 255;
/// Characters of the id in the name of a call flow that has none.
const ID_IN_NAME: usize = 8;

/// Opens a flow or a module that exists upstream. One that was opened or
/// published before is the flow that it is here already.
#[utoipa::path(post, path = "/api/flows/open", request_body = OpenUpstream,
    responses((status = 201, body = FlowSummary), (status = 200, body = FlowSummary), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn open_upstream(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<OpenUpstream>,
) -> Result<(StatusCode, Json<FlowSummary>)> {
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let client = &reachable.client;
    let entry = || audit::entry(OPEN, &actor.account.name, Outcome::Failed);
    let target = match body.kind {
        UpstreamKind::Flow => Target::Lookup,
        UpstreamKind::Module => Target::Module,
    };
    let id = match body.which {
        Which::Id(id) => id.trim().to_owned(),
        Which::Name(name) => {
            let name = name.trim();
            let found = match target.id_of_name(client, name).await {
                Ok(found) => found,
                Err(failed) => return Err(unanswered(&app, entry(), &failed, Asked::List).await),
            };
            found
                .ok_or_else(|| {
                    Problem::new(
                        StatusCode::NOT_FOUND,
                        "no-such-name",
                        format!("“{}” has none of the name “{name}”.", reachable.name),
                    )
                    .next("Names are told apart by capitals. Call flows may have none: choose them from the list.")
                })?
        }
    };
    let (status, flow) = open(&app, &actor, &reachable, body.kind, &id).await?;
    Ok((status, Json(summary_of(&app, &flow).await?)))
}

/// The flow here that is this one there. It is made where there is none.
pub(crate) async fn open(
    app: &App,
    actor: &Actor,
    reachable: &Reachable,
    kind: UpstreamKind,
    id: &str,
) -> Result<(StatusCode, String)> {
    if let Some(flow) = app.store.linked_flow(&reachable.id, id).await? {
        return Ok((StatusCode::OK, flow));
    }
    let failed = audit::entry(OPEN, &actor.account.name, Outcome::Failed);
    let there = read(app, failed, reachable, kind, id).await?;
    if let Some(made) = make(app, actor, there, reachable).await? {
        return Ok((StatusCode::CREATED, made));
    }
    // Somebody opened it this very moment.
    let flow = app.store.linked_flow(&reachable.id, id).await?;
    let flow = flow.ok_or_else(|| Problem::not_found("flow"))?;
    Ok((StatusCode::OK, flow))
}

/// What is there, read as a flow.
pub(crate) struct There {
    stored: Stored,
    /// As it would be here.
    pub(crate) flow: Flow,
    stamp: Option<Stamp>,
}

/// Reads what is there, and keeps nothing but the entry of a read that failed.
pub(crate) async fn read(
    app: &App,
    failed: audit::Entry,
    reachable: &Reachable,
    kind: UpstreamKind,
    id: &str,
) -> Result<There> {
    let entry = failed.about(Some(id.to_owned()));
    let target = match kind {
        UpstreamKind::Flow => Target::Lookup,
        UpstreamKind::Module => Target::Module,
    };
    let stored = match target.get(&reachable.client, id).await {
        Ok(stored) => stored,
        Err(Unreached::Id) => {
            return Err(Problem::field(
                "/which/id",
                "An id in Genesys looks like 0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11.",
            ));
        }
        Err(Unreached::Call(failed)) => {
            return Err(unanswered(app, entry, &failed, Asked::Flow).await);
        }
    };
    let (kind, name) = sort_of(kind, &stored);
    let body = stored.body.clone();
    // Reading 10 MiB takes a while; other requests go on meanwhile.
    let read = tokio::task::spawn_blocking(move || read_document(kind, &body)).await;
    let file = match read.map_err(Problem::internal)? {
        Ok(file) => file,
        Err(error) => {
            let sentence = format!("What is there cannot be read: {error}");
            let entry = entry.saying(sentence.as_str());
            app.store.append_audit(entry.into()).await?;
            let unreadable = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Problem::new(unreadable, "upstream-unreadable", sentence)
                .next("Correct it in Genesys, then open it again."));
        }
    };
    let mut flow = file.flow;
    if kind == FlowKind::Call {
        let id: String = stored.id.chars().take(ID_IN_NAME).collect();
        flow.name = name.unwrap_or_else(|| format!("Call flow {id}"));
    }
    flow.name = flow.name.chars().take(LONGEST_NAME).collect();
    Ok(There {
        stored,
        flow,
        stamp: file.stamp,
    })
}

/// Makes the flow; none when another was linked to it meanwhile.
async fn make(
    app: &App,
    actor: &Actor,
    there: There,
    reachable: &Reachable,
) -> Result<Option<String>> {
    let There {
        stored,
        flow,
        stamp,
    } = there;
    let now = clock::now_millis();
    let stamped = stamp.map(|stamp| clock::parse_rfc3339(&stamp.last_modified));
    // What is live is what is there, of all but lookup flows.
    let published_version = match flow.kind {
        FlowKind::Lookup => stored.published_version,
        _ => Some(stored.version),
    };
    let upstream = UpstreamRow {
        id: Some(stored.id.clone()),
        version: stored.version,
        published_version,
        published_at_millis: None,
        published_seq: published_version.map(|_| 0),
    };
    let id = random::id();
    let entry = audit::entry(OPEN, &actor.account.name, Outcome::Done)
        .about(Some(id.clone()))
        .saying(format!(
            "Opened “{}” from “{}”, where it is {}.",
            flow.name, reachable.name, stored.id
        ));
    let new = NewFlowRow {
        id: &id,
        flow: &flow,
        created_by: &actor.account.id,
        author: &actor.account.name,
        at_millis: now,
        last_modified_millis: stamped.flatten().unwrap_or(now),
        upstream: upstream.clone(),
        link: Some(LinkRow {
            connection_id: reachable.id.clone(),
            upstream,
            base: Some(stored.body),
        }),
    };
    match app.store.create_flow(new, entry.into()).await {
        Ok(()) => Ok(Some(id)),
        Err(StoreError::Taken(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What was opened, by where it came from and what only its form has, and the
/// name that it has there.
fn sort_of(kind: UpstreamKind, stored: &Stored) -> (FlowKind, Option<String>) {
    let document: serde_json::Value = serde_json::from_str(&stored.body).unwrap_or_default();
    let name = document.get("name").and_then(|name| name.as_str());
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    let kind = match (kind, document.get("definition"), document.get("nodes")) {
        (UpstreamKind::Module, ..) => FlowKind::Module,
        (UpstreamKind::Flow, Some(_), _) => FlowKind::Call,
        (UpstreamKind::Flow, None, Some(nodes)) if nodes.is_array() => FlowKind::Shared,
        (UpstreamKind::Flow, None, _) => FlowKind::Lookup,
    };
    (kind, name)
}
