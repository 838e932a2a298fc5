//! The server over HTTP and WebSocket, with a real database and a sandbox.

// Clippy sees tests only where the attribute stands, not in what they call.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod audit;
mod batches;
mod conflicts;
mod connections;
mod consumers;
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
mod kinds;
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
mod upstream;
mod workspace;
