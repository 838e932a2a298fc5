//! Making data actions: empty, from the example, as a copy, from a file.

use api::{ActionStart, Import, NewDataAction, OpenDataAction, Outcome};
use axum::{Json, extract::State, http::StatusCode};
use flow::data_action::{self, DataAction, DataActionFile};
use store::{ActionUpstream, NewDataActionRow};

use super::{check_size, load, opened};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

type Made = (StatusCode, Json<OpenDataAction>);

/// Makes a data action.
#[utoipa::path(post, path = "/api/data-actions", request_body = NewDataAction,
    responses((status = 201, body = OpenDataAction), (status = 404), (status = 422)))]
pub(crate) async fn make_data_action(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewDataAction>,
) -> Result<Made> {
    let (action, from) = match &body.start {
        ActionStart::Empty => (data_action::empty(), "from nothing".to_owned()),
        ActionStart::Example => (data_action::example(), "from the example".to_owned()),
        ActionStart::Copy(id) => {
            let original = load(&app, id).await?.action;
            let from = format!("as a copy of “{}”", original.name);
            let name = format!("Copy of {}", original.name);
            (DataAction { name, ..original }, from)
        }
    };
    let new = New::made(&action);
    let entry = audit::entry("data-action.make", &actor.account.name, Outcome::Done)
        .saying(format!("Made “{}” {from}.", action.name));
    Ok((StatusCode::CREATED, new.stored(&app, &actor, entry).await?))
}

/// Makes a data action from the text of a file: Patchbay's own, or the
/// document as it goes over the wire.
#[utoipa::path(post, path = "/api/data-actions/import", request_body = Import,
    responses((status = 201, body = OpenDataAction), (status = 422)))]
pub(crate) async fn import_data_action(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<Import>,
) -> Result<Made> {
    // Reading 10 MiB takes a while; other requests go on meanwhile.
    let read = tokio::task::spawn_blocking(move || data_action::import(&body.text));
    let file = read
        .await
        .map_err(Problem::internal)?
        .map_err(|error| Problem::field(&error.path, &error.to_string()))?;
    let DataActionFile {
        data_action: action,
        stamp,
        ..
    } = file;
    check_size(&action)?;
    let mut new = New::made(&action);
    // A document may say which one upstream it is. Where one here is that one
    // already, the import is a new one: two must not upload over each other.
    if let Some(stamp) = stamp
        && let Some(id) = stamp.upstream_id
        && !is_known(&app, &id).await?
    {
        new.upstream = ActionUpstream {
            id: Some(id),
            version: stamp.version,
            ..ActionUpstream::default()
        };
    }
    let entry = audit::entry("data-action.import", &actor.account.name, Outcome::Done)
        .saying(format!("Made “{}” from a file.", action.name));
    Ok((StatusCode::CREATED, new.stored(&app, &actor, entry).await?))
}

/// Whether something here has this id upstream, where it was used last.
async fn is_known(app: &App, upstream_id: &str) -> Result<bool> {
    let rows = app.store.data_actions().await?;
    let mut ids = rows.iter().filter_map(|row| row.upstream.id.as_deref());
    Ok(ids.any(|id| id == upstream_id))
}

/// A data action that is about to be there.
pub(super) struct New<'a> {
    action: &'a DataAction,
    pub(super) upstream: ActionUpstream,
    /// The connection where it was read, and what is there.
    pub(super) read: Option<(&'a str, &'a DataAction)>,
}

impl<'a> New<'a> {
    /// One that is not upstream.
    pub(super) fn made(action: &'a DataAction) -> Self {
        Self {
            action,
            upstream: ActionUpstream::default(),
            read: None,
        }
    }

    pub(super) async fn stored(
        self,
        app: &App,
        actor: &Actor,
        entry: audit::Entry,
    ) -> Result<Json<OpenDataAction>> {
        let id = random::id();
        let new = NewDataActionRow {
            id: &id,
            action: self.action,
            created_by: &actor.account.id,
            author: &actor.account.name,
            at_millis: clock::now_millis(),
            upstream: self.upstream,
            read: self.read,
        };
        let entry = entry.about(Some(id.clone()));
        app.store.create_data_action(new, entry.into()).await?;
        let loaded = load(app, &id).await?;
        Ok(Json(opened(app, loaded).await?))
    }
}
