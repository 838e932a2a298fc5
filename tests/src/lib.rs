//! The end-to-end harness: the real `patchbay` binary as a process, a real
//! Chromium driven by real pointer and key input, people without a browser who
//! call the API and edit over the socket, a Genesys Cloud that fails on demand,
//! and waiting for conditions.
//!
//! Suites live in `suites/`; each test is an async function that returns
//! [`Result`], so that a failed step ends it with the story of what failed.

mod axe;
mod browser;
mod canaries;
mod gesture;
mod guides;
mod heard;
mod locator;
mod open_flow;
mod output;
mod page;
mod person;
mod server;
mod socket;
mod upstream;
mod wait;

pub use anyhow::{Context, Error, Result, bail, ensure};
pub use axe::Hindrance;
pub use browser::Browser;
pub use canaries::find_no_secret;
pub use gesture::Point;
pub use guides::requests_of_guide;
pub use heard::Heard;
pub use locator::Locator;
pub use open_flow::{Hearing, OpenFlow};
pub use output::Output;
pub use person::{Person, Reply};
pub use server::{Server, Setup, SignIn};
pub use socket::Socket;
pub use upstream::Upstream;
pub use wait::{PATIENCE, eventually};
