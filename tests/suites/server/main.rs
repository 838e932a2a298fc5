//! Suites that speak to the server over HTTP.
