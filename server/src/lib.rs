//! The server of Patchbay: it holds flows and credentials, orders edits, and
//! speaks to Genesys Cloud.

mod accounts;
mod app;
mod assets;
mod audit;
mod batches;
pub mod cli;
mod clock;
pub mod config;
mod connections;
mod contacts;
mod data_actions;
mod flows;
mod http;
mod keys;
mod openapi;
mod operations;
mod places;
mod printable;
mod publish;
mod random;
mod rooms;
mod sandbox_page;
pub mod serve;
mod spreadsheet;
mod upstream;
mod webhooks;

pub use http::{Access, Proof, RouteSummary, routes};
pub use keys::{KeyError, KeyRing};
pub use printable::printable;
