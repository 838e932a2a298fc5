//! The HTTP surface: routes with their rights, what every response carries,
//! and how failures look.

mod arrived;
mod body;
mod crowd;
mod finish;
mod guard;
mod headers;
mod origin;
mod problem;
pub(crate) mod reports;
mod routes;

pub(crate) use arrived::Arrived;
pub(crate) use body::Body;
pub(crate) use crowd::{Addresses, Crowded};
pub use guard::{Access, Proof};
pub(crate) use headers::content_security_policy;
pub(crate) use origin::Origins;
pub(crate) use problem::{Problem, Result};
pub(crate) use routes::router;
pub use routes::{RouteSummary, routes};
