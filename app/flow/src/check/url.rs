//! Addresses: absolute, HTTPS, with a host that is written out.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    ops::Range,
};

use super::{Report, Rule, report::TextAt, rules};
use crate::{
    Node,
    expression::{ParsedTemplate, Part},
};

/// What is wrong with an address, and the address that is probably meant.
struct Flaw {
    rule: Rule,
    message: String,
    span: Range<usize>,
    better: Option<(&'static str, String)>,
}

impl Flaw {
    fn new(rule: Rule, message: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            rule,
            message: message.into(),
            span,
            better: None,
        }
    }

    fn with(mut self, label: &'static str, better: String) -> Self {
        self.better = Some((label, better));
        self
    }
}

pub(super) fn url(report: &mut Report<'_>, node: &Node, at: TextAt<'_>, template: &ParsedTemplate) {
    let Some(flaw) = flaw(at.text, template) else {
        return;
    };
    let message = format!("The URL of {}: {}", report.name(at.node), flaw.message);
    let fix = flaw
        .better
        .and_then(|(label, text)| report.fix(label, at.bytes(node), || at.replaced(node, text)));
    report.add_with(flaw.rule, at.place().span(flaw.span), message, fix);
}

fn flaw(text: &str, template: &ParsedTemplate) -> Option<Flaw> {
    if text.trim() != text {
        let message = "There are spaces around it. Remove them.";
        let flaw = Flaw::new(rules::URL_INVALID, message, 0..text.len());
        return Some(flaw.with("Remove the spaces", text.trim().to_owned()));
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return Some(relative(text));
    };
    let authority_at = scheme.len() + "://".len();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority_span = authority_at..authority_at + authority.len();
    if is_templated(scheme) || is_templated(authority) {
        let message =
            "The host must be written out. Templates can stand in the path and the query.";
        return Some(Flaw::new(
            rules::URL_TEMPLATE_IN_HOST,
            message,
            0..authority_span.end,
        ));
    }
    if !scheme.eq_ignore_ascii_case("https") {
        let message = "Only https:// is allowed.";
        let flaw = Flaw::new(rules::URL_NOT_HTTPS, message, 0..scheme.len());
        return Some(if scheme.eq_ignore_ascii_case("http") {
            flaw.with("Use https://", format!("https://{rest}"))
        } else {
            flaw
        });
    }
    if let Some((user, host)) = authority.rsplit_once('@') {
        let message = "A user name or password stands in it, where everybody can read it. Send it in a header.";
        let span = authority_at..authority_at + user.len();
        let tail = rest.get(authority.len()..).unwrap_or_default();
        let flaw = Flaw::new(rules::URL_CREDENTIALS, message, span);
        return Some(flaw.with("Remove them", format!("{scheme}://{host}{tail}")));
    }
    if let Some(message) = bad_authority(authority) {
        let span = if authority.is_empty() {
            0..text.len()
        } else {
            authority_span
        };
        return Some(Flaw::new(rules::URL_INVALID, message, span));
    }
    bad_character(text, authority_span.end, template)
}

fn is_templated(text: &str) -> bool {
    text.contains("{{") || text.contains("${")
}

/// An address without a scheme.
fn relative(text: &str) -> Flaw {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    if is_templated(host) {
        let message =
            "The host must be written out. Templates can stand in the path and the query.";
        return Flaw::new(rules::URL_TEMPLATE_IN_HOST, message, 0..host.len());
    }
    let message = "It must be the whole address, from https:// on.";
    let flaw = Flaw::new(rules::URL_INVALID, message, 0..text.len());
    if host.contains('.') && bad_authority(host).is_none() {
        flaw.with("Put https:// before it", format!("https://{text}"))
    } else {
        flaw
    }
}

/// What is wrong with a host and port.
fn bad_authority(authority: &str) -> Option<&'static str> {
    let (host, port) = match authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((address, tail)) => {
            if address.parse::<Ipv6Addr>().is_err() {
                return Some("What stands in brackets is no IPv6 address.");
            }
            (
                None,
                tail.strip_prefix(':').or((!tail.is_empty()).then_some("")),
            )
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (Some(host), Some(port)),
            None => (Some(authority), None),
        },
    };
    if port.is_some_and(|port| !is_port(port)) {
        return Some("The port after “:” must be a number from 1 to 65535.");
    }
    match host {
        Some("") => Some("The host is missing."),
        Some(host) if !is_host(host) => Some(
            "The host is not valid. It is made of letters, digits and hyphens, with dots between them.",
        ),
        _ => None,
    }
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse().is_ok_and(|port: u16| port > 0)
}

fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    // A last part of digits makes it an address by number.
    let last = host.rsplit('.').next().unwrap_or_default();
    if last.bytes().all(|byte| byte.is_ascii_digit()) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
}

/// A character that may not stand in a path or a query (RFC 3986), outside of
/// templates. Letters of other scripts are escaped when the request is sent.
fn bad_character(text: &str, from: usize, template: &ParsedTemplate) -> Option<Flaw> {
    for part in &template.parts {
        let Part::Text(span) = part else {
            continue;
        };
        let start = span.start.max(from);
        let plain = text.get(start..span.end).unwrap_or_default();
        for (at, c) in plain.char_indices() {
            let span = start + at..start + at + c.len_utf8();
            if c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c) {
                let shown = if c.is_control() {
                    "A control character"
                } else {
                    "This character"
                };
                let message = format!(
                    "{shown} cannot stand in a URL. Write it as %{:02X}.",
                    u32::from(c)
                );
                return Some(Flaw::new(rules::URL_INVALID, message, span));
            }
            let code = plain.as_bytes().get(at + 1..at + 3);
            if c == '%' && !code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit)) {
                let message =
                    "After “%” two hexadecimal digits belong. Write %25 for the sign itself.";
                return Some(Flaw::new(rules::URL_INVALID, message, span));
            }
        }
    }
    None
}
