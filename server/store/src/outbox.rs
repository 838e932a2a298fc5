//! The outbox of webhooks: what there is to tell, and how far that is.
//!
//! A store queues an event in the transaction of the change that it reports
//! (`queue_event_in` of the database behind it), so that neither is there
//! without the other.

use api::{DeliveryState, DisabledReason};
use async_trait::async_trait;

use crate::{EndpointRow, NewAudit, Result};

/// Something that happened, to be told to whoever wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id, by which a receiver knows it again: `webhook-id`.
    pub id: String,
    /// Its name: `contact_interaction_created`. Receivers choose by it.
    pub event: String,
    /// What it is about: events on one object are delivered in their order.
    pub object: String,
    /// What is sent, byte for byte.
    pub body: String,
    /// When it happened.
    pub at_millis: i64,
}

/// The delivery that is a receiver's next, with all that sending it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextDelivery {
    /// The receiver.
    pub endpoint: EndpointRow,
    /// The message's id.
    pub message_id: String,
    /// The event's name.
    pub event: String,
    /// What is sent.
    pub body: String,
    /// How often it was attempted in this schedule.
    pub tries: u32,
    /// Not before.
    pub due_at_millis: i64,
}

/// A call of a receiver that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttempt {
    /// When it began.
    pub at_millis: i64,
    /// How long it took.
    pub duration_millis: u64,
    /// The status of the answer, where one came.
    pub status: Option<u16>,
    /// Why it counts as failed; `None` where it went through.
    pub reason: Option<String>,
    /// The beginning of the answer's body.
    pub body_preview: String,
}

/// What follows from an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterAttempt {
    /// The receiver has it.
    Delivered,
    /// It is attempted again.
    Again {
        /// Not before.
        at_millis: i64,
        /// The receiver wants no call at all before.
        pause_until_millis: Option<i64>,
    },
    /// It is given up.
    GivenUp,
    /// It is given up, and so is everything else for this receiver.
    Disabled(DisabledReason),
}

/// A delivery, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The receiver.
    pub endpoint_id: String,
    /// The message's id.
    pub message_id: String,
    /// Its place among all events.
    pub seq: u64,
    /// The event's name.
    pub event: String,
    /// What it is about.
    pub object: String,
    /// What is sent.
    pub body: String,
    /// How it stands.
    pub state: DeliveryState,
    /// When the event happened.
    pub queued_at_millis: i64,
    /// When it is attempted next, while it waits: not in a pause that the
    /// receiver asked for.
    pub next_attempt_at_millis: i64,
    /// The latest attempt.
    pub latest: Option<AttemptRow>,
}

/// An attempt, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// Counted from 1.
    pub number: u64,
    /// What happened.
    pub attempt: NewAttempt,
}

/// The outbox.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Queues an event that reports no change of the store, for every enabled
    /// receiver that wants it. Gives how many those are.
    async fn queue_event(&self, event: &NewEvent, actor: &str) -> Result<u64>;
    /// Queues an event for one receiver, whatever that wants; `false` when
    /// there is none that is enabled. A pause that it asked for is over: this
    /// was asked for by hand.
    async fn queue_event_for(&self, id: &str, event: &NewEvent, actor: &str) -> Result<bool>;
    /// For each enabled receiver the delivery that comes next: the first that
    /// is due of those before which nothing on the same object waits.
    async fn next_deliveries(&self) -> Result<Vec<NextDelivery>>;
    /// Stores an attempt and what follows from it. `false` when the receiver
    /// has been removed meanwhile.
    async fn finish_attempt(
        &self,
        endpoint_id: &str,
        message_id: &str,
        attempt: &NewAttempt,
        after: &AfterAttempt,
        audit: Vec<NewAudit>,
    ) -> Result<bool>;

    /// Deliveries to a receiver, the latest first: those before this number,
    /// in this state where one is named.
    async fn deliveries(
        &self,
        endpoint_id: &str,
        state: Option<DeliveryState>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<DeliveryRow>>;
    /// One delivery with its attempts, the latest first.
    async fn delivery(
        &self,
        endpoint_id: &str,
        message_id: &str,
    ) -> Result<Option<(DeliveryRow, Vec<AttemptRow>)>>;
    /// Queues a delivery again, however it stands, from now on as if it were
    /// new; without one, all to this receiver that were given up. Gives how many.
    /// A pause that the receiver asked for is over.
    async fn replay_deliveries(
        &self,
        endpoint_id: &str,
        message_id: Option<&str>,
        at_millis: i64,
        audit: NewAudit,
    ) -> Result<u64>;
    /// Removes deliveries that ended before this moment. Gives how many.
    async fn forget_deliveries(&self, before_millis: i64) -> Result<u64>;
}
