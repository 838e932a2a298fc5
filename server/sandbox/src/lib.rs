//! A simulated Genesys Cloud.
