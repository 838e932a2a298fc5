//! Asking for a publish.

use api::{NewPublish, Outcome, Publish, PublishState};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use flow::FlowKind;
use store::{Begun, PublishRow};

use super::{job::Job, journal::Journal, reconcile::supervise, steps::Steps};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

const LONGEST_KEY: usize = 100;

/// Begins a publish, or joins the one that the same click began or that runs.
#[utoipa::path(post, path = "/api/flows/{flow}/publishes", params(("flow" = String, Path)),
    request_body = NewPublish,
    responses((status = 202, body = Publish), (status = 200, body = Publish), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn begin_publish(
    State(app): State<App>,
    Path(flow): Path<String>,
    actor: Actor,
    Body(body): Body<NewPublish>,
) -> Result<(StatusCode, Json<Publish>)> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(Problem::field("/key", "A key has 1 to 100 characters."));
    }
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let reading = app.rooms.read(&flow).await?;
    if reading.flow.kind != FlowKind::Lookup {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "kind-not-published",
            "Patchbay publishes lookup flows so far, and this is another kind.",
        )
        .next("Check it, look at its preview, and download it."));
    }
    let row = PublishRow {
        id: random::id(),
        flow_id: flow.clone(),
        seq: reading.row.head_seq,
        connection_id: reachable.id.clone(),
        connection_name: reachable.name.clone(),
        author: actor.account.name.clone(),
        started_at_millis: clock::now_millis(),
        steps: Steps::new().as_slice().to_vec(),
        state: PublishState::Running,
        journal: serde_json::to_value(Journal::Intended).map_err(Problem::internal)?,
    };
    let entry = audit::entry("flow.publish", &actor.account.name, Outcome::Intended)
        .about(Some(flow))
        .saying(format!(
            "Publishes change {} of “{}” through “{}”.",
            row.seq, reading.flow.name, reachable.name
        ));
    match app
        .store
        .begin_publish(&row, &body.key, entry.into())
        .await?
    {
        Begun::Joined(running) => Ok((StatusCode::OK, Json(app.publisher.shown(*running)))),
        Begun::New => {
            let shown = app.publisher.shown(row.clone());
            let upstream = reading.row.upstream.clone();
            let job = Job::new(app.clone(), row, upstream, &reachable);
            // It goes on when the browser goes away.
            let tasks = app.life.tasks.clone();
            tasks.spawn(supervise(app, job, reading));
            Ok((StatusCode::ACCEPTED, Json(shown)))
        }
    }
}
