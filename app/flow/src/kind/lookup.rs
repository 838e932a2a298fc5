//! External contact lookup: asks a service of the customer's about the
//! contact (phone-lookup guide, step 2).

use super::{
    Category, FieldInput, FieldSpec, Kind, KindSpec, Setting, single_exit,
    wire::{Member, Shape, Wire},
};
use crate::{FieldValue, Node, Pair};

/// The methods that a request may use.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

pub(super) static LOOKUP: KindSpec = KindSpec {
    kind: Kind::LOOKUP,
    title: "Look up customer",
    help: "Asks your service about the contact. The answer is in externalContact; an error or a timeout completes the \
           step too, with its response code.",
    icon: "contact-round",
    category: Category::Data,
    has_entry: true,
    fields: &[
        FieldSpec {
            key: "url",
            label: "URL",
            help: "The HTTPS address of your lookup service.",
            input: FieldInput::Url,
            required: true,
            default: None,
        },
        FieldSpec {
            key: "method",
            label: "Method",
            help: "How the request is sent.",
            input: FieldInput::Choice(METHODS),
            required: true,
            default: Some(|| FieldValue::text("POST")),
        },
        FieldSpec {
            key: "headers",
            label: "Headers",
            help: "Sent with the request.",
            input: FieldInput::Pairs {
                name_label: "Header",
                value_label: "Value",
                add_label: "Add header",
            },
            required: false,
            default: Some(|| {
                FieldValue::Pairs(vec![Pair::text("Content-Type", "application/json")])
            }),
        },
        FieldSpec {
            key: "body",
            label: "Body",
            help: "What is sent. Write {{phoneNumber}} where the caller's number belongs.",
            input: FieldInput::TemplateText,
            required: false,
            default: Some(|| FieldValue::text(r#"{ "phoneNumber": "{{phoneNumber}}" }"#)),
        },
        FieldSpec {
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
        },
    ],
    exits: single_exit,
    subtitle,
    sets,
    rules: &[crate::check::headers, crate::check::json_body],
    direct: Wire {
        type_name: "GetExternalContactNode",
        configuration: &[Member::Object {
            name: "action",
            members: &[
                Member::field("url", Shape::Text),
                Member::field("method", Shape::Text),
                Member::field("body", Shape::Text),
                Member::field("timeout", Shape::Integer),
                Member::field("headers", Shape::Map),
            ],
        }],
    },
};

fn subtitle(node: &Node) -> String {
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

/// The answer, or why there is none (spec, "The direct profile, exactly").
fn sets(_: &Node) -> Vec<Setting> {
    vec![Setting {
        name: "externalContact".to_owned(),
        members: Some(&["responseCode", "responseBody", "responseHeaders", "error"]),
    }]
}
