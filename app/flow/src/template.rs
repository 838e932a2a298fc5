//! The flows that a designer can start from.

mod phone_lookup;

use crate::{Flow, FlowKind};

/// Something to start from.
#[derive(Debug)]
pub struct Template {
    /// The name in addresses and messages: `phone-lookup`.
    pub name: &'static str,
    /// The name for people.
    pub title: &'static str,
    /// One sentence on what it holds.
    pub summary: &'static str,
    /// The flow.
    pub build: fn() -> Flow,
}

/// Everything that a designer can start from, the plainest first.
pub static TEMPLATES: &[Template] = &[
    Template {
        name: "empty",
        title: "Empty flow",
        summary: "A blank canvas.",
        build: || Flow::new(FlowKind::Lookup, "Untitled flow"),
    },
    Template {
        name: "phone-lookup",
        title: "Phone lookup",
        summary: "Asks your service who is calling, by the caller's phone number.",
        build: phone_lookup::build,
    },
];
