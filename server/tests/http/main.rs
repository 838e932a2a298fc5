//! The server over HTTP and WebSocket, with a real database and a sandbox.

// Clippy sees tests only where the attribute stands, not in what they call.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod audit;
mod batches;
mod batches_left_out;
mod conflicts;
mod connections;
mod consumers;
mod contact_imports;
mod contact_secrets;
mod contact_versions;
mod contacts;
mod crowd;
mod csrf;
mod damage;
mod data_action_drafts;
mod data_actions;
mod durability;
mod edits;
mod fault_matrix;
mod faults;
mod faulty_store;
mod flows;
mod guide_modules;
mod headers;
mod house;
mod keys;
mod kinds;
mod log;
mod openapi;
mod operations;
mod organisation;
mod panics;
mod people;
mod publish_elsewhere;
mod publishes;
mod reconciling;
mod rights;
mod sandbox_page;
mod search;
mod secrets;
mod sign_in;
mod slow;
mod socket;
mod sockets;
mod storage;
mod uploads;
mod upstream;
mod webhooks;
mod workspace;
