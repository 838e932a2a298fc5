//! One room: the task that holds a flow.

use std::time::Duration;

use api::{Publish, Role, socket::FromServer};
use flow::NodeId;
use store::UpstreamRow;
use tokio::{sync::mpsc, time::Instant};

use super::{
    Rooms,
    content::{Content, Fatal, Taken, stamp},
    mailbox::{Answer, Message, NoRoom, Submission},
    members::{Joined, Members, Presence, text},
    outbox::{Closing, Outbox},
};
use crate::clock;

/// A room without anybody closes after this.
const IDLE: Duration = Duration::from_secs(30);
/// Who is there and what they have selected is told at most this often: it is
/// written out anew for all each time.
const ANNOUNCE_EVERY: Duration = Duration::from_millis(50);
/// A node with a longer id is not shown as selected to others.
const LONGEST_SELECTED_ID: usize = 100;
/// Messages that are taken at once; the edits among them share a commit.
const BATCH: usize = 64;
/// Edits that a browser may have missed and be sent one by one; one that
/// missed more is sent the flow.
const MOST_MISSED: u32 = 5_000;

/// A room.
pub(super) struct Room {
    flow_id: String,
    rooms: Rooms,
    mailbox: mpsc::Receiver<Message>,
    members: Members,
    /// When to tell who is there; none while everybody knows.
    announce_at: Option<Instant>,
    announced_at: Instant,
}

/// Whether the room goes on.
enum Then {
    GoOn,
    End,
}

impl Room {
    pub(super) fn new(flow_id: String, rooms: Rooms, mailbox: mpsc::Receiver<Message>) -> Self {
        Self {
            flow_id,
            rooms,
            mailbox,
            members: Members::default(),
            announce_at: None,
            announced_at: Instant::now(),
        }
    }

    /// The life of the room.
    pub(super) async fn run(mut self) {
        let mut content = match Content::load(self.rooms.store.clone(), &self.flow_id).await {
            Ok(content) => content,
            Err(reason) => return self.turn_away(&reason).await,
        };
        let mut batch = Vec::with_capacity(BATCH);
        let stopping = self.rooms.life.stopping.clone();
        let mut idle_since = Instant::now();
        loop {
            tokio::select! {
                biased;
                // What was submitted before the stop is still taken.
                count = self.mailbox.recv_many(&mut batch, BATCH) => {
                    if count == 0 {
                        break;
                    }
                    if matches!(self.hear(&mut content, &mut batch).await, Then::End) {
                        break;
                    }
                    content.snapshot(false).await;
                    idle_since = Instant::now();
                }
                () = stopping.cancelled() => break,
                () = tokio::time::sleep_until(self.announce_at.unwrap_or(idle_since)),
                    if self.announce_at.is_some() => {}
                () = tokio::time::sleep_until(idle_since + IDLE), if self.members.is_empty() => {
                    if self.rooms.leave(&self.flow_id, &mut self.mailbox) {
                        break;
                    }
                    idle_since = Instant::now();
                }
            }
            self.announce_if_due();
        }
        content.snapshot(true).await;
    }

    /// Answers everybody who asks for a flow that cannot be opened, and ends.
    async fn turn_away(&mut self, reason: &NoRoom) {
        self.mailbox.close();
        while let Some(message) = self.mailbox.recv().await {
            // Who asked may have gone; then nobody needs the answer.
            match message {
                Message::Join { answer, .. } => drop(answer.send(Err(reason.clone()))),
                Message::Read { answer } => drop(answer.send(Err(reason.clone()))),
                Message::Submit(Submission {
                    answer: Answer::Request(answer),
                    ..
                }) => drop(answer.send(Err(reason.clone()))),
                Message::Submit(Submission {
                    answer: Answer::Planned(_, answer),
                    ..
                }) => drop(answer.send(Err(reason.clone()))),
                _ => {}
            }
        }
    }

    async fn hear(&mut self, content: &mut Content, batch: &mut Vec<Message>) -> Then {
        let mut submissions = Vec::new();
        for message in batch.drain(..) {
            let message = match message {
                Message::Submit(submission) => {
                    submissions.push(submission);
                    continue;
                }
                other => other,
            };
            // Edits before it come before it.
            let before = std::mem::take(&mut submissions);
            if matches!(self.take(content, before).await, Then::End) {
                return Then::End;
            }
            match message {
                Message::Submit(_) => {}
                Message::Join {
                    name,
                    role,
                    since,
                    outbox,
                    answer,
                } => {
                    let joined = self.join(content, name, role, since, outbox).await;
                    let member = joined.member;
                    if answer.send(Ok(joined)).is_err() {
                        self.members.remove(member);
                    }
                    self.announce_soon();
                }
                Message::Leave { member } => {
                    self.members.remove(member);
                    self.announce_soon();
                }
                Message::Select { member, nodes } => self.select(content, member, nodes),
                Message::Read { answer } => drop(answer.send(Ok(content.reading.clone()))),
                Message::Published { publish, upstream } => {
                    self.tell_publish(content, publish, upstream);
                }
                Message::Linked { upstream } => content.set_upstream(upstream),
                Message::Deleted => {
                    self.members.broadcast(&FromServer::Deleted, None);
                    self.members.close(Closing::Deleted);
                    return Then::End;
                }
            }
        }
        self.take(content, submissions).await
    }

