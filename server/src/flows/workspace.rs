//! What flows can refer to: the modules and shared flows that are drawn here,
//! and the data actions that are here or were upstream when the organisation was
//! last asked. What else exists upstream is not among them, so that the
//! workspace does not claim to be complete.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use axum::{Json, extract::State};
use flow::{Entity, EntityKind, Workspace};
use store::FlowRow;
use tokio::sync::Mutex;

use crate::{app::App, http::Result};

/// What was read of flows that others can refer to, by their ids.
#[derive(Default)]
pub(crate) struct Workspaces {
    /// Locked while flows are read, so that two who ask at once read them once.
    known: Mutex<HashMap<String, Known>>,
}

struct Known {
    /// The change up to which it was read.
    seq: u64,
    entity: Entity,
}

/// What flows can refer to.
#[utoipa::path(get, path = "/api/workspace", responses((status = 200, body = Object)))]
pub(crate) async fn show_workspace(State(app): State<App>) -> Result<Json<Arc<Workspace>>> {
    Ok(Json(app.workspaces.now(&app).await?))
}

impl Workspaces {
    /// What flows can refer to now. Reads what changed since the last time.
    pub(crate) async fn now(&self, app: &App) -> Result<Arc<Workspace>> {
        let rows = app.store.flows().await?;
        let mut known = self.known.lock().await;
        let mut entities = Vec::new();
        let mut still_there = HashMap::new();
        // The oldest first: of two with one name the first counts.
        for row in rows.into_iter().rev() {
            let Some(kind) = row.kind.entity() else {
                continue;
            };
            let read = match known.remove(&row.id) {
                Some(read) if read.seq == row.head_seq => Some(read),
                _ => read(app, &row).await,
            };
            let mut entity = match &read {
                Some(read) => read.entity.clone(),
                // It is there, and what it takes cannot be said.
                None => Entity {
                    kind,
                    id: None,
                    name: row.name.clone(),
                    interface: None,
                    calls: Vec::new(),
                },
            };
            entity.id = row.upstream.id;
            entities.push(entity);
            still_there.extend(read.map(|read| (row.id, read)));
        }
        *known = still_there;
        drop(known);
        entities.extend(data_actions(app).await?);
        Ok(Arc::new(Workspace::new(entities, false)))
    }
}

/// The data actions that flows can name: those that are here, then those that
/// exist upstream only.
async fn data_actions(app: &App) -> Result<Vec<Entity>> {
    let rows = app.store.data_actions().await?;
    let here: HashSet<_> = rows
        .iter()
        .filter_map(|row| row.upstream.id.clone())
        .collect();
    let entity = |id, name, interface| Entity {
        kind: EntityKind::DataAction,
        id,
        name,
        interface,
        calls: Vec::new(),
    };
    let upstream = app.store.upstream_actions().await?.into_iter();
    let upstream = upstream.filter(|action| !here.contains(&action.id));
    // The oldest first: of two with one name the first counts.
    let rows = rows.into_iter().rev();
    let rows = rows.map(|row| entity(row.upstream.id, row.name, Some(row.interface)));
    let only_upstream =
        upstream.map(|action| entity(Some(action.id), action.name, action.interface));
    Ok(rows.chain(only_upstream).collect())
}

/// Reads a flow. One that cannot be read has a problem of its own, which its
/// room has noted.
async fn read(app: &App, row: &FlowRow) -> Option<Known> {
    let reading = app.rooms.read(&row.id).await.ok()?;
    Some(Known {
        seq: reading.row.head_seq,
        entity: Entity::of_flow(&reading.flow, None)?,
    })
}
