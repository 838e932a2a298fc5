//! One upload, from the stored data action to the version that is read back.

use api::{Failure, Outcome, PublishState, StepName};
use flow::{
    Artifact, Severity,
    data_action::{self, DataAction},
};
use genesys::{DataActionId, StoredDataAction};
use store::{ActionUpstream, FinishedUpload, JobRow, LoadedDataAction, StoreError};
use tokio::sync::mpsc;

use super::{failure, found::action_id, journal::Journal};
use crate::{
    app::App,
    audit, clock,
    connections::Reachable,
    data_actions::{check, stamp},
    publish::{
        journal::{Request, is_same_content},
        notes::{Countdown, Note, Notes},
        steps::Steps,
    },
    random,
};

/// Why a job did not come to its end.
pub(super) enum Stopped {
    /// The upload failed; this is said to the user.
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

/// What was sent and read back.
pub(super) struct Uploaded {
    id: DataActionId,
    version: u64,
    document: String,
}

/// An upload that runs.
pub(super) struct Job {
    pub(super) app: App,
    pub(super) row: JobRow,
    pub(super) steps: Steps,
    pub(super) upstream: ActionUpstream,
    pub(super) client: genesys::Connection,
    notes: mpsc::UnboundedReceiver<Note>,
    pub(super) correlation_id: Option<String>,
}

impl Job {
    pub(super) fn new(
        app: App,
        row: JobRow,
        upstream: ActionUpstream,
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

    /// Runs a new upload to its end.
    pub(super) async fn run(mut self, loaded: LoadedDataAction) {
        let ended = self.upload(&loaded).await;
        self.finish(ended).await;
    }

    async fn upload(&mut self, loaded: &LoadedDataAction) -> Result<Uploaded, Stopped> {
        let artifact = self.prepare(loaded).await?;
        let sent = self.send(&loaded.action.name, artifact).await?;
        self.confirm(sent).await
    }

    /// Checks the data action and writes the document.
    async fn prepare(&mut self, loaded: &LoadedDataAction) -> Result<Artifact, Stopped> {
        self.start(StepName::Check);
        let findings = check::findings(loaded.action.clone()).await;
        let findings = findings.map_err(|_| failure::internal(&self.row.id))?;
        let problems = findings.into_iter().map(|finding| finding.problem);
        let errors: Vec<_> = problems
            .filter(|problem| problem.severity == Severity::Error)
            .collect();
        if !errors.is_empty() {
            return Err(failure::of_problems(errors).into());
        }
        self.steps.done(StepName::Check);
        self.start(StepName::Generate);
        let artifact = data_action::generate(&loaded.action, &stamp(&loaded.row, &self.upstream));
        self.steps.done(StepName::Generate);
        Ok(artifact)
    }

    /// Creates or updates the data action upstream.
    async fn send(&mut self, name: &str, artifact: Artifact) -> Result<Uploaded, Stopped> {
        self.start(StepName::Send);
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
            Request::Create { .. } => self.call(client.data_actions().create(body)).await,
            Request::Update { upstream_id, .. } => {
                let id = action_id(upstream_id)?;
                self.call(client.data_actions().update(&id, body)).await
            }
        };
        let stored = match answer {
            Ok(stored) => stored,
            Err(lost) if lost.may_have_happened() => {
                self.note("Checking whether Genesys accepted it…");
                self.find_sent(&request, &artifact.text).await?
            }
            Err(failed) => self.adopt(&failed, &artifact).await?,
        };
        self.was_sent(stored, artifact.text).await
    }

    /// Keeps what is known of the data action upstream.
    pub(super) async fn was_sent(
        &mut self,
        stored: StoredDataAction,
        document: String,
    ) -> Result<Uploaded, Stopped> {
        self.upstream.id = Some(stored.id.to_string());
        self.upstream.version = stored.version;
        self.steps.done(StepName::Send);
        self.write(Journal::Sent {
            upstream_id: stored.id.to_string(),
            version: stored.version,
            document: document.clone(),
        })
        .await?;
        Ok(Uploaded {
            id: stored.id,
            version: stored.version,
            document,
        })
    }

    /// What the journal says was sent.
    pub(super) fn known_to_be_sent(
        upstream_id: &str,
        version: u64,
        document: String,
    ) -> Result<Uploaded, Stopped> {
        Ok(Uploaded {
            id: action_id(upstream_id)?,
            version,
            document,
        })
    }

