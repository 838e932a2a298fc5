//! Suites that use a real browser.

mod harness;
