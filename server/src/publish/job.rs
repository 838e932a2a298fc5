//! One publish, from the stored flow to the live version.

use api::{Failure, Outcome, Publish, PublishState, StepName};
use flow::{Artifact, Severity};
use genesys::{Conflict, FailureKind, FlowId, StoredFlow};
use store::{Finished, PublishRow, StoreError, UpstreamRow};
use tokio::sync::mpsc;

use super::{
    failure,
    journal::{Journal, Request, is_same_content},
    notes::Notes,
    steps::Steps,
};
use crate::{app::App, audit, clock, connections::Reachable, random, rooms::Reading};

/// Why a job did not come to its end.
pub(super) enum Stopped {
    /// The publish failed; this is said to the user.
    Failed(Box<Failure>),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(failure))
    }
}

/// A publish that runs.
pub(super) struct Job {
    pub(super) app: App,
    pub(super) row: PublishRow,
    pub(super) steps: Steps,
    pub(super) upstream: UpstreamRow,
    pub(super) client: genesys::Connection,
    notes: mpsc::UnboundedReceiver<String>,
    correlation_id: Option<String>,
}

impl Job {
    pub(super) fn new(
        app: App,
        row: PublishRow,
        upstream: UpstreamRow,
        reachable: &Reachable,
    ) -> Self {
        let (sender, notes) = mpsc::unbounded_channel();
        let observer = std::sync::Arc::new(Notes(sender));
        Self {
            app,
            steps: Steps::from_stored(row.steps.clone()),
            row,
            upstream,
            client: reachable.client.observed_by(observer),
            notes,
            correlation_id: None,
        }
    }

    /// Runs a new publish to its end.
    pub(super) async fn run(mut self, reading: Reading) {
        let ended = self.publish(&reading).await;
        self.finish(ended).await;
    }

    async fn publish(&mut self, reading: &Reading) -> Result<PublishState, Stopped> {
        let artifact = self.prepare(reading).await?;
        let sent = self.send(&reading.flow.name, &artifact).await?;
        let published_before = self.confirm(&sent, &artifact.text).await?;
        self.make_live(sent.0, sent.1, published_before).await
    }

    /// Checks the flow and writes the document.
    async fn prepare(&mut self, reading: &Reading) -> Result<Artifact, Stopped> {
        self.start(StepName::Check).await;
        let flow = reading.flow.clone();
        // Ten thousand nodes take a while; other requests go on meanwhile.
        let problems = tokio::task::spawn_blocking(move || flow::check(&flow)).await;
        let problems = problems.map_err(|_| failure::internal(&self.row.id))?;
        let errors: Vec<_> = problems
            .into_iter()
            .filter(|problem| problem.severity == Severity::Error)
            .collect();
        if !errors.is_empty() {
            return Err(failure::of_problems(errors).into());
        }
        self.steps.done(StepName::Check);
        self.start(StepName::Generate).await;
        let artifact = flow::direct::generate(&reading.flow, &reading.stamp())
            .map_err(failure::of_problems)?;
        self.steps.done(StepName::Generate);
        Ok(artifact)
    }

    /// Creates or updates the flow upstream; gives its id and version there.
    async fn send(&mut self, name: &str, artifact: &Artifact) -> Result<(FlowId, u64), Stopped> {
        self.start(StepName::Send).await;
        let body = artifact.text.clone();
        let client = self.client.clone();
        let request = match self.upstream.id.clone() {
            None => Request::Create {
                name: name.to_owned(),
            },
            Some(upstream_id) => self.check_base(upstream_id).await?,
        };
        self.write(Journal::Sending {
            request: request.clone(),
            document: body.clone(),
        })
        .await?;
        let answer = match &request {
            Request::Create { .. } => self.call(client.flows().create(body)).await,
            Request::Update { upstream_id, .. } => {
                let id = flow_id(upstream_id)?;
                self.call(client.flows().update(&id, body)).await
            }
        };
        let stored = match answer {
            Ok(stored) => stored,
            Err(lost) if lost.may_have_happened() => {
                self.note("Checking whether Genesys accepted it…").await;
                self.find_sent(&request, &artifact.text).await?
            }
            Err(failed) => self.adopt(&failed, artifact).await?,
        };
        self.was_sent(&stored, &artifact.text).await?;
        self.steps.done(StepName::Send);
        Ok((stored.id, stored.version))
    }

