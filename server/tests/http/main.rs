//! The server over HTTP and WebSocket, with a real database and a sandbox.

// Clippy sees tests only where the attribute stands, not in what they call.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod audit;
mod connections;
mod csrf;
mod damage;
mod durability;
mod edits;
mod faults;
mod faulty_store;
mod flows;
mod headers;
mod house;
mod keys;
mod openapi;
mod panics;
mod people;
mod publishes;
mod reconciling;
mod rights;
mod search;
mod secrets;
mod sign_in;
mod slow;
mod socket;
mod sockets;
mod storage;
mod webhooks;
mod workspace;
