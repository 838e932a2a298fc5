//! The HTTP request of a lookup or request node.

use url::Url;

use super::field::Field;
use super::{Problem, template};

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const LONGEST_TIMEOUT_MILLIS: u64 = 60_000;

pub(super) fn check(action: &Field<'_>, problems: &mut Vec<Problem>) {
    if let Some(url) = action.required("url", problems)
        && let Some(text) = url.text(problems)
        && template::check(&url, problems)
    {
        check_url(&url, text, problems);
    }
    if let Some(method) = action.required("method", problems)
        && let Some(text) = method.text(problems)
        && !METHODS.contains(&text)
    {
        method.refuse(
            "method.unknown",
            format!("{text} is no HTTP method"),
            problems,
        );
    }
    if let Some(body) = action.optional("body") {
        if body.value().is_string() {
            template::check(&body, problems);
        } else {
            body.refuse("type.wrong", "a text is expected", problems);
        }
    }
    if let Some(timeout) = action.optional("timeout") {
        let millis = timeout.value().as_u64();
        if !millis.is_some_and(|millis| (1..=LONGEST_TIMEOUT_MILLIS).contains(&millis)) {
            let message = "a timeout is 1 to 60000 milliseconds";
            timeout.refuse("timeout.range", message, problems);
        }
    }
    if let Some(headers) = action.optional("headers")
        && headers.is_object(problems)
    {
        for (name, value) in headers.members() {
            check_header(name, &value, problems);
        }
    }
}

fn check_url(field: &Field<'_>, text: &str, problems: &mut Vec<Problem>) {
    // A template stands for text that a URL may hold.
    match Url::parse(&template::filled(text, "x")) {
        Err(_) => field.refuse("url.invalid", "it is not an absolute URL", problems),
        Ok(url) if url.scheme() != "https" => {
            field.refuse("url.not.https", "only https is allowed", problems);
        }
        Ok(url) if url.host_str().is_none_or(str::is_empty) => {
            field.refuse("url.invalid", "it has no host", problems);
        }
        Ok(_) => {}
    }
}

fn check_header(name: &str, value: &Field<'_>, problems: &mut Vec<Problem>) {
    if axum::http::HeaderName::try_from(name).is_err() {
        value.refuse(
            "header.name",
            format!("{name:?} is no header name"),
            problems,
        );
    }
    match value.value().as_str() {
        None => value.refuse("type.wrong", "a text is expected", problems),
        Some(text) if text.contains(['\r', '\n', '\0']) => {
            value.refuse("header.value", "a header has one line", problems);
        }
        Some(_) => {
            template::check(value, problems);
        }
    }
}
