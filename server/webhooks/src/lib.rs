//! Calling receivers of webhooks: signatures as Standard Webhooks has them, and
//! a guard that lets no call out to anything but a public address.
//!
//! Knows none of our crates. What is sent when, and what follows from an
//! answer, is decided elsewhere.

mod caller;
mod destination;
mod preview;
mod public;
mod resolver;
mod secret;
mod signature;

pub use caller::{CallError, Caller, Limits, Message, Reply, StandIn, Unusable};
pub use destination::{Destination, Forbidden, PORTS};
pub use preview::preview;
pub use public::is_public;
pub use resolver::{Addresses, Lookup, SystemLookup};
pub use secret::{InvalidSecret, Secret};
pub use signature::signature;
