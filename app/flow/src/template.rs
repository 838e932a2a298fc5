//! The flows that a designer can start from.

mod draw;
mod email_processor;
mod email_router;
mod phone_lookup;
mod shared_authentication;

use crate::{Flow, FlowKind};

/// Something to start from.
#[derive(Debug)]
pub struct Template {
    /// The name in addresses and messages: `phone-lookup`.
    pub name: &'static str,
    /// What sort of flow it makes.
    pub kind: FlowKind,
    /// Whether something is drawn already.
    pub content: TemplateContent,
    /// The name for people.
    pub title: &'static str,
    /// One sentence on what it holds or is for.
    pub summary: &'static str,
    /// The flow.
    pub build: fn() -> Flow,
}

/// What is drawn in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateContent {
    /// Nothing but, where a flow has one in any case, its Start.
    Blank,
    /// An example that works.
    Example,
}

/// Everything that a designer can start from, the plainest first.
pub static TEMPLATES: &[Template] = &[
    Template {
        name: "empty",
        kind: FlowKind::Lookup,
        content: TemplateContent::Blank,
        title: "Empty lookup flow",
        summary: "Asks your service about a caller, and ends.",
        build: || Flow::new(FlowKind::Lookup, "Untitled flow"),
    },
    Template {
        name: "empty-call-flow",
        kind: FlowKind::Call,
        content: TemplateContent::Blank,
        title: "Empty call flow",
        summary: "Takes calls, and links modules for what they share.",
        build: || draw::begun(FlowKind::Call, "Untitled call flow"),
    },
    Template {
        name: "empty-module",
        kind: FlowKind::Module,
        content: TemplateContent::Blank,
        title: "Empty module",
        summary: "Logic that several call flows link.",
        build: || draw::begun(FlowKind::Module, "Untitled module"),
    },
    Template {
        name: "empty-shared-flow",
        kind: FlowKind::Shared,
        content: TemplateContent::Blank,
        title: "Empty shared flow",
        summary: "Has inputs and outputs, and is run by other flows.",
        build: || draw::begun(FlowKind::Shared, "Untitled shared flow"),
    },
    Template {
        name: "phone-lookup",
        kind: FlowKind::Lookup,
        content: TemplateContent::Example,
        title: "Phone lookup",
        summary: "Asks your service who is calling, by phone number.",
        build: phone_lookup::build,
    },
    Template {
        name: "shared-authentication",
        kind: FlowKind::Module,
        content: TemplateContent::Example,
        title: "Shared authentication",
        summary: "Marks a caller's authentication as pending.",
        build: shared_authentication::build,
    },
    Template {
        name: "shared-email-processor",
        kind: FlowKind::Shared,
        content: TemplateContent::Example,
        title: "Shared email processor",
        summary: "Takes an email's text and gives back a result.",
        build: email_processor::build,
    },
    Template {
        name: "email-router",
        kind: FlowKind::Shared,
        content: TemplateContent::Example,
        title: "Email router",
        summary: "Receives email and has it processed by a shared flow.",
        build: email_router::build,
    },
];
