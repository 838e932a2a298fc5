//! What the organisation has: its list, and opening what exists only there.

use std::collections::HashMap;

use api::{OpenDataAction, OpenUpstreamAction, Outcome, UpstreamDataAction};
use axum::{Json, extract::State, http::StatusCode};
use flow::{
    EntityRef, Interface,
    data_action::{self, DataAction},
};
use genesys::{DataActionSummary, StoredDataAction};
use serde_json::json;
use store::{ActionUpstream, UpstreamAction};

use super::{load, make::New, opened};
use crate::{
    accounts::Actor,
    app::App,
    audit,
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
    let linked = app.store.linked_actions(&reachable.id).await?;
    let mut linked: HashMap<_, _> = linked.into_iter().collect();
    let shown = known.into_iter().map(|action| {
        let interface = action.interface.unwrap_or_default();
        UpstreamDataAction {
            here: linked.remove(&action.id),
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
    let linked = app.store.linked_actions(&reachable.id).await?;
    if let Some((_, here)) = linked.into_iter().find(|(there, _)| *there == id) {
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
    new.read = Some((&reachable.id, &action));
    let entry =
        audit::entry("data-action.open", &actor.account.name, Outcome::Done).saying(format!(
            "Opened “{}” from “{}”, where it has version {}.",
            action.name, reachable.name, found.version
        ));
    Ok((StatusCode::CREATED, new.stored(&app, &actor, entry).await?))
}

pub(super) type Read = (StoredDataAction, DataAction);

/// Reads one with its document.
pub(super) async fn find(reachable: &Reachable, reference: &EntityRef) -> Result<Read, Refusal> {
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
pub(super) enum Refusal {
    NoId,
    NoName,
    NotRead(flow::ImportError),
    Genesys(genesys::Failure, Asked),
}

/// Leaves an entry where reading failed; what follows a success leaves one.
pub(super) async fn audited(
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
