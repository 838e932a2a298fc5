//! What waits to be sent to one browser. Bounded: a browser that does not keep
//! up is told to come back and catch up; an edit is never left out silently.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::Notify;

const MOST_MESSAGES: usize = 256;
const MOST_BYTES: usize = 1024 * 1024;

/// Why a socket is closed from our side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    /// It does not read fast enough; connecting again brings what it lacks.
    TooSlow,
    /// The flow was deleted.
    Deleted,
    /// The room ended; connecting again opens it anew.
    RoomEnded,
}

/// What comes out next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Message(Utf8Bytes),
    Close(Closing),
}

/// One browser's outbox; copies are the same outbox.
#[derive(Clone, Default)]
pub(super) struct Outbox(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Notify,
}

#[derive(Default)]
struct Waiting {
    messages: VecDeque<Utf8Bytes>,
    bytes: usize,
    /// Who is there: only the latest state counts, so one place is enough.
    people: Option<Utf8Bytes>,
    closing: Option<Closing>,
}

impl Outbox {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a message that must arrive.
    pub(super) fn push(&self, message: Utf8Bytes) {
        let mut waiting = self.waiting();
        if waiting.closing.is_some() {
            return;
        }
        waiting.bytes += message.len();
        waiting.messages.push_back(message);
        // A large edit alone is no sign of a slow browser.
        let is_full = waiting.messages.len() > 1 && waiting.bytes > MOST_BYTES;
        if waiting.messages.len() > MOST_MESSAGES || is_full {
            waiting.people = None;
            waiting.messages.clear();
            waiting.closing = Some(Closing::TooSlow);
        }
        drop(waiting);
        self.0.changed.notify_one();
    }

    /// Queues who is there, in place of who was.
    pub(super) fn push_people(&self, message: Utf8Bytes) {
        self.waiting().people = Some(message);
        self.0.changed.notify_one();
    }

    /// Closes the socket after what is queued.
    pub(super) fn close(&self, closing: Closing) {
        self.waiting().closing.get_or_insert(closing);
        self.0.changed.notify_one();
    }

    /// Waits for what comes next. One task may wait at a time.
    pub(super) async fn next(&self) -> Next {
        loop {
            if let Some(next) = self.waiting().pop() {
                return next;
            }
            self.0.changed.notified().await;
        }
    }
}

impl Waiting {
    fn pop(&mut self) -> Option<Next> {
        if let Some(message) = self.messages.pop_front() {
            self.bytes -= message.len();
            return Some(Next::Message(message));
        }
        if let Some(closing) = self.closing {
            return Some(Next::Close(closing));
        }
        self.people.take().map(Next::Message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn messages_come_out_in_order_and_only_the_latest_people() {
        let outbox = Outbox::default();
        outbox.push_people("alone".into());
        outbox.push("one".into());
        outbox.push_people("two of us".into());
        outbox.push("two".into());
        for expected in ["one", "two", "two of us"] {
            assert_eq!(outbox.next().await, Next::Message(expected.into()));
        }
    }

    #[tokio::test]
    async fn who_reads_too_slowly_is_closed_and_gets_no_gap() {
        let outbox = Outbox::default();
        for _ in 0..=MOST_MESSAGES {
            outbox.push("edit".into());
        }
        assert_eq!(outbox.next().await, Next::Close(Closing::TooSlow));
        let outbox = Outbox::default();
        outbox.push("x".repeat(MOST_BYTES).into());
        outbox.push("x".into());
        assert_eq!(outbox.next().await, Next::Close(Closing::TooSlow));
    }

    #[tokio::test]
    async fn a_message_of_any_size_passes_an_empty_outbox() {
        let outbox = Outbox::default();
        for _ in 0..2 {
            let large = "x".repeat(MOST_BYTES + 1);
            outbox.push(large.clone().into());
            assert_eq!(outbox.next().await, Next::Message(large.into()));
        }
    }

    #[tokio::test]
    async fn what_was_queued_goes_out_before_the_socket_closes() {
        let outbox = Outbox::default();
        outbox.push("last".into());
        outbox.close(Closing::Deleted);
        outbox.push("late".into());
        assert_eq!(outbox.next().await, Next::Message("last".into()));
        assert_eq!(outbox.next().await, Next::Close(Closing::Deleted));
    }
}
