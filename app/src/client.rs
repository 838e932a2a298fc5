//! The way to the server: one method for each route that the browser uses.

mod account;
mod activity;
mod batches;
mod connection;
mod contacts;
mod data_actions;
mod failure;
mod flows;
mod operations;
mod publish;
mod request;
mod search;
mod webhooks;
mod workspace;

pub use activity::Wanted;
pub use contacts::ContactsWanted;
pub use failure::Failure;
pub use flows::FlowFile;

use dom::prelude::*;

use crate::confirming::Confirming;

/// Calls the server: `expect_context::<Client>()`, taken while a component is
/// made, used in tasks.
#[derive(Clone, Copy)]
pub struct Client {
    /// Set when the server no longer knows the session that the page runs in.
    session_ended: RwSignal<bool>,
    confirming: Confirming,
}

impl Client {
    /// A client that raises `session_ended` when a call is refused for want of
    /// a session, and asks `confirming` when one is for want of a password.
    pub fn new(session_ended: RwSignal<bool>, confirming: Confirming) -> Self {
        Self {
            session_ended,
            confirming,
        }
    }
}
