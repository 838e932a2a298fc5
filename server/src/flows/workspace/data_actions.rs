//! The data actions that flows can name: those that are here, with the interface
//! that was last uploaded or read and the one that is saved, where that differs,
//! then those that exist upstream only.

use std::collections::{HashMap, HashSet};

use flow::{Entity, EntityKind, Interface};
use store::{ActionUpstream, DataActionRow};
use tokio::sync::Mutex;

use super::{by_thing, is_also, is_live_with};
use crate::{app::App, http::Result};

/// What was read of data actions, by their ids.
#[derive(Default)]
pub(super) struct DataActions(Mutex<HashMap<String, Known>>);

struct Known {
    /// The revision up to which it was read: a save can take in what is
    /// upstream.
    revision: u64,
    /// What was known of it upstream then.
    upstream: ActionUpstream,
    live: Option<Interface>,
}

impl Known {
    fn is_of(&self, row: &DataActionRow) -> bool {
        self.revision == row.revision && self.upstream == row.upstream
    }
}

impl DataActions {
    /// What flows can name now. Reads what changed since the last time.
    pub(super) async fn now(&self, app: &App) -> Result<Vec<Entity>> {
        let rows = app.store.data_actions().await?;
        let ids = app.store.action_ids().await?;
        let here: HashSet<_> = ids.iter().map(|(id, _)| id.clone()).collect();
        let mut elsewhere = by_thing(ids);
        let mut known = self.0.lock().await;
        let mut still_there = HashMap::new();
        let mut entities = Vec::new();
        // The oldest first: of two with one name the first counts.
        for row in rows.into_iter().rev() {
            let read = match known.remove(&row.id) {
                Some(read) if read.is_of(&row) => read,
                _ => Known {
                    live: live(app, &row).await?,
                    revision: row.revision,
                    upstream: row.upstream.clone(),
                },
            };
            let mut entity = entity(row.upstream.id, row.name, Some(row.interface));
            if let Some(live) = &read.live {
                is_live_with(&mut entity, live.clone());
            }
            is_also(&mut entity, elsewhere.remove(&row.id));
            entities.push(entity);
            still_there.insert(row.id, read);
        }
        *known = still_there;
        drop(known);
        let upstream = app.store.upstream_actions().await?.into_iter();
        let upstream = upstream.filter(|action| !here.contains(&action.id));
        let upstream =
            upstream.map(|action| entity(Some(action.id), action.name, action.interface));
        entities.extend(upstream);
        Ok(entities)
    }
}

fn entity(id: Option<String>, name: String, interface: Option<Interface>) -> Entity {
    Entity {
        kind: EntityKind::DataAction,
        id,
        name,
        interface,
        elsewhere: Vec::new(),
        draft: None,
        calls: Vec::new(),
    }
}

/// The interface with which a data action is live, from the document that was
/// last uploaded or read there; none where nothing is, or where it is not known.
async fn live(app: &App, row: &DataActionRow) -> Result<Option<Interface>> {
    let links = app.store.action_links_of(&row.id).await?;
    // Of several organisations the one that the list shows.
    let mut links = links.into_iter();
    let base = links.find(|link| link.upstream == row.upstream);
    let base = base.and_then(|link| link.base);
    Ok(base.map(|base| base.definition.interface))
}
