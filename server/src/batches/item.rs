//! One flow of a batch: changed through its room, then published.

use api::{
    BatchItemState, NewPublish, PublishState, Right,
    socket::{FromServer, Refusal},
};
use flow::{NodeId, Transaction};
use store::{AccountRow, BatchItemRow, BatchRow, JobRow, StoreError};

use super::change::{Change, Planned};
use crate::{app::App, clock, http::Problem, publish::begin::begin, rooms::NoRoom};

/// How often an edit is planned anew because the flow changed under it. Others
/// may be drawing in it: each of their edits outdates a plan.
const PLANS: u64 = 50;
/// How often a publish is asked for again because it was interrupted or
/// published less.
const TRIES: u64 = 3;
/// The code of a publish that a restart ended before anything was sent.
const INTERRUPTED: &str = "interrupted";

/// Why a batch does not go on now.
pub(super) enum Stopped {
    /// The server stops; the batch goes on at its next start.
    Server,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What keeps a flow from being done, or that the batch does not go on at all.
enum Halt {
    State(BatchItemState),
    Stopped(Stopped),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Stopped(Stopped::Store(error))
    }
}

impl From<BatchItemState> for Halt {
    fn from(state: BatchItemState) -> Self {
        Self::State(state)
    }
}

/// The state of what failed.
pub(super) fn failed(sentence: impl Into<String>, next_step: impl Into<String>) -> BatchItemState {
    BatchItemState::Failed {
        sentence: sentence.into(),
        next_step: next_step.into(),
    }
}

fn refused(problem: &Problem) -> BatchItemState {
    let (sentence, next_step) = problem.words();
    failed(sentence, next_step.unwrap_or("Try again."))
}

/// A flow whose turn it is.
pub(super) struct Item {
    app: App,
    batch: BatchRow,
    place: usize,
    row: BatchItemRow,
}

impl Item {
    pub(super) fn new(app: App, batch: BatchRow, place: usize, row: BatchItemRow) -> Self {
        Self {
            app,
            batch,
            place,
            row,
        }
    }

    /// Changes the flow and publishes it, and stores how that ended.
    pub(super) async fn run(mut self, change: Result<Change, Problem>) -> Result<(), Stopped> {
        let state = match self.finished(change).await {
            Ok(state) | Err(Halt::State(state)) => state,
            Err(Halt::Stopped(stopped)) => return Err(stopped),
        };
        Ok(self.put(state).await?)
    }

    async fn finished(&mut self, change: Result<Change, Problem>) -> Result<BatchItemState, Halt> {
        let change = change.map_err(|problem| refused(&problem))?;
        let account = self.account().await?;
        let seq = self.edited(&change, &account).await?;
        self.row.changed_seq = Some(seq);
        if !self.batch.publishes {
            return Ok(BatchItemState::Changed);
        }
        self.put(BatchItemState::Changing).await?;
        self.published(seq, &account).await
    }

    /// Who began the batch, as far as they may still do this.
    async fn account(&self) -> Result<AccountRow, Halt> {
        let needed = if self.batch.publishes {
            Right::Publish
        } else {
            Right::EditFlows
        };
        let account = self.app.store.account(&self.batch.author_id).await?;
        let account = account.filter(|account| account.role.may(needed));
        account.ok_or_else(|| {
            let sentence = format!("{} may not do this any more.", self.batch.author);
            let next_step = "Somebody who may do it must begin it anew.";
            failed(sentence, next_step).into()
        })
    }

    /// Makes the edit, unless it is made already; gives its number.
    async fn edited(&mut self, change: &Change, account: &AccountRow) -> Result<u64, Halt> {
        let edit = format!(
            "batch-{}-{}-{}",
            self.batch.id, self.place, self.row.attempt
        );
        let flow = self.row.flow_id.clone();
        // A crash may have come between the edit and the word of it.
        if let Some(seq) = self.app.store.seq_of_change(&flow, &edit).await? {
            return Ok(seq);
        }
        self.put(BatchItemState::Changing).await?;
        for _ in 0..PLANS {
            let (on, planned) = self.planned(change).await?;
            let transaction = match planned {
                Planned::Edit(plan) => plan.transaction,
                Planned::Impossible(sentence) => {
                    return Err(failed(sentence, "Change the flow itself, then try again.").into());
                }
                // An earlier try made it.
                Planned::Nothing(sentence) => match self.row.changed_seq {
                    Some(seq) => return Ok(seq),
                    None => return Err(BatchItemState::Nothing { sentence }.into()),
                },
            };
            let submitted = self.submitted(&edit, on, transaction, account);
            if let Some(seq) = submitted.await? {
                return Ok(seq);
            }
        }
        let sentence = "Somebody changes this flow all the time just now.";
        Err(failed(sentence, "Try again in a moment.").into())
    }

