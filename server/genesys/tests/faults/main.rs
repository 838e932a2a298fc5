//! The client against a server that fails by script.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop where it stands, its helpers too"
)]

mod breaking;
mod clocks;
mod matrix;
mod operations;
mod pauses;
mod secrecy;
mod server;
mod sizes;
mod tls;
mod tokens;
