//! Asking for a publish.

use api::{NewPublish, Outcome, Publish, PublishState, Remedy};
use axum::{
    Extension, Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::{Begun, JobKind, JobRow, LinkRow};

use super::{
    job::Job,
    journal::Journal,
    reconcile::supervise,
    steps::Steps,
    target::Target,
    theirs::{Decision, decided},
};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    http::{Arrived, Body, Problem, Result},
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
    Extension(arrived): Extension<Arrived>,
    Body(body): Body<NewPublish>,
) -> Result<(StatusCode, Json<Publish>)> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(Problem::field("/key", "A key has 1 to 100 characters."));
    }
    let asked = (actor.account.name.as_str(), arrived.at_millis());
    let (begun, publish) = begin(&app, &flow, asked, body).await?;
    let status = match begun {
        Began::New => StatusCode::ACCEPTED,
        Began::Joined => StatusCode::OK,
    };
    Ok((status, Json(publish)))
}

/// Whether a publish was begun, or one joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Began {
    /// It is a new one.
    New,
    /// The same click began it before, or it runs.
    Joined,
}

/// Begins a publish of a flow, whoever asks for it: by name, and when.
pub(crate) async fn begin(
    app: &App,
    flow: &str,
    (author, asked_at_millis): (&str, i64),
    new: NewPublish,
) -> Result<(Began, Publish)> {
    let reachable = app
        .connections
        .reach(app, new.connection.as_deref())
        .await?;
    let reading = app.rooms.read(flow).await?;
    let Some(target) = Target::of(reading.flow.kind) else {
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "kind-not-published",
            "Flows of the public platform are not published from here.",
        )
        .next("Download it, and import it in Architect."));
    };
    let (decision, may_create_anew) = match new.remedy {
        None => (Decision::default(), false),
        Some(Remedy::CreateAnew {}) => (Decision::default(), true),
        Some(Remedy::Choose { publish, sides }) => {
            (decided(app, flow, &publish, &sides).await?, false)
        }
    };
    let link = app.store.link(flow, &reachable.id).await?;
    let link = link.unwrap_or_else(|| LinkRow::none(&reachable.id));
    let row = JobRow {
        kind: JobKind::Publish,
        id: random::id(),
        subject_id: flow.to_owned(),
        revision: reading.row.head_seq,
        connection_id: reachable.id.clone(),
        connection_name: reachable.name.clone(),
        author: author.to_owned(),
        started_at_millis: asked_at_millis,
        steps: Steps::of(target.steps()).as_slice().to_vec(),
        state: PublishState::Running,
        journal: serde_json::to_value(Journal::Intended).map_err(Problem::internal)?,
    };
    let entry = audit::entry("flow.publish", author, Outcome::Intended)
        .about(Some(flow.to_owned()))
        .saying(format!(
            "Publishes change {} of “{}” through “{}”.",
            row.revision, reading.flow.name, reachable.name
        ));
    match app.store.begin_job(&row, &new.key, entry.into()).await? {
        Begun::Joined(running) => Ok((Began::Joined, app.publisher.shown(*running))),
        Begun::New => {
            let shown = app.publisher.shown(row.clone());
            let mut job = Job::new(app.clone(), row, target, link, &reachable);
            job.may_create_anew = may_create_anew;
            // It goes on when the browser goes away.
            let tasks = app.life.tasks.clone();
            tasks.spawn(supervise(app.clone(), job, reading, decision));
            Ok((Began::New, shown))
        }
    }
}
