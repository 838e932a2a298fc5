//! The sandbox over HTTP: as strict as the real thing, and failing on demand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may stop where it stands, its helpers too"
)]

mod api;
mod client;
mod data_actions;
mod faults;
mod modules;
mod own_page;
mod started;
mod tokens;
