//! What can be said to a room, and how to say it from outside.

use api::{
    Publish, Role,
    socket::{FromServer, Refusal},
};
use flow::{NodeId, Transaction};
use store::UpstreamRow;
use tokio::sync::{mpsc, oneshot};

use super::{Reading, Rooms, members::Joined, outbox::Outbox};

/// What a room hears.
pub(super) enum Message {
    Join {
        name: String,
        role: Role,
        since: Option<u64>,
        outbox: Outbox,
        answer: oneshot::Sender<Result<Joined, NoRoom>>,
    },
    Leave {
        member: u64,
    },
    Submit(Submission),
    Select {
        member: u64,
        nodes: Vec<NodeId>,
    },
    Read {
        answer: oneshot::Sender<Result<Reading, NoRoom>>,
    },
    Published {
        publish: Box<Publish>,
        upstream: Option<UpstreamRow>,
    },
    Linked {
        upstream: UpstreamRow,
    },
    Deleted,
}

/// An edit, and whom to answer.
pub(crate) struct Submission {
    /// What names it for good.
    pub(crate) id: String,
    /// The edits.
    pub(crate) transaction: Transaction,
    /// Who makes it.
    pub(crate) author: String,
    /// What they may do now.
    pub(crate) role: Role,
    /// Where the answer goes.
    pub(crate) answer: Answer,
}

/// Where the answer to an edit goes.
pub(crate) enum Answer {
    /// To this member's socket.
    Member(u64),
    /// To a request.
    Request(oneshot::Sender<Result<FromServer, NoRoom>>),
    /// To who planned the edit on the flow as it was at this number: none when
    /// it has moved on, for then the edit may apply and still be wrong.
    Planned(u64, oneshot::Sender<Result<Option<FromServer>, NoRoom>>),
}

/// Why there is no room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// There is no such flow.
    NoFlow,
    /// It cannot be read.
    Unreadable(String),
    /// The room ended before it answered.
    Ended,
}

impl From<NoRoom> for crate::http::Problem {
    fn from(reason: NoRoom) -> Self {
        match reason {
            NoRoom::NoFlow => Self::not_found("flow"),
            NoRoom::Unreadable(reason) => Self::internal(reason),
            NoRoom::Ended => Self::internal("the room ended before it answered"),
        }
    }
}

impl Rooms {
    /// The flow as it stands.
    pub(crate) async fn read(&self, flow_id: &str) -> Result<Reading, NoRoom> {
        self.ask(flow_id, |answer| Message::Read { answer }).await
    }

    /// Submits an edit that did not come over a socket.
    pub(crate) async fn submit(
        &self,
        flow_id: &str,
        id: String,
        transaction: Transaction,
        author: String,
        role: Role,
    ) -> Result<FromServer, NoRoom> {
        self.ask(flow_id, |answer| {
            Message::Submit(Submission {
                id,
                transaction,
                author,
                role,
                answer: Answer::Request(answer),
            })
        })
        .await
    }

    /// Submits an edit that was planned on the flow as it was at `seq`; none
    /// when it has moved on since, and nothing was changed.
    pub(crate) async fn submit_planned(
        &self,
        flow_id: &str,
        seq: u64,
        (id, transaction): (String, Transaction),
        author: String,
        role: Role,
    ) -> Result<Option<FromServer>, NoRoom> {
        self.ask(flow_id, |answer| {
            Message::Submit(Submission {
                id,
                transaction,
                author,
                role,
                answer: Answer::Planned(seq, answer),
            })
        })
        .await
    }

    /// Enters a room.
    pub(super) async fn join(
        &self,
        flow_id: &str,
        name: String,
        role: Role,
        since: Option<u64>,
        outbox: Outbox,
    ) -> Result<(mpsc::Sender<Message>, Joined), NoRoom> {
        let door = self.door(flow_id);
        let (answer, answered) = oneshot::channel();
        let message = Message::Join {
            name,
            role,
            since,
            outbox,
            answer,
        };
        door.send(message).await.map_err(|_| NoRoom::Ended)?;
        let joined = answered.await.map_err(|_| NoRoom::Ended)??;
        Ok((door, joined))
    }

    /// Tells the people in a flow how a publish of it stands.
    pub(crate) async fn tell_publish(
        &self,
        flow_id: &str,
        publish: Publish,
        upstream: Option<UpstreamRow>,
    ) {
        let message = Message::Published {
            publish: Box::new(publish),
            upstream,
        };
        self.tell(flow_id, message).await;
    }

    /// Tells a flow's room what the flow is upstream from now on.
    pub(crate) async fn tell_linked(&self, flow_id: &str, upstream: UpstreamRow) {
        self.tell(flow_id, Message::Linked { upstream }).await;
    }

    /// Tells the people in a flow that it was deleted.
    pub(crate) async fn tell_deleted(&self, flow_id: &str) {
        self.tell(flow_id, Message::Deleted).await;
    }

    /// A room that is not open has nobody to tell.
    async fn tell(&self, flow_id: &str, message: Message) {
        let door = {
            let open = self
                .open
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            open.get(flow_id).cloned()
        };
        if let Some(door) = door
            && door.send(message).await.is_err()
        {
            tracing::debug!(flow_id, "the room ended before it was told");
        }
    }

    async fn ask<T>(
        &self,
        flow_id: &str,
        message: impl FnOnce(oneshot::Sender<Result<T, NoRoom>>) -> Message,
    ) -> Result<T, NoRoom> {
        let (answer, answered) = oneshot::channel();
        self.door(flow_id)
            .send(message(answer))
            .await
            .map_err(|_| NoRoom::Ended)?;
        answered.await.map_err(|_| NoRoom::Ended)?
    }
}

impl Submission {
    /// Whether it was planned on the flow as it was before.
    pub(super) fn is_outdated(&self, head_seq: u64) -> bool {
        matches!(self.answer, Answer::Planned(seq, _) if seq != head_seq)
    }

    /// The message that says why it was not taken.
    pub(super) fn refused(&self, reason: Refusal) -> FromServer {
        FromServer::Refused {
            id: self.id.clone(),
            reason,
        }
    }
}
