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
    shape: Shape,
}

/// Which flow it is. What offers templates names none of what draws them.
#[derive(Debug)]
enum Shape {
    Empty(&'static str),
    Begun(&'static str),
    PhoneLookup,
    SharedAuthentication,
    EmailProcessor,
    EmailRouter,
}

impl Template {
    /// The flow.
    pub fn build(&self) -> Flow {
        match self.shape {
            Shape::Empty(name) => Flow::new(self.kind, name),
            Shape::Begun(name) => draw::begun(self.kind, name),
            Shape::PhoneLookup => phone_lookup::build(),
            Shape::SharedAuthentication => shared_authentication::build(),
            Shape::EmailProcessor => email_processor::build(),
            Shape::EmailRouter => email_router::build(),
        }
    }
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
        shape: Shape::Empty("Untitled flow"),
    },
    Template {
        name: "empty-call-flow",
        kind: FlowKind::Call,
        content: TemplateContent::Blank,
        title: "Empty call flow",
        summary: "Takes calls, and links modules for what they share.",
        shape: Shape::Begun("Untitled call flow"),
    },
    Template {
        name: "empty-module",
        kind: FlowKind::Module,
        content: TemplateContent::Blank,
        title: "Empty module",
        summary: "Logic that several call flows link.",
        shape: Shape::Begun("Untitled module"),
    },
    Template {
        name: "empty-shared-flow",
        kind: FlowKind::Shared,
        content: TemplateContent::Blank,
        title: "Empty shared flow",
        summary: "Has inputs and outputs, and is run by other flows.",
        shape: Shape::Begun("Untitled shared flow"),
    },
    Template {
        name: "phone-lookup",
        kind: FlowKind::Lookup,
        content: TemplateContent::Example,
        title: "Phone lookup",
        summary: "Asks your service who is calling, by phone number.",
        shape: Shape::PhoneLookup,
    },
    Template {
        name: "shared-authentication",
        kind: FlowKind::Module,
        content: TemplateContent::Example,
        title: "Shared authentication",
        summary: "Marks a caller's authentication as pending.",
        shape: Shape::SharedAuthentication,
    },
    Template {
        name: "shared-email-processor",
        kind: FlowKind::Shared,
        content: TemplateContent::Example,
        title: "Shared email processor",
        summary: "Takes an email's text and gives back a result.",
        shape: Shape::EmailProcessor,
    },
    Template {
        name: "email-router",
        kind: FlowKind::Shared,
        content: TemplateContent::Example,
        title: "Email router",
        summary: "Has email processed by a shared flow that is published.",
        shape: Shape::EmailRouter,
    },
];
