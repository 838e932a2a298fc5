//! The end-to-end harness: the real `patchbay` binary as a process, a real
//! Chromium driven by real pointer and key input, and waiting for conditions.
//!
//! Suites live in `suites/`; each test is an async function that returns
//! [`Result`], so that a failed step ends it with the story of what failed.

mod browser;
mod gesture;
mod locator;
mod output;
mod page;
mod server;
mod wait;

pub use anyhow::{Context, Result, bail, ensure};
pub use browser::Browser;
pub use gesture::Point;
pub use locator::Locator;
pub use output::Output;
pub use server::{Server, Setup, SignIn};
pub use wait::{PATIENCE, eventually};
