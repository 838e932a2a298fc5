//! How calls to Genesys Cloud go: kept in memory since the server started, in
//! bounded space, for the operations view and for a Prometheus that asks.

mod histogram;
mod jobs;
mod metrics;
mod registry;
mod slots;
pub(crate) mod view;
mod watched;

pub(crate) use metrics::serve_metrics;
pub(crate) use registry::Registry;
pub(crate) use view::show_operations;