    /// Reads the version upstream: an update must follow the one that is there.
    async fn check_base(&mut self, upstream_id: String) -> Result<Request, Stopped> {
        let id = flow_id(&upstream_id)?;
        let client = self.client.clone();
        match self.call(client.flows().get(&id)).await {
            Ok(stored) if stored.version == self.upstream.version => Ok(Request::Update {
                upstream_id,
                base_version: stored.version,
            }),
            Ok(stored) => {
                Err(failure::changed_upstream(self.upstream.version, stored.version).into())
            }
            Err(failed) => {
                if matches!(failed.kind, FailureKind::NotFound) {
                    // The next publish creates it anew.
                    self.upstream = UpstreamRow::default();
                }
                Err(self.refused(&failed, None).into())
            }
        }
    }

    /// A flow of this name is there already: when it is the very document that
    /// was sent, an earlier publish made it and its answer was lost.
    async fn adopt(
        &mut self,
        failed: &genesys::Failure,
        artifact: &Artifact,
    ) -> Result<StoredFlow, Stopped> {
        let refused = self.refused(failed, Some(artifact));
        let FailureKind::Conflict(Conflict::AlreadyExists {
            entity_id: Some(entity_id),
        }) = &failed.kind
        else {
            return Err(refused.into());
        };
        let Ok(id) = flow_id(entity_id) else {
            return Err(refused.into());
        };
        let client = self.client.clone();
        match self.call(client.flows().get(&id)).await {
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
    ) -> Result<StoredFlow, Stopped> {
        let client = self.client.clone();
        let (id, base_version) = match request {
            Request::Create { name } => match self.call(client.flows().find_by_name(name)).await {
                Ok(Some(found)) => (found.id, 0),
                Ok(None) => return Err(failure::not_carried_out("the flow was sent").into()),
                Err(failed) => return Err(failure::unknown(Some(&failed)).into()),
            },
            Request::Update {
                upstream_id,
                base_version,
            } => (flow_id(upstream_id)?, *base_version),
        };
        let stored = self.call(client.flows().get(&id)).await;
        let stored = stored.map_err(|failed| failure::unknown(Some(&failed)))?;
        if stored.version > base_version && is_same_content(document, &stored.body) {
            return Ok(stored);
        }
        Err(match request {
            Request::Update { .. } if stored.version > base_version => {
                failure::changed_upstream(base_version, stored.version)
            }
            _ => failure::not_carried_out("the flow was sent"),
        }
        .into())
    }

    /// Keeps what is known of the flow upstream.
    pub(super) async fn was_sent(
        &mut self,
        stored: &StoredFlow,
        document: &str,
    ) -> Result<(), StoreError> {
        self.upstream.id = Some(stored.id.to_string());
        self.upstream.version = stored.version;
        self.write(Journal::Sent {
            upstream_id: stored.id.to_string(),
            version: stored.version,
            document: document.to_owned(),
        })
        .await
    }

    /// Reads back what was sent; gives the version that is live so far.
    pub(super) async fn confirm(
        &mut self,
        sent: &(FlowId, u64),
        document: &str,
    ) -> Result<Option<u64>, Stopped> {
        self.start(StepName::Confirm).await;
        let client = self.client.clone();
        let stored = self.call(client.flows().get(&sent.0)).await;
        let stored = stored.map_err(|failed| self.refused(&failed, None))?;
        if stored.version != sent.1 {
            return Err(failure::changed_upstream(sent.1, stored.version).into());
        }
        if !is_same_content(document, &stored.body) {
            return Err(failure::not_confirmed().into());
        }
        self.steps.done(StepName::Confirm);
        Ok(stored.published_version)
    }

    /// Makes the version live.
    pub(super) async fn make_live(
        &mut self,
        id: FlowId,
        version: u64,
        published_before: Option<u64>,
    ) -> Result<PublishState, Stopped> {
        self.start(StepName::Publish).await;
        self.write(Journal::Publishing {
            upstream_id: id.to_string(),
            version,
            published_before,
        })
        .await?;
        let client = self.client.clone();
        let published = match self.call(client.flows().publish(&id)).await {
            Ok(published) => published.version,
            Err(lost) if lost.may_have_happened() => {
                self.note("Checking whether Genesys made it live…").await;
                self.find_live(&id, version, published_before).await?
            }
            Err(failed) => return Err(self.refused(&failed, None).into()),
        };
        self.steps.done(StepName::Publish);
        Ok(self.is_live(&id, published))
    }

    /// After a lost answer: whether the version is live. One that was live
    /// before proves nothing, and is never called published.
    pub(super) async fn find_live(
        &mut self,
        id: &FlowId,
        version: u64,
        published_before: Option<u64>,
    ) -> Result<u64, Stopped> {
        let client = self.client.clone();
        let stored = self.call(client.flows().get(id)).await;
        let stored = stored.map_err(|failed| failure::unknown(Some(&failed)))?;
        match stored.published_version {
            Some(live) if Some(live) != published_before && stored.version == version => Ok(live),
            _ => Err(failure::not_carried_out("the flow was made live").into()),
        }
    }

    /// The publish went through.
    pub(super) fn is_live(&mut self, id: &FlowId, published: u64) -> PublishState {
        let now = clock::now_millis();
        self.upstream.published_version = Some(published);
        self.upstream.published_at_millis = Some(now);
        self.upstream.published_seq = Some(self.row.seq);
        PublishState::Published {
            upstream_id: id.to_string(),
            version: published,
            at: clock::rfc3339(now),
        }
    }

    /// Stores how it ended, and tells everybody.
    pub(super) async fn finish(mut self, ended: Result<PublishState, Stopped>) {
        let state = match ended {
            Ok(state) => state,
            Err(stopped) => {
                self.steps.fail();
                PublishState::Failed {
                    failure: self.words(stopped),
                }
            }
        };
        let (outcome, detail) = match &state {
            PublishState::Failed { failure } => (Outcome::Failed, failure.sentence.clone()),
            PublishState::Published { version, .. } => {
                (Outcome::Done, format!("Version {version} is live."))
            }
            PublishState::Running => (Outcome::Intended, String::new()),
        };
        let entry = audit::entry("flow.publish", &self.row.author, outcome)
            .about(Some(self.row.flow_id.clone()))
            .correlated(self.correlation_id.clone())
            .saying(detail);
        let finished = Finished {
            steps: self.steps.as_slice().to_vec(),
            state: state.clone(),
            upstream: Some(self.upstream.clone()),
        };
        let stored = self
            .app
            .store
            .finish_publish(&self.row.id, &finished, entry.into())
            .await;
        if let Err(error) = stored {
            // It stays a running publish and is looked into at the next start.
            tracing::error!(%error, publish = self.row.id, "the outcome of a publish was not stored");
        }
        self.row.state = state;
        self.app
            .publisher
            .set_live(&self.row.id, self.steps.as_slice());
        self.tell().await;
        self.app.publisher.end_live(&self.row.id);
    }

    fn words(&self, stopped: Stopped) -> Failure {
        match stopped {
            Stopped::Failed(failure) => *failure,
            Stopped::Store(error) => {
                let reference = random::id();
                tracing::error!(%error, reference, publish = self.row.id, "a publish stopped");
                failure::internal(&reference)
            }
        }
    }

    /// The words for what Genesys refused; keeps its correlation id.
    fn refused(&mut self, failed: &genesys::Failure, artifact: Option<&Artifact>) -> Failure {
        tracing::warn!(
            code = failed.code(),
            correlation_id = failed.correlation_id,
            publish = self.row.id,
            "Genesys Cloud did not take a publish"
        );
        self.correlation_id.clone_from(&failed.correlation_id);
        failure::of_genesys(failed, artifact)
    }

    /// Waits for a call, showing meanwhile what the client tells of it.
    pub(super) async fn call<T>(&mut self, call: impl Future<Output = T>) -> T {
        tokio::pin!(call);
        loop {
            let note = tokio::select! {
                biased;
                done = &mut call => return done,
                Some(note) = self.notes.recv() => note,
            };
            self.note(&note).await;
        }
    }

    async fn start(&mut self, step: StepName) {
        self.steps.start(step);
        self.tell().await;
    }

    async fn note(&mut self, note: &str) {
        self.steps.note(note.to_owned());
        self.tell().await;
    }

    async fn write(&mut self, journal: Journal) -> Result<(), StoreError> {
        let value = serde_json::to_value(&journal).unwrap_or_default();
        self.app
            .store
            .advance_publish(
                &self.row.id,
                self.steps.as_slice(),
                &value,
                Some(&self.upstream),
            )
            .await
    }

    /// Tells the people in the flow how the publish stands.
    async fn tell(&self) {
        self.app
            .publisher
            .set_live(&self.row.id, self.steps.as_slice());
        let publish: Publish = self.app.publisher.shown(self.row.clone());
        let upstream = Some(self.upstream.clone());
        self.app
            .rooms
            .tell_publish(&self.row.flow_id, publish, upstream)
            .await;
    }
}

/// An id that Genesys gave us once.
pub(super) fn flow_id(text: &str) -> Result<FlowId, Failure> {
    text.parse().map_err(|_| {
        failure::failure(
            "upstream-id-unusable",
            format!("The flow's id in Genesys, “{text}”, is not one that Genesys gives."),
            "Make a copy of this flow and publish the copy under another name.",
        )
    })
}
