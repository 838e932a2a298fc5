//! The server of Patchbay: it holds flows and credentials, orders edits, and
//! speaks to Genesys Cloud.

mod accounts;
mod app;
mod assets;
mod audit;
mod clock;
pub mod config;
mod connections;
mod flows;
mod http;
mod keys;
mod openapi;
mod publish;
mod random;
mod rooms;
pub mod serve;

pub use keys::{KeyError, KeyRing};
