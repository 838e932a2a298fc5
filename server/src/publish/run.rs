//! The course of a new publish: prepare, bring together what others changed
//! upstream meanwhile, send, confirm, make live.

use api::{PublishState, StepName};
use flow::Artifact;
use genesys::{Conflict, FailureKind};
use store::LinkRow;

use super::{
    failure,
    job::{Job, MayStop, Stopped},
    journal::{Journal, Request, emptied, is_same_content},
    target::{Stored, Unreached},
    theirs::Decision,
};
use crate::rooms::Reading;

/// How often what others changed is brought together with ours before that is
/// left to people.
const MOST_MERGES: u32 = 3;

/// What became of sending a document.
enum Sent {
    /// It is there.
    Stored(Stored),
    /// Somebody changed the flow there; this is what it is now.
    Moved(Stored),
}

impl Job {
    /// Runs a new publish to its end.
    pub(super) async fn run(mut self, reading: Reading, decision: Decision) {
        let ended = self.publish(reading, decision).await;
        self.finish(ended).await;
    }

    async fn publish(
        &mut self,
        mut reading: Reading,
        decision: Decision,
    ) -> Result<PublishState, Stopped> {
        for merges in 0..=MOST_MERGES {
            let artifact = self.prepare(&reading).await?;
            let theirs = match self.send(&reading, artifact).await? {
                (Sent::Stored(sent), document) => {
                    let published_before = self.confirm(&sent, &document).await?;
                    return self.make_live(&sent, published_before).await;
                }
                (Sent::Moved(theirs), _) => theirs,
            };
            if merges == MOST_MERGES {
                return Err(failure::keeps_changing(theirs.version).into());
            }
            reading = self.bring_together(reading, theirs, &decision).await?;
        }
        Err(failure::internal(&self.row.id).into())
    }

    /// Creates or updates the flow upstream.
    async fn send(
        &mut self,
        reading: &Reading,
        mut artifact: Artifact,
    ) -> Result<(Sent, String), Stopped> {
        self.start(StepName::Send).await;
        if self.forget_if_gone().await? {
            artifact = self.generate(reading)?;
        }
        if self.link.upstream.id.is_none() && self.target.begins_empty() {
            self.make_empty(&reading.flow.name, &artifact).await?;
            artifact = self.generate(reading)?;
        }
        let request = match self.link.upstream.id.clone() {
            None => Request::Create {
                name: reading.flow.name.clone(),
            },
            Some(upstream_id) => {
                let stored = self.read_stored(&upstream_id).await?;
                let stored = stored.map_err(|failed| self.refused(&failed, None))?;
                if stored.version != self.link.upstream.version {
                    return Ok((Sent::Moved(stored), artifact.text));
                }
                Request::Update {
                    upstream_id,
                    base_version: stored.version,
                }
            }
        };
        let document = artifact.text.clone();
        let sent = self.send_document(&request, &artifact).await?;
        if let Sent::Stored(stored) = &sent {
            self.has_changed = true;
            self.was_sent(stored, &document).await?;
            self.steps.done(StepName::Send);
        }
        Ok((sent, document))
    }

    /// Where somebody said to create it anew, and it is gone there indeed.
    async fn forget_if_gone(&mut self) -> Result<bool, Stopped> {
        let Some(upstream_id) = self
            .link
            .upstream
            .id
            .clone()
            .filter(|_| self.may_create_anew)
        else {
            return Ok(false);
        };
        let stored = self.read_stored(&upstream_id).await?;
        let is_gone = stored.is_err_and(|failed| matches!(failed.kind, FailureKind::NotFound));
        if is_gone {
            self.link = LinkRow::none(&self.row.connection_id);
        }
        Ok(is_gone)
    }

