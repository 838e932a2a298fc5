//! What is there upstream: read before an update, and instead of sending again
//! after an answer was lost.

use api::Failure;
use flow::Artifact;
use genesys::{Conflict, DataActionId, FailureKind, StoredDataAction};
use store::ActionUpstream;

use super::{
    failure,
    job::{Job, Stopped},
};
use crate::publish::journal::{Request, is_same_content};

impl Job {
    /// Reads the version upstream: an update must follow the one that is there.
    pub(super) async fn check_base(&mut self, upstream_id: String) -> Result<Request, Stopped> {
        let id = action_id(&upstream_id)?;
        let client = self.client.clone();
        match self.call(client.data_actions().get(&id)).await {
            Ok(stored) if stored.version == self.upstream.version => Ok(Request::Update {
                upstream_id,
                base_version: stored.version,
            }),
            Ok(stored) => {
                Err(failure::changed_upstream(self.upstream.version, stored.version).into())
            }
            Err(failed) => {
                if matches!(failed.kind, FailureKind::NotFound) {
                    // The next upload creates it anew.
                    self.upstream = ActionUpstream::default();
                }
                Err(self.refused(&failed, None).into())
            }
        }
    }

    /// A data action of this name is there already: when it is the very
    /// document that was sent, an earlier upload made it and its answer was
    /// lost.
    pub(super) async fn adopt(
        &mut self,
        failed: &genesys::Failure,
        artifact: &Artifact,
    ) -> Result<StoredDataAction, Stopped> {
        let refused = self.refused(failed, Some(artifact));
        let FailureKind::Conflict(Conflict::AlreadyExists {
            entity_id: Some(entity_id),
        }) = &failed.kind
        else {
            return Err(refused.into());
        };
        let Ok(id) = action_id(entity_id) else {
            return Err(refused.into());
        };
        // What is another's here is not taken over, however alike it is.
        let linked = self.app.store.linked_actions(&self.row.connection_id);
        let mut linked = linked.await?.into_iter();
        if linked.any(|(there, here)| there == *entity_id && here != self.row.subject_id) {
            return Err(refused.into());
        }
        let client = self.client.clone();
        match self.call(client.data_actions().get(&id)).await {
            Ok(stored) if is_same_content(&artifact.text, &stored.body) => {
                self.correlation_id = None;
                Ok(stored)
            }
            _ => Err(refused.into()),
        }
    }

    /// After a lost answer: whether what was sent is there. Nothing is sent
    /// again.
    pub(super) async fn find_sent(
        &mut self,
        request: &Request,
        document: &str,
    ) -> Result<StoredDataAction, Stopped> {
        let client = self.client.clone();
        let (id, base_version) = match request {
            Request::Create { name } => {
                match self.call(client.data_actions().find_by_name(name)).await {
                    Ok(Some(found)) => (found.id, 0),
                    Ok(None) => return Err(failure::not_carried_out().into()),
                    Err(failed) => return Err(failure::unknown(Some(&failed)).into()),
                }
            }
            Request::Update {
                upstream_id,
                base_version,
            } => (action_id(upstream_id)?, *base_version),
        };
        let stored = self.call(client.data_actions().get(&id)).await;
        let stored = stored.map_err(|failed| failure::unknown(Some(&failed)))?;
        if stored.version > base_version && is_same_content(document, &stored.body) {
            return Ok(stored);
        }
        Err(match request {
            Request::Update { .. } if stored.version > base_version => {
                failure::changed_upstream(base_version, stored.version)
            }
            _ => failure::not_carried_out(),
        }
        .into())
    }
}

/// An id that Genesys gave us once.
pub(super) fn action_id(text: &str) -> Result<DataActionId, Failure> {
    text.parse().map_err(|_| failure::id_unusable(text))
}
