//! External contact lookup: asks a service of the customer's about the
//! contact (phone-lookup guide, step 2).

use super::{
    Category, FieldSpec, Kind, KindSpec,
    request::{self, BODY, HEADERS, METHOD, TIMEOUT, URL},
    single_exit,
    wire::{Wire, Wires},
};
use crate::{FieldValue, Pair};

pub(super) static LOOKUP: KindSpec = KindSpec {
    kind: Kind::LOOKUP,
    title: "Look up customer",
    help: "Asks your service about the contact. The answer is in externalContact; an error or a timeout completes the \
           step too, with its response code.",
    also: "crm caller contact search",
    icon: "contact-round",
    category: Category::Data,
    has_entry: true,
    fields: &[
        FieldSpec {
            help: "The HTTPS address of your lookup service.",
            ..URL
        },
        FieldSpec {
            default: Some(|| FieldValue::text("POST")),
            ..METHOD
        },
        FieldSpec {
            default: Some(|| {
                FieldValue::Pairs(vec![Pair::text("Content-Type", "application/json")])
            }),
            ..HEADERS
        },
        FieldSpec {
            help: "What is sent. Write {{phoneNumber}} where the caller's number belongs.",
            default: Some(|| FieldValue::text(r#"{ "phoneNumber": "{{phoneNumber}}" }"#)),
            ..BODY
        },
        TIMEOUT,
    ],
    exits: single_exit,
    subtitle: request::subtitle,
    sets: |_| request::answer("externalContact"),
    rules: request::RULES,
    wires: Wires {
        lookup: Some(Wire {
            type_name: "GetExternalContactNode",
            members: request::ACTION,
        }),
        module: None,
    },
};
