//! Taking in what somebody changed upstream: both sides are compared first, and
//! somebody chooses a side for each part that both changed.

use api::{
    ActionComparison, CompareUpstream, ComparedActionPart, OpenDataAction, Outcome, TakeUpstream,
};
use axum::{
    Json,
    extract::{Path, State},
};
use flow::{
    EntityRef,
    data_action::{DataAction, merge},
};
use store::{ActionLink, DataActionSave, LoadedDataAction, Rebased};

use super::{
    load, opened,
    save::stored,
    upstream::{Read, audited, find},
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    connections::Reachable,
    http::{Body, Problem, Result},
};

/// What both sides of a merge are.
struct Sides {
    reachable: Reachable,
    loaded: LoadedDataAction,
    link: ActionLink,
    version: u64,
    theirs: DataAction,
}

impl Sides {
    /// Reads what is there; a refusal leaves an entry.
    async fn read(
        app: &App,
        actor: &Actor,
        what: &'static str,
        action: &str,
        connection: Option<&str>,
    ) -> Result<Self> {
        let loaded = load(app, action).await?;
        let reachable = app.connections.reach(app, connection).await?;
        let link = app.store.action_link(action, &reachable.id).await?;
        let Some(upstream_id) = &link.upstream.id else {
            return Err(Problem::conflict(
                "not-uploaded",
                format!(
                    "This data action is not in “{}”, so there is nothing to take in.",
                    reachable.name
                ),
            ));
        };
        let read = find(&reachable, &EntityRef::Id(upstream_id.clone())).await;
        let about = Some(action.to_owned());
        let (found, theirs): Read = audited(app, actor, what, about, read).await?;
        Ok(Self {
            reachable,
            loaded,
            link,
            version: found.version,
            theirs,
        })
    }

    /// Without a base everything that differs was changed by both.
    fn base(&self) -> DataAction {
        self.link.base.clone().unwrap_or_default()
    }
}

/// Compares what is here with what is upstream, and changes nothing.
#[utoipa::path(post, path = "/api/data-actions/{action}/comparison", params(("action" = String, Path)),
    request_body = CompareUpstream,
    responses((status = 200, body = ActionComparison), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn compare_upstream(
    State(app): State<App>,
    Path(action): Path<String>,
    actor: Actor,
    Body(body): Body<CompareUpstream>,
) -> Result<Json<ActionComparison>> {
    const WHAT: &str = "data-action.compare";
    let connection = body.connection.as_deref();
    let sides = Sides::read(&app, &actor, WHAT, &action, connection).await?;
    let (base, ours, theirs) = (sides.base(), &sides.loaded.action, &sides.theirs);
    let merged = merge(&base, ours, theirs, &[]);
    let entry = audit::entry(WHAT, &actor.account.name, Outcome::Done)
        .about(Some(action))
        .saying(format!(
            "Compared “{}” with version {} in “{}”.",
            ours.name, sides.version, sides.reachable.name
        ));
    app.store.append_audit(entry.into()).await?;
    let conflicts = merged.conflicts.into_iter();
    let conflicts = conflicts.map(|part| ComparedActionPart {
        part,
        base: part.shown(&base),
        ours: part.shown(ours),
        theirs: part.shown(theirs),
    });
    Ok(Json(ActionComparison {
        version: sides.version,
        conflicts: conflicts.collect(),
        taken: merged.taken,
    }))
}

/// Merges what is upstream into what is here, on top of what both began from.
#[utoipa::path(post, path = "/api/data-actions/{action}/merge", params(("action" = String, Path)),
    request_body = TakeUpstream,
    responses((status = 200, body = OpenDataAction), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn take_upstream(
    State(app): State<App>,
    Path(action): Path<String>,
    actor: Actor,
    Body(body): Body<TakeUpstream>,
) -> Result<Json<OpenDataAction>> {
    const WHAT: &str = "data-action.merge";
    let connection = body.connection.as_deref();
    let sides = Sides::read(&app, &actor, WHAT, &action, connection).await?;
    if sides.version != body.version {
        return Err(Problem::conflict(
            "changed-again",
            format!(
                "It was changed in Genesys Cloud again: version {} is there, and {} was compared. Nothing was taken in.",
                sides.version, body.version
            ),
        )
        .next("Compare both again, and choose anew."));
    }
    let (base, ours) = (sides.base(), &sides.loaded.action);
    let merged = merge(&base, ours, &sides.theirs, &body.theirs_in);
    let mut upstream = sides.link.upstream;
    upstream.version = sides.version;
    let save = DataActionSave {
        id: &action,
        base_revision: body.revision,
        action: &merged.action,
        author: &actor.account.name,
        at_millis: clock::now_millis(),
        rebased: Some(Rebased {
            connection_id: &sides.reachable.id,
            upstream,
            base: &sides.theirs,
        }),
    };
    let entry = audit::entry(WHAT, &actor.account.name, Outcome::Done)
        .about(Some(action.clone()))
        .saying(format!(
            "Took version {} of “{}” in from “{}”.",
            sides.version, merged.action.name, sides.reachable.name
        ));
    let saved = app.store.save_data_action(save, entry.into()).await?;
    stored(saved, &app, &action).await?;
    let loaded = load(&app, &action).await?;
    Ok(Json(opened(&app, loaded).await?))
}
