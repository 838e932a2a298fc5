//! One publish, from the stored flow to the live version.

use api::{Failure, Outcome, Publish, PublishState, StepName};
use flow::{Artifact, Severity};
use genesys::{FlowId, StoredFlow};
use store::{Finished, PublishRow, StoreError, UpstreamRow};
use tokio::sync::mpsc;

use super::{
    failure,
    found::flow_id,
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
    pub(super) correlation_id: Option<String>,
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
        let workspace = self.app.workspaces.now(&self.app).await;
        let workspace = workspace.map_err(|_| failure::internal(&self.row.id))?;
        // Ten thousand nodes take a while; other requests go on meanwhile.
        let checked = move || flow::check_in(&flow, &workspace);
        let problems = tokio::task::spawn_blocking(checked).await;
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
    pub(super) fn refused(
        &mut self,
        failed: &genesys::Failure,
        artifact: Option<&Artifact>,
    ) -> Failure {
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
