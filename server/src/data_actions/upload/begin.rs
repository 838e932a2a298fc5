//! Asking for an upload.

use api::{NewPublish, Outcome, PublishState, Upload};
use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::{Begun, JobKind, JobRow};

use super::{STEPS, job::Job, journal::Journal, reconcile::supervise, shown};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    data_actions::load,
    http::{Arrived, Body, Problem, Result},
    publish::steps::Steps,
    random,
};

const LONGEST_KEY: usize = 100;

/// Begins an upload, or joins the one that the same click began or that runs.
#[utoipa::path(post, path = "/api/data-actions/{action}/uploads",
    params(("action" = String, Path)), request_body = NewPublish,
    responses((status = 202, body = Upload), (status = 200, body = Upload), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn begin_upload(
    State(app): State<App>,
    Path(action): Path<String>,
    actor: Actor,
    Extension(arrived): Extension<Arrived>,
    Body(body): Body<NewPublish>,
) -> Result<(StatusCode, Json<Upload>)> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(Problem::field("/key", "A key has 1 to 100 characters."));
    }
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let loaded = load(&app, &action).await?;
    let row = JobRow {
        kind: JobKind::Upload,
        id: random::id(),
        subject_id: action.clone(),
        revision: loaded.row.revision,
        connection_id: reachable.id.clone(),
        connection_name: reachable.name.clone(),
        author: actor.account.name.clone(),
        started_at_millis: arrived.at_millis(),
        steps: Steps::of(&STEPS).as_slice().to_vec(),
        state: PublishState::Running,
        journal: serde_json::to_value(Journal::Intended).map_err(Problem::internal)?,
    };
    let entry = audit::entry("data-action.upload", &actor.account.name, Outcome::Intended)
        .about(Some(action))
        .saying(format!(
            "Uploads revision {} of “{}” through “{}”.",
            row.revision, loaded.action.name, reachable.name
        ));
    let begun = app.store.begin_job(&row, &body.key, entry.into());
    let link = app
        .store
        .action_link(&row.subject_id, &reachable.id)
        .await?;
    match begun.await? {
        Begun::Joined(running) => Ok((StatusCode::OK, Json(shown(&app, *running)))),
        Begun::New => {
            let answer = shown(&app, row.clone());
            let job = Job::new(app.clone(), row, link.upstream, &reachable);
            // It goes on when the browser goes away.
            let tasks = app.life.tasks.clone();
            tasks.spawn(supervise(app, job, loaded));
            Ok((StatusCode::ACCEPTED, Json(answer)))
        }
    }
}