    /// Takes edits, answers their authors and tells the others.
    async fn take(&mut self, content: &mut Content, submissions: Vec<Submission>) -> Then {
        if submissions.is_empty() {
            return Then::GoOn;
        }
        let taken = match content.take(&submissions).await {
            Ok(taken) => taken,
            Err((fatal, refusal)) => {
                for submission in submissions {
                    let message = submission.refused(refusal.clone());
                    self.answer(submission.answer, message);
                }
                if matches!(fatal, Fatal::Unsure) {
                    self.rooms.life.unsure.cancel();
                }
                return Then::End;
            }
        };
        let last_modified = clock::rfc3339(content.reading.row.last_modified_millis);
        for (submission, taken) in submissions.into_iter().zip(taken) {
            let message = match taken {
                Taken::Outdated => {
                    if let Answer::Planned(_, answer) = submission.answer {
                        drop(answer.send(Ok(None)));
                    }
                    continue;
                }
                Taken::Refused(refusal) => submission.refused(refusal),
                Taken::Known { seq } => FromServer::Acknowledged {
                    id: submission.id,
                    seq,
                    last_modified: last_modified.clone(),
                },
                Taken::Stored { seq, transaction } => {
                    let applied = FromServer::Applied {
                        id: submission.id.clone(),
                        seq,
                        author: submission.author,
                        transaction,
                        last_modified: last_modified.clone(),
                    };
                    let author = match &submission.answer {
                        Answer::Member(member) => Some(*member),
                        Answer::Request(_) | Answer::Planned(..) => None,
                    };
                    self.members.broadcast(&applied, author);
                    FromServer::Acknowledged {
                        id: submission.id,
                        seq,
                        last_modified: last_modified.clone(),
                    }
                }
            };
            self.answer(submission.answer, message);
        }
        Then::GoOn
    }

    fn answer(&self, answer: Answer, message: FromServer) {
        match answer {
            Answer::Member(member) => self.members.send(member, &message),
            // The request may have been given up; its edit stands all the same.
            Answer::Request(answer) => drop(answer.send(Ok(message))),
            Answer::Planned(_, answer) => drop(answer.send(Ok(Some(message)))),
        }
    }

    async fn join(
        &mut self,
        content: &Content,
        name: String,
        role: Role,
        since: Option<u64>,
        outbox: Outbox,
    ) -> Joined {
        let (member, you) = self.members.add(name, Presence::of(role), outbox);
        let first = match self.missed(content, since).await {
            Some(missed) => {
                let resumed = FromServer::Resumed {
                    seq: content.reading.row.head_seq,
                    stamp: content.reading.stamp(),
                    you,
                    role,
                };
                std::iter::once(resumed).chain(missed).collect()
            }
            None => vec![FromServer::Welcome {
                seq: content.reading.row.head_seq,
                flow: Box::new(content.reading.flow.clone()),
                stamp: content.reading.stamp(),
                you,
                role,
            }],
        };
        Joined {
            member,
            first: first.iter().filter_map(text).collect(),
            stamp: content.reading.stamp(),
        }
    }

    /// The edits since `since`, where they are few enough and all there.
    async fn missed(&self, content: &Content, since: Option<u64>) -> Option<Vec<FromServer>> {
        let since = since?;
        let row = &content.reading.row;
        let count = row.head_seq.checked_sub(since)?;
        if count > u64::from(MOST_MISSED) {
            return None;
        }
        if count == 0 {
            return Some(Vec::new());
        }
        let store = &self.rooms.store;
        let changes = store
            .changes_since(&self.flow_id, since, MOST_MISSED)
            .await
            .inspect_err(|error| tracing::warn!(%error, "missed edits cannot be read"))
            .ok()?;
        let last_modified = stamp(row).last_modified;
        let applied = changes.into_iter().map(|change| FromServer::Applied {
            id: change.tx_id,
            seq: change.seq,
            author: change.author,
            transaction: change.transaction,
            last_modified: last_modified.clone(),
        });
        let applied: Vec<_> = applied.collect();
        (applied.len() as u64 == count).then_some(applied)
    }

    /// Notes what somebody has selected, as far as it is there.
    fn select(&mut self, content: &Content, member: u64, mut nodes: Vec<NodeId>) {
        let there = &content.reading.flow.nodes;
        nodes.retain(|id| id.as_str().len() <= LONGEST_SELECTED_ID && there.contains_key(id));
        if self.members.select(member, nodes) {
            self.announce_soon();
        }
    }

    fn announce_soon(&mut self) {
        let at = self.announced_at + ANNOUNCE_EVERY;
        self.announce_at.get_or_insert(at);
    }

    fn announce_if_due(&mut self) {
        let now = Instant::now();
        if self.announce_at.is_some_and(|at| at <= now) {
            self.announce_at = None;
            self.announced_at = now;
            self.members.announce();
        }
    }

    fn tell_publish(
        &self,
        content: &mut Content,
        publish: Box<Publish>,
        upstream: Option<UpstreamRow>,
    ) {
        if let Some(upstream) = upstream {
            content.set_upstream(upstream);
        }
        let message = FromServer::Publish {
            publish,
            stamp: content.reading.stamp(),
        };
        self.members.broadcast(&message, None);
    }
}
