//! What is known of all connections.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::watched::Watched;

/// Connections of which something is kept at once; those that were not used
/// for longest are not told apart from others, as there are never so many.
const CONNECTIONS_KEPT: usize = 200;

/// What is known of the calls of all connections, since the server started.
/// Copies share it.
#[derive(Clone, Default)]
pub(crate) struct Registry(Arc<Mutex<BTreeMap<String, Arc<Watched>>>>);

impl Registry {
    /// The same client, whose calls are counted from now on as those of this
    /// connection: they go on where those of its last client ended.
    pub(crate) fn watched(
        &self,
        id: &str,
        name: &str,
        client: genesys::Connection,
    ) -> genesys::Connection {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let watched = match all.get(id) {
            Some(watched) => {
                let mut known = watched.known();
                name.clone_into(&mut known.name);
                known.client = client.clone();
                drop(known);
                Arc::clone(watched)
            }
            None if all.len() >= CONNECTIONS_KEPT => return client,
            None => {
                let watched = Arc::new(Watched::new(name, client.clone()));
                all.insert(id.to_owned(), Arc::clone(&watched));
                watched
            }
        };
        client.observed_by(watched)
    }

    /// Forgets a connection that is gone.
    pub(crate) fn forget(&self, id: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(id);
    }

    /// All that is known, by the connections' ids.
    pub(super) fn all(&self) -> Vec<(String, Arc<Watched>)> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter()
            .map(|(id, watched)| (id.clone(), Arc::clone(watched)))
            .collect()
    }
}
