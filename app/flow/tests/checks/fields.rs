//! Breaches of the rules on nodes, their fields and requests.

use flow::{FieldValue, Pair};
use serde_json::json;

use crate::{
    breach::{Breach, body, breach, headers_with, lookup_with, set_with, url},
    draw::{field, template},
};

pub(crate) fn breaches() -> Vec<Breach> {
    vec![
        url("field-required", " ").without_fix(),
        lookup_with("field-required", "method", "lookup.method", ""),
        breach("field-shape", "lookup.url", template(), |flow| {
            field(
                flow,
                "lookup",
                "url",
                FieldValue::Json(json!(["https://a.example"])),
            );
        })
        .leaves(&["field-required"]),
        breach("field-shape", "lookup.headers[0]", template(), |flow| {
            let pair = Pair {
                name: "Retries".into(),
                value: json!(3),
            };
            field(flow, "lookup", "headers", FieldValue::Pairs(vec![pair]));
        })
        .without_fix(),
        body("text-too-long", &"a".repeat(70_000)).without_fix(),
        lookup_with("choice-unknown", "method", "lookup.method", "post"),
        lookup_with("choice-unknown", "method", "lookup.method", "FETCH").without_fix(),
        breach(
            "number-out-of-range",
            "lookup.timeout",
            template(),
            |flow| {
                field(flow, "lookup", "timeout", FieldValue::Integer(0));
            },
        ),
        breach(
            "number-out-of-range",
            "lookup.timeout",
            template(),
            |flow| {
                field(flow, "lookup", "timeout", FieldValue::Integer(60_001));
            },
        ),
        url("url-invalid", "crm.example.org/lookup").blames("crm.example.org/lookup"),
        url("url-invalid", " https://crm.example.org").blames(" https://crm.example.org"),
        url("url-invalid", "/lookup")
            .blames("/lookup")
            .without_fix(),
        url("url-invalid", "https://")
            .blames("https://")
            .without_fix(),
        url("url-invalid", "https:///lookup")
            .blames("https:///lookup")
            .without_fix(),
        url("url-invalid", "https://crm.example.org:99999/x")
            .blames("crm.example.org:99999")
            .without_fix(),
        url("url-invalid", "https://999.1.1.1/")
            .blames("999.1.1.1")
            .without_fix(),
        url("url-invalid", "https://-crm.example.org")
            .blames("-crm.example.org")
            .without_fix(),
        url("url-invalid", "https://crm.example.org/a b")
            .blames(" ")
            .without_fix(),
        url("url-invalid", "https://crm.example.org/%zz")
            .blames("%")
            .without_fix(),
        url("url-not-https", "http://crm.example.org/{{phoneNumber}}").blames("http"),
        url("url-not-https", "ftp://crm.example.org")
            .blames("ftp")
            .without_fix(),
        url("url-credentials", "https://ann:secret@crm.example.org").blames("ann:secret"),
        url("url-template-in-host", "https://{{interaction.host}}/x")
            .blames("https://{{interaction.host}}")
            .without_fix(),
        url("url-template-in-host", "{{interaction.url}}")
            .blames("{{interaction.url}}")
            .without_fix(),
        headers_with(
            "header-name-invalid",
            "lookup.headers[0]",
            &[("Content Type", "text/plain")],
        ),
        headers_with("header-name-invalid", "lookup.headers[0]", &[("", "")]),
        headers_with(
            "header-value-invalid",
            "lookup.headers[0]",
            &[("Accept", "text/plain\r\nX: 1")],
        )
        .blames("\r"),
        headers_with(
            "name-duplicate",
            "lookup.headers[1]",
            &[("Accept", "a"), ("Accept", "b")],
        ),
        headers_with(
            "name-duplicate",
            "lookup.headers[1]",
            &[("Accept", "a"), ("accept", "b")],
        ),
        set_with(
            "name-duplicate",
            "set.variables[1]",
            &[("tier", "a"), ("tier", "b")],
        ),
        body("body-not-json", "{ \"phoneNumber\": }")
            .blames("}")
            .without_fix(),
        body(
            "body-not-json",
            "{ \"née\": {{phoneNumber}} {{phoneNumber}} }",
        )
        .blames("{{phoneNumber}}")
        .without_fix(),
        body("body-not-json", "{ \"phoneNumber\": \"{{phoneNumber}}\"")
            .blames("\"")
            .without_fix(),
    ]
}