    /// Reads back what was sent.
    pub(super) async fn confirm(&mut self, sent: Uploaded) -> Result<Uploaded, Stopped> {
        self.start(StepName::Confirm);
        let client = self.client.clone();
        let stored = self.call(client.data_actions().get(&sent.id)).await;
        let stored = stored.map_err(|failed| {
            self.refused(&failed, None);
            failure::after_sending(&failed)
        })?;
        if stored.version != sent.version {
            return Err(failure::changed_upstream(sent.version, stored.version).into());
        }
        if !is_same_content(&sent.document, &stored.body) {
            return Err(failure::not_confirmed().into());
        }
        self.steps.done(StepName::Confirm);
        Ok(sent)
    }

    /// Stores how it ended.
    pub(super) async fn finish(mut self, ended: Result<Uploaded, Stopped>) {
        let now = clock::now_millis();
        let (state, base, outcome, detail) = match ended {
            Ok(uploaded) => {
                self.upstream.uploaded_revision = Some(self.row.revision);
                self.upstream.uploaded_at_millis = Some(now);
                let state = PublishState::Published {
                    upstream_id: uploaded.id.to_string(),
                    version: uploaded.version,
                    at: clock::rfc3339(now),
                };
                let detail = format!("Version {} was read back.", uploaded.version);
                (state, self.base(&uploaded), Outcome::Done, detail)
            }
            Err(stopped) => {
                self.steps.fail();
                let failure = self.words(stopped);
                let detail = failure.sentence.clone();
                (
                    PublishState::Failed { failure },
                    None,
                    Outcome::Failed,
                    detail,
                )
            }
        };
        // Whoever reads that it has ended sees how its last step did.
        self.show();
        let entry = audit::entry("data-action.upload", &self.row.author, outcome)
            .about(Some(self.row.subject_id.clone()))
            .correlated(self.correlation_id.clone())
            .saying(detail);
        let finished = FinishedUpload {
            steps: self.steps.as_slice().to_vec(),
            state,
            upstream: Some(self.upstream.clone()),
            base,
        };
        let stored = self
            .app
            .store
            .finish_upload(&self.row.id, &finished, entry.into());
        if let Err(error) = stored.await {
            // It stays a running upload and is looked into at the next start.
            tracing::error!(%error, upload = self.row.id, "the outcome of an upload was not stored");
        }
        self.app.publisher.end_live(&self.row.id);
    }

    /// What is upstream now, as a document.
    fn base(&self, uploaded: &Uploaded) -> Option<DataAction> {
        match data_action::import(&uploaded.document) {
            Ok(file) => Some(file.data_action),
            Err(error) => {
                tracing::error!(%error, upload = self.row.id, "a document that was sent cannot be read");
                None
            }
        }
    }

    fn words(&self, stopped: Stopped) -> Failure {
        match stopped {
            Stopped::Failed(failure) => *failure,
            Stopped::Store(error) => {
                let reference = random::id();
                tracing::error!(%error, reference, upload = self.row.id, "an upload stopped");
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
            upload = self.row.id,
            "Genesys Cloud did not take an upload"
        );
        self.correlation_id.clone_from(&failed.correlation_id);
        failure::of_genesys(failed, artifact)
    }

    /// Waits for a call, showing meanwhile what the client tells of it.
    pub(super) async fn call<T>(&mut self, call: impl Future<Output = T>) -> T {
        tokio::pin!(call);
        let mut countdown = Countdown::default();
        loop {
            let note = tokio::select! {
                biased;
                done = &mut call => return done,
                Some(note) = self.notes.recv() => note,
                second = countdown.next() => {
                    self.note(&second);
                    continue;
                }
            };
            countdown.to(note.quiet_until);
            if let Some(words) = &note.words {
                self.note(words);
            }
        }
    }

    fn start(&mut self, step: StepName) {
        self.steps.start(step);
        self.show();
    }

    fn note(&mut self, note: &str) {
        self.steps.note(note.to_owned());
        self.show();
    }

    fn show(&self) {
        self.app
            .publisher
            .set_live(&self.row.id, self.steps.as_slice());
    }

    async fn write(&mut self, journal: Journal) -> Result<(), StoreError> {
        let value = serde_json::to_value(&journal).unwrap_or_default();
        let steps = self.steps.as_slice();
        let store = &self.app.store;
        store
            .advance_upload(&self.row.id, steps, &value, &self.upstream)
            .await
    }
}
