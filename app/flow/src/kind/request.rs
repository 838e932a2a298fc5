//! What the kinds that ask another system over HTTP have in common: fields,
//! wire format, and what the answer sets.

use super::{
    FieldInput, FieldSpec, PairsRole, Setting,
    wire::{Member, Shape},
};
use crate::{FieldValue, Node, check::NodeRule, expression::Type};

/// The methods that a request may use.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

pub(super) const URL: FieldSpec = FieldSpec {
    key: "url",
    label: "URL",
    help: "The HTTPS address that is asked.",
    input: FieldInput::Url,
    required: true,
    default: None,
};

pub(super) const METHOD: FieldSpec = FieldSpec {
    key: "method",
    label: "Method",
    help: "How the request is sent.",
    input: FieldInput::Choice(METHODS),
    required: true,
    default: Some(|| FieldValue::text("GET")),
};

pub(super) const HEADERS: FieldSpec = FieldSpec {
    key: "headers",
    label: "Headers",
    help: "Sent with the request.",
    input: FieldInput::Pairs {
        role: PairsRole::Named,
        name_label: "Header",
        value_label: "Value",
        add_label: "Add header",
    },
    required: false,
    default: None,
};

pub(super) const BODY: FieldSpec = FieldSpec {
    key: "body",
    label: "Body",
    help: "What is sent. Templates are filled in first: {{phoneNumber}}.",
    input: FieldInput::TemplateText,
    required: false,
    default: None,
};

pub(super) const TIMEOUT: FieldSpec = FieldSpec {
    key: "timeout",
    label: "Timeout",
    help: "How long to wait for the answer before the flow goes on without one.",
    input: FieldInput::Integer {
        min: 1,
        max: 60_000,
        unit: "ms",
    },
    required: true,
    default: Some(|| FieldValue::Integer(5_000)),
};

pub(super) const RULES: &[NodeRule] = &[NodeRule::Headers, NodeRule::JsonBody];

/// The request's settings in a module.
pub(super) const SETTINGS: &[Member] = &[
    Member::field("url", Shape::Text),
    Member::field("method", Shape::Text),
    Member::field("headers", Shape::Map),
    Member::field("body", Shape::Text),
    Member::field("timeout", Shape::Integer),
];

/// The request's configuration in a lookup flow.
pub(super) const ACTION: &[Member] = &[Member::Object {
    name: "action",
    members: &[
        Member::field("url", Shape::Text),
        Member::field("method", Shape::Text),
        Member::field("body", Shape::Text),
        Member::field("timeout", Shape::Integer),
        Member::field("headers", Shape::Map),
    ],
}];

/// Method and host, as a card shows them.
pub(super) fn subtitle(node: &Node) -> String {
    let url = node.text("url");
    let host = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest)
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default();
    if host.is_empty() {
        "No URL yet".to_owned()
    } else {
        format!("{} {host}", node.text("method"))
    }
}

/// The answer under a name, or why there is none (spec, "The direct profile,
/// exactly" and decision 10).
pub(super) fn answer(name: &str) -> Vec<Setting> {
    vec![Setting {
        name: name.to_owned(),
        members: Some(&["responseCode", "responseBody", "responseHeaders", "error"]),
        // There is an error or there is none.
        types: &[Type::Number, Type::Json, Type::Json, Type::Unknown],
    }]
}
