//! One publish, from the stored flow to the live version.

use std::time::SystemTime;

use api::{Failure, Publish, PublishState, StepName};
use flow::{Artifact, Severity, Stamp};
use store::{JobRow, LinkRow, StoreError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{
    failure::{self, There},
    journal::{Journal, is_same_content},
    notes::{Countdown, Note, Notes},
    steps::Steps,
    target::{Stored, Target, Unreached},
    theirs::Conflicts,
    translation::{Translated, Translation, translate},
};
use crate::{app::App, clock, connections::Reachable, rooms::Reading};

/// Why a job did not come to its end.
pub(super) enum Stopped {
    /// The publish failed; this is said to the user.
    Failed(Box<Failure>),
    /// Both sides changed the same; people choose.
    Conflict(Box<Conflicts>),
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

/// When a call may be given up for a cancellation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MayStop {
    /// At any time: it only reads.
    Always,
    /// While Genesys has asked us to wait, and nothing is on its way.
    WhileWaiting,
}

/// A publish that runs.
pub(super) struct Job {
    pub(super) app: App,
    pub(super) row: JobRow,
    pub(super) target: Target,
    pub(super) steps: Steps,
    pub(super) link: LinkRow,
    pub(super) client: genesys::Connection,
    notes: mpsc::UnboundedReceiver<Note>,
    cancelled: CancellationToken,
    /// Whether anything upstream has changed, or may have: then there is no way
    /// back.
    pub(super) has_changed: bool,
    /// Whether a flow that is gone upstream is created there anew.
    pub(super) may_create_anew: bool,
    /// What the flow calls, in the words of the connection.
    pub(super) translation: Translation,
    pub(super) correlation_id: Option<String>,
}

impl Job {
    pub(super) fn new(
        app: App,
        row: JobRow,
        target: Target,
        link: LinkRow,
        reachable: &Reachable,
    ) -> Self {
        let (sender, notes) = mpsc::unbounded_channel();
        let observer = std::sync::Arc::new(Notes(sender));
        Self {
            cancelled: app.publisher.cancellation(&row.id),
            app,
            target,
            steps: Steps::from_stored(row.steps.clone()),
            row,
            link,
            client: reachable.client.observed_by(observer),
            notes,
            has_changed: false,
            may_create_anew: false,
            translation: Translation::default(),
            correlation_id: None,
        }
    }

    /// Checks the flow and writes the document.
    pub(super) async fn prepare(&mut self, reading: &Reading) -> Result<Artifact, Stopped> {
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
        let connection = (&*self.row.connection_id, &*self.row.connection_name);
        let Translated {
            translation,
            missing,
        } = translate(&self.app, connection, &reading.flow).await?;
        if !missing.is_empty() {
            return Err(failure::of_missing(missing, &self.row.connection_name).into());
        }
        self.translation = translation;
        self.steps.done(StepName::Check);
        self.start(StepName::Generate).await;
        let artifact = self.generate(reading)?;
        self.steps.done(StepName::Generate);
        Ok(artifact)
    }

    /// Writes the document as it is sent now: with the id and the version that
    /// the flow has in this connection, and with the ids of what it calls there.
    pub(super) fn generate(&self, reading: &Reading) -> Result<Artifact, Failure> {
        let stamp = Stamp {
            upstream_id: self.link.upstream.id.clone(),
            version: self.link.upstream.version,
            ..reading.stamp()
        };
        flow::direct::generate(&self.translation.there(&reading.flow), &stamp)
            .map_err(failure::of_problems)
    }

    /// Keeps what is known of the flow upstream.
    pub(super) async fn was_sent(
        &mut self,
        stored: &Stored,
        document: &str,
    ) -> Result<(), StoreError> {
        self.link.upstream.id = Some(stored.id.clone());
        self.link.upstream.version = stored.version;
        self.link.base = Some(document.to_owned());
        self.write(Journal::Sent {
            upstream_id: stored.id.clone(),
            version: stored.version,
            document: document.to_owned(),
        })
        .await
    }

    /// Makes sure that what is stored upstream is what was sent; gives the
    /// version that is live so far. What is live as it is saved is known by
    /// the answer, if that shows it; else, and for what is still to be made
    /// live, it is read back.
    pub(super) async fn confirm(
        &mut self,
        sent: &Stored,
        document: &str,
    ) -> Result<Option<u64>, Stopped> {
        self.start(StepName::Confirm).await;
        if self.target.is_live_as_saved() && is_same_content(document, &sent.body) {
            self.steps.done(StepName::Confirm);
            return Ok(None);
        }
        let stored = self.read_stored(&sent.id).await?;
        let stored = stored.map_err(|failed| self.refused(&failed, None))?;
        if stored.version != sent.version {
            return Err(failure::changed_upstream(sent.version, stored.version).into());
        }
        if !is_same_content(document, &stored.body) {
            return Err(failure::not_confirmed().into());
        }
        self.steps.done(StepName::Confirm);
        Ok(stored.published_version)
    }

    /// Makes the version live, where the document alone does not.
    pub(super) async fn make_live(
        &mut self,
        sent: &Stored,
        published_before: Option<u64>,
    ) -> Result<PublishState, Stopped> {
        if self.target.is_live_as_saved() {
            return Ok(self.is_live(&sent.id, sent.version));
        }
        self.start(StepName::Publish).await;
        let id = failure::flow_id(&sent.id)?;
        self.write(Journal::Publishing {
            upstream_id: sent.id.clone(),
            version: sent.version,
            published_before,
        })
        .await?;
        let client = self.client.clone();
        let publishing = client.flows();
        let answer = self.call(publishing.publish(&id), MayStop::WhileWaiting);
        let published = match answer.await? {
            Ok(published) => published.version,
            Err(lost) if lost.may_have_happened() => {
                self.note("Checking whether Genesys made it live…").await;
                self.find_live(&sent.id, sent.version, published_before)
                    .await?
            }
            Err(failed) => return Err(self.refused(&failed, None).into()),
        };
        self.steps.done(StepName::Publish);
        Ok(self.is_live(&sent.id, published))
    }

    /// The publish went through.
    pub(super) fn is_live(&mut self, upstream_id: &str, published: u64) -> PublishState {
        let now = clock::now_millis();
        let upstream = &mut self.link.upstream;
        upstream.published_version = Some(published);
        upstream.published_at_millis = Some(now);
        upstream.published_seq = Some(self.row.revision);
        PublishState::Published {
            upstream_id: upstream_id.to_owned(),
            version: published,
            at: clock::rfc3339(now),
        }
    }

    /// Reads what is upstream.
    pub(super) async fn read_stored(
        &mut self,
        id: &str,
    ) -> Result<Result<Stored, genesys::Failure>, Stopped> {
        let (client, target) = (self.client.clone(), self.target);
        let answer = self.call(target.get(&client, id), MayStop::Always).await?;
        match answer {
            Ok(stored) => Ok(Ok(stored)),
            Err(Unreached::Call(failed)) => Ok(Err(failed)),
            Err(Unreached::Id) => Err(failure::unusable_id(id).into()),
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
        let failure = failure::of_genesys(failed, artifact);
        match self.there() {
            Some(there) => failure::with_there(failure, &failed.kind, there),
            None => failure,
        }
    }

    /// What this publish has put into Genesys so far.
    fn there(&self) -> Option<There> {
        if !self.has_changed {
            return None;
        }
        Some(match (self.steps.current(), self.target) {
            (Some(StepName::Send), _) => There::EmptyModule,
            (_, target) if target.is_live_as_saved() => There::Live,
            _ => There::Draft,
        })
    }

    /// Before something is sent: the last moment to call it off.
    pub(super) fn is_still_wanted(&self) -> Result<(), Stopped> {
        if self.cancelled.is_cancelled() && !self.has_changed {
            return Err(failure::cancelled().into());
        }
        Ok(())
    }

    /// Waits for a call, showing meanwhile what the client tells of it. Ends
    /// early when the publish is cancelled and the call may be given up.
    pub(super) async fn call<T>(
        &mut self,
        call: impl Future<Output = T>,
        may_stop: MayStop,
    ) -> Result<T, Stopped> {
        tokio::pin!(call);
        let cancelled = self.cancelled.clone();
        let mut quiet_until = None;
        let mut countdown = Countdown::default();
        let mut is_lost = false;
        // A cancellation that comes too early or too late is not heard twice.
        let mut listens = !self.has_changed;
        loop {
            let note = tokio::select! {
                biased;
                done = &mut call => return Ok(done),
                Some(note) = self.notes.recv() => note,
                () = cancelled.cancelled(), if listens => {
                    // The call sleeps until then, so that nothing is under way.
                    let waits = quiet_until.is_some_and(|until| SystemTime::now() < until);
                    if may_stop == MayStop::Always || (waits && !is_lost) {
                        return Err(failure::cancelled().into());
                    }
                    listens = false;
                    continue;
                }
                second = countdown.next() => {
                    self.note(&second).await;
                    continue;
                }
            };
            countdown.to(note.quiet_until);
            is_lost |= note.is_lost;
            quiet_until = note.quiet_until;
            listens = !self.has_changed && (quiet_until.is_some() || !cancelled.is_cancelled());
            if let Some(words) = &note.words {
                self.note(words).await;
            }
        }
    }

    pub(super) async fn start(&mut self, step: StepName) {
        self.steps.start(step);
        self.tell().await;
    }

    pub(super) async fn note(&mut self, note: &str) {
        self.steps.note(note.to_owned());
        self.tell().await;
    }

    pub(super) async fn write(&mut self, journal: Journal) -> Result<(), StoreError> {
        let value = serde_json::to_value(&journal).unwrap_or_default();
        self.app
            .store
            .advance_publish(
                &self.row.id,
                self.steps.as_slice(),
                &value,
                Some(&self.link),
            )
            .await
    }

    /// Tells the people in the flow how the publish stands.
    pub(super) async fn tell(&self) {
        self.app
            .publisher
            .set_live(&self.row.id, self.steps.as_slice());
        let publish: Publish = self.app.publisher.shown(self.row.clone());
        let upstream = Some(self.link.upstream.clone());
        self.app
            .rooms
            .tell_publish(&self.row.subject_id, publish, upstream)
            .await;
    }
}
