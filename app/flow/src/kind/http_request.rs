//! HTTP request: asks any service.

use super::{
    Category, Kind, KindSpec,
    request::{self, BODY, HEADERS, METHOD, TIMEOUT, URL},
    single_exit,
    wire::{Wire, Wires},
};

pub(super) static HTTP_REQUEST: KindSpec = KindSpec {
    kind: Kind::HTTP_REQUEST,
    title: "HTTP request",
    help: "Asks another system. The answer is in response; an error or a timeout completes the step too, with its \
           response code.",
    also: "api rest webhook url web service fetch",
    icon: "globe",
    category: Category::Data,
    has_entry: true,
    fields: &[URL, METHOD, HEADERS, BODY, TIMEOUT],
    exits: single_exit,
    subtitle: request::subtitle,
    sets: |_| request::answer("response"),
    rules: request::RULES,
    wires: Wires {
        lookup: Some(Wire {
            type_name: "HttpRequestNode",
            members: request::ACTION,
        }),
        module: Some(Wire {
            type_name: "httpRequest",
            members: request::SETTINGS,
        }),
    },
};
