//! Linking a flow to another one upstream, where its own is gone or was never
//! the right one. Nothing is sent: the next publish compares both first.

use api::{FlowSummary, Outcome, Relink};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use flow::FlowKind;
use store::{LinkRow, StoreError, UpstreamRow};

use super::{Asked, read_document, unanswered};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    flows::summary_of,
    http::{Body, Problem, Result},
    publish::{Target, Unreached},
};

const LINK: &str = "flow.link";
/// A version that nothing upstream has: whatever is there was not seen here.
const UNSEEN: u64 = 0;

/// Links a flow to the one of this id.
#[utoipa::path(put, path = "/api/flows/{flow}/upstream", params(("flow" = String, Path)),
    request_body = Relink,
    responses((status = 200, body = FlowSummary), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn relink_flow(
    State(app): State<App>,
    Path(flow): Path<String>,
    actor: Actor,
    Body(body): Body<Relink>,
) -> Result<Json<FlowSummary>> {
    let row = app.store.flow(&flow).await?;
    let row = row.ok_or_else(|| Problem::not_found("flow"))?;
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let target = Target::of(row.kind).ok_or_else(|| {
        Problem::conflict(
            "kind-not-published",
            "Flows of the public platform are not published from here.",
        )
    })?;
    let id = body.upstream_id.trim();
    let stored = match target.get(&reachable.client, id).await {
        Ok(stored) => stored,
        Err(Unreached::Id) => {
            return Err(Problem::field(
                "/upstreamId",
                "An id in Genesys looks like 0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11.",
            ));
        }
        Err(Unreached::Call(failed)) => {
            let entry = audit::entry(LINK, &actor.account.name, Outcome::Failed).about(Some(flow));
            return Err(unanswered(&app, entry, &failed, Asked::Flow).await);
        }
    };
    let there = read_document(row.kind, &stored.body).map(|file| file.flow.kind);
    if there.as_ref() != Ok(&row.kind) {
        let what = there.map_or("nothing that Patchbay reads", FlowKind::with_article);
        return Err(Problem::field(
            "/upstreamId",
            &format!(
                "That is {what}, and this is {}. Choose one of the same sort.",
                row.kind.with_article()
            ),
        ));
    }
    let link = LinkRow {
        connection_id: reachable.id.clone(),
        upstream: UpstreamRow {
            id: Some(stored.id.clone()),
            version: UNSEEN,
            ..UpstreamRow::default()
        },
        base: None,
    };
    let entry = audit::entry(LINK, &actor.account.name, Outcome::Done)
        .about(Some(flow.clone()))
        .saying(format!(
            "Linked “{}” to {} in “{}”.",
            row.name, stored.id, reachable.name
        ));
    match app.store.put_link(&flow, &link, entry.into()).await {
        Ok(()) => app.rooms.tell_linked(&flow, link.upstream).await,
        Err(StoreError::Taken(_)) => {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "linked-elsewhere",
                "Another flow here is that one already.",
            )
            .next("Open that flow instead: “Open from Genesys…” finds it by the id."));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Json(summary_of(&app, &flow).await?))
}
