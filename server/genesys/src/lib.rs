//! The client for Genesys Cloud.
//!
//! A [`Connection`] holds one set of client credentials and everything that
//! calls made with them share: the access token, the pace, the pause that a
//! `Retry-After` imposes, the retry budget and the circuit breaker. Groups of
//! operations borrow it ([`Connection::flows`], [`Connection::modules`]); each describes its calls and
//! leaves the sending to one engine, so that every call keeps the same
//! deadlines and retry rules and ends in a result or one [`Failure`].
//!
//! The crate knows nothing of Patchbay. What happened on the wire is told to
//! an [`Observer`], one record for each attempt, never with a body or a secret.

mod answer;
mod breaker;
mod bucket;
mod budget;
mod call;
mod clock;
mod connection;
mod contacts;
mod conversations;
mod data_actions;
mod error_body;
mod failure;
mod flows;
mod gauges;
mod http;
mod id;
mod limits;
mod modules;
mod observer;
mod probe;
mod read;
mod retry_after;
mod settings;
mod stopwatch;
mod token;
mod verdict;

pub use clock::{Clock, Pause, ScaledClock, SystemClock};
pub use connection::Connection;
pub use contacts::{Contacts, CreatedContact, StoredContact};
pub use conversations::{Conversations, StartedConversation};
pub use data_actions::{DataActionId, DataActionSummary, DataActions, StoredDataAction};
pub use failure::{Conflict, Failure, FailureKind, FieldProblem, LostAnswer};
pub use flows::{FlowForm, FlowSummary, Flows, PublishedVersion, StoredFlow};
pub use gauges::{BreakerState, Gauges};
pub use id::{ExternalContactId, FlowId, InvalidContactId, InvalidId};
pub use limits::{BreakerLimits, Limits};
pub use modules::{ModuleId, ModuleSummary, Modules, StoredModule};
pub use observer::{Attempt, AttemptOutcome, Finished, Headroom, Observer, Silent};
pub use probe::{Access, Area, Probe, Standing};
pub use retry_after::retry_after;
pub use settings::{ClientCredentials, InvalidSettings, PlainHttp, Settings};
