//! A simulated Genesys Cloud, as strict as the real one.
//!
//! It issues tokens, keeps flows and flow modules in the direct profile, answers the customer
//! lookup that the flows call, and fails on demand. Everything that arrives is
//! recorded with secrets masked, so that people and tests can see what was
//! sent. It runs on a loopback listener of its own ([`router`]), inside
//! `patchbay serve --sandbox` and inside tests.

mod api;
mod arrival;
mod authority;
mod clients;
pub mod compare;
mod contact_store;
mod contacts;
mod control;
mod creations;
mod data_actions;
mod door;
mod error_body;
mod fault;
mod file;
mod flow_store;
mod gate;
mod held;
mod listing;
mod lookup;
mod mask;
mod modules;
mod oauth;
mod options;
mod others;
mod page;
mod receiver;
mod references;
mod routes;
mod same_site;
mod state;
mod validate;

pub use arrival::{Answered, Arrival, HostKind};
pub use contact_store::{ContactRecord, ConversationRecord};
pub use data_actions::DataActionRecord;
pub use door::Door;
pub use fault::{Fault, FaultKind, Route, Times};
pub use file::OpenError;
pub use flow_store::{FlowRecord, Published};
pub use lookup::{LOOKUP_PATH, LookupAnswer, answer_lookup};
pub use options::{Client, Options};
pub use receiver::{HOOKS_HOST, HOOKS_PATH};
pub use routes::{router, router_behind};
pub use state::Sandbox;
