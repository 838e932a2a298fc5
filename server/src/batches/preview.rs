//! What a batch would change, before anything is.

use api::{FlowPreview, PreviewBatch, PreviewOutcome};
use axum::{Json, extract::State};
use flow::{NodeId, Severity, Transaction, Workspace};

use super::{
    change::{Change, Planned},
    check_flows,
};
use crate::{
    app::App,
    http::{Body, Problem, Result},
    rooms::Reading,
};

/// What each flow of a batch would become. Changes nothing.
#[utoipa::path(post, path = "/api/batches/preview", request_body = PreviewBatch,
    responses((status = 200, body = Vec<FlowPreview>), (status = 404), (status = 422)))]
pub(crate) async fn preview_batch(
    State(app): State<App>,
    Body(body): Body<PreviewBatch>,
) -> Result<Json<Vec<FlowPreview>>> {
    check_flows(&body.flows)?;
    let change = Change::of(&app, &body.change).await?;
    let workspace = app.workspaces.now(&app).await?;
    let mut previews = Vec::with_capacity(body.flows.len());
    for id in &body.flows {
        let reading = app.rooms.read(id).await?;
        let (change, workspace) = (change.clone(), workspace.clone());
        // A large flow takes a while; other requests go on meanwhile.
        let looking = tokio::task::spawn_blocking(move || look(reading, &change, &workspace));
        previews.push(looking.await.map_err(Problem::internal)?);
    }
    Ok(Json(previews))
}

fn look(reading: Reading, change: &Change, workspace: &Workspace) -> FlowPreview {
    let Reading { flow, row } = reading;
    let upstream = &row.upstream;
    let has_unpublished =
        upstream.id.is_some() && upstream.published_seq.is_none_or(|seq| row.logic_seq > seq);
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
        flow: row.id,
        name: flow.name,
        kind: flow.kind,
        has_unpublished,
        outcome,
    }
}
