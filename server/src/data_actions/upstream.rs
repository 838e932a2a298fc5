//! What the organisation has: its list, opening what exists only there, and
//! taking in what somebody changed there.

use api::{OpenDataAction, OpenUpstreamAction, Outcome, TakeUpstream, UpstreamDataAction};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use flow::{
    EntityRef, Interface,
    data_action::{self, DataAction, merge},
};
use genesys::{DataActionSummary, StoredDataAction};
use serde_json::json;
use store::{ActionUpstream, DataActionSave, Rebased, UpstreamAction};

use super::{
    load,
    make::{New, here},
    opened,
    save::stored,
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    connections::Reachable,
    http::{Body, Problem, Result},
    upstream::{Asked, refused, unanswered},
};

/// Asks what the organisation has. Flows can name it from then on.
#[utoipa::path(post, path = "/api/upstream/data-actions",
    responses((status = 200, body = Vec<UpstreamDataAction>), (status = 409), (status = 502)))]
pub(crate) async fn list_upstream(
    State(app): State<App>,
    actor: Actor,
) -> Result<Json<Vec<UpstreamDataAction>>> {
    let reachable = app.connections.reach(&app, None).await?;
    let listed = reachable.client.data_actions().list().await;
    let entry = |outcome| audit::entry("data-action.list", &actor.account.name, outcome);
    let listed = match listed {
        Ok(listed) => listed,
        Err(failed) => {
            let entry = entry(Outcome::Failed);
            return Err(unanswered(&app, entry, &failed, Asked::List).await);
        }
    };
    let known: Vec<_> = listed.into_iter().map(known).collect();
    let entry = entry(Outcome::Done).saying(format!(
        "Read the data actions of “{}”: {}.",
        reachable.name,
        known.len()
    ));
    app.store
        .keep_upstream_actions(&reachable.id, &known, entry.into())
        .await?;
    let rows = app.store.data_actions().await?;
    let shown = known.into_iter().map(|action| {
        let here = rows
            .iter()
            .find(|row| row.upstream.id.as_ref() == Some(&action.id));
        let interface = action.interface.unwrap_or_default();
        UpstreamDataAction {
            here: here.map(|row| row.id.clone()),
            id: action.id,
            name: action.name,
            version: action.version,
            inputs: interface.inputs.len(),
            outputs: interface.outputs.len(),
        }
    });
    Ok(Json(shown.collect()))
}