    /// Plans the edit on the flow as it stands at the number that comes first.
    async fn planned(&self, change: &Change) -> Result<(u64, Planned), Halt> {
        let reading = self.app.rooms.read(&self.row.flow_id).await;
        let reading = reading.map_err(|reason| no_room(&reason))?;
        let (on, flow) = (reading.row.head_seq, reading.flow);
        let workspace = self.app.workspaces.now(&self.app).await;
        let workspace = workspace.map_err(|problem| refused(&problem))?;
        let (change, node) = (change.clone(), self.node());
        // A large flow takes a while; other requests go on meanwhile.
        let planning = move || change.plan(&flow, node, &workspace);
        let planned = tokio::task::spawn_blocking(planning).await;
        match planned {
            Ok(planned) => Ok((on, planned)),
            Err(error) => Err(refused(&Problem::internal(error)).into()),
        }
    }

    /// The id of a node that the batch adds: the same whenever it is asked for,
    /// and no other node's.
    fn node(&self) -> NodeId {
        let end = self.batch.id.rsplit('-').next().unwrap_or(&self.batch.id);
        NodeId::new(format!("link-{end}-{}-{}", self.place, self.row.attempt))
    }

    /// Submits the edit to the flow's room, where it counts as its author's;
    /// none when the flow is no longer what it was planned on.
    async fn submitted(
        &self,
        edit: &str,
        on: u64,
        transaction: Transaction,
        account: &AccountRow,
    ) -> Result<Option<u64>, Halt> {
        let answer = self.app.rooms.submit_planned(
            &self.row.flow_id,
            on,
            (edit.to_owned(), transaction),
            account.name.clone(),
            account.role,
        );
        let answer = answer.await.map_err(|reason| no_room(&reason))?;
        let Some(answer) = answer else {
            return Ok(None);
        };
        match answer {
            FromServer::Acknowledged { seq, .. } => Ok(Some(seq)),
            FromServer::Refused { reason, .. } => match reason {
                Refusal::DoesNotApply { .. } => Ok(None),
                Refusal::NotAllowed => {
                    let sentence = format!("{} may not edit flows any more.", account.name);
                    Err(failed(sentence, "Somebody who may do it must begin it anew.").into())
                }
                Refusal::NotStored { .. } => Err(failed(
                    "The server could not save the change. The flow is as it was.",
                    "Try again in a moment.",
                )
                .into()),
            },
            other => Err(refused(&Problem::internal(format!("{other:?}"))).into()),
        }
    }

    /// Publishes the flow and waits for the end.
    async fn published(&mut self, seq: u64, account: &AccountRow) -> Result<BatchItemState, Halt> {
        let mut last = None;
        for attempt in 0..TRIES {
            let new = NewPublish {
                key: format!(
                    "batch-{}-{}-{}-{attempt}",
                    self.batch.id, self.place, self.row.attempt
                ),
                connection: self.batch.connection_id.clone(),
                remedy: None,
            };
            let asked = (account.name.as_str(), clock::now_millis());
            let begun = begin(&self.app, &self.row.flow_id, asked, new).await;
            let (_, publish) = begun.map_err(|problem| not_live(refused(&problem)))?;
            self.put(BatchItemState::Publishing {
                publish: publish.id.clone(),
            })
            .await?;
            let ended = self.outcome(&publish.id).await?;
            let is_older = ended.revision < seq;
            match ended.state {
                // It joined one that somebody began before the change.
                _ if is_older => {}
                PublishState::Published { version, .. } => {
                    return Ok(BatchItemState::Published { version });
                }
                PublishState::Failed { failure } => {
                    let is_interrupted = failure.code == INTERRUPTED;
                    let state = not_live(failed(failure.sentence, failure.next_step));
                    if !is_interrupted {
                        return Ok(state);
                    }
                    last = Some(state);
                }
                PublishState::Running => {}
            }
        }
        Ok(last.unwrap_or_else(|| {
            let sentence = "It was changed here. Other publishes of it were under way all the time, and the change is not live.";
            failed(sentence, "Try again once they have ended.")
        }))
    }

    async fn outcome(&self, publish: &str) -> Result<JobRow, Halt> {
        let app = &self.app;
        tokio::select! {
            ended = app.publisher.outcome(&*app.store, publish) => match ended? {
                Some(ended) => Ok(ended),
                None => Err(refused(&Problem::not_found("publish")).into()),
            },
            () = app.life.stopping.cancelled() => Err(Halt::Stopped(Stopped::Server)),
        }
    }

    async fn put(&mut self, state: BatchItemState) -> Result<(), StoreError> {
        self.row.state = state;
        let store = &self.app.store;
        store
            .put_batch_item(&self.batch.id, self.place, &self.row)
            .await
    }
}

/// What was changed and did not become live says so.
fn not_live(state: BatchItemState) -> BatchItemState {
    match state {
        BatchItemState::Failed {
            sentence,
            next_step,
        } => failed(
            format!("It was changed here, and the change is not live. {sentence}"),
            next_step,
        ),
        other => other,
    }
}

fn no_room(reason: &NoRoom) -> BatchItemState {
    match reason {
        NoRoom::NoFlow => failed(
            "The flow was deleted.",
            "Nothing is left to do here, unless it is made again.",
        ),
        NoRoom::Unreadable(reason) => refused(&Problem::internal(reason)),
        NoRoom::Ended => failed("The flow was closed while it was changed.", "Try again."),
    }
}
