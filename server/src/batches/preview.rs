//! What a batch would change, before anything is.

use api::{FlowPreview, Outcome, PreviewBatch, PreviewOutcome, UpstreamKind};
use axum::{Json, extract::State};
use flow::{Flow, NodeId, Severity, Transaction, Workspace};

use super::{
    change::{Change, Planned},
    check_flows,
};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    connections::Reachable,
    http::{Body, Problem, Result},
    rooms::Reading,
    upstream::open,
};

/// What each flow of a batch would become. Changes nothing, and keeps nothing of
/// what exists only upstream.
#[utoipa::path(post, path = "/api/batches/preview", request_body = PreviewBatch,
    responses((status = 200, body = Vec<FlowPreview>), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn preview_batch(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<PreviewBatch>,
) -> Result<Json<Vec<FlowPreview>>> {
    check_flows(&body.flows, &body.upstream, &[])?;
    let change = Change::of(&app, &body.change).await?;
    let workspace = app.workspaces.now(&app).await?;
    let mut previews = Vec::with_capacity(body.flows.len());
    let mut looked_at = Vec::with_capacity(body.flows.len() + body.upstream.len());
    for id in &body.flows {
        looked_at.push(LookedAt::here(&app, id).await?);
    }
    if !body.upstream.is_empty() {
        let connection = body.connection.as_deref();
        let reachable = app.connections.reach(&app, connection).await?;
        for id in &body.upstream {
            looked_at.push(LookedAt::there(&app, &actor, &reachable, id).await?);
        }
    }
    for looked_at in looked_at {
        let (change, workspace) = (change.clone(), workspace.clone());
        // A large flow takes a while; other requests go on meanwhile.
        let looking = tokio::task::spawn_blocking(move || look(looked_at, &change, &workspace));
        previews.push(looking.await.map_err(Problem::internal)?);
    }
    Ok(Json(previews))
}

/// A flow that is looked at.
struct LookedAt {
    /// Its id here; none where it exists only upstream.
    id: Option<String>,
    flow: Flow,
    has_unpublished: bool,
}

impl LookedAt {
    async fn here(app: &App, id: &str) -> Result<Self> {
        let Reading { flow, row } = app.rooms.read(id).await?;
        let upstream = &row.upstream;
        let has_unpublished =
            upstream.id.is_some() && upstream.published_seq.is_none_or(|seq| row.logic_seq > seq);
        Ok(Self {
            id: Some(row.id),
            flow: Flow::clone(&flow),
            has_unpublished,
        })
    }

    /// One that is upstream, as it is there. Looking makes no document; one
    /// that is here by now is looked at here.
    async fn there(app: &App, actor: &Actor, reachable: &Reachable, id: &str) -> Result<Self> {
        if let Some(here) = app.store.linked_flow(&reachable.id, id).await? {
            return Self::here(app, &here).await;
        }
        let entry = |outcome| audit::entry("batch.preview", &actor.account.name, outcome);
        let failed = entry(Outcome::Failed);
        let flow = open::read(app, failed, reachable, UpstreamKind::Flow, id)
            .await?
            .flow;
        let said = format!("Looked at “{}” in “{}”.", flow.name, reachable.name);
        let done = entry(Outcome::Done).about(Some(id.to_owned())).saying(said);
        app.store.append_audit(done.into()).await?;
        Ok(Self {
            id: None,
            flow,
            has_unpublished: false,
        })
    }
}

fn look(looked_at: LookedAt, change: &Change, workspace: &Workspace) -> FlowPreview {
    let LookedAt {
        id,
        flow,
        has_unpublished,
    } = looked_at;
    let outcome = match change.plan(&flow, NodeId::new("preview"), workspace) {
        Planned::Nothing(sentence) => PreviewOutcome::Nothing { sentence },
        Planned::Impossible(sentence) => PreviewOutcome::Impossible { sentence },
        Planned::Edit(plan) => {
            let mut after = flow.clone();
            match flow::apply(&mut after, &Transaction::clone(&plan.transaction)) {
                Err(refused) => PreviewOutcome::Impossible {
                    sentence: format!("It cannot be changed: {refused}."),
                },
                Ok(_) => {
                    let differences = flow::diff(&flow, &after);
                    let details = differences.into_iter().filter(|found| !found.is_layout());
                    let problems = flow::check_in(&after, workspace);
                    let errors = problems
                        .iter()
                        .filter(|problem| problem.severity == Severity::Error);
                    PreviewOutcome::Changes {
                        places: plan
                            .places
                            .into_iter()
                            .map(|place| place.sentence)
                            .collect(),
                        details: details.map(|found| found.sentence).collect(),
                        errors: errors.count(),
                        problems: plan.problems,
                    }
                }
            }
        }
    };
    FlowPreview {
        flow: id,
        name: flow.name,
        kind: flow.kind,
        has_unpublished,
        outcome,
    }
}
