//! The editor without a browser.