    async fn send_document(
        &mut self,
        request: &Request,
        artifact: &Artifact,
    ) -> Result<Sent, Stopped> {
        self.is_still_wanted()?;
        self.write(Journal::Sending {
            request: request.clone(),
            document: artifact.text.clone(),
        })
        .await?;
        let (client, target, body) = (self.client.clone(), self.target, artifact.text.clone());
        let answer = match request {
            Request::Create { .. } => {
                let creating = target.create(&client, body);
                self.call(creating, MayStop::WhileWaiting).await?
            }
            Request::Update { upstream_id, .. } => {
                let updating = target.update(&client, upstream_id, body);
                match self.call(updating, MayStop::WhileWaiting).await? {
                    Err(Unreached::Id) => return Err(failure::unusable_id(upstream_id).into()),
                    Err(Unreached::Call(failed)) => Err(failed),
                    Ok(stored) => Ok(stored),
                }
            }
        };
        match answer {
            Ok(stored) => Ok(Sent::Stored(stored)),
            Err(lost) if lost.may_have_happened() => {
                self.has_changed = true;
                self.note("Checking whether Genesys accepted it…").await;
                let found = self.find_sent(request, &artifact.text).await?;
                Ok(Sent::Stored(found))
            }
            Err(failed) => match (&failed.kind, request) {
                (FailureKind::Conflict(Conflict::Version), Request::Update { upstream_id, .. }) => {
                    let theirs = self.read_stored(upstream_id).await?;
                    let theirs = theirs.map_err(|failed| self.refused(&failed, None))?;
                    Ok(Sent::Moved(theirs))
                }
                (_, Request::Create { .. }) => {
                    let adopted = self.adopt(&failed, artifact, &artifact.text).await?;
                    Ok(Sent::Stored(adopted))
                }
                _ => Err(self.refused(&failed, Some(artifact)).into()),
            },
        }
    }

    /// Makes an empty module, to be read and filled after it.
    async fn make_empty(&mut self, name: &str, artifact: &Artifact) -> Result<(), Stopped> {
        let document = emptied(&artifact.text).map_err(|_| failure::internal(&self.row.id))?;
        self.is_still_wanted()?;
        self.write(Journal::MakingEmpty {
            name: name.to_owned(),
            document: document.clone(),
        })
        .await?;
        let (client, target) = (self.client.clone(), self.target);
        let making = target.create(&client, document.clone());
        let made = match self.call(making, MayStop::WhileWaiting).await? {
            Ok(made) => made,
            Err(lost) if lost.may_have_happened() => {
                self.has_changed = true;
                self.note("Checking whether Genesys accepted it…").await;
                let request = Request::Create {
                    name: name.to_owned(),
                };
                self.find_sent(&request, &document).await?
            }
            Err(failed) => self.adopt(&failed, artifact, &document).await?,
        };
        self.has_changed = true;
        self.was_made_empty(&made, document).await?;
        Ok(())
    }

    /// Keeps what is known of a module that is there and still empty.
    pub(super) async fn was_made_empty(
        &mut self,
        made: &Stored,
        document: String,
    ) -> Result<(), Stopped> {
        self.link.upstream.id = Some(made.id.clone());
        self.link.upstream.version = made.version;
        self.link.base = Some(document);
        let upstream_id = made.id.clone();
        Ok(self.write(Journal::MadeEmpty { upstream_id }).await?)
    }

    /// One of this name is there already: when it is the very document that
    /// was sent, an earlier publish made it and its answer was lost.
    async fn adopt(
        &mut self,
        failed: &genesys::Failure,
        artifact: &Artifact,
        document: &str,
    ) -> Result<Stored, Stopped> {
        let refused = self.refused(failed, Some(artifact));
        let FailureKind::Conflict(Conflict::AlreadyExists {
            entity_id: Some(entity_id),
        }) = &failed.kind
        else {
            return Err(refused.into());
        };
        // Another flow here may be that one: then the name is simply taken.
        let holder = self
            .app
            .store
            .linked_flow(&self.row.connection_id, entity_id)
            .await?;
        if holder.is_some_and(|flow| flow != self.row.subject_id) {
            return Err(refused.into());
        }
        match self.read_stored(entity_id).await {
            Ok(Ok(stored)) if is_same_content(document, &stored.body) => {
                self.correlation_id = None;
                Ok(stored)
            }
            _ => Err(refused.into()),
        }
    }
}
