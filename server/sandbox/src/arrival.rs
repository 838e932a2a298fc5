//! The record of what arrived.

use std::collections::VecDeque;

use axum::http::Method;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use url::form_urlencoded;

use crate::fault::FaultKind;
use crate::mask::Masks;

/// How many arrivals are kept; the oldest go first.
const KEPT: usize = 1000;
/// How many bytes of bodies are kept, sent and answered together; the oldest
/// arrivals go first.
const KEPT_BYTES: usize = 32 * 1024 * 1024;
/// The most of a body that is no JSON that is kept, in characters.
const KEPT_TEXT: usize = 4096;

/// One request that arrived, with secrets and tokens masked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arrival {
    /// Counts from 1 since the record was last cleared.
    pub number: u64,
    /// When, in milliseconds since the Unix epoch.
    pub at_millis: u64,
    /// The HTTP method.
    pub method: String,
    /// Which of the simulated hosts it is for.
    pub host: HostKind,
    /// The path, without the query.
    pub path: String,
    /// The query, as sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The fields of a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Value>,
    /// The JSON body, or the text where it is no JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// What was answered; absent while no answer was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answered>,
    /// The fault that met it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<FaultKind>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

/// The simulated hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HostKind {
    /// `login.…`
    Oauth,
    /// `api.…`
    Api,
    /// The customer-lookup service.
    Lookup,
    /// A receiver of webhooks.
    Webhook,
}

impl HostKind {
    pub(crate) fn of(path: &str) -> Self {
        if path.starts_with("/oauth/") {
            Self::Oauth
        } else if path == crate::lookup::LOOKUP_PATH {
            Self::Lookup
        } else if path.starts_with("/hooks/") {
            Self::Webhook
        } else {
            Self::Api
        }
    }

    /// The word for it in the record.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Oauth => "oauth",
            Self::Api => "api",
            Self::Lookup => "lookup",
            Self::Webhook => "webhook",
        }
    }
}

/// The parts of a request that are recorded.
pub(crate) struct Incoming<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) is_form: bool,
    pub(crate) body: &'a Bytes,
}

/// All arrivals that are kept, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Record {
    arrivals: VecDeque<Kept>,
    count: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Kept {
    arrival: Arrival,
    bytes: usize,
}

impl Record {
    /// Writes a request down before it is answered, and returns its number.
    pub(crate) fn arrive(
        &mut self,
        incoming: &Incoming<'_>,
        fault: Option<FaultKind>,
        masks: &Masks,
        at_millis: u64,
    ) -> u64 {
        self.count += 1;
        let form = incoming.is_form.then(|| masks.value(form(incoming.body)));
        let body = (!incoming.is_form && !incoming.body.is_empty())
            .then(|| masks.value(json_or_text(incoming.body)));
        let arrival = Arrival {
            number: self.count,
            at_millis,
            method: incoming.method.to_string(),
            host: HostKind::of(incoming.path),
            path: masks.text(incoming.path),
            query: incoming.query.map(|query| masks.text(query)),
            form,
            body,
            answer: None,
            fault,
        };
        let bytes = incoming.body.len();
        self.arrivals.push_back(Kept { arrival, bytes });
        self.bytes += bytes;
        self.forget_oldest();
        self.count
    }

    pub(crate) fn answered(&mut self, number: u64, status: u16, body: &[u8], masks: &Masks) {
        let kept = self
            .arrivals
            .iter_mut()
            .rev()
            .find(|kept| kept.arrival.number == number);
        if let Some(kept) = kept {
            kept.bytes += body.len();
            self.bytes += body.len();
            kept.arrival.answer = Some(Answered {
                status,
                body: serde_json::from_slice(body)
                    .ok()
                    .map(|body| masks.value(body)),
            });
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        while self.arrivals.len() > KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.arrivals.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes;
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    pub(crate) fn list(&self) -> Vec<Arrival> {
        let arrivals = self.arrivals.iter();
        arrivals.map(|kept| kept.arrival.clone()).collect()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

fn form(body: &[u8]) -> Value {
    form_urlencoded::parse(body)
        .map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())))
        .collect()
}

fn json_or_text(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(body);
        Value::String(text.chars().take(KEPT_TEXT).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_stays_within_its_size_and_forgets_the_oldest() {
        let mut record = Record::default();
        let body = Bytes::from(vec![b'x'; 10 * 1024 * 1024]);
        for _ in 0..5 {
            let incoming = Incoming {
                method: &Method::POST,
                path: "/api/v2/flows",
                query: None,
                is_form: false,
                body: &body,
            };
            record.arrive(&incoming, None, &Masks::default(), 0);
        }
        let numbers: Vec<u64> = record.list().iter().map(|kept| kept.number).collect();
        assert_eq!(numbers, [3, 4, 5]);
        record.answered(5, 200, &body, &Masks::default());
        assert_eq!(record.list().len(), 2);
    }
}
