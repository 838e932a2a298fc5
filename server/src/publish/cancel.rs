//! Calling a publish off, as long as nothing was changed upstream.

use api::{Outcome, Publish, PublishState};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use store::JobKind;

use crate::{
    accounts::Actor,
    app::App,
    audit,
    http::{Problem, Result},
};

/// Asks a publish to stop. It does so unless something was changed upstream by
/// then: how it ended shows which it was.
#[utoipa::path(delete, path = "/api/publishes/{publish}", params(("publish" = String, Path)),
    responses((status = 202, body = Publish), (status = 404), (status = 409)))]
pub(crate) async fn cancel_publish(
    State(app): State<App>,
    Path(publish): Path<String>,
    actor: Actor,
) -> Result<(StatusCode, Json<Publish>)> {
    let row = app.store.job(JobKind::Publish, &publish).await?;
    let row = row.ok_or_else(|| Problem::not_found("publish"))?;
    if row.state != PublishState::Running {
        return Err(Problem::conflict(
            "publish-over",
            "This publish has ended already.",
        ));
    }
    let entry = audit::entry("flow.publish.cancel", &actor.account.name, Outcome::Done)
        .about(Some(row.subject_id.clone()))
        .saying("Asked the publish to stop.".to_owned());
    app.store.append_audit(entry.into()).await?;
    app.publisher.cancel(&publish);
    Ok((StatusCode::ACCEPTED, Json(app.publisher.shown(row))))
}
