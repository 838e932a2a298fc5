//! What flows can refer to: the modules and shared flows that are here, with
//! the interface that is live and the one that is drawn, where that differs,
//! and the data actions that are here, likewise, or were upstream when the
//! organisation was last asked. What else exists upstream is not among them, so that the
//! workspace does not claim to be complete.

mod data_actions;

use std::{collections::HashMap, sync::Arc};

use axum::{Json, extract::State};
use flow::{Entity, FlowKind, Interface, Workspace};
use store::{FlowRow, UpstreamRow};
use tokio::sync::Mutex;

use self::data_actions::DataActions;
use crate::{app::App, http::Result, upstream::read_document};

/// What was read of flows that others can refer to, by their ids.
#[derive(Default)]
pub(crate) struct Workspaces {
    /// Locked while flows are read, so that two who ask at once read them once.
    known: Mutex<HashMap<String, Known>>,
    data_actions: DataActions,
}

struct Known {
    /// The change up to which it was read.
    seq: u64,
    /// What was known of it upstream then.
    upstream: UpstreamRow,
    entity: Entity,
}

impl Known {
    fn is_of(&self, row: &FlowRow) -> bool {
        self.seq == row.head_seq && self.upstream == row.upstream
    }
}

/// What flows can refer to.
#[utoipa::path(get, path = "/api/workspace", responses((status = 200, body = Object)))]
pub(crate) async fn show_workspace(State(app): State<App>) -> Result<Json<Arc<Workspace>>> {
    Ok(Json(app.workspaces.now(&app).await?))
}

impl Workspaces {
    /// A flow as others refer to it; none for flows that cannot be called, and
    /// for those that are not here.
    pub(crate) async fn callee(&self, app: &App, flow_id: &str) -> Result<Option<Entity>> {
        // Brings what is known up to date.
        self.now(app).await?;
        let known = self.known.lock().await;
        let entity = known.get(flow_id).map(|known| known.entity.clone());
        drop(known);
        let Some(mut entity) = entity else {
            return Ok(None);
        };
        let mut elsewhere = by_thing(app.store.flow_ids().await?);
        is_also(&mut entity, elsewhere.remove(flow_id));
        Ok(Some(entity))
    }

    /// What flows can refer to now. Reads what changed since the last time.
    pub(crate) async fn now(&self, app: &App) -> Result<Arc<Workspace>> {
        let rows = app.store.flows().await?;
        let mut elsewhere = by_thing(app.store.flow_ids().await?);
        let mut known = self.known.lock().await;
        let mut entities = Vec::new();
        let mut still_there = HashMap::new();
        // The oldest first: of two with one name the first counts.
        for row in rows.into_iter().rev() {
            let Some(kind) = row.kind.entity() else {
                continue;
            };
            let read = match known.remove(&row.id) {
                Some(read) if read.is_of(&row) => Some(read),
                _ => read(app, &row).await,
            };
            let mut entity = match &read {
                Some(read) => read.entity.clone(),
                // It is there, and what it takes cannot be said.
                None => Entity {
                    kind,
                    id: row.upstream.id.clone(),
                    name: row.name.clone(),
                    interface: None,
                    elsewhere: Vec::new(),
                    draft: None,
                    calls: Vec::new(),
                },
            };
            is_also(&mut entity, elsewhere.remove(&row.id));
            entities.push(entity);
            still_there.extend(read.map(|read| (row.id, read)));
        }
        *known = still_there;
        drop(known);
        entities.extend(self.data_actions.now(app).await?);
        Ok(Arc::new(Workspace::new(entities, false)))
    }
}

/// The ids of things upstream, by their ids here.
fn by_thing(ids: Vec<(String, String)>) -> HashMap<String, Vec<String>> {
    let mut by_thing: HashMap<_, Vec<String>> = HashMap::new();
    for (upstream_id, thing) in ids {
        by_thing.entry(thing).or_default().push(upstream_id);
    }
    by_thing
}

/// Something has these ids in other organisations too.
fn is_also(entity: &mut Entity, ids: Option<Vec<String>>) {
    let mut ids = ids.unwrap_or_default();
    ids.retain(|id| entity.id.as_ref() != Some(id));
    ids.sort_unstable();
    ids.dedup();
    entity.elsewhere = ids;
}

/// Reads a flow. One that cannot be read has a problem of its own, which its
/// room has noted.
async fn read(app: &App, row: &FlowRow) -> Option<Known> {
    let reading = app.rooms.read(&row.id).await.ok()?;
    let upstream = row.upstream.clone();
    let mut entity = Entity::of_flow(&reading.flow, upstream.id.as_deref())?;
    if let Some(live) = live(app, row).await {
        is_live_with(&mut entity, live);
    }
    Some(Known {
        seq: reading.row.head_seq,
        upstream,
        entity,
    })
}

/// Puts what is live in the place of what is drawn, and that beside it where it
/// differs.
fn is_live_with(entity: &mut Entity, live: Interface) {
    let drawn = entity.interface.replace(live);
    entity.draft = drawn.filter(|drawn| entity.interface.as_ref() != Some(drawn));
}

/// The interface with which a flow is live, from the document that was last sent
/// or read there; none where nothing is, or where it is not known.
async fn live(app: &App, row: &FlowRow) -> Option<Interface> {
    let links = app.store.links_of(&row.id).await;
    let links = links.inspect_err(|error| {
        tracing::warn!(%error, flow = row.id, "what is live cannot be read");
    });
    // Of several organisations the one that the list shows.
    let mut links = links.ok()?.into_iter();
    let base = links.find(|link| link.upstream == row.upstream)?.base?;
    interface_of(&row.id, row.kind, &base)
}

/// The interface in a document as it is upstream.
pub(super) fn interface_of(flow: &str, kind: FlowKind, document: &str) -> Option<Interface> {
    let file = read_document(kind, document).inspect_err(|error| {
        tracing::warn!(%error, flow, "what was published cannot be read");
    });
    Some(file.ok()?.flow.interface)
}