/// Opens a data action that exists upstream: it is kept here with its version
/// as base. One that is here already is opened as it is here.
#[utoipa::path(post, path = "/api/data-actions/open", request_body = OpenUpstreamAction,
    responses((status = 201, body = OpenDataAction), (status = 200, body = OpenDataAction), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn open_upstream(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<OpenUpstreamAction>,
) -> Result<(StatusCode, Json<OpenDataAction>)> {
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let read = find(&reachable, &body.reference).await;
    let (found, action) = audited(&app, &actor, "data-action.open", None, read).await?;
    let id = found.id.to_string();
    if let Some(here) = here(&app, &id).await? {
        let loaded = load(&app, &here).await?;
        return Ok((StatusCode::OK, Json(opened(&app, loaded).await?)));
    }
    let mut new = New::made(&action);
    new.upstream = ActionUpstream {
        id: Some(id),
        version: found.version,
        // What is here is what is there.
        uploaded_revision: Some(1),
        uploaded_at_millis: None,
    };
    new.base = Some(&action);
    let entry =
        audit::entry("data-action.open", &actor.account.name, Outcome::Done).saying(format!(
            "Opened “{}” from “{}”, where it has version {}.",
            action.name, reachable.name, found.version
        ));
    Ok((StatusCode::CREATED, new.stored(&app, &actor, entry).await?))
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
    let loaded = load(&app, &action).await?;
    let Some(upstream_id) = &loaded.row.upstream.id else {
        return Err(Problem::conflict(
            "not-uploaded",
            "This data action is not in Genesys Cloud, so there is nothing to take in.",
        ));
    };
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let read = find(&reachable, &EntityRef::Id(upstream_id.clone())).await;
    let about = Some(action.clone());
    let (found, theirs) = audited(&app, &actor, "data-action.merge", about, read).await?;
    // Without a base everything that differs was changed by both.
    let base = loaded.base.unwrap_or_default();
    let merged = merge(&base, &loaded.action, &theirs, body.prefer);
    let save = DataActionSave {
        id: &action,
        base_revision: body.revision,
        action: &merged.action,
        author: &actor.account.name,
        at_millis: clock::now_millis(),
        rebased: Some(Rebased {
            version: found.version,
            base: &theirs,
        }),
    };
    let entry = audit::entry("data-action.merge", &actor.account.name, Outcome::Done)
        .about(Some(action.clone()))
        .saying(format!(
            "Took version {} of “{}” in from “{}”.",
            found.version, merged.action.name, reachable.name
        ));
    let saved = app.store.save_data_action(save, entry.into()).await?;
    stored(saved, &app, &action).await?;
    let loaded = load(&app, &action).await?;
    Ok(Json(opened(&app, loaded).await?))
}

type Read = (StoredDataAction, DataAction);

/// Reads one with its document.
async fn find(reachable: &Reachable, reference: &EntityRef) -> Result<Read, Refusal> {
    let client = reachable.client.data_actions();
    let id = match reference {
        EntityRef::Id(id) => id.trim().parse().map_err(|_| Refusal::NoId)?,
        EntityRef::Name(name) => {
            let found = client.find_by_name(name.trim()).await;
            let found = found.map_err(|failed| Refusal::Genesys(failed, Asked::List))?;
            found.ok_or(Refusal::NoName)?.id
        }
    };
    let found = client.get(&id).await;
    let found = found.map_err(|failed| Refusal::Genesys(failed, Asked::DataAction))?;
    let file = data_action::import(&found.body).map_err(Refusal::NotRead)?;
    Ok((found, file.data_action))
}

/// Why one was not read.
enum Refusal {
    NoId,
    NoName,
    NotRead(flow::ImportError),
    Genesys(genesys::Failure, Asked),
}

/// Leaves an entry where reading failed; what follows a success leaves one.
async fn audited(
    app: &App,
    actor: &Actor,
    what: &'static str,
    about: Option<String>,
    read: Result<Read, Refusal>,
) -> Result<Read> {
    let refusal = match read {
        Ok(read) => return Ok(read),
        Err(refusal) => refusal,
    };
    let (problem, correlation_id, sentence) = match refusal {
        Refusal::NoId => {
            let said =
                "An id in Genesys Cloud is a UUID, like 0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11.";
            return Err(Problem::field("/reference", said));
        }
        Refusal::NoName => {
            let said = "Genesys Cloud has no data action of this name. Capitals matter.";
            (Problem::field("/reference", said), None, said.to_owned())
        }
        Refusal::NotRead(error) => {
            let said = format!("The data action in Genesys Cloud cannot be read here: {error}.");
            (Problem::conflict("not-readable", said.clone()), None, said)
        }
        Refusal::Genesys(failed, asked) => (
            refused(&failed, asked),
            failed.correlation_id.clone(),
            failed.sentence(),
        ),
    };
    let entry = audit::entry(what, &actor.account.name, Outcome::Failed)
        .about(about)
        .correlated(correlation_id)
        .saying(sentence);
    app.store.append_audit(entry.into()).await?;
    Err(problem)
}

/// What a listing says, with what it takes and gives back where that is said.
fn known(action: DataActionSummary) -> UpstreamAction {
    UpstreamAction {
        interface: interface(&action),
        id: action.id.to_string(),
        name: action.name,
        version: action.version,
    }
}

fn interface(action: &DataActionSummary) -> Option<Interface> {
    if !action.definition.is_object() {
        return None;
    }
    let document = json!({ "name": action.name, "definition": action.definition });
    let read = data_action::import(&document.to_string());
    read.ok().map(|file| file.data_action.definition.interface)
}
